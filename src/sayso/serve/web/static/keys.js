// j and k move between lines, Enter opens the words of the one in focus, b goes back to it, / searches, ? lists the keys of the page.
import { KEYS } from "./keytable.js";
import { back, closePane, openPane } from "./pane.js";

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) return void closePane();
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const line = document.activeElement?.closest(".line, .row");
    if (event.key === "j") move(line, 1);
    else if (event.key === "k") move(line, -1);
    else if (event.key === "b") back();
    else if (event.key === "?") help();
    else if (event.key === "Enter" && line && document.activeElement === line) follow(line);
    else if (event.key === "q" && line) line.querySelector('a[href^="/questions/"]')?.click();
    else if (event.key === "/") document.querySelector(".find input")?.focus();
    else return;
    event.preventDefault();
  });
}

function move(line, step) {
  const lines = [...document.querySelectorAll("main .line, main .row")];
  if (!lines.length) return;
  const at = lines.indexOf(line);
  const next = at < 0 ? (step > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + step));
  lines[next].focus({ preventScroll: true });
  lines[next].scrollIntoView({ block: "nearest" });
}

function follow(line) {
  const link = line.querySelector("a[data-pane]") ?? line.querySelector("a[href]:not(.number)");
  if (!link) return;
  if (link.hasAttribute("data-pane")) openPane(link);
  else link.click();
}

function help() {
  let dialog = document.getElementById("keys");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.id = "keys";
    dialog.setAttribute("aria-label", "Keys");
    const list = document.createElement("dl");
    for (const [key, words, where] of KEYS) {
      if (where && !document.querySelector(where)) continue;
      const row = document.createElement("div");
      const [term, told] = [document.createElement("dt"), document.createElement("dd")];
      const drawn = document.createElement("kbd");
      drawn.textContent = key;
      term.append(drawn);
      told.textContent = words;
      row.append(term, told);
      list.append(row);
    }
    dialog.append(list);
    document.body.append(dialog);
  }
  dialog.showModal();
}
