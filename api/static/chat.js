// The chat beside the sources: a citation that is opened in the widget is shown in the source viewer.

import { documentHash } from "./words.js";

const cited = new Map(); // what was cited at an address: the words themselves stay out of it
let origin = null; // where the reader was in the chat when a source was opened

export function openChat(chat) {
  chat.addEventListener("support-assistant:source", (event) => {
    const citation = event.detail?.citation;
    if (!citation?.document || !Number.isInteger(citation.line_start)) return; // the widget shows what it has
    event.preventDefault();
    origin = { widget: event.target, marker: event.target.shadowRoot?.activeElement };
    const hash = documentHash(citation.document, citation.line_start, citation.line_end);
    cited.set(hash, citation);
    if (location.hash === hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = hash;
  });
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
