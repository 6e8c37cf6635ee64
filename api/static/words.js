// Names and amounts as a reader says them.

export const SERVICE = "支援制度 相談窓口";

export const KINDS = {
  budget: "予算額",
  budget_previous: "前年度の予算額",
  budget_revised: "補正後・現計の予算額",
  budget_change: "前年度比・増減率",
  funding_national: "財源：国庫",
  funding_general: "財源：一般財源",
  funding_other: "財源：その他",
  breakdown: "内訳の額",
  subsidy_rate: "補助率",
  subsidy_limit: "補助の上限額",
  limit_addition: "上限額の上乗せ",
  loan_limit: "融資の限度額",
  loan_pool: "融資枠",
  loan_rate: "融資の利率",
  guarantee_rate: "保証料率",
  loan_term: "融資・据置の期間",
  target: "成果目標",
  count: "件数・人数・回数",
  period: "事業期間",
  phone: "電話番号",
  other: "その他の数値",
};

// Flags that are no word of the documents.
export const FLAGS = {
  department: "課・部の計",
  subtotal: "小計",
  total: "合計",
  example: "計算例",
  suspect: "要確認",
};

// By own names only: a flag out of a document may be called `constructor`.
const wordIn = (table, name) => (Object.hasOwn(table, name) ? table[name] : name);
export const flagWord = (flag) => wordIn(FLAGS, flag);
export const kindWord = (kind) => wordIn(KINDS, kind);

// How settled an amount of this stage is: a request or a draft is no budget yet.
export function toneOf(stage) {
  if (/要求|要望|案|見込/.test(stage)) return "asked";
  return /予算|決算/.test(stage) ? "settled" : "listed";
}

export const TONES = {
  asked: "要求や案の段階です。決まった予算ではありません",
  settled: "予算の資料に書かれた額です",
  listed: "施策や計画の一覧の資料です。額は予算書と違うことがあります",
};

const STEPS = [[1_000_000_000_000, "兆"], [100_000_000, "億"], [10_000, "万"]];

// 142998000 → 1億4,299万8千円; exact, with 千 only where nothing smaller follows.
export function yenWords(yen) {
  let rest = Math.abs(yen);
  let words = "";
  for (const [size, name] of STEPS) {
    const count = Math.floor(rest / size);
    if (count) words += `${count.toLocaleString("ja-JP")}${name}`;
    rest %= size;
  }
  if (rest && rest % 1000 === 0) words += `${rest / 1000}千`;
  else if (rest || !words) words += rest.toLocaleString("ja-JP");
  return `${yen < 0 ? "▲" : ""}${words}円`;
}

export const yenDigits = (yen) => `${yen < 0 ? "▲" : ""}${Math.abs(yen).toLocaleString("ja-JP")}円`;

// A fact's amount in words: one amount, or both ends of a range.
export function amountOf(fact, form = yenWords) {
  if (fact.yen !== null) return form(fact.yen);
  if (fact.yen_min === null && fact.yen_max === null) return null;
  const end = (yen) => (yen === null ? "" : form(yen));
  return `${end(fact.yen_min)}～${end(fact.yen_max)}`;
}

const BARE = /[0-9０-９]$/;

// The figure as printed; a table's unit stands behind it when the cell holds the number alone: 「半数」 has none to add.
export function printedOf(fact) {
  const unit = fact.unit && BARE.test(fact.text) && !fact.text.includes(fact.unit[0]) ? fact.unit : "";
  const bound = fact.bound ? ` ${fact.bound}` : "";
  return `${fact.text}${unit}${bound}${fact.per ? `／${fact.per}` : ""}`;
}

const ERAS = { 令和: 2018, 平成: 1988, 昭和: 1925 };

// 令和元年度 → 2019, so that years of different eras stand in their order; 0 for what is no year.
export function yearOf(text) {
  const match = /(令和|平成|昭和)?\s*(元|\d+)/.exec(text.normalize("NFKC"));
  return match ? (ERAS[match[1]] ?? 0) + (match[2] === "元" ? 1 : Number(match[2])) : 0;
}

export const nameOf = (fact) => [fact.program, fact.subprogram].filter(Boolean).join(" › ");

export function linesWord(from, to) {
  return from === to ? `${from}行目` : `${from}～${to}行目`;
}

// A prefecture publishes its own papers: the name stands once.
export function whence(document) {
  const parts = [document.publisher, document.region, document.fiscal_year, document.stage];
  return [...new Set(parts.filter(Boolean))].join("・");
}

export const factsOf = (id) => `#/facts?document=${encodeURIComponent(id)}`;

export function documentHash(id, from = null, to = from) {
  const lines = from === null ? "" : `/${from}-${to}`;
  return `#/documents/${encodeURIComponent(id)}${lines}`;
}
