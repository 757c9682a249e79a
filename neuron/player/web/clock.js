// The stage's clock: four beats a step, slow at first and then faster, and a wait while scales turn.

import { LONGEST_FILM, Transport } from "./transport.js";

/** The beats of a step, each with its share of the step's time. */
export const BEATS = /** @type {const} */ ([
  ["predict", 0.28],
  ["compare", 0.24],
  ["send back", 0.24],
  ["update", 0.24],
]);

/** Where each beat ends, in parts of a step. */
const ENDS = BEATS.map((_, k) => BEATS.slice(0, k + 1).reduce((sum, [, share]) => sum + share, 0));

/** Where stepping by beats stops: after the last one, just before the next step begins. */
const STOPS = [...ENDS.slice(0, -1), 1 - 1e-4];

/** Seconds for a step at normal speed, each up to a step: a newcomer can follow the first ones. */
const PACES = [
  [1, 3.6],
  [3, 1.8],
  [6, 0.8],
  [18, 0.42],
];

/** In seconds: how long a long run takes from there on, at normal speed. */
const REMAINDER = 15;

/** Steps a second from which on the beats merge into one glide. */
const TOO_FAST_FOR_BEATS = 2;

const SLOW = 3.6; // seconds for a step

export class Clock extends Transport {
  head = 0;

  /**
   * @param {HTMLElement} root
   * @param {import("./lens").Lens} lens
   * @param {() => void} paint
   * @param {() => void} rest
   */
  constructor(root, lens, paint, rest) {
    super(root, paint, rest);
    this.lens = lens;
    this.stillness = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** Steps a second at the head.
   * @override */
  rate() {
    const fastest = Math.max(60, this.last / LONGEST_FILM);
    const normal = PACES.find(([until]) => this.head < until);
    /** @type {Record<string, number>} */
    const rates = {
      beat: 1 / SLOW,
      slow: 1 / SLOW,
      fast: 12,
      fastest,
      normal: normal ? 1 / normal[1] : Math.max(1 / 0.42, this.last / REMAINDER),
    };
    return rates[this.speed.value];
  }

  /** Whether normal speed has become so fast that the beats cannot be told apart. */
  get merged() {
    return this.playing && this.rate() > TOO_FAST_FOR_BEATS;
  }

  /** @override */
  get byBeats() {
    return this.speed.value === "beat";
  }

  /**
   * A step is shown whole before the pictures turn to a larger scale.
   * @param {number} seconds
   * @override
   */
  advance(seconds) {
    const { lens } = this;
    if (lens.turning) return lens.advance(seconds, this.rate());
    const step = Math.floor(this.head);
    const most = this.rate() > 30 ? this.last : step + 1;
    this.head = Math.min(this.last, most, this.head + seconds * this.rate());
    const reached = Math.floor(this.head);
    if (reached > step && lens.turn(reached) && (this.stillness.matches || this.rate() > 30)) {
      lens.jump(reached);
    }
  }

  /**
   * At its end a run waits for the scale, too.
   * @param {boolean} [announce]
   * @override
   */
  pause(announce = true) {
    if (this.lens.turning) this.lens.jump(Math.round(this.head));
    super.pause(announce);
  }

  /** @override */
  halt() {
    if (!this.byBeats) super.halt();
  }

  /**
   * @param {number} frame
   * @param {boolean} [announce]
   * @override
   */
  seek(frame, announce = true) {
    if (this.playing) this.pause(announce);
    this.lens.jump(Math.floor(Math.max(0, Math.min(this.last, frame))));
    super.seek(frame, announce);
  }

  /** @override */
  back() {
    this.byBeats ? this.seek(this.#beside(-1)) : super.back();
  }

  /** @override */
  forward() {
    this.byBeats ? this.seek(this.#beside(1)) : super.forward();
  }

  /**
   * Stop at the end of the next beat, or of the one before, whatever the speed.
   * @param {1 | -1} way
   */
  beat(way) {
    const frame = this.#beside(way);
    if (this.playing) this.pause();
    this.head = Math.max(0, Math.min(this.last, frame));
    this.paint();
    this.rest();
  }

  /**
   * The end of the beat after (way 1) or before (-1) the head.
   * @param {1 | -1} way
   */
  #beside(way) {
    const step = Math.floor(this.head);
    const stops = [-1, 0, 1].flatMap((k) => STOPS.map((end) => step + k + end));
    const near = 1e-6;
    return way > 0
      ? /** @type {number} */ (stops.find((stop) => stop > this.head + near))
      : /** @type {number} */ (stops.findLast((stop) => stop < this.head - near));
  }

  /**
   * Where in a step the head is.
   * @returns {{ step: number, beat: string, done: number }} the beat, and how much of it is done;
   *   at rest on a step the beat is "", and all of the step is seen
   */
  moment() {
    const step = Math.min(Math.floor(this.head + 1e-9), this.last);
    let part = this.head - step;
    if (part < 1e-6 && !this.playing) return { step, beat: "", done: 1 };
    if (step === this.last) return { step, beat: "", done: 1 };
    if (this.lens.turning) return { step, beat: "", done: 1 };
    if (this.merged) return { step, beat: "glide", done: this.stillness.matches ? 0 : part };
    const index = ENDS.findIndex((end) => part <= end + 1e-9);
    const begin = index ? ENDS[index - 1] : 0;
    part = this.stillness.matches ? 1 : (part - begin) / BEATS[index][1];
    return { step, beat: BEATS[index][0], done: Math.max(0, Math.min(1, part)) };
  }
}

/**
 * Slow at both ends.
 * @param {number} part
 */
export function eased(part) {
  return part * part * (3 - 2 * part);
}
