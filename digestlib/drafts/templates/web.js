// Filters by topic and searches, all in the page: a paper is shown when it is of a chosen topic
// (or none is chosen) and holds every word of the search.

const tools = document.getElementById("tools");
const search = document.getElementById("search");
const shown = document.getElementById("shown");
const topics = [...document.querySelectorAll(".topic")];
const buttons = [...tools.querySelectorAll("button[data-topic]")];
const papers = [...document.querySelectorAll(".paper")].map((element) => ({
  element,
  topic: element.closest(".topic").id,
  text: element.textContent.toLowerCase(),
}));

function update() {
  const chosen = new Set(buttons.filter(isPressed).map((button) => button.dataset.topic));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { element, topic, text } of papers)
    element.hidden = !((chosen.size === 0 || chosen.has(topic)) && words.every((word) => text.includes(word)));
  for (const topic of topics) topic.hidden = !topic.querySelector(".paper:not([hidden])");
  const left = papers.filter(({ element }) => !element.hidden).length;
  shown.textContent = left === papers.length ? `All ${left} papers` : `${left} of ${papers.length} papers`;
}

function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

function clear() {
  search.value = "";
  for (const button of buttons) button.setAttribute("aria-pressed", "false");
  update();
}

function showTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]") || target.querySelector(".paper[hidden]")) clear();
  target.scrollIntoView();
}

for (const button of buttons)
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isPressed(button)));
    update();
  });
search.addEventListener("input", update);
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clear();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target === search || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  search.focus();
});
document.getElementById("clear").addEventListener("click", clear);
window.addEventListener("hashchange", showTarget);
tools.hidden = false;
update();
