"use strict";

// The chat page.  Everything that comes from the server is put in by textContent, never as HTML.

const TIMEOUT_MS = 60_000;
const SEARCHING = "資料を調べています";

const STATUS_LABELS = {
  clarify: "確認させてください",
  abstained: "お答えできません",
};

const REASON_LABELS = {
  not_in_corpus: "資料に見当たりません",
  not_stated: "資料に書かれていません",
  out_of_scope: "お答えできる範囲の外です",
  unverified: "資料で確かめられませんでした",
};

// What to do, by error code; the server's own wording is for developers.
const ERROR_TEXTS = {
  question_empty: "質問が空です。質問を書いてから送ってください。",
  question_too_long: "質問が長すぎます。2,000文字以内に縮めるか、分けて送ってください。",
  not_text: "質問に読み取れない文字が含まれています。入力し直してください。",
  too_large: "送る内容が大きすぎます。「新しい相談」から始め直してください。",
  index_missing: "資料の準備がまだできていません。しばらくしてから、もう一度送ってください。",
  index_damaged: "資料を読み込めません。管理者に連絡してください。",
  internal: "サーバーで問題が起きました。もう一度送ってもだめなときは、管理者に連絡してください。",
  offline: "サーバーにつながりません。インターネットの接続を確かめて、もう一度送ってください。",
  timeout: "時間内に答えが返りませんでした。少し待ってから、もう一度送ってください。",
  other: "この質問は受け付けられませんでした。書き方を変えて、もう一度お試しください。",
};

const page = {
  form: document.getElementById("form"),
  question: document.getElementById("question"),
  send: document.getElementById("send"),
  restart: document.getElementById("restart"),
  welcome: document.getElementById("welcome"),
  examples: document.getElementById("examples"),
  messages: document.getElementById("messages"),
};

const state = { conversationId: null, request: null, answers: 0 };

// ---- small tools ----

function element(name, { className = "", text = null, attributes = {} } = {}, children = []) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== null) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function chip(question) {
  const button = element("button", { className: "chip", text: question, attributes: { type: "button" } });
  button.addEventListener("click", () => ask(question));
  return element("li", {}, [button]);
}

function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null; // not an address: the citation stands without a link
  }
}

// Table cells are separated by tabs in the sources; empty cells would leave a row of bars.
function printable(quote) {
  return quote.replace(/^[\t ]+|[\t ]+$/gm, "").replace(/ *\t[\t ]*/g, " ｜ ");
}

// ---- the parts of an answer ----

function textWithMarkers(text, idOf) {
  const paragraph = element("p", { className: "text" });
  for (const piece of text.split(/(\[\d+\])/)) {
    const marker = /^\[(\d+)\]$/.exec(piece);
    const id = marker && idOf(Number(marker[1]));
    paragraph.append(id ? markerLink(piece, id) : piece);
  }
  return paragraph;
}

function markerLink(label, id) {
  const attributes = { href: `#${id}`, "aria-label": `出典${label.slice(1, -1)}を見る` };
  const link = element("a", { className: "marker", text: label, attributes });
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the address stays clean, and the closed citation is opened
    const details = document.getElementById(id);
    details.open = true;
    details.querySelector("summary").focus();
  });
  return link;
}

function lineRange(citation) {
  const { line_start: first, line_end: last } = citation;
  return first === last ? `${first}行目` : `${first}～${last}行目`;
}

function citationItem(citation, id, open) {
  // A prefecture publishes its own papers: the name stands once.
  const meta = [citation.publisher, citation.region, citation.fiscal_year, citation.stage, lineRange(citation)];
  const summary = element("summary", {}, [
    element("span", { className: "title", text: `[${citation.marker}] ${citation.title}` }),
    element("span", { className: "meta", text: [...new Set(meta.filter(Boolean))].join("・") }),
  ]);
  const source = element("div", { className: "source" });
  const names = [citation.program, citation.subprogram].filter(Boolean).join(" › ");
  if (names) source.append(element("p", { className: "small", text: names }));
  source.append(element("blockquote", { text: printable(citation.quote) }));
  const address = citation.url && webAddress(citation.url);
  if (address) source.append(sourceLink(address));
  const details = element("details", { className: "citation", attributes: { id } }, [summary, source]);
  details.open = open;
  return element("li", {}, [details]);
}

function sourceLink(address) {
  const attributes = { href: address, target: "_blank", rel: "noopener noreferrer" };
  const link = element("a", { text: "公表元のページを開く（別のタブ）", attributes });
  return element("p", { className: "small" }, [link]);
}

function citationList(citations, idOf) {
  const open = citations.length <= 2; // many open quotes would bury what follows them
  const items = citations.map((citation) => citationItem(citation, idOf(citation.marker), open));
  return element("div", {}, [
    element("p", { className: "part", text: "出典" }),
    element("ul", { className: "citations" }, items),
  ]);
}

function noticeList(notices) {
  const items = notices.map((notice) => element("li", { className: "notice", text: notice }));
  return element("ul", { className: "notices", attributes: { "aria-label": "ご注意" } }, items);
}

function suggestionList(suggestions, status) {
  return element("div", {}, [
    element("p", { className: "part", text: status === "clarify" ? "選んで答える" : "続けて聞く" }),
    element("ul", { className: "chips" }, suggestions.map(chip)),
  ]);
}

