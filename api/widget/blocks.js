// The text of an answer as paragraphs, lists and tables.  Every run of words is [start, end) in the text, so that
// figures found in the whole text can be placed in it.

const BULLET = "・";
const RULE = /^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

// [{kind: "paragraph", run}, {kind: "list", runs}, {kind: "table", head: [run], rows: [[run]]}]
export function blocksOf(text) {
  const lines = linesOf(text);
  const blocks = [];
  for (let at = 0; at < lines.length; ) {
    const table = tableAt(text, lines, at);
    if (table) {
      blocks.push(table.block);
      at = table.next;
      continue;
    }
    addLine(blocks, text, lines[at]);
    at += 1;
  }
  return blocks.filter((block) => block.kind !== "gap");
}

function linesOf(text) {
  const lines = [];
  let start = 0;
  for (const line of text.split("\n")) {
    lines.push([start, start + line.length]);
    start += line.length + 1;
  }
  return lines;
}

function addLine(blocks, text, [start, end]) {
  const run = trimmed(text, start, end);
  const last = blocks.at(-1);
  if (run[0] === run[1]) blocks.push({ kind: "gap" });
  else if (!text.startsWith(BULLET, run[0])) blocks.push({ kind: "paragraph", run });
  else if (last?.kind === "list") last.runs.push(trimmed(text, run[0] + 1, run[1]));
  else blocks.push({ kind: "list", runs: [trimmed(text, run[0] + 1, run[1])] });
}

function trimmed(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return [start, end];
}

function tableAt(text, lines, at) {
  const words = (index) => (index < lines.length ? text.slice(...lines[index]).trim() : "");
  if (!words(at).startsWith("|") || !words(at + 1).includes("-") || !RULE.test(words(at + 1))) return null;
  const head = cellsOf(text, lines[at]);
  const rows = [];
  let next = at + 2;
  for (; words(next).startsWith("|"); next += 1) {
    const cells = cellsOf(text, lines[next]).slice(0, head.length);
    while (cells.length < head.length) cells.push([lines[next][1], lines[next][1]]);
    rows.push(cells);
  }
  return { block: { kind: "table", head, rows }, next };
}

// A bar that belongs to a cell's words is written "\|".
function cellsOf(text, line) {
  let [start, end] = trimmed(text, ...line);
  if (text[start] === "|") start += 1;
  if (end > start && text[end - 1] === "|" && text[end - 2] !== "\\") end -= 1;
  const cells = [];
  let from = start;
  for (let at = start; at <= end; at += 1) {
    if (at !== end && (text[at] !== "|" || text[at - 1] === "\\")) continue;
    cells.push(trimmed(text, from, at));
    from = at + 1;
  }
  return cells;
}
