import { ENGLISH } from "./words_en.js";
import { JAPANESE } from "./words_ja.js";

// The words of a language; Japanese unless English is asked for.
export function wordsOf(lang) {
  return lang === "en" ? ENGLISH : JAPANESE;
}

// A text by a name that comes from a server: only what the table itself holds.
export function lookUp(table, name, otherwise) {
  return Object.hasOwn(table, name) ? table[name] : otherwise;
}
