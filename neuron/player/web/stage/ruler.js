// The alpha ruler: drag its thumb or press an arrow key, and all pictures follow.

import { given } from "../shared/digits.js";
import { finder, node, setText } from "../shared/dom.js";
import { CATCH, SERIES } from "./handles.js";

/** @typedef {import("../types").Ruler} RulerData */

/** Pixels that a letter of a band's word takes, and that are kept clear beside the thumb. */
const LETTER = 7;
const BESIDE_THUMB = 19;

/** The least number of pixels between the names of two marks. */
const APART = 8;

export class Ruler {
  /**
   * @param {HTMLElement} root
   * @param {(alpha: number) => void} move called while the thumb is being moved
   * @param {(alpha: number) => void} settle called when the thumb is released
   */
  constructor(root, move, settle) {
    const find = finder(root);
    this.scale = /** @type {HTMLElement} */ (find(".scale"));
    this.range = /** @type {HTMLInputElement} */ (find("input"));
    this.places = /** @type {HTMLElement} */ (find(".places"));
    this.now = /** @type {HTMLElement} */ (find(".now"));
    this.settle = settle;
    /** @type {RulerData | undefined} */
    this.data = undefined;
    /** @type {number[]} */
    this.snaps = [];
    this.alpha = 0;
    this.drawn = "";
    this.held = false;
    this.pressed = false; // whether a key moves the thumb, not a pointer
    this.width = 0;
    this.resizing = new ResizeObserver(([entry]) => {
      this.width = entry.contentRect.width;
      if (this.data) this.#describe();
    });
    this.resizing.observe(this.scale);
    let cancelled = false; // with Escape, while the pointer is still down
    this.range.addEventListener("input", () => {
      if (cancelled) return this.show(/** @type {RulerData} */ (this.data), this.alpha, this.snaps);
      this.held = true;
      this.alpha = this.#alphaAtThumb();
      this.#describe();
      move(this.alpha);
    });
    let before = 0;
    let series = 0; // the timer that ends a series of key presses
    const end = () => {
      clearTimeout(series);
      series = 0;
      if (!this.held) return;
      this.held = false;
      settle(this.alpha);
    };
    // A touch that turns out to scroll the page may have moved the thumb first; undo that.
    const takeBack = () => {
      this.alpha = before;
      end();
      this.show(/** @type {RulerData} */ (this.data), before, this.snaps);
    };
    this.range.addEventListener("pointerdown", () => {
      end();
      before = this.alpha;
      this.pressed = false;
      cancelled = false;
      // No change event follows if the thumb comes back to where it was.
      addEventListener("pointerup", end, { once: true });
    });
    this.range.addEventListener("pointercancel", takeBack);
    this.range.addEventListener("keydown", (event) => {
      cancelled = event.key === "Escape" && (cancelled || (this.held && !this.pressed));
      if (event.key === "Escape" && this.held) takeBack();
      else if (!this.held) before = this.alpha;
      this.pressed = true;
    });
    this.range.addEventListener("blur", end);
    this.range.addEventListener("change", () => {
      if (!this.pressed) return end();
      clearTimeout(series);
      series = setTimeout(end, SERIES);
    });
  }

  dispose() {
    this.resizing.disconnect();
  }

  /**
   * @param {RulerData} data
   * @param {number} alpha the current one, which may be off the ruler's grid
   * @param {number[]} snaps the alphas that the thumb snaps to
   */
  show(data, alpha, snaps) {
    if (this.held) return; // an older answer must not move the thumb during a drag
    this.data = data;
    this.snaps = snaps;
    this.alpha = alpha;
    const { top, step, bands, marks, places } = data;
    const drawn = JSON.stringify([top, step, bands, marks, places]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
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
      this.#offerPlaces();
    }
    for (const [index, button] of [...this.places.children].entries()) {
      button.setAttribute("aria-pressed", String(places[index].alpha === alpha));
    }
    this.range.value = String(Math.round(alpha / step));
    this.#describe();
  }

  /** Name the thumb's alpha, then the marks; where two would overlap, one has only its line. */
  #nameMarks() {
    const { top, bands, marks } = /** @type {RulerData} */ (this.data);
    const here = marks.find(({ alpha }) => alpha === this.alpha);
    const beyond = this.alpha > top;
    const name = here?.label ?? given(this.alpha) + (beyond ? " →" : "");
    setText(this.now, name);
    this.now.style.left = `${100 * Math.min(1, this.alpha / top)}%`;
    this.now.toggleAttribute("data-beyond", beyond);
    const place = (/** @type {number} */ alpha, /** @type {string} */ label) => {
      const half = (LETTER * label.length) / 2;
      const middle = alpha > top ? this.width - half : (alpha / top) * this.width;
      return [middle - half - APART, middle + half];
    };
    const [from, to] = place(this.alpha, name);
    let end = Number.NEGATIVE_INFINITY;
    marks.forEach((mark, index) => {
      const [begin, over] = place(mark.alpha, mark.label);
      const fits = begin > end && (over < from || begin > to);
      setText(this.scale.children[bands.length + index], fits ? mark.label : "");
      if (fits) end = over;
    });
  }

  /** Update the buttons for the places, reusing existing ones so that they keep the focus. */
  #offerPlaces() {
    const { places } = /** @type {RulerData} */ (this.data);
    while (this.places.children.length > places.length) this.places.lastChild?.remove();
    places.forEach(({ name }, index) => {
      if (!this.places.children[index]) {
        const button = node("button", { type: "button" });
        button.addEventListener("click", () => {
          this.settle(/** @type {RulerData} */ (this.data).places[index].alpha);
        });
        this.places.append(button);
      }
      this.places.children[index].textContent = name;
    });
  }

  /** The alpha under the thumb, or one that it snaps to if that is near. */
  #alphaAtThumb() {
    const { top, step } = /** @type {RulerData} */ (this.data);
    const value = Number((Number(this.range.value) * step).toPrecision(12));
    const reach = this.pressed ? 0.5 * step : Math.max(0.5 * step, (CATCH * top) / this.width);
    return this.snaps.find((alpha) => Math.abs(alpha - value) <= reach) ?? value;
  }

  #describe() {
    const { top, marks, sentence } = /** @type {RulerData} */ (this.data);
    const mark = marks.find((each) => each.alpha === this.alpha);
    const shown = given(this.alpha);
    this.#nameMarks();
    this.#placeWords();
    const words = this.alpha > top ? `${shown}, beyond the ruler` : shown;
    this.range.setAttribute("aria-valuetext", mark ? mark.label : words);
    this.range.title = sentence;
  }

  /** Show each band's word where it fits, in the thumb's band on the side with more room. */
  #placeWords() {
    const { bands, top } = /** @type {RulerData} */ (this.data);
    const here = this.alpha;
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
}
