// A file dropped anywhere on the page goes into the form's own field, and is looked at at once.
const form = document.getElementById("hand-in");
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const field = form.querySelector("input[type=file]");
  if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  else form.querySelector("textarea").value = event.dataTransfer.getData("text/plain");
  form.requestSubmit();
});
