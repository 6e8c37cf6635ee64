// Elements without HTML text: nothing that comes from a server is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  chat: "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  close: "M6 6l12 12M18 6L6 18",
  restart: "M12 5v14M5 12h14",
  up: "M7 11v9H3v-9h4zm0 0l4-8c2 0 3 1 3 3l-1 4h6a2 2 0 0 1 2 2l-2 6a2 2 0 0 1-2 2H7",
  down: "M7 13V4H3v9h4zm0 0l4 8c2 0 3-1 3-3l-1-4h6a2 2 0 0 0 2-2l-2-6a2 2 0 0 0-2-2H7",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  notice: "M12 3L2 20h20L12 3zm0 7v4m0 3v.5",
};

// `text` becomes the text, `on…` a listener, true an empty attribute; null, undefined and false leave one out.
export function el(name, options = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") node.textContent = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(part, options = {}, ...children) {
  return el("button", { type: "button", part, class: part, ...options }, ...children);
}

export function icon(name) {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  const drawing = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "icon" };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
  drawing.append(path);
  return drawing;
}

let numbers = 0;

// Ids are needed where one element names another; they are unique within the document.
export function newElementId() {
  numbers += 1;
  return `support-assistant-${numbers}`;
}

// An address for a link, or null: only the web's own schemes are followed.
export function webAddress(text) {
  if (typeof text !== "string" || !/^https?:\/\//i.test(text.trim())) return null;
  try {
    const url = new URL(text.trim());
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

export function outsideLink(part, address, text) {
  return el("a", { part, class: part, href: address, target: "_blank", rel: "noopener noreferrer", text });
}

// On a touch screen a focused field brings the keyboard up over the answer.
export function touching() {
  return matchMedia("(pointer: coarse)").matches;
}
