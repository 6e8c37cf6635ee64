import { button, el, icon, newElementId } from "./dom.js";

// Thumbs for an answer, and once one is given a field for a comment.

const LONGEST_COMMENT = 2000;

export function ratingBox(exchange, desk) {
  const { words } = desk;
  const status = el("span", { part: "thanks", class: "small", role: "status" });
  const more = el("div", { class: "remark", hidden: true });
  const thumbs = ["up", "down"].map((rating) => thumb(rating, words));
  const row = el("div", { class: "thumbs", role: "group", "aria-label": words.rate }, ...thumbs, status);
  const press = (one) => one.setAttribute("aria-pressed", String(one.dataset.rating === exchange.rating));

  async function send(rating, comment) {
    try {
      await desk.talk.rate(exchange, rating, comment);
    } catch {
      status.textContent = words.notRated;
      return;
    }
    thumbs.forEach(press);
    status.textContent = words.thanks;
    showRemark();
    row.scrollIntoView({ block: "nearest" });
    more.scrollIntoView({ block: "nearest" });
  }

  // The field is made once: what stands in it outlives a press of the other thumb.
  function showRemark() {
    if (!exchange.commented && !more.firstChild) more.append(...remark(words, (text) => send(exchange.rating, text)));
    if (exchange.commented && more.contains(more.getRootNode().activeElement)) {
      thumbs.find((one) => one.dataset.rating === exchange.rating)?.focus();
    }
    if (exchange.commented) more.replaceChildren();
    more.hidden = exchange.commented;
  }

  thumbs.forEach((one) => one.addEventListener("click", () => send(one.dataset.rating, "")));
  thumbs.forEach(press);
  return el("div", { class: "rating", hidden: !exchange.answer.answer_id }, row, more);
}

function thumb(rating, words) {
  const attributes = { "data-rating": rating, "aria-label": words[rating], title: words[rating] };
  return button(`thumb-${rating}`, attributes, icon(rating));
}

function remark(words, send) {
  const id = newElementId();
  const field = el("textarea", { part: "comment", id, rows: "2", maxlength: LONGEST_COMMENT, class: "field" });
  const submit = button("comment-send", {
    text: words.commentSend,
    onclick: () => (field.value.trim() ? send(field.value.trim()) : field.focus()),
  });
  return [el("label", { for: id, class: "small", text: words.comment }), field, submit];
}
