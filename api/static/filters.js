// What the fact browser is asked for: a form, and the same in the address.

import { button, element } from "./dom.js";
import { FLAGS, KINDS, kindWord, flagWord } from "./words.js";

export const FIELDS = ["program", "region", "fiscal_year", "stage", "kind", "document", "flag"];

const SORTS = ["yen", "-yen", "program", "-program", "kind", "-kind"];

const NAMES = {
  program: "事業名",
  region: "地域",
  fiscal_year: "年度",
  stage: "段階",
  document: "資料",
  kind: "種類",
  flag: "しるし",
};

const DOCUMENT_FLAGS = ["新規", "拡充", "一部新規", "継続", "重点", "主要成果", "再掲", "の一部"];
const CHOICES = {
  kind: Object.keys(KINDS).map((kind) => [kind, kindWord(kind)]),
  flag: [...DOCUMENT_FLAGS, ...Object.keys(FLAGS)].map((flag) => [flag, flagWord(flag)]),
};

export function chosenOf(query) {
  const chosen = Object.fromEntries(FIELDS.map((field) => [field, query.get(field) ?? ""]));
  const page = Number.parseInt(query.get("page") ?? "1", 10);
  return {
    ...chosen,
    sort: SORTS.includes(query.get("sort")) ? query.get("sort") : "",
    view: query.get("view") === "chart" ? "chart" : "list",
    sums: query.get("sums") === "1",
    page: page > 0 && page <= 20_000 ? page : 1,
  };
}

// The address of a choice; whatever is as at the start stays out of it.
export function factsHash(chosen, changes = {}) {
  const { view, sums, page, ...rest } = { ...chosen, page: 1, ...changes };
  const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value));
  if (view === "chart") query.set("view", view);
  if (sums) query.set("sums", "1");
  if (page > 1) query.set("page", String(page));
  const text = query.toString();
  return text ? `#/facts?${text}` : "#/facts";
}

export const asked = (chosen) => Object.fromEntries(FIELDS.map((field) => [field, chosen[field]]));

export class Filters {
  constructor(change) {
    this.change = change;
    this.inputs = Object.fromEntries(FIELDS.map((field) => [field, input(field)]));
    const labelled = FIELDS.map((field) => element("div", { class: `field ${field}` },
      element("label", { for: `filter-${field}`, text: NAMES[field] }), this.inputs[field]));
    const clear = button("条件をすべて消す", () => change(this.empty()));
    const fold = () => this.#fold(!this.node.classList.contains("open"));
    this.unfold = button("条件を増やす", fold, { class: "unfold", "aria-expanded": "false" });
    this.node = element("form", { class: "filters", role: "search", "aria-label": "数値をしぼり込む" }, labelled,
      element("div", { class: "buttons" }, element("button", { class: "primary" }, "調べる"), this.unfold, clear));
    for (const field of FIELDS) if (field in CHOICES) this.offer(field, CHOICES[field]);
    this.node.addEventListener("submit", (event) => this.#send(event));
    this.node.addEventListener("change", (event) => event.target.localName === "select" && this.#send(event));
  }

  // Shows what the address holds, which may be no choice that is known here.
  show(chosen) {
    for (const field of FIELDS) {
      const node = this.inputs[field];
      if (node.localName === "select" && ![...node.options].some((option) => option.value === chosen[field])) {
        node.append(element("option", { value: chosen[field], text: chosen[field] }));
      }
      node.value = chosen[field];
    }
    const chart = chosen.view === "chart"; // which is of budgets, whatever kind was chosen for the list
    for (const field of ["kind", "flag"]) this.inputs[field].parentElement.hidden = chart;
    if (FIELDS.some((field) => field !== "program" && chosen[field])) this.#fold(true); // what is set is seen
  }

  // Adds choices to a field, [value, label] each.
  offer(field, choices) {
    const node = this.inputs[field];
    const known = new Map([...node.options].map((option) => [option.value, option]));
    for (const [value, label] of choices) {
      if (known.has(value)) known.get(value).textContent = label;
      else if (value) node.append(element("option", { value, text: label }));
    }
  }

  empty() {
    return Object.fromEntries(FIELDS.map((field) => [field, ""]));
  }

  // A filter as a reader reads it.
  words(field, value) {
    const option = [...(this.inputs[field].options ?? [])].find((one) => one.value === value);
    return `${NAMES[field]}「${option?.textContent ?? value}」`;
  }

  // On a phone only the name is asked for at first.
  #fold(open) {
    this.node.classList.toggle("open", open);
    this.unfold.setAttribute("aria-expanded", String(open));
  }

  #send(event) {
    event.preventDefault();
    this.change(Object.fromEntries(FIELDS.map((field) => [field, this.inputs[field].value.trim()])));
  }
}

const PROGRAM = { maxlength: "100", placeholder: "例：事業承継" };

function input(field) {
  const id = `filter-${field}`;
  if (field === "program") return element("input", { id, type: "search", autocomplete: "off", ...PROGRAM });
  return element("select", { id }, element("option", { value: "" }, "すべて"));
}
