// What can be grabbed: by pointer, and by the keyboard as a slider.

import { given } from "./digits.js";

/** In pixels that the pointer moves for one step of a handle that has no axis of its own. */
const PIXELS_A_STEP = 2;

/** Arrow keys pressed within so many milliseconds are one change. */
export const SERIES = 700;

const KEYS = /** @type {Record<string, number>} */ ({
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
});

/**
 * Where a handle lies, and what it does.
 * @typedef {object} Hold
 * @property {string} name which of the settings it sets
 * @property {string} label
 * @property {() => import("./types").Grip} grip
 * @property {() => number} value
 * @property {(step: number) => { x: number, y: number }} pixels how far one unit of the value, or,
 *   where there is no axis, one `step`, moves it on the screen
 * @property {(value: number) => void} move while it is held
 * @property {(value: number) => void} settle when it is let go
 */

export class Handle {
  /**
   * @param {SVGElement | HTMLElement} element
   * @param {Hold} hold
   */
  constructor(element, hold) {
    this.element = element;
    this.hold = hold;
    this.held = false;
    this.series = 0;
    /** @type {number | undefined} the value it had when it was grabbed */
    this.before = undefined;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-label", hold.label);
    element.addEventListener("pointerdown", (event) => this.#grab(/** @type {any} */ (event)));
    element.addEventListener("keydown", (event) => this.#press(/** @type {any} */ (event)));
    // While it has the focus each arrow key goes as far as the first, however the axis turns.
    this.step = 0;
    element.addEventListener("blur", () => {
      this.#endSeries();
      this.step = 0;
    });
  }

  /** @param {boolean} can whether it can be grabbed now */
  show(can) {
    const { element } = this;
    element.toggleAttribute("data-fixed", !can);
    if (can) element.setAttribute("tabindex", "0");
    else element.removeAttribute("tabindex");
    element.setAttribute("aria-disabled", String(!can));
    this.describe();
  }

  /** Say which value it has now, and between which ends. */
  describe() {
    const { element, hold } = this;
    const { low, high } = hold.grip();
    element.setAttribute("aria-valuemin", String(low));
    element.setAttribute("aria-valuemax", String(high));
    element.setAttribute("aria-valuenow", String(hold.value()));
    element.setAttribute("aria-valuetext", given(hold.value()));
  }

  /**
   * A value on the handle's grid, at a mark that is near, and within its ends.
   * @param {number} value
   * @param {number} [step] of its grid
   */
  snapped(value, step = this.hold.grip().step) {
    const { low, high, marks } = this.hold.grip();
    const mark = marks.find((each) => Math.abs(each - value) <= 0.6 * step);
    const round = mark ?? Number((Math.round(value / step) * step).toPrecision(12));
    return Math.max(low, Math.min(high, round)) + 0; // no -0
  }

  /** @param {PointerEvent} down */
  #grab(down) {
    const { element, hold } = this;
    if (element.hasAttribute("data-fixed") || down.button > 0) return;
    down.preventDefault();
    this.#endSeries();
    const begin = hold.value();
    const { step } = hold.grip();
    const unit = hold.pixels(step);
    const size = unit.x * unit.x + unit.y * unit.y || 1;
    let latest = begin;
    this.held = true;
    this.before = begin;
    element.setPointerCapture(down.pointerId);
    element.toggleAttribute("data-held", true);
    /** @type {HTMLElement} */ (element).focus({ preventScroll: true });
    const move = (/** @type {any} */ event) => {
      const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
      const way = (x * unit.x + y * unit.y) / size;
      const value = Math.abs(way) * Math.sqrt(size) < 2 ? begin : this.snapped(begin + way);
      if (value === latest) return;
      latest = value;
      hold.move(value);
    };
    const end = (/** @type {any} */ event) => {
      for (const name of ["pointermove", "pointerup", "pointercancel"]) {
        element.removeEventListener(name, name === "pointermove" ? move : end);
      }
      element.removeAttribute("data-held");
      if (!this.held) return; // it was taken back
      this.held = false;
      if (event.type === "pointercancel") latest = begin;
      hold.settle(latest);
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", end);
    element.addEventListener("pointercancel", end);
    hold.move(begin);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { element, hold } = this;
    if (element.hasAttribute("data-fixed") || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { low, high } = hold.grip();
    const step = this.step || hold.grip().step;
    if (event.key === "Escape" && this.before !== undefined) {
      event.preventDefault();
      this.held = false;
      clearTimeout(this.series);
      this.series = 0;
      hold.settle(this.before);
      this.before = undefined;
      return;
    }
    const ends = /** @type {Record<string, number>} */ ({ Home: low, End: high });
    const value =
      event.key in KEYS
        ? this.snapped(onGrid(hold.value(), step) + KEYS[event.key] * step, step)
        : ends[event.key];
    if (value === undefined) return;
    event.preventDefault();
    this.step = step;
    if (!this.series) this.before = hold.value();
    clearTimeout(this.series);
    hold.move(value);
    this.series = setTimeout(() => this.#endSeries(), SERIES);
  }

  #endSeries() {
    if (!this.series) return;
    clearTimeout(this.series);
    this.series = 0;
    this.hold.settle(this.hold.value());
  }
}

/**
 * How far a handle without an axis moves: up is more.
 * @param {number} step
 */
export function upwards(step) {
  return { x: 0, y: -PIXELS_A_STEP / step };
}

/**
 * A value that is not on the grid, so that the next step from it is.
 * @param {number} value
 * @param {number} step
 */
function onGrid(value, step) {
  return Math.round(value / step) * step;
}
