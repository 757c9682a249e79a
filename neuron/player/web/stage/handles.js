// Handles, which can be dragged by pointer or moved like a slider by keyboard.

import { given } from "../shared/digits.js";
import { clamp, set } from "../shared/dom.js";

/** Pixels that the pointer moves per step of a handle that has no axis of its own. */
const PIXELS_A_STEP = 2;

/** How close to a mark a drag must come to snap to it, in pixels: a finger is no more precise than this. */
export const CATCH = 6;

/** Key presses at most this many milliseconds apart count as one change. */
const SERIES = 700;

const KEYS = /** @type {Record<string, number>} */ ({
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
});

/** A change of a number by hand: a drag, or a series of key presses. */
export class Change {
  on = false; // whether it is going on
  series = 0; // the timer that ends a series of key presses
  /** @type {number | undefined} the value to go back to on Escape, even if the change is over */
  before = undefined;

  /**
   * @param {() => number} value the current one
   * @param {(value: number) => void} move called while it is being changed
   * @param {(value: number) => void} settle called when the change is over
   */
  constructor(value, move, settle) {
    this.value = value;
    this.move = move;
    this.settle = settle;
  }

  begin() {
    this.end();
    this.on = true;
    this.before = this.value();
  }

  end(value = this.value()) {
    clearTimeout(this.series);
    if (!this.on) return;
    this.on = false;
    this.settle(value);
  }

  /** End it soon, unless another key is pressed. */
  endSoon() {
    clearTimeout(this.series);
    this.series = setTimeout(() => this.end(), SERIES);
  }

  undo() {
    this.on = true;
    this.end(this.before);
    this.before = undefined;
  }
}

export class Handle {
  /**
   * @param {HTMLElement} element of HTML or SVG
   * @param {Change} change
   * @param {() => import("../types").Grip} grip
   * @param {(step: number) => { x: number, y: number }} pixels how far one unit of the value moves
   *   it on the screen; `step` is that of its grid, for handles without an axis
   */
  constructor(element, change, grip, pixels) {
    this.element = element;
    this.change = change;
    this.grip = grip;
    this.pixels = pixels;
    element.setAttribute("role", "slider");
    element.addEventListener("pointerdown", (event) => this.#grab(/** @type {any} */ (event)));
    element.addEventListener("keydown", (event) => this.#press(/** @type {any} */ (event)));
    // The step of the first key press holds until blur, even if the axis is rescaled meanwhile.
    this.step = 0;
    element.addEventListener("blur", () => {
      element.removeAttribute("data-touched");
      change.end();
      this.step = 0;
    });
  }

  /** @param {boolean} can whether it can be grabbed now */
  show(can) {
    const { element } = this;
    element.toggleAttribute("data-fixed", !can);
    // Without the attribute, Chromium would still stop at it, because it listens for blur.
    element.setAttribute("tabindex", can ? "0" : "-1");
    element.setAttribute("aria-disabled", String(!can));
    this.describe();
  }

  /** Update the value and the limits that screen readers announce. */
  describe() {
    const { low, high } = this.grip();
    const value = this.change.value();
    set(this.element, {
      "aria-valuemin": String(low),
      "aria-valuemax": String(high),
      "aria-valuenow": String(value),
      "aria-valuetext": given(value),
    });
  }

  /**
   * Snap a value to a nearby mark, or else to the grid, within the handle's limits.
   * @param {number} value
   * @param {number} step of its grid
   * @param {number} [near] how far from a mark it snaps to it
   */
  snapped(value, step, near = 0) {
    const { low, high, marks } = this.grip();
    const mark = marks.find((each) => Math.abs(each - value) <= Math.max(near, 0.6 * step));
    const round = mark ?? Number((Math.round(value / step) * step).toPrecision(12));
    return clamp(round, low, high) + 0; // no -0
  }

  /** @param {PointerEvent} down */
  #grab(down) {
    const { element, change } = this;
    if (element.hasAttribute("data-fixed") || down.button > 0) return;
    down.preventDefault();
    element.focus({ preventScroll: true }); // ends what another handle has begun
    change.begin();
    const begin = change.value();
    const { step } = this.grip();
    const unit = this.pixels(step);
    const size = unit.x * unit.x + unit.y * unit.y || 1;
    const drag = new AbortController();
    const { signal } = drag;
    element.setPointerCapture(down.pointerId);
    element.toggleAttribute("data-held", true);
    element.toggleAttribute("data-touched", true); // no frame for the focus until a key is pressed
    const move = (/** @type {any} */ event) => {
      if (!change.on) return; // cancelled with Escape
      const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
      const way = (x * unit.x + y * unit.y) / size;
      const still = Math.abs(way) * Math.sqrt(size) < 2;
      const near = (CATCH * Math.abs(way)) / Math.hypot(x, y);
      const value = still ? begin : this.snapped(begin + way, step, near);
      if (value !== change.value()) change.move(value);
    };
    const end = (/** @type {any} */ event) => {
      drag.abort();
      element.removeAttribute("data-held");
      change.end(event.type === "pointercancel" ? begin : undefined);
    };
    for (const name of ["pointerup", "pointercancel"])
      element.addEventListener(name, end, { signal });
    element.addEventListener("pointermove", move, { signal });
    change.move(begin);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { element, change } = this;
    element.removeAttribute("data-touched");
    if (element.hasAttribute("data-fixed") || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const grip = this.grip();
    const step = this.step || grip.step;
    if (event.key === "Escape" && change.before !== undefined) {
      event.preventDefault();
      change.undo();
      return;
    }
    const ends = /** @type {Record<string, number>} */ ({ Home: grip.low, End: grip.high });
    const value =
      event.key in KEYS
        ? this.snapped((Math.round(change.value() / step) + KEYS[event.key]) * step, step)
        : ends[event.key];
    if (value === undefined) return;
    event.preventDefault();
    this.step = step;
    if (!change.on) change.begin();
    change.move(value);
    change.endSoon();
  }
}

/**
 * The `pixels` of a handle without an axis: a step of its grid for so far in this direction.
 * @param {number} x
 * @param {number} y
 */
export function towards(x, y) {
  return (/** @type {number} */ step) => ({
    x: (x * PIXELS_A_STEP) / step,
    y: (y * PIXELS_A_STEP) / step,
  });
}
