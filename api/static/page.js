// The page at `/`: the chat on one side, and what the address names on the other.

import { backToAnswer, focusChat, ledHere, markTalk, openChat } from "./chat.js";
import { documentsView } from "./documents.js";
import { documentView } from "./viewer.js";
import { element, heading } from "./dom.js";
import { factsView } from "./facts.js";
import { placeOf } from "./places.js";
import { setUpSplitter } from "./splitter.js";
import { startView } from "./start.js";
import { SERVICE } from "./words.js";

const VIEWS = {
  chat: startView,
  documents: documentsView,
  document: documentView,
  facts: factsView,
  unknown: unknownView,
};

const side = document.getElementById("side");
const chat = document.getElementById("chat");
let shown = null; // the view that stands there now
const scrolled = new Map(); // how far each view was read, by its key

function unknownView() {
  const node = element("div", { class: "view" }, heading("ページが見つかりません"),
    element("p", {}, "アドレスが途中で切れていないか、お確かめください。"),
    element("p", {}, element("a", { href: "#/documents" }, "資料の一覧を見る")));
  return { key: "unknown", title: "ページが見つかりません", node };
}

// A view gives {key, title, node, arrive?}; one whose node stands there already is only told where to go.
function show(first) {
  const place = placeOf(location.hash);
  const view = VIEWS[place.view](place, { say, retitle });
  const changed = shown?.node !== view.node;
  const led = ledHere();
  if (changed) replace(view);
  markNavigation(place.view);
  document.body.dataset.view = place.view;
  retitle(view.title);
  if ((changed || led) && !first) focusView(place.view);
  view.arrive?.();
}

function replace(view) {
  if (shown) scrolled.set(shown.key, [side.scrollTop, window.scrollY]);
  side.replaceChildren(view.node);
  shown = view;
  const [top, page] = scrolled.get(view.key) ?? [0, 0];
  side.scrollTop = top;
  window.scrollTo(0, page);
}

function markNavigation(view) {
  const current = view === "document" ? "documents" : view;
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link.dataset.nav === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function focusView(view) {
  if (view === "chat" && backToAnswer()) return;
  focusSeen();
}

// On a phone either the chat or the side stands there.
function focusSeen() {
  if (getComputedStyle(side).display === "none") focusChat(chat);
  else side.querySelector("h2")?.focus({ preventScroll: true });
}

function retitle(title) {
  document.title = title ? `${title}｜${SERVICE}` : SERVICE;
}

function say(text) {
  document.getElementById("status").textContent = text;
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names views and no places of the page
  focusSeen();
});

window.addEventListener("hashchange", () => show(false));
window.addEventListener("beforeprint", () => markTalk(chat));
setUpSplitter(document.getElementById("splitter"), document.getElementById("main"));
openChat(chat);
show(true);
