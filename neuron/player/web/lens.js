// How far the stage's pictures show: the scale of the beginning, and the turn to a larger one.

/** @typedef {import("./types").View} View */
/** @typedef {import("./types").Ranges} Ranges low and high */

/** In seconds: how long the pictures take to grow. */
const TURN = 0.7;

export class Lens {
  constructor() {
    /** @type {View[]} */
    this.views = [];
    this.from = 0; // the view that is left
    this.to = 0; // the view that holds, or is turned to
    this.part = 1; // how much of the turn is done
  }

  /**
   * Take the views of another run, at its beginning.
   * @param {View[]} views
   */
  take(views) {
    this.views = views;
    this.from = 0;
    this.to = 0;
    this.part = 1;
  }

  /**
   * Which view holds at a step.
   * @param {number} step
   */
  at(step) {
    let view = 0;
    while (view + 1 < this.views.length && this.views[view + 1].step <= step) view++;
    return view;
  }

  /**
   * Show the scale of a step at once.
   * @param {number} step
   */
  jump(step) {
    this.to = this.at(step);
    this.from = this.to;
    this.part = 1;
  }

  /**
   * Begin to turn to the scale of a step, if it is another one.
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
   * Go on with the turn.
   * @param {number} seconds
   * @param {number} pace steps a second: a fast run turns faster
   */
  advance(seconds, pace) {
    this.part = Math.min(1, this.part + seconds / Math.min(TURN, 3 / pace));
  }

  get turning() {
    return this.part < 1;
  }

  /** The view whose numbers stand beside the axes. */
  get view() {
    return this.views[this.to];
  }

  /** How many times further than at the beginning the pictures show now. */
  get scale() {
    const eased = this.part < 0.5 ? 2 * this.part ** 2 : 1 - (2 - 2 * this.part) ** 2 / 2;
    const [from, to] = [this.views[this.from].scale, this.views[this.to].scale];
    return from === to ? to : Math.exp((1 - eased) * Math.log(from) + eased * Math.log(to));
  }

  /** @returns {Ranges} what the axes show now */
  get ranges() {
    const from = this.views[this.from];
    const to = this.views[this.to];
    // Weights and predictions grow as the scale does, errors as its square.
    const way = (/** @type {number} */ power) =>
      from === to
        ? 1
        : (this.scale ** power - from.scale ** power) / (to.scale ** power - from.scale ** power);
    const between = (/** @type {keyof Ranges} */ name, power = 1) => {
      const done = way(power);
      return [
        from[name].low + done * (to[name].low - from[name].low),
        from[name].high + done * (to[name].high - from[name].high),
      ];
    };
    return {
      weight: between("weight"),
      bowl: between("bowl", 2),
      error: between("error", 2),
      prediction: between("prediction"),
    };
  }
}
