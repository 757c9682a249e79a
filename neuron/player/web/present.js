// Presenting: the page fills the screen, and keys or a presenter's remote go through the beats.

const NEXT = ["ArrowRight", "PageDown"];
const BACK = ["ArrowLeft", "PageUp"];

const root = document.documentElement;

/** Fill the screen, where the browser lets a page do that, and listen to the keys. */
export function present() {
  root.dataset.presenting = "";
  root.requestFullscreen?.().catch(() => {}); // a page in a frame may not: the keys work all the same
}

function end() {
  delete root.dataset.presenting;
}

document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) end();
});

/**
 * The keys of who presents, for the stage.
 * @param {{ clock: import("./clock").Clock, story: import("./story").Story, root: HTMLElement }} stage
 * @returns {() => void} ends it
 */
export function presenting(stage) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (!("presenting" in root.dataset) || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[role=dialog], input:not([type=range]), textarea, select")) return;
    if (event.key === "Escape") return end();
    const way = NEXT.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    if (way > 0) forward(stage);
    else back(stage);
  };
  addEventListener("keydown", press, true);
  return () => removeEventListener("keydown", press, true);
}

/** @param {any} stage */
function plays({ clock, root: scene }) {
  const play = scene.querySelector(".transport .play");
  return (
    clock.last > 0 &&
    play.checkVisibility({ visibilityProperty: true }) &&
    !scene.hasAttribute("data-asks")
  );
}

/**
 * Beat by beat through the first step, then the rest of the run, then the next part.
 * @param {any} stage
 */
function forward(stage) {
  const { clock, story } = stage;
  if (clock.playing) clock.seek(clock.last);
  else if (plays(stage) && clock.head < 1) clock.beat(1);
  else if (plays(stage) && clock.head < clock.last) clock.play();
  else if (story.chapter) story.onward.click();
  else stage.root.querySelector(".begin").click();
}

/** @param {any} stage */
function back(stage) {
  const { clock, story } = stage;
  if (clock.playing) clock.pause();
  else if (plays(stage) && clock.head > 1) clock.seek(1);
  else if (plays(stage) && clock.head > 0) clock.beat(-1);
  else if (story.chapter) story.backward.click();
}
