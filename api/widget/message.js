import { copyButton } from "./copying.js";
import { button, el, icon } from "./dom.js";
import { ratingBox } from "./rating.js";
import { spotsOf } from "./figures.js";
import { textNodes } from "./text.js";
import { lookUp } from "./words.js";

// One exchange: the question, and beneath it what is being done, the answer, or why there is none.

// `desk` has: words, talk, card, source, ask(question), announce(text).
export class Message {
  constructor(exchange, desk) {
    this.exchange = exchange;
    this.desk = desk;
    this.told = "";
    const heading = el("span", { class: "unseen", text: `${desk.words.you}: ` });
    const question = el("p", { lang: "ja" }, exchange.question);
    const attributes = { part: "message message-user", class: "message user", "data-role": "user" };
    this.question = el("li", attributes, heading, question);
    this.reply = el("li", {});
    this.nodes = [this.question, this.reply];
    if (exchange.answer) this.showAnswer();
    else if (exchange.code) this.showFailure();
    else this.showWaiting();
  }

  #become(role, attributes, ...children) {
    clearInterval(this.countdown);
    const options = { part: `message message-${role}`, class: `message ${role}`, "data-role": role, ...attributes };
    const reply = el("li", options, ...children);
    this.reply.replaceWith(reply);
    this.reply = reply;
    this.nodes = [this.question, reply];
  }

  // ---- while the answer is made ----

  showWaiting() {
    this.told = "";
    this.stage = el("p", { part: "stage", class: "stage" });
    this.text = el("div", { part: "text", class: "text", lang: "ja" });
    this.#become("assistant", { "data-state": "streaming", "aria-busy": "true" }, this.text, this.stage);
    this.showStage("understand");
  }

  // A stage `compose` after sentences takes them back.
  showStage(name) {
    const { stages } = this.desk.words;
    this.stage.textContent = lookUp(stages, name, stages.search);
    if (this.told && (name === "compose" || name === "again")) {
      this.told = "";
      this.text.replaceChildren();
    }
  }

  showSentence(text) {
    this.told += text;
    this.text.replaceChildren(...textNodes(this.told, [], PENDING, this.desk.words));
  }

  // ---- the end of it ----

  showAnswer() {
    const { answer } = this.exchange;
    const { words } = this.desk;
    const label = lookUp(words.reasons, answer.reason, lookUp(words.status, answer.status, ""));
    const marks = { citation: (marker) => this.#citation(marker), figure: (spot, text) => this.#figure(spot, text) };
    const nodes = textNodes(answer.text, spotsOf(answer.text, answer.figures), marks, words);
    this.#become(
      "assistant",
      { "data-state": "done", "data-status": answer.status, "data-reason": answer.reason || null },
      label ? el("p", { part: "label", class: "label", text: label }) : null,
      el("div", { part: "text", class: "text", lang: "ja" }, ...nodes),
      answer.notices.length ? this.#notices() : null,
      answer.citations.length ? this.#sources() : null,
      answer.suggestions.length ? this.#suggestions() : null,
      el("div", { class: "tools" }, copyButton(this.exchange, this.desk), ratingBox(this.exchange, this.desk)),
    );
  }

  showFailure() {
    const { words } = this.desk;
    const { code, wait } = this.exchange;
    const stopped = code === "stopped";
    const told = stopped && this.told ? textNodes(this.told, [], PENDING, words) : [];
    const why = told.length ? words.partial : lookUp(words.errors, code, words.errors.internal);
    const foreign = code === "cut" && this.desk.talk.client.foreign ? words.foreign : "";
    const waiting = el("p", { class: "small", part: "wait", hidden: true });
    const retry = button("retry", { text: words.retry, onclick: () => this.desk.talk.run(this.exchange) });
    const label = stopped ? words.stopped : words.failed;
    this.outcome = `${label} ${why}${foreign}`;
    this.#become(
      "failed",
      { "data-state": stopped ? "stopped" : "failed", "data-code": code },
      told.length ? el("div", { part: "text", class: "text", lang: "ja" }, ...told) : null,
      el("p", { part: "label", class: "label", text: label }),
      el("p", { part: "error", text: why + foreign }),
      waiting,
      retry,
    );
    if (wait > 0) this.#count(wait, waiting, retry);
  }

  #count(seconds, waiting, retry) {
    const end = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      waiting.hidden = left <= 0;
      retry.disabled = left > 0;
      waiting.textContent = left > 0 ? this.desk.words.wait(left) : "";
      if (left <= 0) clearInterval(this.countdown);
    };
    this.countdown = setInterval(tick, 500);
    tick();
  }

  // ---- parts of an answer ----

  #of(marker) {
    return this.exchange.answer.citations.find((citation) => citation.marker === marker);
  }

  #citation(marker) {
    const citation = this.#of(marker);
    if (!citation) return null;
    const label = `${this.desk.words.citation(marker)}（${citation.title}）`;
    const options = { text: String(marker), "aria-label": label, "data-marker": marker, "aria-haspopup": "dialog" };
    return button("citation", { ...options, onclick: (event) => this.desk.source.open(citation, event.currentTarget) });
  }

  #figure(spot, text) {
    const chip = button("figure", { text, "aria-expanded": "false", "data-kind": spot.figures[0].kind });
    this.desk.card.serve(chip, spot.figures, text, (marker) => this.#of(marker));
    return chip;
  }

  #notices() {
    const { answer } = this.exchange;
    const item = (text) => el("li", { part: "notice", class: "notice" }, icon("notice"), el("span", { text }));
    const items = answer.notices.map(item);
    return el("ul", { class: "notices", lang: "ja", "aria-label": this.desk.words.notices }, ...items);
  }

  #sources() {
    const { citations } = this.exchange.answer;
    const items = citations.map((citation) => el("li", {}, this.#sourceButton(citation)));
    const summary = el("summary", { text: this.desk.words.sources(citations.length) });
    return el("details", { part: "sources", class: "sources" }, summary, el("ol", { lang: "ja" }, ...items));
  }

  #sourceButton(citation) {
    const lines = this.desk.words.lines(citation.line_start, citation.line_end);
    const meta = [...new Set([citation.publisher, citation.region, citation.fiscal_year, citation.stage, lines])];
    const opened = (event) => this.desk.source.open(citation, event.currentTarget);
    return button(
      "source-item",
      { onclick: opened, "aria-haspopup": "dialog", "data-marker": citation.marker },
      el("span", { class: "title", text: `[${citation.marker}] ${citation.title}` }),
      el("span", { class: "small", text: meta.filter(Boolean).join("・") }),
    );
  }

  #suggestions() {
    const { suggestions, status } = this.exchange.answer;
    const title = status === "clarify" ? this.desk.words.choose : this.desk.words.follow;
    return choices(title, suggestions, "suggestion", this.desk.ask);
  }
}

// Questions to choose from, under a title.
export function choices(title, questions, part, ask) {
  const items = questions.map((text) => el("li", {}, button(part, { text, onclick: () => ask(text) })));
  return el(
    "div",
    { class: "choices" },
    el("p", { class: "title small", text: title }),
    el("ul", { lang: "ja", "aria-label": title }, ...items),
  );
}

// What a marker points to is known with the whole answer.
const PENDING = {
  citation: (marker) => el("span", { class: "citation pending", "aria-hidden": "true", text: String(marker) }),
  figure: (spot, text) => text,
};
