// Which words of a passage's lines are the quoted ones.

// [{number, text, cited, marks: [[start, end], …]}]
export function markedLines(lines, citation) {
  const cited = (line) => line.number >= citation.line_start && line.number <= citation.line_end;
  const marks = quoteMarks(lines.filter(cited), citation.quote);
  return lines.map((line) => ({ ...line, cited: cited(line), marks: marks.get(line.number) ?? [] }));
}

function quoteMarks(lines, quote) {
  const marks = new Map();
  const whole = lines.map((line) => line.text).join("\n");
  const at = quote ? whole.indexOf(quote) : -1;
  let start = 0;
  for (const line of lines) {
    const found = at >= 0 ? within(line.text, at - start, at + quote.length - start) : pieces(line.text, quote);
    if (found.length) marks.set(line.number, found);
    start += line.text.length + 1;
  }
  return marks;
}

function within(text, from, to) {
  const [start, end] = [Math.max(from, 0), Math.min(to, text.length)];
  return start < end ? [[start, end]] : [];
}

// A quote that the lines do not hold as one piece is looked for line by line.
function pieces(text, quote) {
  for (const line of quote.split("\n").map((one) => one.trim()).filter(Boolean)) {
    const at = text.indexOf(line);
    if (at >= 0) return [[at, at + line.length]];
  }
  return [];
}
