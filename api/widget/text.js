import { blocksOf } from "./blocks.js";
import { button, el } from "./dom.js";

// An answer's text as elements: paragraphs, lists, tables, with markers and figures as chips.

const SHOWN = 3; // of many markers in a row
const MANY = 6;
const CLOSING = /^[。、，．・：；）」』】｝〕！？)\]:;,.!?]/;

// `marks.citation(marker)` and `marks.figure(spot, words)` make the chips; the first gives null for an unknown marker.
export function textNodes(text, spots, marks, words) {
  const run = ([start, end]) => inline(text, start, end, spots, marks, words);
  return blocksOf(text).map((block) => {
    if (block.kind === "paragraph") return el("p", { part: "sentence", class: "sentence" }, ...run(block.run));
    if (block.kind === "list") {
      return el("ul", { class: "list" }, ...block.runs.map((item) => el("li", { part: "sentence" }, ...run(item))));
    }
    return table(block, run, words);
  });
}

function table(block, run, words) {
  const head = el("tr", {}, ...block.head.map((cell) => el("th", { scope: "col" }, ...run(cell))));
  const rows = block.rows.map(([first, ...others]) =>
    el("tr", {}, el("th", { scope: "row" }, ...run(first)), ...others.map((cell) => el("td", {}, ...run(cell)))),
  );
  const whole = el("table", { part: "table" }, el("thead", {}, head), el("tbody", {}, ...rows));
  // Wide tables scroll by themselves; the keyboard reaches them in order to scroll it.
  return el("div", { class: "wide", role: "group", tabindex: "0", "aria-label": words.table }, whole);
}

function inline(text, start, end, spots, marks, words) {
  const nodes = [];
  let at = start;
  for (const spot of spots) {
    if (spot.start < at || spot.end > end) continue;
    nodes.push(...marked(text.slice(at, spot.start), marks, words));
    nodes.push(marks.figure(spot, text.slice(spot.start, spot.end)));
    at = spot.end;
  }
  nodes.push(...marked(text.slice(at, end), marks, words));
  return nodes.reduceRight((rest, node) => together(node, rest), []);
}

// No line begins with the stop that follows a chip.
function together(node, rest) {
  const [next, ...others] = rest;
  if (typeof node === "string" || typeof next !== "string" || !CLOSING.test(next)) return [node, ...rest];
  return [el("span", { class: "together" }, node, next[0]), next.slice(1), ...others];
}

// Words with their markers; a long row of markers is folded.
function marked(text, marks, words) {
  const nodes = [];
  for (const piece of text.split(/((?:\[\d+\])+)/)) {
    if (!/^\[\d+\]/.test(piece)) nodes.push(piece.replaceAll("\\|", "|"));
    else nodes.push(...folded(piece.match(/\d+/g).map((marker) => marks.citation(Number(marker)) ?? `[${marker}]`), words));
  }
  return nodes.filter((node) => node !== "");
}

function folded(chips, words) {
  if (chips.length < MANY) return chips;
  const rest = el("span", { hidden: true }, ...chips.slice(SHOWN));
  const open = button("more", { text: `+${chips.length - SHOWN}`, "aria-label": words.more(chips.length - SHOWN) });
  open.addEventListener("click", () => {
    rest.hidden = false;
    open.remove();
    rest.querySelector("button")?.focus();
  });
  return [...chips.slice(0, SHOWN), open, rest];
}
