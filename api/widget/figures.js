// Where an answer's figures stand in its text.

const SCALE = "兆億万千百十";
const MONEY = /^(?:兆|億|百万|千万|万|千)?円/;

// [{start, end, figures}] in the order of the text; none overlaps another.
export function spotsOf(text, figures) {
  const named = figures.filter((figure) => figure.text);
  const spots = [];
  const marks = markersOf(text);
  const longestFirst = [...named].sort((one, other) => other.text.length - one.text.length);
  const homeless = longestFirst.filter((figure) => !place(figure, text, marks, spots));
  homeless.forEach((figure) => share(figure, text, marks, spots));
  longestFirst.forEach((figure) => repeat(figure, text, marks, spots));
  return spots.sort((one, other) => one.start - other.start);
}

// The best place that no other figure has.
function place(figure, text, marks, spots) {
  let best = null;
  for (const found of occurrences(figure, text, marks)) {
    if (overlapping(found, spots).length) continue;
    const score = cited(found, figure, text, marks);
    if (!best || score > best.score) best = { ...found, score };
  }
  if (best) spots.push({ start: best.start, end: best.end, figures: [figure] });
  return best !== null;
}

// Two facts that are printed once (both sources say 2/3) share the place.
function share(figure, text, marks, spots) {
  let best = { spot: null, score: 0 };
  for (const found of occurrences(figure, text, marks)) {
    const [spot] = overlapping(found, spots);
    if (!spot || spot.start !== found.start || spot.figures[0].text !== figure.text) continue;
    const score = cited(found, figure, text, marks);
    if (score > best.score) best = { spot, score };
  }
  if (best.spot && !best.spot.figures.some((other) => same(other, figure))) best.spot.figures.push(figure);
}

// A figure that the text says again, before the same marker.
function repeat(figure, text, marks, spots) {
  for (const found of occurrences(figure, text, marks)) {
    if (overlapping(found, spots).length || cited(found, figure, text, marks) < 2) continue;
    spots.push({ start: found.start, end: found.end, figures: [figure] });
  }
}

function overlapping(found, spots) {
  return spots.filter((spot) => found.start < spot.end && spot.start < found.end);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Where the figure can stand.  A bare 5 may be that of a year: where one is followed by its unit, only such are meant.
function occurrences(figure, text, marks) {
  const marker = (found) => marks.some((mark) => found.start < mark.end && mark.at < found.end);
  const all = [...written(figure, text)].filter((found) => !marker(found));
  const whole = all.filter((found) => found.unit);
  return whole.length ? whole : all;
}

// A source may print blanks within a figure (19,454 千円) that an answer leaves out.
function* written(figure, text) {
  for (const form of new Set([figure.text, figure.text.replace(/\s+/g, "")])) {
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
      const end = start + form.length;
      if (cutsBefore(text, start) || cutsAfter(text, end, figure)) continue;
      const unit = unitAfter(text, end, figure);
      yield { start, end: end + unit, unit };
    }
  }
}

function digit(character) {
  return character !== undefined && /[0-9０-９]/.test(character);
}

// Whether a number goes on before: 1,|500万円, 1億|500万円, 1|/2.
function cutsBefore(text, start) {
  if (!digit(text[start]) && !SCALE.includes(text[start])) return false;
  const before = text[start - 1];
  if (digit(before)) return true;
  return before !== undefined && `.,．，/／${SCALE}`.includes(before) && digit(text[start - 2]);
}

// Whether a number goes on after: 500|,000円, 1億|500万円, or its unit is another: 500|万円 for 500千円.
function cutsAfter(text, end, figure) {
  const [last, after] = [text[end - 1], text[end]];
  if (SCALE.includes(last) && digit(after)) return true;
  if (!digit(last)) return false;
  if (digit(after) || (after !== undefined && ".,．，/／".includes(after) && digit(text[end + 1]))) return true;
  const unit = MONEY.exec(text.slice(end, end + 4));
  return unit !== null && Boolean(figure.unit) && unit[0] !== figure.unit;
}

// A table prints 3,914 and the answer adds the table's unit: both are the figure.
function unitAfter(text, end, figure) {
  return figure.unit && !figure.text.endsWith(figure.unit) && text.startsWith(figure.unit, end) ? figure.unit.length : 0;
}

function markersOf(text) {
  const told = (match) => ({ at: match.index, end: match.index + match[0].length, marker: Number(match[1]) });
  return Array.from(text.matchAll(/\[(\d+)\]/g), told);
}

// 2: the markers that come next name the figure's source; 1: a marker of the same line does; 0: none.
function cited(found, figure, text, marks) {
  const first = marks.findIndex((mark) => mark.at >= found.end);
  if (first >= 0) {
    let next = first;
    for (let end = marks[first].at; next < marks.length && marks[next].at === end; next += 1) {
      if (marks[next].marker === figure.marker && !text.slice(found.end, end).includes("\n")) return 2;
      end = marks[next].end;
    }
  }
  const [from, to] = [text.lastIndexOf("\n", found.start), text.indexOf("\n", found.end)];
  const here = marks.some((mark) => mark.marker === figure.marker && mark.at > from && (to < 0 || mark.at < to));
  return here ? 1 : 0;
}
