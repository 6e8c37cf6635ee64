// The fact browser: filters, a list with the lines that the figures stand on, and the chart of budgets.

import { chartOf } from "./chart.js";
import { factsPath, fetchJson, loadDocuments } from "./data.js";
import { button, element, heading, link } from "./dom.js";
import { asked, chosenOf, factsHash, FIELDS, Filters } from "./filters.js";
import { factTable } from "./facttable.js";
import { yearOf } from "./words.js";

const PAGE = 50;
const CHARTED = 500; // budgets that are looked at for the chart, the largest first

let made = null;

export function factsView(place, tools) {
  made ??= new Facts(tools);
  made.chosen = chosenOf(place.query);
  const title = made.chosen.view === "chart" ? "予算の図" : "数値を調べる";
  return { key: "facts", title, node: made.node, arrive: () => made.load() };
}

class Facts {
  constructor(tools) {
    this.tools = tools;
    this.titles = new Map();
    this.running = null;
    this.shown = null; // the address whose facts stand there
    this.filters = new Filters((changes) => this.#go(changes));
    this.switch = element("nav", { class: "switch", "aria-label": "見せ方" });
    this.count = element("p", { class: "hits", tabindex: "-1" });
    this.download = element("a", { class: "button", download: "facts.csv" }, "CSVで保存");
    this.results = element("div", { class: "results" });
    this.node = element("div", { class: "view facts" }, heading("数値を調べる"),
      element("p", { class: "lead" }, "資料から読み取った数値の一覧です。どの数値も、もとの資料の行を開いて確かめられます。"),
      this.filters.node, this.switch,
      element("div", { class: "summary" }, this.count, this.download), this.results);
    this.#offerDocuments();
  }

  async load() {
    const { chosen } = this;
    const address = factsHash(chosen, { page: chosen.page });
    this.filters.show(chosen);
    this.#showSwitch();
    this.download.setAttribute("href", factsPath({ ...this.#wanted(), format: "csv" }));
    if (address === this.shown) return;
    this.running?.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.results.setAttribute("aria-busy", "true");
    try {
      await this.#fill(signal);
      this.shown = address;
    } catch (error) {
      if (signal.aborted) return; // another choice was made meanwhile
      this.#fail(error);
    }
    if (!signal.aborted) this.results.removeAttribute("aria-busy");
  }

  // What is asked of the server: the chart is of budgets, and of them alone.
  #wanted() {
    const { chosen } = this;
    if (chosen.view === "chart") return { ...asked(chosen), kind: "budget", flag: "" };
    return { ...asked(chosen), sort: chosen.sort };
  }

  async #fill(signal) {
    const { chosen } = this;
    const chart = chosen.view === "chart";
    const part = chart ? { sort: "-yen", limit: CHARTED } : { limit: PAGE, offset: (chosen.page - 1) * PAGE };
    const { facts, total } = await fetchJson(factsPath({ ...this.#wanted(), ...part }), signal);
    this.filters.offer("stage", facts.map((fact) => [fact.stage, fact.stage]));
    this.#tell(facts.length, total);
    if (!facts.length) return this.results.replaceChildren(await this.#nothing(total, signal));
    const regions = new Map((await loadDocuments().catch(() => [])).map((one) => [one.id, one]));
    if (signal.aborted) return undefined;
    if (chart) return this.results.replaceChildren(...chartOf(facts, { documents: regions, chosen, total }));
    const table = factTable(facts, { chosen, titles: this.titles, sort: (sort) => this.#go({ sort }) });
    return this.results.replaceChildren(table, ...this.#pages(total));
  }

  #tell(count, total) {
    const { chosen } = this;
    const word = chosen.view === "chart" ? "予算額" : "数値";
    const from = (chosen.page - 1) * PAGE;
    const range = chosen.view === "list" && total > PAGE && count ? `（${from + 1}～${from + count}件目を表示）` : "";
    this.count.textContent = `${word}は${total.toLocaleString("ja-JP")}件です${range}`;
    this.tools.say(this.count.textContent);
    this.download.hidden = !total;
  }

  // Which condition to loosen: each is left out once, and what would be found then is counted.
  async #nothing(total, signal) {
    if (total) return element("p", {}, link(factsHash(this.chosen), "最初のページを見る"));
    const set = FIELDS.filter((field) => this.#wanted()[field] && !(field === "kind" && this.chosen.view === "chart"));
    const counts = await Promise.all(set.map((field) => this.#countWithout(field, signal)));
    const offers = set.map((field, index) => this.#offer(field, counts[index])).filter(Boolean);
    const clear = link(factsHash(this.chosen, this.filters.empty()), "条件をすべて消す");
    return element("div", { class: "nothing" },
      element("p", {}, element("strong", {}, "この条件に合う数値は、資料にありませんでした。")),
      element("p", {}, offers.length ? "次の条件をはずすと見つかります。" : "条件をいくつかはずして、調べ直してください。"),
      element("ul", {}, offers, element("li", {}, clear)));
  }

  #offer(field, count) {
    if (!count) return null;
    const words = `${this.filters.words(field, this.chosen[field])}をはずす（${count.toLocaleString("ja-JP")}件）`;
    return element("li", {}, link(factsHash(this.chosen, { [field]: "" }), words));
  }

  async #countWithout(field, signal) {
    return (await fetchJson(factsPath({ ...this.#wanted(), sort: "", [field]: "", limit: 1 }), signal)).total;
  }

  #pages(total) {
    const last = Math.ceil(total / PAGE);
    if (last < 2) return [];
    const { page } = this.chosen;
    const way = (to, text) => (to < 1 || to > last ? element("span", { class: "off", text })
      : link(factsHash(this.chosen, { page: to }), text, { onclick: () => this.count.focus() }));
    return [element("nav", { class: "pages", "aria-label": "ページ" },
      way(page - 1, "前の50件"), element("span", {}, `${page}／${last}ページ`), way(page + 1, "次の50件"))];
  }

  #showSwitch() {
    const current = (view) => ({ "aria-current": this.chosen.view === view ? "true" : null });
    const way = (view, text) => link(factsHash(this.chosen, { view }), text, current(view));
    this.switch.replaceChildren(way("list", "一覧"), way("chart", "予算の図"));
  }

  #fail(error) {
    this.shown = null;
    this.count.textContent = "";
    const again = button("もう一度調べる", () => this.load());
    this.results.replaceChildren(element("p", { role: "alert", text: error.message }), again);
  }

  #go(changes) {
    location.hash = factsHash(this.chosen, changes);
  }

  async #offerDocuments() {
    const documents = await loadDocuments().catch(() => []); // without them the address still filters
    this.titles = new Map(documents.map((one) => [one.id, one.title]));
    const order = (a, b) => yearOf(b) - yearOf(a) || a.localeCompare(b, "ja");
    const distinct = (field) => [...new Set(documents.map((one) => one[field]))].sort(order).map((one) => [one, one]);
    for (const field of ["region", "fiscal_year", "stage"]) this.filters.offer(field, distinct(field));
    this.filters.offer("document", documents.map((one) => [one.id, one.title]));
    for (const source of this.results.querySelectorAll("[data-document]")) {
      source.firstChild.textContent = this.titles.get(source.dataset.document) ?? source.dataset.document;
    }
  }
}
