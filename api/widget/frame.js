import { button, el, icon, newElementId, touching } from "./dom.js";

// What surrounds the conversation: its heading and, when it floats, the button that opens it and the dialog.

const PHONE = "(max-width: 30em), (max-height: 30em)"; // there the dialog fills the screen

export class Frame {
  // `restart()`, `toggled(open)` and `escape()` are called.
  constructor(options, { restart, toggled, escape }) {
    const { words, heading, mode, number } = options;
    const id = newElementId();
    this.floating = mode === "floating";
    this.toggled = toggled;
    this.title = el("h2", { id, part: "heading", tabindex: "-1", text: heading });
    const label = el("span", { text: words.restart });
    this.restarter = button("restart", { onclick: restart, "aria-label": words.restart }, icon("restart"), label);
    const closer = button("close", { "aria-label": words.close, onclick: () => this.close() }, icon("close"));
    const actions = el("div", { class: "actions" }, this.restarter, this.floating ? closer : null);
    this.head = el("div", { part: "header", class: "head" }, this.title, actions);
    this.inner = el("div", { class: "inner" }, this.head);
    const attributes = { part: "panel", class: `panel ${mode}`, ...named(id, heading, number), lang: words.code };
    this.panel = el(this.floating ? "dialog" : "section", attributes, this.inner);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || event.keyCode === 229 || !escape()) return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.root = this.floating ? this.#float(words) : this.panel;
  }

  // The top layer keeps the button and the dialog clear of whatever the page stacks, clips or transforms.
  #float(words) {
    const label = el("span", { class: "launch-text", text: words.launch });
    const attributes = { "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": words.launch };
    this.launcher = button("launcher", attributes, icon("chat"), label);
    this.launcher.addEventListener("click", () => this.open());
    this.panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.panel.addEventListener("close", () => this.#closed());
    return el("div", { class: "float", popover: "manual", lang: words.code }, this.launcher, this.panel);
  }

  // To be called once the root is in the document.
  raise() {
    if (this.floating) this.root.showPopover?.();
  }

  get opened() {
    return !this.floating || this.panel.open;
  }

  open({ focus = true } = {}) {
    const phone = matchMedia(PHONE).matches;
    if (this.opened || (phone && !focus)) return; // a filled screen that nobody asked for
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    const before = this.root.getRootNode().activeElement;
    if (phone) this.panel.showModal();
    else this.panel.show();
    this.#fitKeyboard(true);
    if (focus) this.focusFirst();
    else if (before !== this.root.getRootNode().activeElement) this.root.getRootNode().activeElement?.blur();
    this.toggled(true);
  }

  focusFirst() {
    (touching() ? this.title : this.panel.querySelector("textarea")).focus({ preventScroll: true });
  }

  close() {
    if (!this.floating || !this.panel.open) return false;
    this.panel.close();
    this.#closed(); // its event comes only later
    return true;
  }

  #closed() {
    if (this.panel.open || !this.launcher.hidden) return; // the event of an earlier time
    const [inside, shadow] = [this.panel.contains(this.root.getRootNode().activeElement), this.root.getRootNode()];
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.#fitKeyboard(false);
    if (inside || shadow.activeElement === null) this.launcher.focus();
    this.toggled(false);
  }

  // A phone's keyboard covers the lower part of a fixed panel unless the panel keeps to what is visible; a pinch, which
  // makes that smaller too, is the reader's own.
  #fitKeyboard(on) {
    const visible = window.visualViewport;
    if (!visible) return;
    this.fit ??= () => this.panel.style.setProperty("--visible-height", `${visible.height * visible.scale}px`);
    if (on) this.fit();
    visible[on ? "addEventListener" : "removeEventListener"]("resize", this.fit);
  }
}

// Two widgets of a page that have one heading are told apart by their numbers.
function named(id, heading, number) {
  return number > 1 ? { "aria-label": `${heading} ${number}` } : { "aria-labelledby": id };
}
