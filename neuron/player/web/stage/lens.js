// The scale of the stage's pictures: the initial one, and the animated change to larger ones.

import { mix } from "../shared/dom.js";

/** @typedef {import("../types").View} View */

/** How many seconds a change of scale takes at most. */
const TURN = 0.7;

/** The least scale that is named in a picture: "×1" would say that nothing has changed. */
export const LEAST_NAMED = 2;

export class Lens {
  /** @type {View[]} */
  views = [];
  from = 0; // the view that is being left
  to = 0; // the current view, or the one being changed to
  part = 1; // how much of the change is done, 0 to 1

  /**
   * Start with the first view of another run.
   * @param {View[]} views
   */
  take(views) {
    this.views = views;
    this.jump(0);
  }

  /**
   * The index of the view that applies at a step.
   * @param {number} step
   */
  at(step) {
    let view = 0;
    while (view + 1 < this.views.length && this.views[view + 1].step <= step) view++;
    return view;
  }

  /**
   * Switch to the scale of a step without animation.
   * @param {number} step
   */
  jump(step) {
    this.to = this.at(step);
    this.from = this.to;
    this.part = 1;
  }

  /**
   * Start changing to the scale of a step, if it is a larger one.
   * @param {number} step
   * @returns {boolean} whether it is
   */
  turn(step) {
    const view = this.at(step);
    if (view <= this.to) return false;
    this.from = this.to;
    this.to = view;
    this.part = 0;
    return true;
  }

  /**
   * Continue the change of scale.
   * @param {number} seconds
   * @param {number} pace steps per second; in a fast run the scale changes faster
   */
  advance(seconds, pace) {
    this.part = Math.min(1, this.part + seconds / Math.min(TURN, 3 / pace));
  }

  get turning() {
    return this.part < 1;
  }

  /** The current scale, as a multiple of the initial one. */
  get scale() {
    const eased = this.part < 0.5 ? 2 * this.part ** 2 : 1 - (2 - 2 * this.part) ** 2 / 2;
    const [from, to] = [this.views[this.from].scale, this.views[this.to].scale];
    return from === to ? to : Math.exp((1 - eased) * Math.log(from) + eased * Math.log(to));
  }

  /** The axes at the current scale, with the ticks of the view being changed to. */
  get axes() {
    const [from, to] = [this.views[this.from], this.views[this.to]];
    const axis = (/** @type {"weight" | "bowl" | "error" | "prediction"} */ name, power = 1) => {
      const [begin, now, end] = [from.scale, this.scale, to.scale].map((scale) => scale ** power);
      const done = from === to ? 1 : (now - begin) / (end - begin);
      const { low, high, ...ticks } = to[name];
      return {
        ...ticks,
        low: mix(from[name].low, low, done),
        high: mix(from[name].high, high, done),
      };
    };
    // Weights and predictions grow with the scale, errors with its square.
    return {
      ...{ weight: axis("weight"), prediction: axis("prediction") },
      ...{ bowl: axis("bowl", 2), error: axis("error", 2) },
    };
  }
}
