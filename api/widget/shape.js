// What comes from a server or from the tab's storage, put into the shape that the rest relies on.

export function plain(value) {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function listOf(value) {
  return Array.isArray(value) ? value : [];
}

function numberOf(value) {
  return Number.isFinite(value) ? value : null;
}

const CITATION_WORDS = [
  "passage_id", "document", "title", "program", "subprogram", "quote", "publisher", "region", "fiscal_year", "stage",
  "url",
];
const FIGURE_WORDS = ["text", "kind", "unit", "program", "subprogram", "condition", "formula"];

function wordsOfRecord(record, names) {
  return Object.fromEntries(names.map((name) => [name, plain(record?.[name])]));
}

function citationOf(record) {
  const [line_start, line_end] = [numberOf(record?.line_start) ?? 1, numberOf(record?.line_end) ?? 1];
  return { ...wordsOfRecord(record, CITATION_WORDS), marker: numberOf(record?.marker), line_start, line_end };
}

function figureOf(record) {
  const numbers = ["yen", "yen_min", "yen_max", "number", "marker"].map((name) => [name, numberOf(record?.[name])]);
  return { ...wordsOfRecord(record, FIGURE_WORDS), ...Object.fromEntries(numbers) };
}

const STATUSES = ["answered", "clarify", "abstained"];

export function answerOf(data) {
  return {
    status: STATUSES.includes(data?.status) ? data.status : "answered",
    reason: plain(data?.reason),
    text: plain(data?.text),
    citations: listOf(data?.citations).map(citationOf),
    figures: listOf(data?.figures).map(figureOf),
    notices: listOf(data?.notices).map(plain).filter(Boolean),
    suggestions: listOf(data?.suggestions).map(plain).filter(Boolean),
    answer_id: plain(data?.answer_id),
  };
}

// One question with what came of it.  `key` names the request, so that a second try gets the answer of the first.
export function exchangeOf(data) {
  return {
    key: plain(data?.key),
    question: plain(data?.question),
    answer: data?.answer ? answerOf(data.answer) : null,
    code: plain(data?.code), // why there is no answer
    wait: 0,
    rating: data?.rating === "up" || data?.rating === "down" ? data.rating : "",
    commented: data?.commented === true,
  };
}