function answerItem(answer) {
  state.answers += 1;
  const prefix = `citation-${state.answers}`;
  const markers = new Set(answer.citations.map((citation) => citation.marker));
  const idOf = (marker) => (markers.has(marker) ? `${prefix}-${marker}` : null);
  const item = element("li", { className: `message assistant ${answer.status}` });
  const label = REASON_LABELS[answer.reason] ?? STATUS_LABELS[answer.status];
  if (label) item.append(element("p", { className: "label", text: label }));
  item.append(textWithMarkers(answer.text, idOf));
  if (answer.notices.length) item.append(noticeList(answer.notices));
  if (answer.citations.length) item.append(citationList(answer.citations, idOf));
  if (answer.suggestions.length) item.append(suggestionList(answer.suggestions, answer.status));
  return item;
}

function failureItem(code, question) {
  const item = element("li", { className: "message failed" });
  item.append(element("p", { className: "label", text: "お答えを受け取れませんでした" }));
  item.append(element("p", { text: ERROR_TEXTS[code] ?? ERROR_TEXTS.other }));
  const again = element("button", { text: "もう一度送る", attributes: { type: "button" } });
  again.addEventListener("click", () => {
    if (state.request) return;
    item.previousElementSibling?.remove(); // the question is shown anew by ask()
    item.remove();
    ask(question);
  });
  item.append(again);
  return item;
}

// ---- talking to the server ----

async function post(question, signal, tell) {
  const body = { question };
  if (state.conversationId) body.conversation_id = state.conversationId;
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const response = await fetch("/v1/chat", { method: "POST", headers, body: JSON.stringify(body), signal });
  if (response.headers.get("Content-Type")?.startsWith("text/event-stream")) return listen(response.body, tell);
  const reply = await response.json(); // what went wrong before the first event
  return { code: reply?.error?.code ?? "internal" };
}

async function listen(body, tell) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { code: "offline" }; // cut before its end: what was told so far is no answer
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const [name, data] of blocks.map(eventOf)) {
      if (name === "answer") return { answer: data };
      if (name === "error") return { code: data.error.code };
      tell(name, data);
    }
  }
}

function eventOf(block) {
  const lines = block.split("\n");
  const field = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return [field("event"), JSON.parse(field("data") ?? "null")]; // a comment has neither
}

async function exchange(question, request, tell) {
  const timer = setTimeout(() => request.abort("timeout"), TIMEOUT_MS);
  try {
    return await post(question, request.signal, tell);
  } catch {
    // Whatever fetch throws means the same to a reader: nothing came back.
    return { code: request.signal.aborted ? request.signal.reason : "offline" };
  } finally {
    clearTimeout(timer);
  }
}

// The sentences so far stand in for the answer until it is whole.
function teller(busy) {
  let told = "";
  return (name, data) => {
    if (name === "sentence") told += data.text;
    if (name === "stage" && data.stage === "compose") told = ""; // takes back what was told before
    busy.textContent = told || SEARCHING;
    busy.setAttribute("aria-hidden", String(told !== "")); // read out once, when it is whole
  };
}

async function ask(question) {
  if (state.request) return;
  const request = new AbortController();
  state.request = request;
  const mine = element("li", { className: "message user", text: question });
  const busy = element("li", { className: "message busy", text: SEARCHING });
  page.welcome.hidden = true;
  page.messages.append(mine, busy);
  setBusy(true);
  mine.scrollIntoView({ block: "start" });
  const { answer, code } = await exchange(question, request, teller(busy));
  if (state.request !== request) return; // a new consultation has begun meanwhile
  state.request = null;
  busy.replaceWith(answer ? answerItem(answer) : failureItem(code, question));
  if (answer) state.conversationId = answer.conversation_id;
  setBusy(false);
  mine.scrollIntoView({ block: "start" });
  focusQuestion();
}

function focusQuestion() {
  // On a touch screen the keyboard would come up over the answer.
  if (!matchMedia("(pointer: coarse)").matches) page.question.focus({ preventScroll: true });
}

function setBusy(busy) {
  page.form.setAttribute("aria-busy", String(busy));
  page.send.setAttribute("aria-disabled", String(busy)); // still focusable, unlike `disabled`
}

function forget(conversationId) {
  // The page starts anew whether or not this arrives: nobody else knows the id.
  fetch(`/v1/conversations/${encodeURIComponent(conversationId)}`, { method: "DELETE" }).catch(() => {});
}

function restart() {
  state.request?.abort("restart");
  if (state.conversationId) forget(state.conversationId);
  Object.assign(state, { conversationId: null, request: null });
  page.messages.replaceChildren();
  page.welcome.hidden = false;
  page.question.value = "";
  setBusy(false);
  window.scrollTo(0, 0);
  focusQuestion();
}

// ---- the page's own events ----

page.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = page.question.value.trim();
  if (state.request || !question) return;
  page.question.value = "";
  ask(question);
});

page.question.addEventListener("keydown", (event) => {
  // Enter that ends a kana-to-kanji conversion is no sending; 229 is how older Safari says so.
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  page.form.requestSubmit();
});

for (const button of page.examples.querySelectorAll("button")) {
  button.addEventListener("click", () => ask(button.textContent));
}

page.restart.addEventListener("click", restart);
