// Budgets as bars: a table whose bars share one axis from zero.  A year and a stage have a chart of their own.

import { element, link } from "./dom.js";
import { factsHash } from "./filters.js";
import { documentHash, linesWord, nameOf, printedOf, TONES, toneOf, yearOf, yenWords } from "./words.js";

const FIRST = 15; // bars of a chart before it is opened whole
const SUMS = ["department", "subtotal", "total"];
const UNITS = [[1_000_000_000_000, "兆円"], [100_000_000, "億円"], [10_000, "万円"], [1, "円"]];

export function chartOf(facts, { documents, chosen, total }) {
  const groups = groupsOf(facts, documents, chosen.sums);
  return [
    element("p", { class: "meta" }, notes(groups, total > facts.length ? facts.length : 0)),
    sumsSwitch(chosen),
    ...groups.map(figure),
  ];
}

function notes(groups, looked) {
  const count = groups.reduce((sum, group) => sum + group.facts.length, 0);
  const apart = groups.length > 1 ? "年度・段階・地域が違う予算は、比べられないので別の図に分けています。図ごとに目盛りが違います。" : "";
  const largest = looked ? `金額の大きい順に${looked}件までを図にしています。` : "";
  return `図にしたのは${count}件です。同じ額の再掲、前年度の額、幅で書かれた額は入れていません。目盛りは0から始まります。${apart}${largest}`;
}

function sumsSwitch(chosen) {
  const box = element("input", { type: "checkbox", id: "sums" });
  box.checked = chosen.sums;
  box.addEventListener("change", () => { location.hash = factsHash(chosen, { sums: box.checked }); });
  const words = "課・部の計、小計、合計も図に入れる（事業の額を含むので、足すと重複します）";
  return element("p", { class: "check" }, box, element("label", { for: "sums", text: words }));
}

// One group a year, stage and region, the latest year first.
function groupsOf(facts, documents, sums) {
  const groups = new Map();
  for (const fact of facts) {
    if (!charted(fact, sums)) continue;
    const region = documents.get(fact.document)?.region ?? "";
    const key = JSON.stringify([fact.fiscal_year, fact.stage, region]);
    if (!groups.has(key)) groups.set(key, { year: fact.fiscal_year, stage: fact.stage, region, facts: [] });
    groups.get(key).facts.push(fact);
  }
  const whole = [...groups.values()].map((group) => ({ ...group, facts: distinct(group.facts) }));
  const order = (a, b) => yearOf(b.year) - yearOf(a.year) || a.stage.localeCompare(b.stage, "ja");
  return whole.filter((group) => group.facts.length).sort(order);
}

function charted(fact, sums) {
  if (fact.kind !== "budget" || fact.yen === null || fact.yen < 0 || fact.flags.includes("example")) return false;
  return sums || !SUMS.some((flag) => fact.flags.includes(flag));
}

// An amount that a document prints again stands once; a part gives way to its whole program's amount.
function distinct(facts) {
  const sorted = [...facts].sort((a, b) => b.yen - a.yen || repeated(a) - repeated(b) || a.line_start - b.line_start);
  const whole = new Set(sorted.filter((fact) => !fact.subprogram).map(programOf));
  const seen = new Set();
  return sorted.filter((fact) => {
    const key = JSON.stringify([fact.document, fact.program, fact.subprogram, fact.yen]);
    if (seen.has(key) || (fact.subprogram && whole.has(programOf(fact)))) return false;
    seen.add(key);
    return true;
  });
}

const programOf = (fact) => JSON.stringify([fact.document, fact.program]);
const repeated = (fact) => Number(fact.flags.some((flag) => flag === "再掲" || flag === "の一部"));

function figure(group, index) {
  const id = `chart-${index}`;
  const most = Math.max(...group.facts.map((fact) => fact.yen));
  const axis = axisOf(most);
  const tone = toneOf(group.stage);
  const body = element("tbody", {}, group.facts.slice(0, FIRST).map((fact) => bar(fact, axis, tone)));
  const table = element("table", { class: `bars ${tone}`, "aria-labelledby": id },
    element("thead", {}, headRow(axis)), body);
  return element("figure", { class: "chart" },
    element("figcaption", { id }, element("h3", { text: `${group.region} ${group.year} ${group.stage}`.trim() }),
      element("p", { class: "meta", text: `${TONES[tone]}。${group.facts.length}件。目盛りの単位は${axis.unit}。` })),
    table, more(group, body, axis, tone));
}

function headRow(axis) {
  const words = element("span", { class: "hidden" }, "額の棒");
  const track = element("th", { scope: "col", class: "track" }, words, scale(axis));
  return element("tr", {}, head("事業", "name"), track, head("予算額", "amount"), head("もとの行", "place"));
}

const head = (text, kind) => element("th", { scope: "col", class: kind, text });

function more(group, body, axis, tone) {
  const rest = group.facts.slice(FIRST);
  if (!rest.length) return null;
  const button = element("button", { type: "button" }, `残りの${rest.length}件も図に出す`);
  button.addEventListener("click", () => {
    body.append(...rest.map((fact) => bar(fact, axis, tone)));
    body.rows[FIRST].querySelector("a").focus();
    button.remove();
  });
  return button;
}

function bar(fact, axis, tone) {
  const length = element("span", { class: `bar ${tone}` });
  length.style.setProperty("inline-size", `${(fact.yen / axis.end) * 100}%`);
  const track = element("td", { class: "track", "aria-hidden": "true" }, length);
  track.style.setProperty("--step", `${(axis.step / axis.end) * 100}%`);
  const name = element("th", { scope: "row", class: "name" }, nameOf(fact), fact.flags.includes("suspect") && "（要確認）");
  const printed = `資料の表記：${printedOf(fact)}`;
  const lines = linesWord(fact.line_start, fact.line_end);
  const place = link(documentHash(fact.document, fact.line_start, fact.line_end), lines, {
    "aria-label": `${nameOf(fact)}のもとの行、${lines}`,
  });
  return element("tr", {}, name, track, element("td", { class: "amount", title: printed, text: yenWords(fact.yen) }),
    element("td", { class: "place" }, place));
}

// Round steps from zero to past the largest amount, four to eight of them.
function axisOf(most) {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).filter((one) => one <= rough).at(-1);
  const [size, unit] = UNITS.find(([size]) => most >= size) ?? UNITS.at(-1);
  return { step, size, unit, end: Math.ceil(Math.max(most, 1) / step) * step };
}

function scale({ step, size, unit, end }) {
  const ticks = element("span", { class: "scale", "aria-hidden": "true" });
  const count = Math.round(end / step);
  for (let at = 0; at <= count; at += count > 5 ? 2 : 1) {
    const tick = element("span", { text: `${((at * step) / size).toLocaleString("ja-JP")}${at ? unit : ""}` });
    tick.style.setProperty("inset-inline-start", `${((at * step) / end) * 100}%`);
    ticks.append(tick);
  }
  return ticks;
}
