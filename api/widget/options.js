import { apiAddress } from "./home.js";
import { wordsOf } from "./words.js";

// The element's attributes as the widget reads them.

export const ATTRIBUTES = ["api", "mode", "lang", "heading", "greeting", "examples", "region", "year"];
const MODES = ["floating", "inline", "full"];

export function optionsOf(element) {
  const read = (name) => element.getAttribute(name)?.trim() ?? null;
  const words = wordsOf((read("lang") ?? "").slice(0, 2).toLowerCase());
  const examples = read("examples"); // parted by bars; an empty one shows none
  return {
    words,
    api: apiAddress(read("api")),
    mode: MODES.includes(read("mode")) ? read("mode") : "inline",
    heading: read("heading") || words.title,
    greeting: read("greeting") ?? words.greeting,
    examples: examples === null ? words.examples : examples.split("|").map((one) => one.trim()).filter(Boolean),
    region: read("region") || null,
    year: read("year") || null,
  };
}
