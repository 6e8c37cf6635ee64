// The bar between the chat and the sources: it is drawn with a pointer or moved with the arrow keys.

const LEAST = 28; // percent of the window's width, as the page's own attributes say
const MOST = 62;
const START = 40;
const STEP = 2;

export function setUpSplitter(bar, frame) {
  let share = START;

  function set(wanted) {
    share = Math.round(Math.min(MOST, Math.max(LEAST, wanted)));
    frame.style.setProperty("--chat-share", `${share}%`);
    bar.setAttribute("aria-valuenow", String(share));
  }

  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    event.preventDefault(); // no text is selected on the way
    bar.focus();
  });
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const box = frame.getBoundingClientRect();
    set(((event.clientX - box.left) / box.width) * 100);
  });
  bar.addEventListener("dblclick", () => set(START));
  bar.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: share - STEP, ArrowRight: share + STEP, Home: LEAST, End: MOST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  });
  set(START);
}
