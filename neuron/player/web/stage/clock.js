// The stage's clock: four beats per step, slow at first and then faster, pausing while the scale
// changes.

import { clamp } from "../shared/dom.js";
import { Transport } from "../shared/transport.js";

/** The beats of a step, each with its share of the step's time. */
export const BEATS = /** @type {const} */ ([
  ["predict", 0.28],
  ["compare", 0.24],
  ["send back", 0.24],
  ["update", 0.24],
]);

/**
 * The place of a beat in a step, from 0, to tell what has been computed by now; -1 for none.
 * @param {string} beat
 */
export function orderOf(beat) {
  return BEATS.findIndex(([name]) => name === beat);
}

/** Where each beat ends, as a fraction of the step. */
const ENDS = BEATS.map((_, k) => BEATS.slice(0, k + 1).reduce((sum, [, share]) => sum + share, 0));

/** Where stepping by beats stops: the last stop, just before the next step, shows the update. */
const STOPS = [...ENDS.slice(0, -1), 1 - 1e-4];

/** Seconds per step at normal speed, each up to the given step: slow at first, for newcomers to follow. */
const PACES = [
  [1, 6],
  [2, 3.6],
  [3, 1.8],
  [6, 0.8],
  [18, 0.42],
];

/** About how many seconds the rest of a long run takes at normal speed. */
const REMAINDER = 15;

/** About how many seconds the longest run takes at the fastest speed. */
const LONGEST_PLAY = 8;

/** Above this many steps per second, the beats merge into one glide. */
const TOO_FAST_FOR_BEATS = 2;

const SLOW = 6; // seconds per step

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
    this.reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** Steps per second at the head. @override */
  rate() {
    const fastest = Math.max(60, this.last / LONGEST_PLAY);
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

  /** Whether the head moves by fractions of a step, and may stop between two. */
  get byBeats() {
    return this.speed.value === "beat";
  }

  /**
   * Stop at each step, unless playback is very fast, so that it is shown before the scale changes.
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
    if (reached > step && lens.turn(reached) && (this.reducedMotion.matches || this.rate() > 30)) {
      lens.jump(reached);
    }
  }

  /**
   * Finish a change of scale at once, so that the pictures do not stop halfway.
   * @param {boolean} [announce]
   * @override
   */
  pause(announce = true) {
    if (this.lens.turning) this.lens.jump(Math.round(this.head));
    super.pause(announce);
  }

  /** @override */
  snapHead() {
    if (!this.byBeats) super.snapHead();
  }

  /**
   * @param {number} frame
   * @param {boolean} [announce]
   * @override
   */
  seek(frame, announce = true) {
    if (this.playing) this.pause(announce);
    this.lens.jump(Math.floor(clamp(frame, 0, this.last)));
    super.seek(frame, announce);
  }

  /** @override */
  back() {
    this.byBeats ? this.beat(-1) : super.back();
  }

  /** @override */
  forward() {
    this.byBeats ? this.beat(1) : super.forward();
  }

  /**
   * Go to the end of the next (way 1) or the previous (-1) beat, whatever the speed.
   * @param {1 | -1} way
   */
  beat(way) {
    const step = Math.floor(this.head);
    const stops = [-1, 0, 1].flatMap((k) => STOPS.map((end) => step + k + end));
    const near = 1e-6;
    const stop =
      way > 0
        ? stops.find((each) => each > this.head + near)
        : stops.findLast((each) => each < this.head - near);
    this.seek(/** @type {number} */ (stop));
  }

  /**
   * Where in a step the head is.
   * @returns {{ step: number, beat: string, done: number }} the beat, and how much of it is done;
   *   at rest on a step the beat is "", and the whole step is shown
   */
  moment() {
    const step = Math.min(Math.floor(this.head + 1e-9), this.last);
    const part = this.head - step;
    const rests = part < 1e-6 && !this.playing;
    if (rests || step === this.last || this.lens.turning) return { step, beat: "", done: 1 };
    const still = this.reducedMotion.matches;
    if (this.pace() > TOO_FAST_FOR_BEATS) return { step, beat: "glide", done: still ? 0 : part };
    const index = ENDS.findIndex((end) => part <= end + 1e-9);
    const [beat, share] = BEATS[index];
    const done = (part - (ENDS[index - 1] ?? 0)) / share;
    return { step, beat, done: still ? 1 : clamp(done, 0, 1) };
  }
}

/**
 * Ease in and out.
 * @param {number} part
 */
export function eased(part) {
  return part * part * (3 - 2 * part);
}
