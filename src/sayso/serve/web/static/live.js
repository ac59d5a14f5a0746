// Says when something was put into the ledger since the page was made; the reader decides when to look.
export function startLive() {
  const note = document.getElementById("live");
  if (!note || document.body.dataset.asOf || !window.EventSource) return;
  const events = new EventSource(`/api/v1/events?head=${encodeURIComponent(document.body.dataset.head)}`);
  events.addEventListener("changed", () => {
    note.querySelector("a").href = location.href;
    note.hidden = false;
    events.close();
  });
  addEventListener("pagehide", () => events.close());
}
