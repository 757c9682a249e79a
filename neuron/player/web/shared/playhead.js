// The stage's play head, for the closer looks that move with it.

import { finder, setText } from "./dom.js";
import { Scene } from "./scene.js";

/** @typedef {import("../types").Moment} Moment */

/** @type {Set<Follower>} */
const followers = new Set();

/**
 * What the stage shows: the moment, null until it has first been painted; the pace in steps per
 * second, 0 at rest; and whether there is nothing to play.
 */
export const head = {
  moment: /** @type {Moment} */ (/** @type {any} */ (null)),
  pace: 0,
  still: false,
};

/**
 * Move the head, and repaint whatever follows it.
 * @param {Moment} moment
 * @param {number} pace
 * @param {boolean} still
 */
export function move(moment, pace, still) {
  Object.assign(head, { moment, pace, still });
  for (const follower of followers) follower.paint();
}

/** A scene that is repainted whenever the stage is, and whose buttons press the stage's. */
export class Follower extends Scene {
  /** @type {unknown[]} what `tell` was last called for */
  told = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.buttons = root.querySelectorAll(/** @type {"button"} */ ("[data-press]"));
    for (const button of this.buttons) {
      const pressed = `.stage [data-do=${button.dataset.press}]`;
      button.addEventListener("click", () => finder(document)(pressed)?.click());
    }
    followers.add(this);
  }

  /** @override */
  paint() {
    const { moment, pace, still } = head;
    setText(this.find("[data-press=play]"), pace ? "Pause" : "Play");
    for (const button of this.buttons) button.disabled = still;
    if (!moment || !this.payload) return;
    this.follow();
    const now = [this.payload, moment.step, pace > 0];
    if (now.every((what, k) => what === this.told[k])) return;
    this.told = now;
    this.tell();
  }

  /** Draw the head's moment. */
  follow() {}

  /** Write what changes only with the step, or when playback begins or ends. */
  tell() {}

  /** @override */
  dispose() {
    followers.delete(this);
    super.dispose();
  }
}
