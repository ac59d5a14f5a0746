// Deciding without leaving the page, by keyboard too: a key opens the form that bears it, or decides at once where nothing is typed;
// u takes back the last decision of this window, on whatever page it was made. Each is sent at once and kept as a row; what somebody
// else decided meanwhile is shown before anything is written. Without this the same forms are sent as forms.
const told = document.getElementById("told");
const STACK = "sayso:decided"; // what was decided in this window, for undo: {id, words}
const places = new Map(); // where on this page each was decided, by id of the judgement
let head = document.body.dataset.head;
let from = null; // what was in focus before a form was opened

export function startJudging() {
  if (!told) return; // nobody decides here
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.choice, form.correct, form.judging");
    if (!form?.action.endsWith("/judge")) return;
    event.preventDefault();
    decide(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape" && event.target.closest("[data-key]")) leave(event);
      return;
    }
    if (event.key === "u") {
      if (!decided().length) return;
      event.preventDefault();
      undo();
      return;
    }
    const found = bearer(event.key);
    if (!found) return;
    event.preventDefault();
    act(found);
  });
}

// What bears a key: of the item, line or row in focus; in the review queue else of the first item; else of the page itself.
function bearer(key) {
  const near = document.activeElement?.closest(".item, .line, .row");
  const place = near ?? document.querySelector(".item:not([data-done])");
  if (place?.dataset.done) return null;
  const wanted = `[data-key="${CSS.escape(key)}"]:not([hidden])`;
  const whole = [...document.querySelectorAll(`main ${wanted}`)].find((each) => !each.closest(".item, .line, .row"));
  const found = place?.querySelector(wanted) ?? whole;
  if (!found && document.querySelector(`main .line ${wanted}`)) say("Choose a line first: j and k move.");
  return found;
}

function act(found) {
  if (found.matches("button")) return decide(found.form);
  const field = found.querySelector('input:not([type="hidden"]), textarea, select');
  if (!field) return found.matches("form") ? decide(found) : open(found);
  from = document.activeElement;
  open(found);
  field.focus();
  field.setSelectionRange?.(field.value.length, field.value.length);
}

function open(found) {
  for (let each = found.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
}

// Out of a field, back to where one was.
function leave(event) {
  event.preventDefault();
  event.stopPropagation();
  shut(event.target);
}

function shut(field) {
  const drawer = field.closest("details.mend");
  if (drawer) drawer.open = false;
  const place = field.closest(".item, .line, .row") ?? (from?.isConnected && from !== document.body ? from : document.getElementById("main"));
  from = null;
  place.focus();
}

async function decide(form, anyway = false) {
  const asked = Object.fromEntries(new FormData(form));
  if (asked.verdict === "grade" && /^[a-f]?[1-6]?$/.test(asked.value)) asked.value = asked.value.toUpperCase();
  const answer = await send({ ...asked, seen: head, anyway });
  if (answer.status === 409) {
    const others = (await answer.json()).judgements;
    const last = others[others.length - 1];
    say(`${last.author} decided “${last.verdict}” here meanwhile. Press Enter to decide yours as well, or j to go on.`);
    const again = document.createElement("button");
    again.textContent = "Decide anyway";
    again.addEventListener("click", () => decide(form, true));
    told.append(" ", again);
    again.focus();
    return;
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({ title: "The desk did not answer." }));
    say(`Not kept: ${problem.title}. ${problem.detail ?? ""}`);
    return;
  }
  const made = await answer.json();
  head = made.head;
  const row = form.closest("[data-judgement]");
  if (row) return void row.remove(); // an undo in the list of what was decided
  const { id, verdict, value } = made.judgement;
  const words = `${verdict}${value ? ` “${value}”` : ""}`;
  remember([...decided(), { id, words }]);
  places.set(id, form);
  say(`Kept: ${words}. Press u to take it back.`);
  settle(form, words);
  document.dispatchEvent(new CustomEvent("judged", { detail: { form } }));
}

// A form that was sent: one that a key alone decides is done with, one that is typed in can be used again.
function settle(form, words) {
  if (form.classList.contains("choice")) return; // the review queue has its own way
  const field = form.querySelector('input:not([type="hidden"]), textarea');
  if (!field) {
    form.hidden = true;
    const verdict = document.createElement("span");
    verdict.className = "verdict";
    verdict.textContent = `Decided: ${form.querySelector("button").lastChild.textContent.trim()}`;
    form.after(verdict);
    form.closest(".item, .line, .row")?.focus();
    return;
  }
  field.value = field.defaultValue;
  const last = form.querySelector(".now") ?? document.createElement("span");
  last.className = "now verdict";
  last.textContent = words;
  form.append(last);
  shut(field);
}

async function undo() {
  const rows = decided();
  const last = rows.pop();
  const answer = await send({ verdict: "reject", subject: last.id, seen: head, anyway: true });
  if (!answer.ok) return say("It could not be taken back: the desk did not answer.");
  remember(rows);
  head = (await answer.json()).head;
  const form = places.get(last.id);
  if (form && !form.classList.contains("choice")) {
    form.querySelector(".now")?.remove();
    if (form.hidden) form.nextElementSibling.remove();
    form.hidden = false;
    form.closest(".item, .line, .row")?.focus();
  }
  say(`Taken back: ${last.words}.`);
  document.dispatchEvent(new CustomEvent("unjudged", { detail: { form } }));
}

function say(words) {
  told.textContent = words;
  told.hidden = false;
}

function decided() {
  try {
    return JSON.parse(sessionStorage.getItem(STACK)) ?? [];
  } catch {
    return [];
  }
}

function remember(rows) {
  try {
    sessionStorage.setItem(STACK, JSON.stringify(rows.slice(-50)));
  } catch {
    // not allowed: then a decision can be taken back in the list of what was decided
  }
}

function send(judging) {
  const { verdict, subject, other, value, seen, anyway } = judging;
  return fetch("/api/v1/judgements", {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": document.body.dataset.csrf ?? "" },
    body: JSON.stringify({ verdict, subject, other: other || null, value: value || null, seen, anyway }),
  }).catch(() => new Response("{}", { status: 503 }));
}
