// Server-Sent Events from text in pieces of any size (HTML Standard, 9.2.6).

// Gives a function that takes the next piece of text; `tell(name, data)` is called for every whole event.
export function eventReader(tell) {
  let rest = ""; // of a line whose end has not come
  let afterReturn = false; // a line ended with CR: an LF that comes next belongs to it
  let name = "";
  let data = [];

  function dispatch() {
    if (data.length) tell(name || "message", data.join("\n"));
    name = "";
    data = [];
  }

  function line(text) {
    if (text === "") return dispatch();
    const colon = text.indexOf(":");
    if (colon === 0) return undefined; // a comment keeps the connection open
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
    return undefined;
  }

  return (piece) => {
    if (piece === "") return;
    const text = afterReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    afterReturn = piece.endsWith("\r");
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop();
    lines.forEach(line);
  };
}
