// Proofreading an issue: where you are, what you decided, what is left. All state is in `decisions`.

const given = JSON.parse(byId("data").textContent);
const place = `digestlib-review/${given.issue}`;
const base = JSON.stringify(given.decisions);

const statements = [...document.querySelectorAll(".stmt")].map(readStatement);
const byKey = new Map(statements.map((statement) => [statement.key, statement]));
const byElement = new Map(statements.map((statement) => [statement.element, statement]));
const queue = [...document.querySelectorAll("#queue li")].map((item) => ({
  item,
  statement: byElement.get(byId(item.dataset.for)),
}));
const embedded = new Map(given.decisions.map((decision) => [keyOf(decision), decision]));
const decisions = new Map();
const history = [];
const tools = statementTools();
let current = null;

start();

function start() {
  for (const [key, decision] of kept()) {
    if (decision && fits(decision)) decisions.set(key, decision);
    else if (decision) showStale(decision);
  }
  statements.forEach(show);
  count();
  listen();
  const target = byElement.get(byId(location.hash.slice(1)));
  if (target) select(target);
}

function readStatement(element) {
  const text = element.querySelector(":scope > .text");
  const paper = element.closest("[data-paper]").dataset.paper;
  element.tabIndex = element.matches(".critical, .major, .doubt, .minor") ? 0 : -1;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", element.closest(".group").querySelector("h3").textContent);
  return {
    element,
    text,
    paper,
    where: element.dataset.where,
    key: keyOf({ paper_id: paper, where: element.dataset.where }),
    was: text.textContent.trim(),
    nodes: [...text.childNodes],
    findings: [...element.querySelectorAll(".finding")],
  };
}

// ---------------------------------------------------------------- decisions

function decide(statement, decision) {
  history.push({ statement, before: decisions.get(statement.key) });
  set(statement, decision);
}

function set(statement, decision) {
  if (decision) decisions.set(statement.key, decision);
  else decisions.delete(statement.key);
  show(statement);
  keep();
  count();
}

function accept(statement) {
  if (!isOpen(statement)) return;
  const before = decisions.get(statement.key);
  const accepted = [...new Set([...(before?.accepted ?? []), ...objections(statement)])];
  decide(statement, { ...(before ?? decisionOn(statement, "accept")), accepted });
  next(1);
}

function drop(statement) {
  if (!("drop" in statement.element.dataset)) return say("This cannot be dropped: the issue must have it.");
  decide(statement, decisionOn(statement, "drop"));
}

function undo() {
  const last = history.pop();
  if (!last) {
    // Nothing decided since the page was opened: take back what was decided before, here.
    if (current && decisions.has(current.key)) set(current, undefined);
    return;
  }
  set(last.statement, last.before);
  select(last.statement);
}

function decisionOn(statement, action, more = {}) {
  return { paper_id: statement.paper, where: statement.where, was: statement.was, action, ...more };
}

/** What the checks, or the translator, have against the statement as it reads now. */
function objections(statement) {
  const decision = decisions.get(statement.key);
  if (decision?.action === "drop") return [];
  const edited = decision?.action === "edit";
  if (edited && decision.text !== embedded.get(statement.key)?.text) return [];
  const about = statement.findings.filter((item) => item.classList.contains("again") === edited);
  if (about.length || edited) return about.map((item) => item.dataset.message);
  return statement.element.matches(".doubt, .failure, .critical") && !statement.findings.length ? [statement.was] : [];
}

function isOpen(statement) {
  const accepted = decisions.get(statement.key)?.accepted ?? [];
  return objections(statement).some((message) => !accepted.includes(message));
}

function fits(decision) {
  return byKey.get(keyOf(decision))?.was === decision.was;
}

function keyOf({ paper_id, where }) {
  return `${paper_id}\n${where}`;
}

// ---------------------------------------------------------------- keeping and exporting

/** What this browser kept, over what the page was made with; a newer page wins where they differ. */
function kept() {
  let stored = null;
  try {
    stored = JSON.parse(localStorage.getItem(place));
    localStorage.setItem(place, JSON.stringify(stored));
  } catch {
    notice("This browser keeps nothing for this page: export your decisions before you close it.");
  }
  const own = Array.isArray(stored?.entries) ? stored.entries : [];
  return stored?.base === base ? new Map([...embedded, ...own]) : new Map([...own, ...embedded]);
}

/** Decisions taken back are kept as null, lest the page's own copy brings them back. */
function keep() {
  const undone = [...embedded.keys()].filter((key) => !decisions.has(key)).map((key) => [key, null]);
  try {
    localStorage.setItem(place, JSON.stringify({ base, entries: [...decisions, ...undone] }));
  } catch {
    // Said at the start: there is nowhere to keep them.
  }
}

