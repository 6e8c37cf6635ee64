import { Client } from "./client.js";
import { ATTRIBUTES, optionsOf } from "./options.js";
import { Kept, freeName, ordinal, takeName } from "./session.js";
import { sheets } from "./styles.js";
import { Talk } from "./talk.js";
import { Widget } from "./widget.js";

export class SupportAssistant extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #shadow = this.attachShadow({ mode: "open" });
  #talk = null;
  #widget = null;
  #name = "";
  #place = "";
  #planned = false;
  #heard = () => this.#connection();

  connectedCallback() {
    if (this.#widget) return; // moved within the page
    this.#shadow.adoptedStyleSheets = sheets();
    this.#open();
    addEventListener("online", this.#heard);
    addEventListener("offline", this.#heard);
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return this.#widget?.raise();
      removeEventListener("online", this.#heard);
      removeEventListener("offline", this.#heard);
      return this.#leave();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#widget || this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (this.#widget) this.#open();
    });
  }

  #open() {
    const options = optionsOf(this);
    const { api, region, year } = options;
    const place = [api, region, year].filter(Boolean).join("#");
    const [draft, open] = [this.#widget?.composer.draft ?? "", this.#talk?.open];
    if (this.#talk && this.#place !== place) this.#leave(); // another server or region, another conversation
    this.#place = place;
    this.#talk ??= this.#begin(options);
    if (open) this.#talk.open = true;
    this.#talk.filters = { ...(region ? { region } : {}), ...(year ? { fiscal_year: year } : {}) };
    this.#widget = new Widget({ ...options, number: ordinal(this.#name) }, this.#talk, (citation) => this.#tell(citation));
    this.#shadow.replaceChildren(this.#widget.frame.root);
    this.#widget.raise();
    this.#widget.composer.draft = draft;
  }

  #begin(options) {
    this.#name = takeName(`${this.#place}#${this.id || options.mode}`);
    return new Talk(new Client(options.api), new Kept(this.#name), null);
  }

  #leave() {
    this.#talk?.leave();
    if (this.#talk) this.#talk.left = true;
    freeName(this.#name);
    this.#talk = null;
    this.#widget = null;
  }

  #connection() {
    this.#widget?.showOffline();
    if (navigator.onLine) this.#talk?.online();
  }

  #tell(citation) {
    const detail = { citation: { ...citation } };
    const event = new CustomEvent("support-assistant:source", { detail, bubbles: true, composed: true, cancelable: true });
    return this.dispatchEvent(event);
  }
}
