import { button, el, icon } from "./dom.js";

// An answer as plain text: its words, its notices, its numbered sources.
export function plainText(answer, words) {
  const sources = answer.citations.map((citation) => sourceLine(citation, words));
  const parts = [answer.text, answer.notices.map((notice) => `※${notice}`).join("\n")];
  if (sources.length) parts.push([words.source, ...sources].join("\n"));
  return parts.filter(Boolean).join("\n\n");
}

function sourceLine(citation, words) {
  const meta = [citation.publisher, citation.fiscal_year, citation.stage].filter(Boolean).join("・");
  const lines = words.lines(citation.line_start, citation.line_end);
  const name = `[${citation.marker}] ${citation.title}${meta ? `（${meta}）` : ""}`;
  return [name, lines, citation.url].filter(Boolean).join(" ");
}

export function copyButton(exchange, desk) {
  const { words } = desk;
  const label = el("span", { text: words.copy });
  const copy = button("copy", {}, icon("copy"), label);
  copy.addEventListener("click", async () => {
    const done = await put(plainText(exchange.answer, words), copy);
    label.textContent = done ? words.copied : words.notCopied;
    desk.announce(label.textContent);
    setTimeout(() => {
      label.textContent = words.copy;
    }, 4000);
  });
  return copy;
}

async function put(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return putBySelection(text, beside); // no https, or the site's policy keeps the clipboard shut
  }
}

function putBySelection(text, beside) {
  const field = el("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  field.value = text;
  beside.after(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    beside.focus();
  }
}
