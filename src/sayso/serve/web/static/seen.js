// What changed since this reader last looked: a line is marked when it rests on statements that were not on the page then, or
// has another status. What was seen is kept in this browser alone.
const LEAST_MS = 5000; // a page that was open for less was hardly read

export function markFresh() {
  const story = document.body.dataset.story;
  const lines = [...document.querySelectorAll(".line[data-statements]")];
  if (!story || !lines.length || document.body.dataset.asOf) return;
  const key = `sayso:seen:${story}`;
  const before = read(key);
  const now = {};
  let fresh = 0;
  for (const line of lines)
    for (const statement of line.dataset.statements.split(" ")) now[statement] = line.dataset.status;
  if (before) {
    for (const line of lines) {
      const statements = line.dataset.statements.split(" ");
      if (!statements.every((each) => before.seen[each] === line.dataset.status)) {
        line.classList.add("fresh");
        fresh += 1;
      }
    }
    const told = document.getElementById("since");
    const when = new Date(before.at).toLocaleString();
    told.textContent = fresh
      ? `${fresh} ${fresh === 1 ? "line is" : "lines are"} new or changed since you last looked (${when}).`
      : `Nothing changed since you last looked (${when}).`;
    told.hidden = false;
  }
  if (!before) keep(key, now);
  else setTimeout(() => keep(key, now), LEAST_MS);
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && typeof kept.seen === "object" && kept.seen ? kept : null;
  } catch {
    return null;
  }
}

function keep(key, seen) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), seen }));
  } catch {
    // no room, or not allowed: then nothing is marked
  }
}
