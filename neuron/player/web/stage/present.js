// Presenting: the page fills the screen, and keys or a presenter's remote step through the beats.

const NEXT = ["ArrowRight", "PageDown"];
const BACK = ["ArrowLeft", "PageUp"];

/** The label of the Next button at a question, after a first attempt to go on. */
const GO_ON = "Pick, or go on to see";

const root = document.documentElement;

/** Fill the screen, where the browser allows it, and respond to the presenter's keys. */
export function present() {
  root.dataset.presenting = "";
  const stage = /** @type {HTMLElement | null} */ (document.querySelector(".stage"));
  setTimeout(() => stage?.focus(), 500); // after the dialog has closed and restored the focus
  root.requestFullscreen?.().catch(() => {}); // may be refused in a frame; the keys still work
}

export function isPresenting() {
  return "presenting" in root.dataset;
}

function end() {
  delete root.dataset.presenting;
}

document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) end();
});

/**
 * Handle the presenter's keys for a stage.
 * @param {{ clock: import("./clock").Clock, story: import("./story").Story,
 *   root: HTMLElement }} stage
 * @returns {() => void} stops handling them
 */
export function handlePresenterKeys(stage) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (!isPresenting() || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[role=dialog], input:not([type=range]), textarea, select")) return;
    if (event.key === "Escape") return end();
    const act = NEXT.includes(event.key) ? forward : BACK.includes(event.key) ? back : null;
    const plays = event.key === " "; // wherever the focus is
    if (!act && !plays) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) act(stage);
    else if (!stage.clock.disabled) stage.clock.playButton.click();
  };
  addEventListener("keydown", press, true);
  return () => removeEventListener("keydown", press, true);
}

/**
 * Whether there is a run to play: in a chapter, only at a stop that asks for it.
 * @param {any} stage
 */
function plays({ clock, story }) {
  return clock.last > 0 && !clock.disabled && (!story.chapter || story.until?.what === "played");
}

/**
 * Go through the first step beat by beat, then play the rest of the run, then go to the next part.
 * A question waits for the class; pressing once more skips it.
 * @param {any} stage
 */
function forward(stage) {
  const { clock, story } = stage;
  if (clock.playing) clock.seek(clock.last);
  else if (plays(stage) && clock.head < 0.99) clock.beat(1);
  else if (plays(stage) && clock.head < clock.last) clock.play();
  else if (story.chapter && !story.nextButton.disabled) story.nextButton.click();
  else if (story.nextButton.disabled && story.nextButton.textContent === GO_ON)
    story.does.act("pick", "shown");
  else if (story.nextButton.disabled) story.nextButton.textContent = GO_ON;
}

/** @param {any} stage */
function back(stage) {
  const { clock, story } = stage;
  if (clock.playing) clock.pause();
  else if (plays(stage) && clock.head > 1) clock.seek(1);
  else if (plays(stage) && clock.head > 0) clock.beat(-1);
  else if (story.chapter) story.backButton.click();
}
