// The review queue: what was decided is folded away and the next item comes into focus; what was taken back comes back.
document.addEventListener("judged", ({ detail: { form } }) => {
  const item = form.closest(".item");
  if (!item || !form.classList.contains("choice")) return;
  item.dataset.done = "true";
  const verdict = document.createElement("p");
  verdict.className = "verdict";
  verdict.textContent = `Decided: ${form.querySelector("button").lastChild.textContent.trim()}`;
  item.append(verdict);
  count();
  const items = [...document.querySelectorAll(".item")];
  const next = items.slice(items.indexOf(item) + 1).find((each) => !each.dataset.done) ?? items.find((each) => !each.dataset.done);
  (next ?? item).focus();
});

document.addEventListener("unjudged", ({ detail: { form } }) => {
  const item = form?.closest(".item");
  if (!item || !form.classList.contains("choice")) return;
  delete item.dataset.done;
  item.querySelector(":scope > .verdict")?.remove();
  item.focus();
  count();
});

function count() {
  const left = document.querySelectorAll(".item:not([data-done])").length;
  document.getElementById("left").textContent = `${left} on this page to decide`;
}
