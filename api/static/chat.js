// The chat beside the sources: a citation that is opened in the widget is shown in the source viewer.

import { documentHash } from "./words.js";

const cited = new Map(); // what was cited at an address: the words themselves stay out of it
let origin = null; // where the reader was in the chat when a source was opened
let led = false; // a citation was opened, and the view has not come yet

export function openChat(chat) {
  chat.addEventListener("support-assistant:source", (event) => {
    const citation = event.detail?.citation;
    if (!citation?.document || !Number.isInteger(citation.line_start)) return; // the widget shows what it has
    event.preventDefault();
    origin = { widget: event.target, marker: event.target.shadowRoot?.activeElement };
    const hash = documentHash(citation.document, citation.line_start, citation.line_end);
    cited.set(hash, citation);
    led = true;
    if (location.hash === hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = hash;
  });
}

// Whether a citation leads to the view that is shown now, told once.
export function ledHere() {
  const was = led;
  led = false;
  return was;
}

// The citation that led to a place of a document, or null.
export function citationAt(place) {
  return cited.get(documentHash(place.id, place.from, place.to)) ?? null;
}

// Focus goes back to the marker that the reader came from.  False when there is none.
export function backToAnswer() {
  const from = origin;
  origin = null;
  if (!from?.marker?.isConnected) return false;
  from.marker.focus();
  return from.widget.shadowRoot.activeElement === from.marker;
}

// The chat's own heading, where there is no marker to go back to.
export function focusChat(chat) {
  partOf(chat, "heading")?.focus({ preventScroll: true });
}

// A conversation that has begun is what paper is for: see print.css.
export function markTalk(chat) {
  document.body.toggleAttribute("data-talk", Boolean(partOf(chat, "messages")?.firstElementChild));
}

function partOf(chat, name) {
  return chat.querySelector("support-assistant")?.shadowRoot?.querySelector(`[part~=${name}]`);
}
