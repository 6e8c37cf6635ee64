// The lines of a document.  Lines with tabs stand as a table; a selection is copied as the file has it.

import { element } from "./dom.js";

const TEXT_BLOCK = 60; // lines that the browser lays out together
const TABLE_BLOCK = 200;
const ROW_HEIGHT = 30; // px, what a line not yet laid out is taken for
const AMOUNT = /^[▲△+-]?\s?[\d,.０-９，．]+\s?[%％]?$/;

export class Sheet {
  constructor(lines) {
    this.lines = lines;
    this.rows = [];
    this.marked = [];
    this.node = element("div", { class: "sheet wrap", tabindex: "0", role: "region", "aria-label": "本文" });
    for (const block of blocksOf(lines)) this.node.append(this.#block(block));
    this.node.addEventListener("copy", (event) => this.#copy(event));
  }

  row(number) {
    return this.rows[number - 1] ?? null;
  }

  // Marks lines as cited, and in them the words of the quotes; what was marked before is unmarked.
  cite(from, to, quotes) {
    for (const number of this.marked) this.#fill(number, [], false);
    this.marked = [];
    const places = quotes.flatMap((quote) => wordsAt(this.lines, from, to, quote));
    for (let number = from; number <= Math.min(to, this.lines.length); number += 1) {
      this.#fill(number, places.filter((place) => place.line === number), true);
      this.marked.push(number);
    }
  }

  // A DOM range over characters of a line.
  range(number, start, end) {
    const range = document.createRange();
    const [first, from] = this.#point(number, start);
    const [last, to] = this.#point(number, end);
    range.setStart(first, from);
    range.setEnd(last, to);
    return range;
  }

  #block({ table, from, to }) {
    const rows = [];
    const columns = table ? Math.max(...this.lines.slice(from - 1, to).map((line) => line.split("\t").length)) : 1;
    for (let number = from; number <= to; number += 1) rows.push(table ? tableRow(number, columns) : textRow(number));
    this.rows.push(...rows);
    const inner = table ? element("table", {}, element("tbody", {}, rows)) : element("div", {}, rows);
    if (table) inner.setAttribute("aria-label", `${from}～${to}行目の表`);
    for (let number = from; number <= to; number += 1) this.#fill(number, [], false);
    const block = element("div", { class: table ? "block table" : "block" }, inner);
    block.style.setProperty("contain-intrinsic-block-size", `auto ${(to - from + 1) * ROW_HEIGHT}px`);
    return block;
  }

  #fill(number, places, cited) {
    const row = this.row(number);
    row.classList.toggle("cited", cited);
    const tag = row.localName === "tr" ? "td" : "span";
    const cells = tag === "td" ? cellsOf(this.lines[number - 1]) : [this.lines[number - 1]];
    let at = 0;
    const nodes = cells.map((cell) => {
      const node = element(tag, { class: classOf(cell, tag) }, pieces(cell, at, places));
      at += cell.length + 1; // the tab
      return node;
    });
    if (tag === "td" && nodes.length === 1) nodes[0].setAttribute("colspan", row.dataset.columns);
    row.replaceChildren(row.firstElementChild, ...nodes);
  }

  #point(number, offset) {
    let rest = offset;
    let last = null;
    for (const cell of [...this.row(number).children].slice(1)) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        last = walker.currentNode;
        if (rest <= last.length) return [last, rest];
        rest -= last.length;
      }
      rest = Math.max(0, rest - 1); // the tab
    }
    return last ? [last, last.length] : [this.row(number), 0];
  }

  // The chosen part of a line, tabs and all.
  #chosen(row, range) {
    const ends = range.comparePoint(row, row.childNodes.length) === 0; // the range goes on after it
    const line = this.lines[Number(row.dataset.line) - 1];
    const tail = ends && row.childElementCount === 2 ? line.slice(line.indexOf("\t") >>> 0) : "";
    return chosenCells(row, range).join("\t") + tail;
  }

  #copy(event) {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!this.node.contains(range.commonAncestorContainer)) return; // more than the document was chosen
    const rows = this.rows.filter((row) => range.intersectsNode(row));
    const text = rows.map((row) => this.#chosen(row, range)).join("\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  }
}

// The cells of a line; one whose first cell alone holds something is a heading over the whole width.
function cellsOf(line) {
  const cells = line.split("\t");
  return cells.slice(1).every((cell) => cell === "") ? cells.slice(0, 1) : cells;
}

function blocksOf(lines) {
  const blocks = [];
  lines.forEach((line, index) => {
    const table = line.includes("\t");
    const last = blocks.at(-1);
    const room = last && last.to - last.from + 1 < (table ? TABLE_BLOCK : TEXT_BLOCK);
    if (last?.table === table && room) last.to = index + 1;
    else blocks.push({ table, from: index + 1, to: index + 1 });
  });
  return blocks;
}

function tableRow(number, columns) {
  const head = element("th", { scope: "row", class: "number", text: number });
  return element("tr", { class: "line", "data-line": number, "data-columns": columns }, head);
}

function textRow(number) {
  return element("div", { class: "line", "data-line": number }, element("span", { class: "number", text: number }));
}

function classOf(cell, tag) {
  if (tag === "td") return AMOUNT.test(cell.trim()) ? "amount" : null;
  return /^#{1,6} /.test(cell) ? "words title" : "words";
}

// A cell's text with its marked words, as nodes; `at` is where the cell begins in its line.
function pieces(cell, at, places) {
  const nodes = [];
  let done = 0;
  for (const place of [...places].sort((a, b) => a.start - b.start)) {
    const start = Math.max(done, place.start - at);
    const end = Math.min(cell.length, place.end - at);
    if (start >= end) continue;
    nodes.push(cell.slice(done, start), element("mark", { text: cell.slice(start, end) }));
    done = end;
  }
  return [...nodes, cell.slice(done)].filter((piece) => piece !== "");
}

// Where a quote stands in the lines, a place a line.
function wordsAt(lines, from, to, quote) {
  const text = lines.slice(from - 1, to).join("\n");
  const found = quote ? text.indexOf(quote) : -1;
  if (found < 0) return [];
  const places = [];
  let start = 0;
  for (let line = from; line <= to && start < found + quote.length; line += 1) {
    const length = lines[line - 1]?.length ?? 0;
    const place = { line, start: Math.max(0, found - start), end: Math.min(length, found + quote.length - start) };
    if (place.start < place.end) places.push(place);
    start += length + 1;
  }
  return places;
}

function chosenCells(row, range) {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  return [...row.children].slice(1).filter((cell) => range.intersectsNode(cell)).map((cell) => {
    const part = document.createRange();
    part.selectNodeContents(cell);
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(startContainer, startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(endContainer, endOffset);
    return part.toString();
  });
}
