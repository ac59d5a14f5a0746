// The words that a line rests on, beside the page: the report's own page is fetched and the text of it shown with its mark lit.
const pane = document.getElementById("pane");
const grid = document.querySelector(".desk-grid");
let from = null; // the link that opened the pane, to go back to
let asked = 0;

export async function openPane(link) {
  const mine = ++asked;
  from = link;
  const address = new URL(link.href);
  let page;
  try {
    const answer = await fetch(address.pathname + address.search);
    if (!answer.ok) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.href = link.href; // the page itself says what is wrong
    return;
  }
  if (mine !== asked) return; // another link was opened meanwhile
  const article = page.querySelector("[data-fragment]");
  if (!article) return void (location.href = link.href);
  const close = document.createElement("button");
  close.className = "close";
  close.dataset.close = "";
  close.textContent = "Close (Esc)";
  pane.replaceChildren(close, document.adoptNode(article));
  pane.hidden = false;
  grid.classList.add("split");
  light(decodeURIComponent(address.hash.slice(1)));
}

export function closePane() {
  if (pane.hidden) return false;
  pane.hidden = true;
  pane.replaceChildren();
  grid.classList.remove("split");
  from?.focus();
  return true;
}

export const back = () => from?.closest(".line, .row")?.focus();

function light(statement) {
  const marks = [...pane.querySelectorAll("mark[data-s]")].filter((mark) => mark.dataset.s.split(" ").includes(statement));
  for (const mark of marks) if (mark.classList.contains("role-content")) mark.classList.add("lit");
  (marks.find((mark) => mark.classList.contains("lit")) ?? marks[0])?.scrollIntoView({ block: "center" });
}
