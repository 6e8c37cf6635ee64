// What stands beside the chat before a source is opened: what it can do, and which documents it knows.

import { loadDocuments } from "./data.js";
import { badge, element, heading, link } from "./dom.js";
import { documentHash, toneOf, whence } from "./words.js";

const PROMISES = [
  ["資料の言葉で答えます", "国や県の予算資料・施策集に書かれていることだけを、出典の行まで示してお答えします。"],
  ["数値は一つずつ照合します", "金額・補助率・期間は、資料の数値と合うものだけをお見せします。"],
  ["わからないことは、わからないと言います", "資料に書かれていないことは、推測でお答えしません。"],
];

let made = null;

export function startView() {
  made ??= { key: "start", title: "", node: build() };
  return made;
}

function build() {
  const known = element("ul", { class: "known" }, element("li", { class: "quiet" }, "読み込んでいます…"));
  loadDocuments().then(
    (documents) => known.replaceChildren(...documents.slice(0, 12).map(documentItem)),
    (error) => known.replaceChildren(element("li", { class: "quiet", text: error.message })),
  );
  return element("div", { class: "view start" },
    heading("使える支援制度を、資料の言葉で調べます"),
    element("p", { class: "lead" }, "左の欄に、聞きたいことを普段の言葉で書いてください。答えの出典の番号を押すと、もとの資料がここに開きます。"),
    element("ul", { class: "promises" }, PROMISES.map(promise)),
    element("h3", { id: "known-title" }, "お答えのもとになる資料"),
    known,
    element("p", { class: "actions" }, link("#/documents", "資料の一覧を見る"), link("#/facts", "数値の一覧を見る")));
}

const promise = ([title, text]) => element("li", {}, element("h3", { text: title }), element("p", { text }));

function documentItem(document) {
  const { stage } = document;
  return element("li", {}, link(documentHash(document.id), document.title),
    element("span", { class: "meta" }, whence({ ...document, stage: "" }), " ", badge(stage, toneOf(stage))));
}
