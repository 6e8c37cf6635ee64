// Small tools for building the page.  Text goes in as text nodes only: whatever a document holds stays text.

export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) put(node, key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function put(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "text") node.textContent = value;
  else node.setAttribute(key, value === true ? "" : value);
}

// The address of a source as a link may hold it; null for anything but the web.
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null; // not an address: the source stands without a link
  }
}

export function outwardLink(address, label) {
  const href = address && webAddress(address);
  if (!href) return null;
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", class: "outward" }, label, outward());
}

function outward() {
  return element("span", { class: "aside" }, "（別のタブで開きます）");
}

export const link = (href, text, properties = {}) => element("a", { href, ...properties }, text);

export function button(text, onclick, properties = {}) {
  return element("button", { type: "button", onclick, ...properties }, text);
}

export function heading(text, id) {
  return element("h2", { id, tabindex: "-1", text });
}

export function badge(text, tone) {
  return element("span", { class: `badge ${tone}`, text });
}

// A list of terms, without those that nobody knows.
export function terms(pairs) {
  const known = pairs.filter(([, value]) => value);
  const pair = ([term, value]) => element("div", {}, element("dt", { text: term }), element("dd", {}, value));
  return element("dl", { class: "terms" }, known.map(pair));
}
