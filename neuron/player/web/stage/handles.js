// Handles, which can be dragged by pointer or moved like a slider by keyboard.

import { given } from "../shared/digits.js";
import { clamp } from "../shared/dom.js";

/** Pixels that the pointer moves per step of a handle that has no axis of its own. */
const PIXELS_A_STEP = 2;

/** How close to a mark a drag must come to snap to it, in pixels: a finger is no more precise than this. */
export const CATCH = 6;

/** Key presses at most this many milliseconds apart count as one change. */
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
 * What a handle sets, and how it moves.
 * @typedef {object} HandleOptions
 * @property {string} name which of the settings it sets
 * @property {string} label
 * @property {() => import("../types").Grip} grip
 * @property {() => number} value
 * @property {(step: number) => { x: number, y: number }} pixels how far one unit of the value moves
 *   it on the screen; `step` is that of its grid, for handles without an axis
 * @property {(value: number) => void} move called while it is being moved
 * @property {(value: number) => void} settle called when it is released
 */

export class Handle {
  /**
   * @param {SVGElement | HTMLElement} element
   * @param {HandleOptions} options
   */
  constructor(element, options) {
    this.element = element;
    this.options = options;
    this.held = false;
    this.series = 0;
    /** @type {number | undefined} the value to go back to on Escape */
    this.before = undefined;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-label", options.label);
    element.addEventListener("pointerdown", (event) => this.#grab(/** @type {any} */ (event)));
    element.addEventListener("keydown", (event) => this.#press(/** @type {any} */ (event)));
    // The step of the first key press holds until blur, even if the axis is rescaled meanwhile.
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
    // Without the attribute, Chromium would still stop at it, because it listens for blur.
    element.setAttribute("tabindex", can ? "0" : "-1");
    element.setAttribute("aria-disabled", String(!can));
    this.describe();
  }

  /** Update the value and the limits that screen readers announce. */
  describe() {
    const { element, options } = this;
    const { low, high } = options.grip();
    element.setAttribute("aria-valuemin", String(low));
    element.setAttribute("aria-valuemax", String(high));
    element.setAttribute("aria-valuenow", String(options.value()));
    element.setAttribute("aria-valuetext", given(options.value()));
  }

  /**
   * Snap a value to a nearby mark, or else to the grid, within the handle's limits.
   * @param {number} value
   * @param {number} step of its grid
   * @param {number} [near] how far from a mark it snaps to it
   */
  snapped(value, step, near = 0) {
    const { low, high, marks } = this.options.grip();
    const mark = marks.find((each) => Math.abs(each - value) <= Math.max(near, 0.6 * step));
    const round = mark ?? Number((Math.round(value / step) * step).toPrecision(12));
    return clamp(round, low, high) + 0; // no -0
  }

  /** @param {PointerEvent} down */
  #grab(down) {
    const { element, options } = this;
    if (element.hasAttribute("data-fixed") || down.button > 0) return;
    down.preventDefault();
    this.#endSeries();
    const begin = options.value();
    const { step } = options.grip();
    const unit = options.pixels(step);
    const size = unit.x * unit.x + unit.y * unit.y || 1;
    const drag = new AbortController();
    const { signal } = drag;
    let latest = begin;
    this.held = true;
    this.before = begin;
    element.setPointerCapture(down.pointerId);
    element.toggleAttribute("data-held", true);
    /** @type {HTMLElement} */ (element).focus({ preventScroll: true });
    const move = (/** @type {any} */ event) => {
      if (!this.held) return; // cancelled with Escape
      const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
      const way = (x * unit.x + y * unit.y) / size;
      const still = Math.abs(way) * Math.sqrt(size) < 2;
      const near = (CATCH * Math.abs(way)) / Math.hypot(x, y);
      const value = still ? begin : this.snapped(begin + way, step, near);
      if (value === latest) return;
      latest = value;
      options.move(value);
    };
    const end = (/** @type {any} */ event) => {
      drag.abort();
      element.removeAttribute("data-held");
      if (!this.held) return;
      this.held = false;
      if (event.type === "pointercancel") latest = begin;
      options.settle(latest);
    };
    for (const name of ["pointerup", "pointercancel"])
      element.addEventListener(name, end, { signal });
    element.addEventListener("pointermove", move, { signal });
    options.move(begin);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { element, options } = this;
    if (element.hasAttribute("data-fixed") || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { low, high } = options.grip();
    const step = this.step || options.grip().step;
    if (event.key === "Escape" && this.before !== undefined) {
      event.preventDefault();
      this.held = false;
      clearTimeout(this.series);
      this.series = 0;
      options.settle(this.before);
      this.before = undefined;
      return;
    }
    const ends = /** @type {Record<string, number>} */ ({ Home: low, End: high });
    const value =
      event.key in KEYS
        ? this.snapped(onGrid(options.value(), step) + KEYS[event.key] * step, step)
        : ends[event.key];
    if (value === undefined) return;
    event.preventDefault();
    this.step = step;
    if (!this.series) this.before = options.value();
    clearTimeout(this.series);
    options.move(value);
    this.series = setTimeout(() => this.#endSeries(), SERIES);
  }

  #endSeries() {
    if (!this.series) return;
    clearTimeout(this.series);
    this.series = 0;
    this.options.settle(this.options.value());
  }
}

/**
 * The `pixels` of a handle without an axis: up increases the value.
 * @param {number} step
 */
export function upwards(step) {
  return { x: 0, y: -PIXELS_A_STEP / step };
}

/**
 * The `pixels` of a number in a text: up and to the right increase it.
 * @param {number} step
 */
export function upOrRight(step) {
  const half = PIXELS_A_STEP / step / 2;
  return { x: half, y: -half };
}

/**
 * Round a value to the grid, so that the next step from it is on the grid as well.
 * @param {number} value
 * @param {number} step
 */
function onGrid(value, step) {
  return Math.round(value / step) * step;
}
