// The page reads well without this. It folds the reports into a list, opens the one a link leads to,
// and adds the keys j and k (next and previous line) and b (back to the line you came from).
"use strict";
(() => {
  const reports = document.querySelectorAll(".report > details");
  const lines = [...document.querySelectorAll(".line")];
  let from = null;

  const target = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    return id ? document.getElementById(id) : null;
  };
  const unfold = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.localName === "details") at.open = true;
      if (at.classList.contains("report")) at.querySelector("details").open = true;
    }
  };
  const arrive = () => {
    const element = target();
    if (!element) return;
    unfold(element);
    if (element.closest(".reports")) element.scrollIntoView({ block: "center" });
  };

  for (const report of reports) report.open = false;
  arrive();
  addEventListener("hashchange", arrive);

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const line = link.closest(".line");
    if (line) from = line;
    const element = document.getElementById(link.hash.slice(1));
    if (element) unfold(element);
    if (link.hash === location.hash) arrive(); // the same link again: no hashchange comes
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "b" && from) return from.focus();
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !lines.length) return;
    const at = lines.indexOf(document.activeElement.closest(".line"));
    const next = at < 0 ? (step > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + step));
    lines[next].focus();
    lines[next].scrollIntoView({ block: "nearest" });
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".report > details:not([open]), .more:not([open]), .legend:not([open])")];
    for (const element of folded) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const element of folded) element.open = false;
  });
})();
