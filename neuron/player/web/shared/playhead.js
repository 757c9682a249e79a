// The stage's play head, for the closer looks that move with it.

import { Scene } from "./scene.js";

/** @type {Set<Follower>} */
const followers = new Set();

export const head = {
  ...{ step: 0, part: 0, pace: 0, still: false },
  /** @type {import("../types").Moment | undefined} what the stage shows, once it has been painted */
  moment: undefined,
};

/**
 * Move the head, and repaint whatever follows it.
 * @param {number} step
 * @param {number} part of the way to the next step, 0 to 1
 * @param {number} pace steps per second, or 0 at rest
 * @param {boolean} still whether there is nothing to play
 * @param {import("../types").Moment} moment
 */
export function move(step, part, pace, still, moment) {
  Object.assign(head, { step, part, pace, still, moment });
  for (const follower of followers) follower.paint();
}

/** A scene that is repainted whenever the stage is, and whose buttons press the stage's. */
export class Follower extends Scene {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.head = head;
    this.playButton = /** @type {HTMLElement} */ (root.querySelector("[data-press=play]"));
    /** @type {NodeListOf<HTMLButtonElement>} */
    this.buttons = root.querySelectorAll("[data-press]");
    for (const button of this.buttons) {
      const { press } = button.dataset;
      button.addEventListener("click", () => {
        /** @type {HTMLElement | null} */ (
          document.querySelector(`.stage [data-do=${press}]`)
        )?.click();
      });
    }
    followers.add(this);
  }

  /** @override */
  paint() {
    const name = head.pace ? "Pause" : "Play";
    if (this.playButton.textContent !== name) this.playButton.textContent = name;
    for (const button of this.buttons) button.disabled = head.still;
  }

  /** @override */
  dispose() {
    followers.delete(this);
    super.dispose();
  }
}
