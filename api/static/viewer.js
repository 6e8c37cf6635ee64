// One document with its line numbers; the lines that the address names are marked.

import { citationAt } from "./chat.js";
import { fetchJson, loadDocument } from "./data.js";
import { badge, button, element, heading, link, outwardLink } from "./dom.js";
import { findBar } from "./find.js";
import { Sheet } from "./sheet.js";
import { documentHash, factsOf, linesWord, TONES, toneOf, whence } from "./words.js";

let open = null; // the document that is shown now

export function documentView(place, tools) {
  if (open?.place.id !== place.id || open.failed || outdated(open, place)) open = begin(place, tools);
  open.place = place;
  return { key: `document ${place.id}`, title: titleOf(open), node: open.node, arrive: () => arrive(open) };
}

// An answer may come from a later edition than the one that stands here: it is fetched once more.
function outdated(view, place) {
  const citation = citationAt(place);
  if (!citation || !view.document || view.renewed === citation) return false;
  const lines = view.document.lines.slice(place.from - 1, place.to).join("\n");
  return !lines.includes(citation.quote);
}

function titleOf(view) {
  const lines = view.place.from === null ? "" : `${linesWord(view.place.from, view.place.to)}｜`;
  return view.document ? `${lines}${view.document.title}` : "資料を開いています";
}

function begin(place, tools) {
  const node = element("div", { class: "view", "aria-busy": "true" }, heading("資料を開いています"));
  const view = { place, tools, node, document: null, sheet: null, failed: false, renewed: citationAt(place) };
  loadDocument(place.id).then((document) => fill(view, document), (error) => fail(view, error));
  return view;
}

function fail(view, error) {
  view.failed = true;
  view.node.removeAttribute("aria-busy");
  const missing = error.status === 404;
  const again = button("もう一度読み込む", () => window.dispatchEvent(new HashChangeEvent("hashchange")));
  const title = heading(missing ? "資料が見つかりません" : "資料を開けませんでした");
  const citation = citationAt(view.place);
  const words = citation && element("blockquote", { class: "cite", text: citation.quote }); // what is known of it
  refill(view, title, element("p", { text: error.message }), words, missing ? null : element("p", {}, again),
    element("p", {}, link("#/documents", "資料の一覧を見る")));
}

function fill(view, document) {
  view.document = document;
  view.sheet = new Sheet(document.lines);
  view.where = element("div", { class: "where" });
  view.node.removeAttribute("aria-busy");
  view.sheet.node.addEventListener("click", (event) => chooseLine(view, event));
  refill(view, above(view), ...about(view), view.sheet.node);
  fillPrograms(view);
  if (open !== view) return; // the reader has gone on meanwhile
  view.tools.retitle(titleOf(view));
  arrive(view);
}

// Keeps the focus on the heading, when it was on the one that stood there while it loaded.
function refill(view, ...nodes) {
  const focused = view.node.contains(document.activeElement);
  view.node.replaceChildren(...nodes.filter(Boolean));
  if (focused) view.node.querySelector("h2").focus({ preventScroll: true });
}

// What stays in sight while the lines move: whose words these are, how settled they are, and the way to others.
function above(view) {
  const { document } = view;
  const inner = tools(view);
  return element("div", { class: "bar-above" },
    link("#/", "答えに戻る", { class: "back" }), unfold(inner),
    element("div", { class: "titled" }, heading(document.title), badge(document.stage, toneOf(document.stage))), inner);
}

function about({ document, where }) {
  return [
    element("p", { class: "meta" }, whence({ ...document, stage: "" }), "。", TONES[toneOf(document.stage)], "。"),
    element("p", { class: "actions" }, link("#/documents", "資料の一覧"), link(factsOf(document.id), "この資料の数値を調べる"),
      outwardLink(document.url, "公表元のページ")),
    where,
  ];
}

