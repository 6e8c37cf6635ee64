import { button, el, newElementId, touching } from "./dom.js";

// The field for questions, with its button: send, or stop while an answer is made.

const LONGEST = 2000;
const WARN = 1800;
const STEP = 50;

export class Composer {
  // `send(question)` and `stop()` are called.
  constructor(words, { send, stop }) {
    const [id, notes] = [newElementId(), newElementId()];
    this.words = words;
    this.onsend = send;
    this.busy = false;
    this.converted = false;
    this.step = "";
    this.counter = el("p", { part: "counter", class: "small counter", hidden: true });
    this.count = el("p", { class: "unseen", role: "status" });
    this.field = el("textarea", {
      part: "question", class: "field", id, rows: "1", name: "question", lang: "ja", autocomplete: "off",
      enterkeyhint: "send", "aria-describedby": notes, placeholder: words.placeholder,
    });
    this.sender = el("button", { type: "submit", part: "send", class: "send", text: words.send });
    this.stopper = button("stop", { text: words.stop, hidden: true, onclick: stop });
    const row = el("div", { class: "row" }, this.field, this.sender, this.stopper);
    const keys = el("span", { class: "keys", text: words.keys });
    const privacy = el("span", { part: "privacy", text: words.personal });
    const confirm = el("span", { class: "confirm", text: words.confirm });
    const hints = el("p", { id: notes, class: "small hints" }, keys, privacy, confirm);
    const label = el("label", { for: id, class: "unseen", text: words.question });
    this.node = el("form", { part: "form", class: "composer" }, label, row, this.counter, this.count, hints);
    this.#listen();
  }

  #listen() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => this.#measure());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    // Some browsers end the conversion before they tell of the Enter that ended it.
    this.field.addEventListener("compositionend", () => {
      this.converted = true;
      setTimeout(() => {
        this.converted = false;
      });
    });
  }

  #key(event) {
    // Enter that ends a kana-to-kanji conversion is no sending; 229 is how some browsers say so.
    const converting = event.isComposing || event.keyCode === 229 || this.converted;
    if (event.key !== "Enter" || event.shiftKey || converting) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const question = this.field.value.trim();
    if (this.busy || lengthOf(question) > LONGEST) return;
    if (!question) return this.focus();
    this.clear();
    this.onsend(question);
  }

  #measure() {
    const length = lengthOf(this.field.value.trim());
    const over = length > LONGEST;
    this.counter.hidden = length < WARN;
    this.counter.textContent = over ? this.words.tooLong(length - LONGEST) : this.words.left(LONGEST - length);
    this.counter.classList.toggle("over", over);
    this.#tell(length < WARN ? "" : over ? "over" : String(Math.ceil((LONGEST - length) / STEP)));
    this.field.setAttribute("aria-invalid", String(over));
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.setProperty("block-size", "auto");
    this.field.style.setProperty("block-size", `${this.field.scrollHeight + 2}px`);
  }

  // Told aloud now and then, not with each key.
  #tell(step) {
    if (step === this.step) return;
    this.step = step;
    this.count.textContent = step ? this.counter.textContent : "";
  }

  clear() {
    this.draft = "";
  }

  get draft() {
    return this.field.value;
  }

  set draft(text) {
    this.field.value = text;
    this.#measure();
  }

  setBusy(busy) {
    const focused = this.node.contains(this.node.getRootNode().activeElement);
    this.busy = busy;
    this.node.setAttribute("aria-busy", String(busy));
    this.stopper.hidden = !busy;
    this.sender.hidden = busy;
    if (focused) this.focus(); // the button that had the focus may be gone
  }

  focus() {
    if (!touching()) this.field.focus({ preventScroll: true });
  }
}

// As the server counts: an emoji is one character.
function lengthOf(text) {
  return [...text].length;
}
