// Amounts of yen in the words that people say, 1,945万4千円, and in full.

const UNITS = [[1e12, "兆"], [1e8, "億"], [1e4, "万"]];

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function spoken(yen) {
  let rest = yen;
  let text = "";
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size);
    if (count) text += grouped(count) + name;
    rest -= count * size;
  }
  if (rest && rest % 1000 === 0) return `${text}${rest / 1000}千円`;
  return `${text}${rest ? grouped(rest) : ""}円`;
}

export function plainYen(yen, lang) {
  const whole = Math.abs(yen);
  const sign = yen < 0 ? (lang === "en" ? "−" : "▲") : "";
  if (lang === "en") return `${sign}JPY ${grouped(whole)}`;
  const full = `${sign}${grouped(whole)}円`;
  return whole < 1e4 ? full : `${sign}${spoken(whole)}（${full}）`;
}

// What a figure is worth in plain yen: one amount, a range, or "" when it is no money.
export function yenOf(figure, lang) {
  if (figure.yen !== null) return plainYen(figure.yen, lang);
  const [least, most] = [figure.yen_min, figure.yen_max].map((yen) => (yen === null ? "" : plainYen(yen, lang)));
  if (!least && !most) return "";
  return lang === "en" ? `${least} – ${most}` : `${least}～${most}`;
}