function tools(view) {
  const { sheet } = view;
  const wrap = element("button", { type: "button", class: "small", "aria-pressed": "true" }, "折り返す");
  wrap.addEventListener("click", () => wrap.setAttribute("aria-pressed", String(sheet.node.classList.toggle("wrap"))));
  view.programs = element("select", { id: "program", disabled: true }, element("option", { value: "" }, "事業へ移動…"));
  view.programs.addEventListener("change", () => { if (view.programs.value) location.hash = view.programs.value; });
  const label = element("label", { for: "program", class: "hidden" }, "事業へ移動");
  const find = findBar(sheet, { go: (line) => bring(sheet.row(line)), say: view.tools.say });
  return element("div", { class: "tools", id: "tools" }, find,
    element("div", { class: "jump" }, label, view.programs), jump(view), wrap);
}

// On a phone the tools are folded away: what sticks to the top must leave room for the text.
function unfold(inner) {
  const toggle = () => folder.setAttribute("aria-expanded", String(inner.classList.toggle("open")));
  const state = { class: "small unfold", "aria-expanded": "false", "aria-controls": inner.id };
  const folder = button("検索・移動", toggle, state);
  return folder;
}

function jump(view) {
  const most = view.document.lines.length;
  const field = element("input", { type: "number", id: "line", min: "1", max: most, inputmode: "numeric" });
  const label = element("label", { for: "line" }, "行へ移動");
  const form = element("form", { class: "jump" }, label, field, element("button", { class: "small" }, "移動"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = Math.min(most, Math.max(1, Math.trunc(Number(field.value))));
    if (field.value) location.hash = documentHash(view.document.id, line);
  });
  return form;
}

async function fillPrograms(view) {
  try {
    const { programs } = await fetchJson(`/v1/programs?document=${encodeURIComponent(view.document.id)}`);
    const hash = (one) => documentHash(view.document.id, one.line_start, one.line_end);
    view.programs.append(...programs.map((one) => element("option", { value: hash(one), text: one.program })));
    view.programs.disabled = !programs.length;
  } catch {
    view.programs.parentElement.hidden = true; // a way less to get to a line
  }
}

// A click on a line's number gives the line an address that can be shared; with Shift it reaches from the last one.
function chooseLine(view, event) {
  if (!event.target.classList.contains("number")) return;
  const line = Number(event.target.parentElement.dataset.line);
  const from = event.shiftKey && view.place.from !== null ? view.place.from : line;
  location.hash = documentHash(view.document.id, Math.min(from, line), Math.max(from, line));
}

function arrive(view) {
  if (!view.sheet) return;
  const { from, to } = view.place;
  const citation = from === null ? null : citationAt(view.place);
  view.node.classList.toggle("cited-here", Boolean(citation));
  view.sheet.cite(from ?? 1, from === null ? 0 : to, citation ? [citation.quote] : []);
  view.where.replaceChildren(...whereWords(view, citation));
  if (citation) view.tools.say(view.where.textContent); // the next citation may open the same document
  if (from !== null) bring(view.sheet.row(Math.min(from, view.document.lines.length)));
}

function whereWords(view, citation) {
  const { from, to } = view.place;
  if (from === null) return [];
  const most = view.document.lines.length;
  if (from > most) return [element("p", { class: "cite" }, `この資料は${most}行までです。${from}行目はありません。`)];
  const label = `${citation ? `答えの出典 [${citation.marker}]：` : ""}${linesWord(from, Math.min(to, most))}`;
  const names = citation ? [citation.program, citation.subprogram].filter(Boolean).join(" › ") : "";
  return [element("p", { class: "cite" }, element("strong", { text: label }), names && ` ${names}`)];
}

// Lines that were never laid out have a guessed height: it is gone to a second time once they have their own.
function bring(row) {
  if (!row) return;
  const seen = row.querySelector("mark") ?? row; // a table may be wider than the window
  const go = () => seen.scrollIntoView({ block: "center", inline: "nearest" });
  go();
  requestAnimationFrame(() => requestAnimationFrame(go));
}
