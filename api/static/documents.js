// The list of documents.

import { loadDocuments } from "./data.js";
import { badge, element, heading, link, outwardLink, terms } from "./dom.js";
import { documentHash, factsOf, TONES, toneOf } from "./words.js";

let made = null;

export function documentsView(_place, { say }) {
  made ??= { key: "documents", title: "資料を見る", node: build(say) };
  return made;
}

function build(say) {
  const list = element("ul", { class: "cards", "aria-busy": "true" }, element("li", { class: "quiet" }, "読み込んでいます…"));
  fill(list, say);
  return element("div", { class: "view" },
    heading("資料を見る"),
    element("p", { class: "lead" }, "お答えは、次の資料に書かれていることだけをもとにしています。資料を開くと、行番号付きの本文を読めます。"),
    list);
}

async function fill(list, say) {
  try {
    const documents = await loadDocuments();
    list.replaceChildren(...documents.map(card));
    if (!documents.length) list.append(element("li", {}, "資料はまだありません。"));
    say(`資料は${documents.length}件です。`);
  } catch (error) {
    const again = element("button", { type: "button", onclick: () => fill(list, say) }, "もう一度読み込む");
    list.replaceChildren(element("li", { class: "card" }, element("p", { text: error.message }), again));
  }
  list.removeAttribute("aria-busy");
}

function card(document) {
  const tone = toneOf(document.stage);
  const count = (value, unit) => (Number.isInteger(value) ? `${value.toLocaleString("ja-JP")}${unit}` : null);
  return element("li", { class: "card" },
    element("h3", {}, element("a", { href: documentHash(document.id), text: document.title })),
    element("p", { class: "marks" }, badge(document.stage, tone),
      element("span", { class: "meta", text: TONES[tone] })),
    terms([
      ["発行", document.publisher],
      ["地域", document.region],
      ["年度", document.fiscal_year],
      ["行数", count(document.line_count, "行")],
      ["事業", count(document.program_count, "件")],
      ["数値", count(document.fact_count, "件")],
    ]),
    element("p", { class: "actions" },
      link(documentHash(document.id), "本文を読む", { "aria-label": `${document.title}の本文を読む` }),
      link(factsOf(document.id), "この資料の数値を調べる", { "aria-label": `${document.title}の数値を調べる` }),
      outwardLink(document.url, "公表元のページ")));
}
