// Playback controls: play, pause, step forward and back, restart, scrub and speed.

import { clamp, finder } from "./dom.js";

const ICONS = { Play: "M8 5v14l11-7z", Pause: "M8 5v14M16 5v14" };

export class Transport {
  head = 0; // its fraction is the progress to the next frame

  /**
   * @param {HTMLElement} root contains the controls
   * @param {() => void} paint called whenever the head has moved
   * @param {() => void} rest called when the head has come to rest
   */
  constructor(root, paint, rest) {
    this.root = root;
    this.paint = paint;
    this.rest = rest;
    const find = finder(root);
    this.playButton = find("[data-do=play]");
    this.range = find(".step input");
    this.output = find(".step output");
    this.speed = find(".speed select");
    this.last = 0;
    this.playing = false;
    this.disabled = false;
    this.frame = 0;

    const actions = {
      play: () => (this.playing ? this.pause() : this.play()),
      restart: () => this.seek(0),
      back: () => this.back(),
      forward: () => this.forward(),
    };
    for (const [name, act] of Object.entries(actions)) {
      find(`[data-do=${name}]`).addEventListener("click", act);
    }
    this.range.addEventListener("input", () => this.seek(Number(this.range.value), false));
  }

  back() {
    this.seek(Math.ceil(this.head) - 1);
  }

  forward() {
    this.seek(Math.floor(this.head) + 1);
  }

  /**
   * Load another run, or another sweep; if one is playing, playback goes on.
   * @param {number} last its last frame
   * @param {number} head where it starts
   */
  take(last, head) {
    this.last = last;
    this.head = head;
    this.range.max = String(last);
    this.#enable();
  }

  /** @param {boolean} disabled whether playback is disabled for now */
  setDisabled(disabled) {
    this.disabled = disabled;
    this.#enable();
  }

  #enable() {
    for (const control of this.root.querySelectorAll(".transport :is([data-do], input, select)")) {
      const disabled = this.disabled || (this.last === 0 && control !== this.speed);
      /** @type {HTMLButtonElement} */ (control).disabled = disabled;
    }
  }

  play() {
    if (this.head >= this.last) this.seek(0, false);
    this.playing = true;
    this.#label("Pause");
    let before = performance.now();
    const tick = (/** @type {number} */ now) => {
      if (!this.playing) return;
      this.advance(Math.max(0, now - before) / 1000);
      before = now;
      if (this.head >= this.last) this.pause();
      else this.frame = requestAnimationFrame(tick);
      this.paint();
    };
    this.frame = requestAnimationFrame(tick);
  }

  /**
   * Move the head on.
   * @param {number} seconds elapsed
   */
  advance(seconds) {
    this.head = Math.min(this.last, this.head + seconds * this.rate());
  }

  /** @param {boolean} [announce] whether to call `rest`: not while the head is being dragged */
  pause(announce = true) {
    this.stop();
    this.#label("Play");
    this.snapHead();
    this.paint();
    if (announce) this.rest();
  }

  /** Move the head to where it stops when paused. */
  snapHead() {
    this.head = Math.round(this.head);
  }

  stop() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
  }

  /**
   * Stop at a frame.
   * @param {number} frame
   * @param {boolean} [announce] false for the range, which announces its own value
   */
  seek(frame, announce = true) {
    if (this.playing) this.pause(announce);
    this.head = clamp(frame, 0, this.last);
    this.paint();
    if (announce) this.rest();
  }

  /**
   * Show and announce where the head is.
   * @param {number} frame
   * @param {string} text
   */
  describe(frame, text) {
    this.range.value = String(frame);
    this.range.setAttribute("aria-valuetext", text);
    this.output.textContent = text;
  }

  /** Frames per second. */
  rate() {
    return Number(this.speed.value);
  }

  /** Frames per second while playing, 0 at rest. */
  pace() {
    return this.playing ? this.rate() : 0;
  }

  /** @param {"Play" | "Pause"} name */
  #label(name) {
    this.playButton.querySelector("span").textContent = name;
    this.playButton.querySelector("path").setAttribute("d", ICONS[name]);
  }
}