function exported() {
  const made = statements.flatMap(({ key }) => decisions.get(key) ?? []);
  return `${JSON.stringify({ schema_version: given.schema_version, issue: given.issue, decisions: made }, null, 2)}\n`;
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  link.download = `decisions-${given.issue}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(`Exported ${link.download}.`);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(exported());
    say("Copied.");
  } catch {
    byId("json").value = exported();
    byId("out").showModal();
    byId("json").select();
  }
}

// ---------------------------------------------------------------- what the page shows

function show(statement) {
  const { element, text } = statement;
  const decision = decisions.get(statement.key);
  const edited = decision?.action === "edit";
  element.dataset.state = decision?.action ?? "";
  element.classList.toggle("open", isOpen(statement));
  element.querySelector(":scope > .was")?.remove();
  text.replaceChildren(...(edited ? linked(decision.text, statement.nodes) : statement.nodes));
  if (edited) text.after(create("span", "was", `was: ${statement.was}`));
  const current = objections(statement);
  for (const item of statement.findings) {
    item.hidden = !current.includes(item.dataset.message) || item.classList.contains("again") !== edited;
    item.classList.toggle("accepted", Boolean(decision?.accepted?.includes(item.dataset.message)));
  }
}

/** An edited text: figures that it kept lead on to their line, others are marked as not yet traced. */
function linked(text, nodes) {
  const figures = nodes.filter((node) => node.classList?.contains("fig"));
  const known = figures.map((node) => escaped(node.textContent)).sort((a, b) => b.length - a.length);
  const pattern = new RegExp([...known.map((figure) => `(?<![\\p{L}\\d.])${figure}(?![\\p{L}\\d]|\\.\\d)`), "\\d[\\d,.]*(?<=\\d)%?"].join("|"), "gu");
  const out = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const at = figures.findIndex((node) => node.textContent === match[0]);
    const mark = at < 0 ? create("mark", "untraced", match[0]) : figures.splice(at, 1)[0].cloneNode(true);
    if (at < 0) mark.title = "not traced yet: the next run checks it";
    out.push(text.slice(end, match.index), mark);
    end = match.index + match[0].length;
  }
  return [...out, text.slice(end)];
}

function count() {
  const left = { need: 0, doubts: 0, minor: 0 };
  for (const { item, statement } of queue) {
    const open = isOpen(statement);
    item.classList.toggle("done", !open);
    if (!open) continue;
    if (statement.element.matches(".critical, .major")) left.need += 1;
    else if (statement.element.matches(".doubt")) left.doubts += 1;
    else left.minor += 1;
  }
  const told = [
    left.need && `${left.need} ${left.need === 1 ? "needs" : "need"} you`,
    left.doubts && `${left.doubts} ${left.doubts === 1 ? "doubt" : "doubts"}`,
    left.minor && `${left.minor} minor`,
  ].filter(Boolean);
  const decided = decisions.size ? ` · ${decisions.size} decided` : "";
  byId("counter").textContent = `${told.join(" · ") || "Nothing left"}${decided}`;
}

function showStale(decision) {
  const item = create("li", "", `${decision.paper_id || "Opening"} ${decision.where} ${decision.action}`);
  if (decision.text) item.append(": ", create("q", "", decision.text));
  byId("stale").querySelector("ul").append(item);
  byId("stale").hidden = false;
}

function notice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = false;
}

/** A word on what was done, where screen readers hear it; the count comes back with the next change. */
function say(text) {
  byId("counter").textContent = text;
}

// ---------------------------------------------------------------- moving about

function next(step) {
  const open = queue.filter(({ statement }) => isOpen(statement));
  if (!open.length) return count();
  const here = queue.findIndex(({ statement }) => statement === current);
  const order = [...queue.keys()].map((i) => (((here < 0 && step < 0 ? 0 : here) + step * (i + 1)) % queue.length + queue.length) % queue.length);
  select(queue[order.find((i) => isOpen(queue[i].statement))].statement);
}

function walk(step) {
  const here = statements.indexOf(current);
  const there = statements[here < 0 ? 0 : Math.min(Math.max(here + step, 0), statements.length - 1)];
  if (there) select(there);
}

function select(statement) {
  statement.element.focus({ preventScroll: true });
  statement.element.scrollIntoView({ block: "center" });
  flash(statement.element);
}

/** The statement in hand: its tools beneath it, its lines and figures marked in the Chinese. */
function take(statement) {
  if (statement === current) return;
  current?.element.classList.remove("current");
  current = statement;
  document.querySelectorAll(".cited, .partner").forEach((node) => node.classList.remove("cited", "partner"));
  statement.element.classList.add("current");
  statement.element.append(tools);
  tools.querySelector("[data-key=x]").hidden = !("drop" in statement.element.dataset);
  const lines = linksIn(statement.element, ".cites a").filter((node) => node.matches(".line"));
  lines.forEach((line) => line.classList.add("cited"));
  linksIn(statement.element, ".text .fig").forEach((figure) => figure.classList.add("partner"));
  if (lines.length) reveal(lines[0]);
}

function linksIn(element, selector) {
  return [...element.querySelectorAll(selector)].map((link) => byId(link.hash?.slice(1))).filter(Boolean);
}

/** Scroll the report beside, never the page. */
function reveal(line) {
  const report = line.closest(".source");
  if (report.scrollHeight > report.clientHeight) report.scrollTop = line.offsetTop - report.clientHeight / 3;
}

function follow(link) {
  const target = byId(link.hash.slice(1));
  if (!target) return;
  const statement = byElement.get(target.closest(".stmt"));
  if (statement) take(statement);
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  window.history.replaceState(null, "", link.hash);
  flash(target);
}

function flash(element) {
  element.classList.remove("flash");
  void element.offsetWidth; // restarts the animation
  element.classList.add("flash");
}

function partners(figure) {
  const target = figure.hash && byId(figure.hash.slice(1));
  const back = figure.id ? document.querySelectorAll(`a[href="#${CSS.escape(figure.id)}"]`) : [];
  return [...new Set([target, ...back])].filter(Boolean);
}

function showPartner(figure) {
  hidePartner();
  const found = partners(figure);
  [figure, ...found].forEach((node) => node.classList.add("lit"));
  const context = found[0]?.closest(".line, .text, td");
  byId("partner").hidden = !context;
  byId("partner").textContent = context?.textContent ?? "";
}

function hidePartner() {
  document.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
  byId("partner").hidden = true;
}

// ---------------------------------------------------------------- editing

function edit(statement) {
  const { element, text } = statement;
  if (element.matches(".doubt")) return editInPrint(statement);
  if (element.querySelector("textarea") || !text.textContent) return;
  const field = create("textarea", "editor");
  field.value = decisions.get(statement.key)?.text ?? statement.was;
  field.rows = Math.min(10, Math.ceil(field.value.length / 60) + 1);
  field.setAttribute("aria-label", `Edit: ${element.getAttribute("aria-label")}`);
  const form = create("div", "editing");
  const leave = () => {
    form.remove();
    text.hidden = false;
    select(statement);
  };
  const save = () => {
    const value = field.value.split(/\s+/u).join(" ").trim();
    leave();
    if (value && value !== statement.was) decide(statement, decisionOn(statement, "edit", { text: value }));
    else if (decisions.get(statement.key)?.action === "edit") decide(statement, undefined);
  };
  form.append(field, button("Save", "Enter", save, "main"), button("Cancel", "Esc", leave));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.target === field && event.key === "Enter" && !event.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  text.hidden = true;
  text.after(form);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/** A doubt is not in print: what is edited is the first statement that rests on its line. */
function editInPrint(doubt) {
  const line = doubt.element.querySelector(".cites a").hash;
  const cited = document.querySelector(`.stmt:not(.doubt) > .cites a[href="${CSS.escape(line).replace("\\#", "#")}"]`);
  if (!cited) return say("No statement rests on that line.");
  const statement = byElement.get(cited.closest(".stmt"));
  select(statement);
  edit(statement);
}

function statementTools() {
  const bar = create("div", "actions");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Decide");
  for (const [label, key, action] of [["Accept", "a", accept], ["Edit", "e", edit], ["Drop", "x", drop], ["Undo", "u", undo]]) {
    const one = button(label, key, () => action(current));
    one.dataset.key = key;
    bar.append(one);
  }
  return bar;
}

// ---------------------------------------------------------------- listening

function listen() {
  const keys = {
    n: () => next(1),
    p: () => next(-1),
    j: () => walk(1),
    k: () => walk(-1),
    a: () => current && accept(current),
    e: () => current && edit(current),
    x: () => current && drop(current),
    u: undo,
    s: download,
    c: copy,
    "?": () => byId("keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]:not(.skip)');
    const statement = byElement.get(event.target.closest(".stmt"));
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      follow(link);
    } else if (statement && !event.target.closest("button, textarea")) {
      take(statement);
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    const statement = byElement.get(target.closest(".stmt"));
    if (statement) take(statement);
    if (target.matches(".fig")) showPartner(target);
    else hidePartner();
  });
  document.addEventListener("mouseover", ({ target }) => {
    if (target.closest(".fig")) showPartner(target.closest(".fig"));
  });
  document.addEventListener("mouseout", ({ target }) => {
    if (target.closest(".fig")) hidePartner();
  });
  for (const [id, action] of Object.entries({ previous: keys.p, next: keys.n, export: download, copy, help: keys["?"], close: () => byId("keys").close() })) {
    byId(id).addEventListener("click", action);
  }
}

// ---------------------------------------------------------------- the document

function byId(id) {
  return id ? document.getElementById(id) : null;
}

function create(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

function button(label, key, action, className = "") {
  const made = create("button", className, `${label} `);
  made.type = "button";
  made.append(create("kbd", "", key));
  made.addEventListener("click", action);
  return made;
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
}
