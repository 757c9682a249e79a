// The neuron as a drawing: input, weight, prediction, and how far that is from the goal.

import { digitsToResolve, number, predictionDigits } from "./words.js";

/** @typedef {import("./types").Film} Film */

const DRAWING = `
<svg class="diagram" viewBox="0 0 460 210" aria-hidden="true">
  <line class="wire" x1="86" y1="66" x2="196" y2="66" />
  <line class="wire-out" x1="268" y1="66" x2="338" y2="66" />
  <path class="tip" d="M334 59l12 7-12 7z" />
  <circle class="cell" cx="52" cy="66" r="34" />
  <circle class="cell" cx="232" cy="66" r="36" />
  <rect class="cell" x="346" y="40" width="108" height="52" rx="10" />
  <text class="value" x="52" y="72" data-text="input"></text>
  <text class="name" x="52" y="22">input</text>
  <text class="value weight" x="141" y="46" data-text="weight"></text>
  <text class="name" x="141" y="22">weight</text>
  <text class="sign weight" x="141" y="96" data-text="sign"></text>
  <text class="times" x="232" y="76">×</text>
  <text class="value" x="400" y="72" data-text="prediction"></text>
  <text class="name" x="400" y="22">prediction</text>
  <line class="scale" x1="30" y1="160" x2="430" y2="160" />
  <line class="miss" x1="230" y1="160" x2="230" y2="160" />
  <path class="goal" d="M230 160l-8 15h16z" />
  <circle class="guess" cx="230" cy="160" r="8" />
  <text class="low" x="20" y="182" data-text="low"></text>
  <text class="high" x="440" y="182" data-text="high"></text>
  <text class="name goal" x="230" y="195" data-text="goal"></text>
  <text class="name miss" x="230" y="140" data-text="delta"></text>
</svg>`;

const MIDDLE = 230;
const HALF = 200;

/** Of weight, prediction and goal; more have no room. */
const MOST_SHOWN = 8;

export class Diagram {
  /** @param {HTMLElement} place */
  constructor(place) {
    place.innerHTML = DRAWING;
    /** @type {Record<string, Element>} */
    this.texts = {};
    for (const text of place.querySelectorAll("[data-text]")) {
      this.texts[/** @type {SVGElement} */ (text).dataset.text ?? ""] = text;
    }
    const find = (/** @type {string} */ what) => /** @type {Element} */ (place.querySelector(what));
    this.wire = find(".wire");
    this.miss = find("line.miss");
    this.guess = find(".guess");
  }

  /**
   * @param {Film} film
   * @param {number} k
   * @param {number} view of the bowl, by its place
   */
  paint(film, k, view) {
    const { input, goal, weight, prediction, delta } = film.at(k);
    this.#write("input", number(input));
    const digits = Math.min(MOST_SHOWN, predictionDigits(prediction, goal));
    this.#write("weight", number(weight, digits));
    this.#write("sign", weight < 0 ? "negative" : weight > 0 ? "positive" : "no link");
    this.#write("prediction", number(prediction, digits));
    this.#write("goal", `goal ${number(goal, MOST_SHOWN)}`);
    this.#write("delta", `delta ${number(delta)}`);

    const strengths = film.columns[film.pictures.weight.y[0]];
    const strength = Math.abs(strengths[k]) / (film.strongest || 1);
    this.wire.setAttribute("stroke-width", String(weight ? 2 + 14 * strength : 1));
    this.wire.classList.toggle("negative", weight < 0);

    // The scale below follows the bowl's view, so that both zoom out together. Where examples
    // contradict each other, the middle of the bowl is off this example's goal.
    const { centre = 0, half } = film.pictures.bowl.views[view];
    const reach = half * Math.abs(input) + Math.abs(input * centre - goal) || 1;
    this.#write("low", endOf(goal - reach, reach));
    this.#write("high", endOf(goal + reach, reach));
    const x = MIDDLE + HALF * Math.max(-1, Math.min(1, delta / reach));
    this.miss.setAttribute("x2", String(x));
    this.guess.setAttribute("cx", String(x));
    this.texts.delta.setAttribute("x", String(Math.max(60, Math.min(400, (x + MIDDLE) / 2))));
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    if (this.texts[name].textContent !== text) this.texts[name].textContent = text;
  }
}

/**
 * An end of the scale, to three digits of its reach.
 * @param {number} end
 * @param {number} reach
 */
function endOf(end, reach) {
  const unit = 10 ** (Math.floor(Math.log10(reach)) - 2);
  const near = Math.round(end / unit) * unit; // no number where floats end
  return number(Number.isFinite(near) ? near : end, digitsToResolve(end, reach) - 1);
}
