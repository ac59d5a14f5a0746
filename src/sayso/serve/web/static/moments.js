// The choice of moments as a slider: it moves through the times at which reports came out, and the last step may be now.
export function startMoments() {
  const form = document.querySelector("form[data-moments]");
  if (!form) return;
  const choice = form.querySelector("select");
  const steps = [...choice.options].reverse(); // earliest first, now last
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(steps.length - 1);
  slider.value = String(steps.indexOf(choice.selectedOptions[0]));
  slider.setAttribute("aria-label", form.querySelector("label").textContent);
  const told = document.createElement("output");
  const tell = () => {
    const words = steps[Number(slider.value)].textContent;
    told.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  };
  tell();
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => {
    choice.value = steps[Number(slider.value)].value;
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.delete("start"); // another list begins at its beginning
    if (choice.value) address.searchParams.set(choice.name, choice.value);
    else address.searchParams.delete(choice.name);
    location.href = address.href;
  });
  choice.hidden = true;
  form.querySelector("button").hidden = true;
  form.append(slider, told);
}
