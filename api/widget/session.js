// What is kept in the tab: the conversation, so that a reload or the site's next page shows it again.

const PREFIX = "support-assistant:";
const MOST = 40; // exchanges
const taken = new Set(); // names in use on this page

// 128 random bits: nobody can guess the conversation of another.
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Two widgets of a page keep apart; the same place of the site's next page finds its conversation again.
export function takeName(wanted) {
  let number = 1;
  while (taken.has(`${wanted}#${number}`)) number += 1;
  taken.add(`${wanted}#${number}`);
  return `${wanted}#${number}`;
}

export function ordinal(name) {
  return Number(name.slice(name.lastIndexOf("#") + 1));
}

export function freeName(name) {
  taken.delete(name);
}

// Storage may be refused or full: then the conversation lives as long as the page.
export class Kept {
  constructor(name) {
    this.key = PREFIX + name;
  }

  load() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  save(value) {
    const exchanges = value.exchanges.slice(-MOST);
    for (let kept = exchanges.length; kept > 0; kept = Math.floor(kept / 2)) {
      if (this.#put({ ...value, exchanges: exchanges.slice(-kept) })) return;
    }
    this.#put({ ...value, exchanges: [] });
  }

  #put(value) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}
