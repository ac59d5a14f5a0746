// The review queue by keyboard: the keys of an item's choices decide it, u takes back the last decision. Each is sent at once and
// kept as a row; what somebody else decided meanwhile is shown before anything is written.
const told = document.getElementById("told");
const done = []; // what was decided on this page, for undo: {id, item}
let head = document.body.dataset.head;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.choice, form.correct");
  if (!form) return;
  event.preventDefault();
  decide(form);
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "u" && done.length) {
    event.preventDefault();
    undo();
    return;
  }
  const item = document.activeElement?.closest(".item") ?? document.querySelector(".item:not([data-done])");
  if (!item || item.dataset.done) return;
  if (event.key === "e" || event.key === "n") {
    const drawer = [...item.querySelectorAll("details.mend")].find((each) => each.querySelector("kbd").textContent === event.key);
    if (!drawer) return;
    event.preventDefault();
    drawer.open = true;
    drawer.querySelector("input:not([type=hidden]), textarea").focus();
    return;
  }
  const button = item.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  decide(button.form);
});

async function decide(form, anyway = false) {
  const asked = Object.fromEntries(new FormData(form));
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
  const item = form.closest(".item");
  const row = form.closest("[data-judgement]");
  if (row) return void row.remove(); // an undo in the list of what was decided
  done.push({ id: made.judgement.id, item });
  if (item && form.classList.contains("choice")) settle(item, form.querySelector("button").lastChild.textContent.trim());
  else if (item) {
    form.closest("details").open = false;
    item.focus();
  }
  say(`Kept: ${made.judgement.verdict}${made.judgement.value ? ` “${made.judgement.value}”` : ""}. Press u to take it back.`);
}

async function undo() {
  const last = done.pop();
  const answer = await send({ verdict: "reject", subject: last.id, seen: head, anyway: true });
  if (!answer.ok) return say("It could not be taken back: the desk did not answer.");
  head = (await answer.json()).head;
  if (last.item) {
    delete last.item.dataset.done;
    last.item.querySelector(".verdict")?.remove();
    last.item.focus();
  }
  count();
  say("Taken back.");
}

function settle(item, words) {
  item.dataset.done = "true";
  const verdict = document.createElement("p");
  verdict.className = "verdict";
  verdict.textContent = `Decided: ${words}`;
  item.append(verdict);
  count();
  const items = [...document.querySelectorAll(".item")];
  const next = items.slice(items.indexOf(item) + 1).find((each) => !each.dataset.done) ?? items.find((each) => !each.dataset.done);
  (next ?? item).focus();
}

function count() {
  const left = document.querySelectorAll(".item:not([data-done])").length;
  document.getElementById("left").textContent = `${left} on this page to decide`;
}

function say(words) {
  told.textContent = words;
  told.hidden = false;
}

function send(judging) {
  const { verdict, subject, other, value, seen, anyway } = judging;
  return fetch("/api/v1/judgements", {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": document.body.dataset.csrf ?? "" },
    body: JSON.stringify({ verdict, subject, other: other || null, value: value || null, seen, anyway }),
  }).catch(() => new Response("{}", { status: 503 }));
}
