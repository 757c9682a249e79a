// The alpha ruler: drag or press an arrow key, and the page follows.

import { onePerRoot } from "./scene.js";
import { given, number } from "./words.js";

/** @typedef {import("./types").Mount} Mount */
/** @typedef {import("./types").Ruler} RulerData */

/** After so many milliseconds an answer is no longer awaited. */
const PATIENCE = 1500;

/** Pixels that a letter of a band's word takes, and that the thumb takes beside it. */
const LETTER = 6.5;
const BESIDE_THUMB = 19;

/** Pixels between the names of two marks, at least. */
const APART = 8;

class Ruler {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.scale = /** @type {HTMLElement} */ (root.querySelector(".scale"));
    this.range = /** @type {HTMLInputElement} */ (root.querySelector("input"));
    this.places = /** @type {HTMLElement} */ (root.querySelector(".places"));
    this.beyond = /** @type {HTMLElement} */ (root.querySelector(".beyond"));
    /** @type {(value: { alpha: number, settled: boolean }) => void} */
    this.send = () => {};
    /** @type {RulerData | undefined} */
    this.data = undefined;
    this.drawn = "";
    this.held = false; // while a drag is under way
    this.frame = 0;
    this.waiting = 0; // a timer, while an answer is awaited
    this.pending = false; // whether there is a newer value to send after it
    /** @type {number | undefined} the alpha that the page was last asked for */
    this.asked = undefined;
    this.width = 0;
    this.resizing = new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      if (!this.data) return;
      this.#nameMarks();
      this.#describe();
    });
    this.resizing.observe(this.scale);
    this.range.addEventListener("input", () => {
      this.held = true;
      this.#describe();
      // A key press is `change` right after `input`: only a drag lasts until the next frame.
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.#offer());
    });
    // A finger that scrolls the page begins as if it moved the thumb: then all is as before.
    this.before = 0;
    this.scrolled = false;
    this.range.addEventListener("pointerdown", () => {
      this.before = this.data?.alpha ?? 0;
      this.scrolled = false;
    });
    this.range.addEventListener("pointercancel", () => {
      this.scrolled = true;
      this.#settle(this.before);
      if (this.data) this.show(this.data); // nothing may have been asked yet, so no answer comes
    });
    this.range.addEventListener("keydown", () => {
      this.scrolled = false;
    });
    this.range.addEventListener("change", () => {
      if (!this.scrolled) this.#settle(this.alpha());
    });
  }

  dispose() {
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.waiting);
  }

  /** @param {RulerData} data */
  show(data) {
    this.data = data;
    const { top, step, bands, marks, places } = data;
    const drawn = JSON.stringify([top, bands, marks, places]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.range.max = String(Math.round(top / step));
      const share = (/** @type {number} */ alpha) => `${(100 * alpha) / top}%`;
      this.scale.replaceChildren(
        ...bands.map(({ low, high, regime, word }) => {
          const band = part(`band ${regime}`, word);
          band.style.left = share(low);
          band.style.width = share(high - low);
          return band;
        }),
        ...marks.map(({ alpha }) => {
          const mark = part("mark", "");
          mark.style.left = share(alpha);
          return mark;
        }),
      );
      this.#nameMarks();
      this.#offerPlaces();
    }
    for (const [index, button] of [...this.places.children].entries()) {
      button.setAttribute("aria-pressed", String(places[index].alpha === data.alpha));
    }
    this.#answered();
    // An answer to an older question must not move the thumb from under the reader's hand.
    if (this.held || (this.waiting && data.alpha !== this.asked)) return;
    this.range.value = String(Math.round(data.alpha / step));
    this.#describe();
  }

  /** Where marks crowd, the line stays and the name goes. */
  #nameMarks() {
    const { top, bands, marks } = /** @type {RulerData} */ (this.data);
    let end = Number.NEGATIVE_INFINITY;
    marks.forEach(({ alpha, label }, place) => {
      const half = (LETTER * label.length) / 2;
      const middle = (alpha / top) * this.width;
      const fits = middle - half > end + APART;
      this.scale.children[bands.length + place].textContent = fits ? label : "";
      if (fits) end = middle + half;
    });
  }

  /** Buttons to the places; the ones that stay keep the reader's focus. */
  #offerPlaces() {
    const { places } = /** @type {RulerData} */ (this.data);
    while (this.places.children.length > places.length) this.places.lastChild?.remove();
    places.forEach(({ name }, index) => {
      let button = this.places.children[index];
      if (!button) {
        button = document.createElement("button");
        button.setAttribute("type", "button");
        button.addEventListener("click", () => {
          const { alpha } = /** @type {RulerData} */ (this.data).places[index];
          this.#ask(alpha, true);
        });
        this.places.append(button);
      }
      button.textContent = name;
    });
  }

  /** The alpha under the thumb: a critical value exactly where it is the nearest. */
  alpha() {
    const { step, marks } = /** @type {RulerData} */ (this.data);
    const value = Number((Number(this.range.value) * step).toPrecision(12));
    const near = marks.find((mark) => Math.abs(mark.alpha - value) <= 0.5 * step);
    return near ? near.alpha : value;
  }

  #describe() {
    const { alpha, top, marks, sentence } = /** @type {RulerData} */ (this.data);
    const here = !this.held ? alpha : this.alpha();
    const mark = marks.find((m) => m.alpha === here);
    const beyond = here > top;
    const shown = here === alpha ? given(here) : number(here);
    this.beyond.textContent = beyond ? `${shown} →` : "";
    this.#clear(here);
    const words = beyond ? `${shown}, beyond the ruler` : shown;
    this.range.setAttribute("aria-valuetext", mark ? mark.label : words);
    this.range.title = sentence;
  }

  /**
   * A band has its word where there is room for it: the thumb's where the thumb is not.
   * @param {number} here
   */
  #clear(here) {
    const { bands, top } = /** @type {RulerData} */ (this.data);
    bands.forEach(({ low, high, word }, index) => {
      const band = /** @type {HTMLElement} */ (this.scale.children[index]);
      const inside = low <= here && here <= high;
      const longest = inside ? Math.max(here - low, high - here) : high - low;
      const room = (longest * this.width) / top - (inside ? BESIDE_THUMB : 0);
      const side = !inside ? "middle" : here - low < high - here ? "right" : "left";
      const place = room > LETTER * word.length ? side : "none";
      if (band.dataset.word !== place) band.dataset.word = place;
    });
  }

  /**
   * The reader has let go of the thumb.
   * @param {number} alpha
   */
  #settle(alpha) {
    cancelAnimationFrame(this.frame);
    this.held = false;
    this.pending = false;
    this.#ask(alpha, true);
  }

  /** Send the value under the thumb now, or as soon as the last one is answered. */
  #offer() {
    this.pending = this.waiting !== 0;
    if (!this.pending) this.#ask(this.alpha(), false);
  }

  /**
   * @param {number} alpha
   * @param {boolean} settled
   */
  #ask(alpha, settled) {
    clearTimeout(this.waiting);
    this.asked = alpha;
    const shown = this.data?.alpha === this.asked; // then nothing changes and no answer comes
    this.waiting = shown ? 0 : setTimeout(() => this.#giveUp(), PATIENCE);
    this.send({ alpha: this.asked, settled });
  }

  #answered() {
    if (this.data?.alpha !== this.asked) return;
    clearTimeout(this.waiting);
    this.waiting = 0;
    if (this.pending) this.#offer();
  }

  #giveUp() {
    this.waiting = 0;
    if (this.pending) this.#offer();
    else if (this.data && !this.held) this.show(this.data);
  }
}

const rulerIn = onePerRoot(Ruler, ".ruler");

/** @param {Mount} mount */
export default function mount({ parentElement, data, setTriggerValue }) {
  const { one: ruler, leave } = rulerIn(parentElement);
  ruler.send = (value) => setTriggerValue("moved", value);
  ruler.show(JSON.parse(data.scale));
  return leave;
}

/**
 * @param {string} className
 * @param {string} text
 */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
