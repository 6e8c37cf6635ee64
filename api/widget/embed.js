import { SupportAssistant } from "./element.js";
import { SETTINGS } from "./home.js";

// One script tag puts a floating widget into the page, unless the page holds a widget of its own.

const NAME = "support-assistant";
const PASSED = { title: "heading" }; // an attribute "title" would show as a tooltip
const KNOWN = ["mode", "lang", "theme", "title", "greeting", "examples", "region", "year"];

if (!customElements.get(NAME)) customElements.define(NAME, SupportAssistant);

function embed() {
  if (SETTINGS.mode === "none" || document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  element.setAttribute("mode", "floating");
  for (const name of KNOWN) {
    if (SETTINGS[name] !== undefined) element.setAttribute(PASSED[name] ?? name, SETTINGS[name]);
  }
  document.body.append(element);
}

// The page's own widget may stand further down than the script.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", embed);
else embed();
