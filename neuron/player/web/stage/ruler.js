// The alpha ruler: drag its thumb or press an arrow key, and all pictures follow.

import { given } from "../shared/digits.js";
import { finder, node, setText } from "../shared/dom.js";
import { CATCH } from "./handles.js";

/** @typedef {import("../types").Ruler} RulerData */

/** Pixels that a letter of a band's word takes, and that are kept clear beside the thumb. */
const LETTER = 7;
const BESIDE_THUMB = 19;

/** The least number of pixels between the names of two marks. */
const APART = 8;

/** While its marks and words would give away the answer. */
const BLANK = { marks: [], bands: [], places: [], sentence: "" };

export class Ruler {
  /** @type {RulerData} */
  data;
  /** @type {number[]} the alphas that the thumb snaps to */
  snaps = [];
  pressed = false; // whether a key moves the thumb, not a pointer
  width = 0;

  /**
   * @param {HTMLElement} root
   * @param {import("./handles").Change} change of alpha
   */
  constructor(root, change) {
    const find = finder(root);
    this.change = change;
    this.scale = find(".scale");
    this.range = find("input");
    this.now = find(".now");
    /** @type {HTMLButtonElement[]} */
    this.places = [...find(".places").children];
    this.places.forEach((button, k) => {
      button.addEventListener("click", () => change.settle(this.data.places[k].alpha));
    });
    this.resizing = new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      if (this.data) this.describe();
    });
    this.resizing.observe(this.scale);
    this.#listen();
  }

  #listen() {
    const { range, change } = this;
    let cancelled = false; // with Escape, while the pointer is still down
    range.addEventListener("input", () => {
      if (cancelled) return this.describe();
      if (!change.on) change.begin();
      change.move(this.#alphaAtThumb());
    });
    range.addEventListener("pointerdown", () => {
      change.end();
      this.pressed = false;
      cancelled = false;
      // No change event follows if the thumb comes back to where it was.
      addEventListener("pointerup", () => change.end(), { once: true });
    });
    // A touch that turns out to scroll the page may have moved the thumb first; undo that.
    range.addEventListener("pointercancel", () => change.on && change.undo());
    range.addEventListener("keydown", (/** @type {KeyboardEvent} */ { key }) => {
      cancelled = key === "Escape" && (cancelled || (change.on && !this.pressed));
      if (key === "Escape" && change.before !== undefined) change.undo();
      this.pressed = true;
    });
    range.addEventListener("blur", () => change.end());
    range.addEventListener("change", () => (this.pressed ? change.endSoon() : change.end()));
  }

  dispose() {
    this.resizing.disconnect();
  }

  /**
   * @param {RulerData} data
   * @param {boolean} tells whether its marks and words are shown
   */
  show(data, tells) {
    if (this.change.on) return; // an older answer must not move the thumb during a drag
    this.data = tells ? data : { ...data, ...BLANK };
    this.snaps = data.marks.map((mark) => mark.alpha);
    const { top, step, bands, marks, places } = this.data;
    this.range.max = String(Math.round(top / step));
    const share = (/** @type {number} */ value) => `${(100 * value) / top}%`;
    this.scale.replaceChildren(
      ...bands.map(({ low, high, regime, word }) => {
        const band = node("span", { className: `band ${regime}` }, word);
        band.style.left = share(low);
        band.style.width = share(high - low);
        return band;
      }),
      ...marks.map((mark) => {
        const line = node("span", { className: "mark" });
        line.style.left = share(mark.alpha);
        return line;
      }),
    );
    this.places.forEach((button, k) => {
      button.hidden = !places[k];
      setText(button, places[k]?.name ?? "");
    });
    this.describe();
  }

  /** The alpha under the thumb, or one that it snaps to if that is near. */
  #alphaAtThumb() {
    const { top, step } = this.data;
    const value = Number((Number(this.range.value) * step).toPrecision(12));
    const reach = this.pressed ? 0.5 * step : Math.max(0.5 * step, (CATCH * top) / this.width);
    return this.snaps.find((alpha) => Math.abs(alpha - value) <= reach) ?? value;
  }

  /** Show the current alpha, which may be off the ruler's grid. */
  describe() {
    const { top, step, marks, places, sentence } = this.data;
    const alpha = this.change.value();
    const beyond = alpha > top;
    const label = marks.find((mark) => mark.alpha === alpha)?.label;
    this.range.value = String(Math.round(alpha / step));
    this.range.title = sentence;
    const words = given(alpha) + (beyond ? ", beyond the ruler" : "");
    this.range.setAttribute("aria-valuetext", label ?? words);
    setText(this.now, label ?? given(alpha) + (beyond ? " →" : ""));
    this.now.style.left = `${100 * Math.min(1, alpha / top)}%`;
    this.now.toggleAttribute("data-beyond", beyond);
    this.places.forEach((button, k) => {
      button.setAttribute("aria-pressed", String(places[k]?.alpha === alpha));
    });
    this.#nameMarks(alpha);
    this.#placeWords(alpha);
  }

  /** Name the marks; where a name would overlap the thumb's or another, there is only the line. */
  #nameMarks(/** @type {number} */ here) {
    const { top, bands, marks } = this.data;
    const place = (/** @type {number} */ alpha, /** @type {string} */ label) => {
      const half = (LETTER * label.length) / 2;
      const middle = alpha > top ? this.width - half : (alpha / top) * this.width;
      return [middle - half - APART, middle + half];
    };
    const [from, to] = place(here, this.now.textContent);
    let end = Number.NEGATIVE_INFINITY;
    marks.forEach((mark, index) => {
      const [begin, over] = place(mark.alpha, mark.label);
      const fits = begin > end && (over < from || begin > to);
      setText(this.scale.children[bands.length + index], fits ? mark.label : "");
      if (fits) end = over;
    });
  }

  /** Show each band's word where it fits, in the thumb's band on the side with more room. */
  #placeWords(/** @type {number} */ here) {
    const { bands, top } = this.data;
    bands.forEach(({ low, high, word }, index) => {
      const inside = low <= here && here <= high;
      const longest = inside ? Math.max(here - low, high - here) : high - low;
      const room = (longest * this.width) / top - (inside ? BESIDE_THUMB : 0);
      const side = !inside ? "middle" : here - low < high - here ? "right" : "left";
      this.scale.children[index].dataset.word = room > LETTER * word.length ? side : "none";
    });
  }
}
