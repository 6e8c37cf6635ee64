// The address after `#`: which view it names, and where in it.

const LINES = /^(\d{1,7})(?:-(\d{1,7}))?$/;

export function placeOf(hash) {
  const [path, query = ""] = split(hash.replace(/^#/, ""));
  const parts = path.split("/").filter(Boolean).map(decoded);
  if (!parts.length) return { view: "chat" };
  if (parts[0] === "facts" && parts.length === 1) return { view: "facts", query: new URLSearchParams(query) };
  if (parts[0] !== "documents" || parts.includes(null)) return { view: "unknown" };
  if (parts.length === 1) return { view: "documents" };
  return documentPlace(parts);
}

function split(text) {
  const at = text.indexOf("?");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return null; // a broken escape names nothing
  }
}

function documentPlace([, id, lines = "", more]) {
  const match = LINES.exec(lines);
  if (more !== undefined || (lines && !match)) return { view: "unknown" };
  if (!match) return { view: "document", id, from: null, to: null };
  const ends = [match[1], match[2] ?? match[1]].map((end) => Math.max(1, Number(end))).sort((a, b) => a - b);
  return { view: "document", id, from: ends[0], to: ends[1] };
}
