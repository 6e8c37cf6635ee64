import { Card } from "./card.js";
import { Composer } from "./composer.js";
import { el, touching } from "./dom.js";
import { Frame } from "./frame.js";
import { Message, choices } from "./message.js";
import { Source } from "./source.js";
import { Voice } from "./voice.js";
import { lookUp } from "./words.js";

// A widget's parts put together; the view of one conversation (see Talk).

export class Widget {
  // `tell(citation)` gives whether the widget is to show a source itself.
  constructor(options, talk, tell) {
    const { words } = options;
    Object.assign(this, { options, words, talk });
    this.messages = new Map();
    this.voice = new Voice();
    this.desk = { words, talk, tell, ask: (question) => this.ask(question), announce: (text) => this.voice.say(text) };
    this.desk.cover = (covered) => {
      this.frame.inner.inert = covered;
    };
    this.desk.card = new Card(this.desk);
    this.desk.source = new Source(this.desk);
    this.#build();
    talk.view = this;
    talk.exchanges.forEach((exchange) => this.#add(exchange));
    this.#showEmpty();
    this.setBusy(talk.busy);
    if (talk.open) this.unfold = true;
  }

  #build() {
    const { options, words, talk } = this;
    this.frame = new Frame(options, {
      restart: () => this.restart(),
      toggled: (open) => this.#toggled(open),
      escape: () => this.escape(),
    });
    this.composer = new Composer(words, { send: (question) => this.ask(question), stop: () => talk.stop() });
    this.list = el("ol", { part: "messages", class: "messages" });
    this.welcome = this.#welcome();
    const attributes = { part: "log", class: "log", role: "group", tabindex: "0", "aria-label": words.log };
    this.log = el("div", attributes, this.welcome, this.list);
    this.desk.box = () => this.frame.inner.getBoundingClientRect();
    for (const scroller of [this.log, this.frame.inner]) {
      scroller.addEventListener("scroll", this.desk.card.moved, { passive: true });
    }
    this.offline = el("p", { part: "offline", class: "offline", role: "status" });
    this.frame.inner.append(...[this.#scope(), this.log, this.offline, this.composer.node].filter(Boolean));
    this.frame.panel.append(this.desk.source.node, this.voice.node);
    this.showOffline();
  }

  #scope() {
    const parts = [this.options.region, this.options.year].filter(Boolean);
    return parts.length ? el("p", { part: "scope", class: "scope small", text: this.words.scope(parts) }) : null;
  }

  #welcome() {
    const { greeting, examples } = this.options;
    const offered = choices(this.words.examplesTitle, examples, "example", (question) => this.ask(question));
    const parts = [greeting ? el("p", { text: greeting }) : null, examples.length ? offered : null];
    return el("div", { part: "welcome", class: "welcome" }, ...parts);
  }

  // To be called once the root is in the document.
  raise() {
    this.frame.raise();
    if (this.unfold) this.frame.open({ focus: false });
    this.#scrollTo(this.talk.exchanges.at(-1));
    this.talk.resume();
  }

  // ---- what the visitor does ----

  ask(question) {
    if (this.talk.busy) return;
    this.desk.card.close();
    this.talk.ask(question);
    this.composer.focus();
  }

  restart() {
    this.talk.restart();
    this.composer.clear();
    this.frame.focusFirst();
  }

  // Closes what is uppermost; whether there was something to close.
  escape() {
    return this.desk.card.close() || this.desk.source.close() || this.frame.close();
  }

  #toggled(open) {
    this.talk.open = open;
    this.talk.save();
    if (open) this.#scrollTo(this.talk.exchanges.at(-1));
    else this.desk.card.close();
  }

  // ---- what the conversation tells ----

  began(exchange) {
    const message = this.messages.get(exchange);
    const focused = this.#focusedIn(message);
    if (message) message.showWaiting();
    else this.#add(exchange);
    this.#showEmpty();
    this.voice.begin();
    this.voice.sayIfSlow(this.words.stages.search);
    this.setBusy(true);
    if (focused) this.#refocus();
    this.#scrollTo(exchange);
  }

  told(exchange, name, data) {
    const message = this.messages.get(exchange);
    if (name === "sentence" && typeof data?.text === "string") {
      message.showSentence(data.text);
      this.voice.sentence(data.text);
    }
    if (name !== "stage" || typeof data?.stage !== "string") return;
    if (message.told && data.stage === "compose") this.voice.begin();
    message.showStage(data.stage);
    this.voice.sayIfSlow(lookUp(this.words.stages, data.stage, this.words.stages.search));
  }

  again(exchange) {
    this.messages.get(exchange).showStage("again");
    this.voice.begin();
    this.voice.say(this.words.stages.again);
  }

  ended(exchange) {
    const message = this.messages.get(exchange);
    const focused = this.#focusedIn(message);
    this.voice.end();
    if (exchange.answer) {
      message.showAnswer();
      this.voice.answer(exchange.answer.text);
      exchange.answer.notices.forEach((notice) => this.voice.say(notice, "ja"));
      this.voice.say(this.words.ready);
    } else {
      message.showFailure();
      this.voice.say(message.outcome);
    }
    this.setBusy(false);
    this.#scrollTo(exchange);
    if (focused) this.#refocus();
  }

  #focusedIn(message) {
    return Boolean(message?.reply.contains(message.reply.getRootNode().activeElement));
  }

  // What had the focus is gone.  A touch screen's keyboard would cover the answer: there the conversation takes it.
  #refocus() {
    if (touching()) this.log.focus({ preventScroll: true });
    else this.composer.focus();
  }

  emptied() {
    this.desk.card.close();
    this.desk.source.close();
    this.voice.begin();
    this.messages.clear();
    this.list.replaceChildren();
    this.#showEmpty();
    this.setBusy(false);
  }

  // ---- its own state ----

  #add(exchange) {
    const message = new Message(exchange, this.desk);
    this.messages.set(exchange, message);
    this.list.append(...message.nodes);
  }

  #showEmpty() {
    const empty = this.talk.exchanges.length === 0;
    this.welcome.hidden = !empty;
    this.frame.restarter.hidden = empty;
  }

  setBusy(busy) {
    this.composer.setBusy(busy);
  }

  showOffline() {
    this.offline.textContent = navigator.onLine === false ? this.words.offline : "";
  }

  // The question at the upper edge, its answer beneath; the page around the widget stays where it is.
  #scrollTo(exchange) {
    const question = exchange && this.messages.get(exchange)?.question;
    if (!question) return;
    for (const scroller of [this.log, this.frame.inner]) {
      scroller.scrollTop += question.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
    }
  }
}
