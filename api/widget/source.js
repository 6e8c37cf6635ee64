import { passageOf } from "./client.js";
import { button, el, icon, newElementId, outsideLink, webAddress } from "./dom.js";
import { markedLines } from "./passage.js";

// The panel of a source: its document, and the passage with the quoted words marked.

const AROUND = 5; // lines before and after
const ABOVE = 80; // pixels of them that stay in sight

export class Source {
  // `desk` also has: tell(citation), which gives whether the panel is to open, and cover(boolean).
  constructor(desk) {
    this.desk = desk;
    this.opener = null;
    const id = newElementId();
    this.title = el("h2", { id, tabindex: "-1", part: "source-title", lang: "ja" });
    this.body = el("div", { class: "source-body", tabindex: "0", role: "group", "aria-labelledby": id });
    const close = button("source-close", { "aria-label": desk.words.close, onclick: () => this.close() }, icon("close"));
    const attributes = { part: "source-panel", class: "source", role: "dialog", "aria-labelledby": id, hidden: true };
    this.about = el("div", { class: "about", lang: "ja" });
    const head = el("div", { class: "source-head" }, el("div", { class: "source-names" }, this.title, this.about), close);
    this.node = el("div", attributes, head, this.body);
  }

  get shown() {
    return !this.node.hidden;
  }

  open(citation, opener) {
    this.desk.card.close();
    if (!this.desk.tell(citation)) return; // the page shows it itself
    if (!this.shown) this.opener = opener;
    this.citation = citation;
    this.title.textContent = citation.title || citation.document;
    this.about.replaceChildren(...this.#aboutOf(citation));
    this.#fill(el("p", { class: "small", role: "status", text: this.desk.words.loading }));
    this.node.hidden = false;
    this.desk.cover(true);
    this.title.focus();
    this.#load(citation);
  }

  close() {
    if (!this.shown) return false;
    this.node.hidden = true;
    this.citation = null;
    this.desk.cover(false);
    if (this.opener?.isConnected) this.opener.focus();
    return true;
  }

  async #load(citation) {
    let content;
    try {
      const passage = passageOf(await this.desk.talk.client.passage(citation.passage_id, AROUND));
      if (!passage.lines.some((line) => line.number === citation.line_start)) throw new RangeError("another passage");
      content = this.#passage(passage, citation);
    } catch {
      content = this.#quoteAlone(citation);
    }
    if (this.citation !== citation) return; // closed, or another one was opened meanwhile
    this.#fill(content);
    const first = this.node.querySelector("mark") ?? this.node.querySelector("[data-cited]");
    for (const scroller of first ? [this.body, this.node] : []) {
      scroller.scrollTop += first.getBoundingClientRect().top - scroller.getBoundingClientRect().top - ABOVE;
    }
  }

  #fill(content) {
    this.body.replaceChildren(content, this.#links(this.citation));
    this.body.scrollTop = 0;
    this.node.scrollTop = 0;
  }

  #aboutOf(citation) {
    const lines = this.desk.words.lines(citation.line_start, citation.line_end);
    const labels = [...new Set([citation.publisher, citation.region, citation.fiscal_year])].filter(Boolean);
    const names = [citation.program, citation.subprogram].filter(Boolean).join(" › ");
    const meta = el(
      "p",
      { part: "source-meta", class: "small" },
      labels.join("・"),
      citation.stage ? el("span", { class: "badge", text: citation.stage }) : null,
      el("span", { lang: this.desk.words.code, text: lines }),
    );
    return names ? [meta, el("p", { class: "small", text: names })] : [meta];
  }

  #passage(passage, citation) {
    const items = markedLines(passage.lines, citation).map((line) => this.#line(line));
    return el("ol", { class: "lines", lang: "ja" }, ...items);
  }

  #line({ number, text, cited, marks }) {
    const words = el("span", { class: "words" });
    let at = 0;
    for (const [start, end] of marks) {
      words.append(...cells(text.slice(at, start)), el("mark", { part: "mark" }, ...cells(text.slice(start, end))));
      at = end;
    }
    words.append(...(text ? cells(text.slice(at)) : ["\u00a0"]));
    const label = el("span", { class: "unseen", lang: this.desk.words.code, text: `${this.desk.words.cited}: ` });
    const attributes = { part: cited ? "source-line source-line-cited" : "source-line", "data-number": number };
    const place = el("span", { class: "number", text: number });
    return el("li", { ...attributes, "data-cited": cited, value: number }, place, cited ? label : null, words);
  }

  #quoteAlone(citation) {
    return el(
      "div",
      {},
      el("p", { class: "small", role: "status", text: this.desk.words.notLoaded }),
      el("blockquote", { lang: "ja" }, el("mark", { part: "mark" }, ...cells(citation.quote))),
    );
  }

  #links(citation) {
    const { words, talk } = this.desk;
    const address = webAddress(citation.url);
    const place = `${encodeURIComponent(citation.document)}/${citation.line_start}-${citation.line_end}`;
    return el(
      "p",
      { class: "links" },
      address ? outsideLink("source-link", address, words.publisherPage) : null,
      outsideLink("viewer-link", talk.client.address(`#/documents/${place}`), words.viewer),
    );
  }
}

// The sources part a table's cells by tabs: each is shown as a rule and copied as a tab.
function cells(text) {
  return text.split(/(\t)/).map((piece) => (piece === "\t" ? el("span", { class: "tab", text: piece }) : piece));
}
