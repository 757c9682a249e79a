// Why it converges: the cobweb and the formula, both at the stage's current step.

import { tabulate, upTo } from "./behind.js";
import { formulaSentence, number } from "./digits.js";
import { Follower } from "./head.js";
import { RevealChart } from "./reveal.js";
import { mounting } from "./scene.js";

class Why extends Follower {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.words = /** @type {HTMLElement} */ (root.querySelector(".words"));
    this.formula = /** @type {HTMLElement} */ (root.querySelector(".formula"));
    this.table = /** @type {HTMLTableElement} */ (root.querySelector(".behind"));
    this.said = -1; // the iteration whose numbers are on screen
    this.still = false; // whether playback was paused when they were written
  }

  /** @override */
  begin() {
    this.words.textContent = this.reel.words.cobweb;
    this.said = -1;
  }

  /**
   * @param {any} Plotly
   * @override
   */
  make(Plotly) {
    return [new RevealChart(Plotly, this.places.cobweb)];
  }

  /**
   * @param {import("./types").Palette} palette
   * @override
   */
  load(palette) {
    const { cobweb, columns } = this.reel;
    for (const chart of this.charts) {
      /** @type {RevealChart} */ (chart).load(cobweb, columns, palette);
    }
  }

  /** @override */
  paint() {
    super.paint();
    const { reel } = this;
    if (!reel) return;
    const { step, part, pace } = this.head;
    const last = reel.columns.passes.length - 1;
    const passes = Math.min(last, (step + part) / reel.count);
    const pass = Math.floor(passes);
    for (const chart of this.charts) {
      /** @type {RevealChart} */ (chart).paint(pass, passes - pass, pace / reel.count);
    }
    if (pass === this.said && (pace || this.still)) return;
    this.still = !pace;
    this.said = pass;
    this.formula.textContent = formulaSentence(reel, pass);
    if (pace) return;
    const { columns } = reel;
    const { steps, which } = upTo(pass, "iterations");
    const text = (/** @type {number} */ weight) =>
      Number.isNaN(weight) ? "beyond numbers" : number(weight, 6);
    tabulate(
      this.table,
      `The cobweb as a table${which}`,
      ["iteration", "weight", "weight by formula"],
      steps.map((k) => [String(k), text(columns.passes[k]), text(columns.formula[k])]),
    );
  }
}

export default mounting(Why, ".why");
