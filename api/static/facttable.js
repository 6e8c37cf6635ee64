// The list of facts: a table, which a narrow window shows as cards.

import { badge, button, element } from "./dom.js";
import { amountOf, documentHash, linesWord, nameOf, printedOf, toneOf, yenDigits } from "./words.js";
import { flagWord, kindWord } from "./words.js";

const COLUMNS = [
  { name: "事業", sort: "program" },
  { name: "種類", sort: "kind" },
  { name: "数値", sort: "yen", down: true },
  { name: "年度・段階" },
  { name: "もとの行", sort: "" },
];

const ARROWS = new Map([["ascending", "▲"], ["descending", "▼"]]);

export function factTable(facts, { chosen, titles, sort }) {
  const head = element("tr", {}, COLUMNS.map((column) => headCell(column, chosen.sort, sort)));
  const body = element("tbody", {}, facts.map((fact) => row(fact, titles)));
  const caption = element("caption", { class: "hidden" }, "数値の一覧");
  const table = element("table", { class: "list" }, caption, element("thead", {}, head), body);
  return element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "数値の一覧" }, table);
}

// A column sorts up, then down, then stands in the documents' order again; amounts begin with the largest.
function headCell(column, now, sort) {
  if (!("sort" in column)) return element("th", { scope: "col", text: column.name });
  const order = orderOf(column, now);
  const arrow = element("span", { "aria-hidden": "true", class: "arrow" }, ARROWS.get(order) ?? "↕");
  const sorter = button(column.name, () => sort(nextOf(column, order)));
  sorter.append(arrow);
  return element("th", { scope: "col", "aria-sort": order }, sorter);
}

function orderOf(column, now) {
  if (!column.sort) return now ? null : "ascending";
  if (now === column.sort) return "ascending";
  return now === `-${column.sort}` ? "descending" : null;
}

function nextOf({ sort, down }, order) {
  if (!sort) return "";
  const [first, second] = down ? [`-${sort}`, sort] : [sort, `-${sort}`];
  if (order === null) return first;
  return (order === "descending") === Boolean(down) ? second : "";
}

function row(fact, titles) {
  return element("tr", {},
    element("th", { scope: "row" }, element("span", { class: "name", text: nameOf(fact) }), detail(fact), flags(fact)),
    cell("種類", kindWord(fact.kind)),
    element("td", { "data-name": "数値" }, figure(fact)),
    element("td", { "data-name": "年度・段階" }, when(fact)),
    element("td", { "data-name": "もとの行" }, source(fact, titles)));
}

function when({ fiscal_year, stage }) {
  return element("span", { class: "when" }, fiscal_year, " ", badge(stage, toneOf(stage)));
}

function cell(name, text) {
  return element("td", { "data-name": name, text });
}

// As printed, and in plain yen where that is another reading.
function figure(fact) {
  const yen = amountOf(fact, yenDigits);
  const other = yen && yen !== printedOf(fact) ? element("span", { class: "yen", text: `＝${yen}` }) : null;
  return element("span", { class: "pair" }, element("span", { class: "printed", text: printedOf(fact) }), other);
}

function detail(fact) {
  const words = [fact.condition, fact.item].filter(Boolean).join("・");
  return words ? element("span", { class: "condition", text: words }) : null;
}

function flags(fact) {
  if (!fact.flags.length && !fact.note) return null;
  const marks = fact.flags.map((flag) => badge(flagWord(flag), flag === "suspect" ? "warn" : "plain"));
  return element("span", { class: "flags" }, marks, fact.note && element("span", { class: "note", text: fact.note }));
}

function source(fact, titles) {
  const lines = linesWord(fact.line_start, fact.line_end);
  const href = documentHash(fact.document, fact.line_start, fact.line_end);
  const paper = element("span", { class: "paper", text: titles.get(fact.document) ?? fact.document });
  return element("a", { href, "data-document": fact.document }, paper, ` ${lines}`);
}
