import { button, el, newElementId } from "./dom.js";
import { lookUp } from "./words.js";
import { yenOf } from "./yen.js";

// The card of a figure: what it is, of which program, how it is printed, what it is in yen.  A mouse resting on the
// chip shows it, so does the keyboard's focus; a click or tap keeps it open.

const REST_MS = 150;
const LEAVE_MS = 250; // time to move the pointer into the card
const GAP = 6;
const EDGE = 8;
const REQUEST = "概算要求"; // the stage of a document that is a request

export class Card {
  constructor(desk) {
    this.desk = desk;
    this.chip = null;
    this.kept = false;
    const attributes = { part: "card", class: "card", role: "group", tabindex: "-1", popover: "manual" };
    this.node = el("span", { ...attributes, id: newElementId() });
    this.node.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.node.addEventListener("pointerleave", (event) => this.#leave(event));
    this.node.addEventListener("focusout", (event) => this.#unfocus(event));
    this.moved = () => this.follow();
    this.escaped = (event) => {
      if (event.key === "Escape" && !event.isComposing) this.close();
    };
    this.pressed = (event) => {
      const path = event.composedPath();
      if (!path.includes(this.node) && !path.includes(this.chip)) this.close();
    };
  }

  serve(chip, figures, text, citationOf) {
    const show = () => this.#show(chip, figures, text, citationOf);
    chip.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") this.#later(REST_MS, show);
    });
    chip.addEventListener("pointerleave", (event) => this.#leave(event));
    chip.addEventListener("focus", () => {
      if (chip.matches(":focus-visible")) show();
    });
    chip.addEventListener("blur", (event) => this.#unfocus(event));
    chip.addEventListener("click", () => {
      if (this.chip === chip && this.kept) return this.close();
      show();
      this.kept = true;
      return undefined;
    });
  }

  close() {
    clearTimeout(this.timer);
    if (!this.chip) return false;
    this.#listen(removeEventListener);
    this.chip.setAttribute("aria-expanded", "false");
    this.chip.removeAttribute("aria-controls");
    this.chip = null;
    this.kept = false;
    this.node.remove(); // a popover that leaves the document is closed
    return true;
  }

  #later(ms, act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, ms);
  }

  #leave(event) {
    clearTimeout(this.timer);
    if (event.pointerType === "mouse" && !this.kept) this.#later(LEAVE_MS, () => this.close());
  }

  #unfocus(event) {
    const to = event.relatedTarget;
    if (this.chip && to !== this.chip && !this.node.contains(to) && (to !== null || !this.kept)) this.close();
  }

  #show(chip, figures, text, citationOf) {
    clearTimeout(this.timer);
    if (this.chip === chip) return;
    this.close();
    this.chip = chip;
    const parts = figures.map((figure) => this.#facts(figure, text, citationOf(figure.marker)));
    this.node.setAttribute("aria-label", this.desk.words.card);
    this.node.replaceChildren(...parts);
    chip.after(this.node);
    chip.setAttribute("aria-expanded", "true");
    chip.setAttribute("aria-controls", this.node.id);
    this.node.showPopover?.();
    this.#place(chip);
    this.#listen(addEventListener);
  }

  #listen(change) {
    for (const name of ["scroll", "resize"]) change.call(window, name, this.moved);
    change.call(window, "pointerdown", this.pressed);
    change.call(window, "keydown", this.escaped); // a pointer shows a card while the focus is elsewhere
  }

  // The card stays with its chip, and closes once the chip has left the part that scrolls.
  follow() {
    if (!this.chip) return;
    const [chip, box] = [this.chip.getBoundingClientRect(), this.desk.box()];
    if (chip.bottom < box.top || chip.top > box.bottom) this.close();
    else this.#place(this.chip);
  }

  #facts(figure, text, citation) {
    const { words } = this.desk;
    const { fields } = words;
    const yen = yenOf(figure, words.code);
    const printed = printedForm(figure, text);
    const rows = [
      row(fields.kind, kindOf(figure, citation, words)),
      row(fields.condition, figure.condition, "ja"),
      row(fields.program, figure.formula ? "" : joined([figure.program, figure.subprogram], " › "), "ja"),
      row(fields.document, joined([citation?.fiscal_year, citation?.stage], "・"), "ja"),
      row(fields.printed, printed, "ja"),
      row(fields.yen, yen === printed ? "" : yen),
      row(fields.formula, figure.formula, "ja"),
    ];
    return el("span", { class: "facts" }, ...rows, citation ? this.#jump(citation) : null);
  }

  #jump(citation) {
    const { words, source } = this.desk;
    const text = words.citation(citation.marker);
    return button("card-source", {
      text,
      onclick: () => {
        const { chip } = this;
        chip.focus(); // whoever hears of the source finds where the reader was
        this.close();
        source.open(citation, chip);
      },
    });
  }

  #place(chip) {
    const [from, card] = [chip.getBoundingClientRect(), this.node.getBoundingClientRect()];
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const below = from.bottom + GAP;
    const above = from.top - GAP - card.height;
    const top = below + card.height > height - EDGE && above > EDGE ? above : below;
    const left = Math.max(EDGE, Math.min(from.left, width - card.width - EDGE));
    this.node.style.setProperty("top", `${Math.max(EDGE, Math.min(top, height - card.height - EDGE))}px`);
    this.node.style.setProperty("left", `${left}px`);
  }
}

function joined(parts, between) {
  return parts.filter(Boolean).join(between);
}

// Null without a value; `lang` is that of the value where it is not the interface's.
function row(name, value, lang = null) {
  if (!value) return null;
  const shown = el("span", { class: "value", lang, text: value });
  return el("span", { class: "row" }, el("span", { class: "name", text: name }), shown);
}

// What was asked for is no budget yet.
function kindOf(figure, citation, words) {
  if (figure.kind === "budget" && citation?.stage === REQUEST) return words.requested;
  return lookUp(words.kinds, figure.kind, words.kinds.other);
}

// The unit that a table states above its columns is part of what is printed.
function printedForm(figure, text) {
  return figure.text.endsWith(figure.unit) ? figure.text : text;
}
