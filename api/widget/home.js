// The script that brought the widget: its address is where the API is, unless it says otherwise.

const ADDRESS = "script[src*='widget.js']";

function ownScript() {
  const current = document.currentScript; // null within a module
  return current instanceof HTMLScriptElement ? current : document.querySelector(ADDRESS);
}

const script = ownScript();

export const SETTINGS = { ...(script?.dataset ?? {}) }; // data-mode, data-lang …

// An absolute http(s) address that ends with "/"; `text` may be relative to the script's own.
export function apiAddress(text) {
  const home = script?.src || document.baseURI;
  for (const address of [text, SETTINGS.api, "."]) {
    const url = address ? parsed(address, home) : null;
    if (url) return url.pathname.endsWith("/") ? url.href : new URL(`${url.pathname}/`, url).href;
  }
  return new URL(".", home).href;
}

function parsed(address, home) {
  try {
    const url = new URL(address, home);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}
