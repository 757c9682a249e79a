// The stage's play head, for the pictures beside the stage that move with it.

import { Scene } from "./scene.js";

/** @type {Set<Follower>} */
const followers = new Set();

const head = { step: 0, part: 0, pace: 0 };

/**
 * Say where the head is now.
 * @param {number} step
 * @param {number} part of the way to the next step, 0 to 1
 * @param {number} pace steps a second, or 0 at rest
 */
export function move(step, part, pace) {
  Object.assign(head, { step, part, pace });
  for (const follower of followers) follower.paint();
}

/** A scene that is painted whenever the stage is; its buttons press the stage's. */
export class Follower extends Scene {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.head = head;
    this.playButton = /** @type {HTMLElement} */ (root.querySelector("[data-press=play]"));
    for (const button of root.querySelectorAll("[data-press]")) {
      const { press } = /** @type {HTMLElement} */ (button).dataset;
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
  }

  /** @override */
  dispose() {
    followers.delete(this);
    super.dispose();
  }
}
