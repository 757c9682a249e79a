// Why it converges: the cobweb and the formula, both at the stage's current step.

import { lastSteps, tabulate } from "../shared/charttable.js";
import {
  digitsToResolve,
  fillTemplate,
  MOST_SHOWN,
  number,
  superscript,
} from "../shared/digits.js";
import { Follower } from "../shared/playhead.js";
import { mountScene } from "../shared/scene.js";
import { RevealChart } from "./reveal.js";

/**
 * A sentence that compares the weight after some iterations by formula and by training.
 * @param {import("../types").Formula} payload
 * @param {number} iteration
 */
function formulaSentence(payload, iteration) {
  const { templates, ideal } = payload;
  const weight = payload.columns.passes[iteration];
  const formula = payload.columns.formula[iteration];
  const away = ideal === null ? weight : weight - ideal;
  const digits = Math.min(MOST_SHOWN, digitsToResolve(weight, away));
  const numbers = {
    ...payload.numbers,
    iteration: String(iteration),
    power: superscript(iteration),
    weight: number(weight, digits),
  };
  if (Number.isNaN(formula)) return fillTemplate(templates.beyond, numbers);
  const template = templates.formula + (formula === weight ? templates.agree : templates.differ);
  return fillTemplate(template, {
    ...numbers,
    formula: number(formula, digits),
    difference: number(Math.abs(formula - weight)),
  });
}

class Why extends Follower {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.words = /** @type {HTMLElement} */ (root.querySelector(".words"));
    this.formula = /** @type {HTMLElement} */ (root.querySelector(".formula"));
    this.table = /** @type {HTMLTableElement} */ (root.querySelector(".behind"));
    this.shown = -1; // the iteration whose numbers are on screen
    this.still = false; // whether playback was paused when they were written
  }

  /** @override */
  begin() {
    this.words.textContent = this.payload.words.cobweb;
    this.shown = -1;
  }

  /**
   * @param {any} Plotly
   * @override
   */
  make(Plotly) {
    return [new RevealChart(Plotly, this.places.cobweb)];
  }

  /**
   * @param {import("../types").Palette} palette
   * @override
   */
  load(palette) {
    const { cobweb, columns } = this.payload;
    for (const chart of this.charts) {
      /** @type {RevealChart} */ (chart).load(cobweb, columns, palette);
    }
  }

  /** @override */
  paint() {
    super.paint();
    const { payload } = this;
    if (!payload) return;
    const { step, part, pace } = this.head;
    const last = payload.columns.passes.length - 1;
    const passes = Math.min(last, (step + part) / payload.count);
    const pass = Math.floor(passes);
    for (const chart of this.charts) {
      /** @type {RevealChart} */ (chart).paint(pass, passes - pass, pace / payload.count);
    }
    if (pass === this.shown && (pace || this.still)) return;
    this.still = !pace;
    this.shown = pass;
    this.formula.textContent = formulaSentence(payload, pass);
    if (pace) return;
    const { columns } = payload;
    const { steps, which } = lastSteps(pass, "iterations");
    const text = (/** @type {number} */ weight) =>
      Number.isNaN(weight) ? "too large to show" : number(weight, 6);
    tabulate(
      this.table,
      `The cobweb as a table${which}`,
      ["iteration", "weight", "weight by formula"],
      steps.map((k) => [String(k), text(columns.passes[k]), text(columns.formula[k])]),
    );
  }
}

export default mountScene(Why, ".why");
