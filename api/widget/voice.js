import { el } from "./dom.js";

// What a screen reader is told: whole sentences, each once.

const SLOW_MS = 1500; // a step that takes less is not worth a word
const GONE_MS = 20_000; // after which what was said is no second text beside the answer

export class Voice {
  constructor() {
    this.node = el("div", { part: "status", class: "unseen", "aria-live": "polite", "aria-atomic": "false" });
    this.said = "";
  }

  say(text, lang = null) {
    clearTimeout(this.timer);
    if (text) this.node.append(el("p", { lang, text }));
  }

  sayIfSlow(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(text), SLOW_MS);
  }

  begin() {
    this.said = "";
    clearTimeout(this.fading);
    this.node.replaceChildren();
  }

  sentence(text) {
    this.said += text;
    this.say(aloud(text), "ja");
  }

  // What of the whole answer has not been said: nothing, its rest, or all of it when sentences were taken back.
  answer(text) {
    const rest = text.startsWith(this.said) ? text.slice(this.said.length) : text;
    if (rest.trim()) this.say(aloud(rest), "ja");
  }

  end() {
    clearTimeout(this.timer);
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.node.replaceChildren(), GONE_MS);
  }
}

function aloud(text) {
  const lines = text.replace(/\[\d+\]/g, "").split("\n").filter((line) => !/^[\s|:-]*$/.test(line));
  return lines.map((line) => line.replace(/^\s*\||\|\s*$/g, "").replaceAll("|", "、").trim()).join("\n");
}
