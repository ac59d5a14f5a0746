// Every page reads well without this. It opens cited words beside the page, moves by keys, turns the choice of moments into a
// slider, marks what changed since the reader last looked, and says when something came in.
import { openPane, closePane } from "./pane.js";
import { startJudging } from "./judge.js";
import { startKeys } from "./keys.js";
import { startMoments } from "./moments.js";
import { markFresh } from "./seen.js";
import { startLive } from "./live.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pane]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openPane(link);
});
document.addEventListener("click", (event) => event.target.closest("[data-close]") && closePane());

startKeys();
startJudging();
startMoments();
markFresh();
startLive();
