// Finding words in a document: a field, a count, and the way from one to the next.

import { element } from "./dom.js";

const MOST = 2000; // places that are lit up; the count goes on

export function findBar(sheet, { go, say }) {
  const field = element("input", { type: "search", id: "find", autocomplete: "off", enterkeyhint: "search" });
  const count = element("span", { class: "count", role: "status" });
  const back = element("button", { type: "button", class: "small", "aria-label": "前の一致へ" }, "↑");
  const on = element("button", { type: "button", class: "small", "aria-label": "次の一致へ" }, "↓");
  const folded = sheet.lines.map(fold);
  let hits = [];
  let now = -1;

  function search() {
    hits = hitsOf(folded, fold(field.value));
    now = -1;
    light(sheet, hits, null);
    tell();
  }

  function step(by) {
    if (!hits.length) return;
    now = now < 0 && by < 0 ? hits.length - 1 : (now + by + hits.length) % hits.length;
    light(sheet, hits, hits[now]);
    go(hits[now].line);
    tell();
  }

  function tell() {
    back.disabled = on.disabled = !hits.length;
    const place = now < 0 ? "" : `${now + 1}／`;
    count.textContent = !field.value.trim() ? "" : hits.length ? `${place}${hits.length}件` : "見つかりません";
    if (now >= 0) say(`${hits[now].line}行目`);
  }

  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // the Enter of a conversion chooses characters
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && field.value) { field.value = ""; search(); }
    else return;
    event.preventDefault();
  });
  back.addEventListener("click", () => step(-1));
  on.addEventListener("click", () => step(1));
  search();
  const label = element("label", { for: "find" }, "資料内を検索");
  return element("div", { class: "find", role: "search", "aria-label": "資料の中" }, label, field, back, on, count);
}

// Wide and narrow, capital and small are the same; the length stays, so that places hold.
function fold(text) {
  return [...text.toLowerCase()].map((sign) => {
    const plain = sign.normalize("NFKC");
    return plain.length === sign.length ? plain : sign;
  }).join("").replaceAll("\t", " ");
}

function hitsOf(lines, wanted) {
  const words = wanted.trim();
  if (!words) return [];
  const hits = [];
  lines.forEach((line, index) => {
    for (let at = line.indexOf(words); at >= 0; at = line.indexOf(words, at + words.length)) {
      hits.push({ line: index + 1, start: at, end: at + words.length });
    }
  });
  return hits;
}

// The places are lit by the browser's own highlights: the document's nodes, and a selection in them, stay as they are.
function light(sheet, hits, current) {
  if (!globalThis.CSS?.highlights) return; // an older browser: the lines are gone to all the same
  const rangeOf = (hit) => sheet.range(hit.line, hit.start, hit.end);
  CSS.highlights.set("found", new Highlight(...hits.slice(0, MOST).map(rangeOf)));
  CSS.highlights.set("found-now", new Highlight(...(current ? [rangeOf(current)] : [])));
}
