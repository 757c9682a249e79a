// Overlaid runs, each with a marker at the stage's current step.

import { Chart } from "../shared/charts.js";
import { lastSteps, tabulate } from "../shared/charttable.js";
import { number } from "../shared/digits.js";
import { clamp } from "../shared/dom.js";
import { Follower } from "../shared/playhead.js";
import { meanErrors, train } from "../shared/rule.js";
import { mountScene } from "../shared/scene.js";

/** Static lines, with a last trace that marks the same step on each of them. */
class HeadsChart extends Chart {
  /**
   * @param {import("../types").Figure} figure
   * @param {number[][]} columns the height of each line by step
   * @param {[number, number]} bounds between which it can be drawn
   * @param {import("../types").Palette} palette
   */
  load(figure, columns, bounds, palette) {
    this.columns = columns;
    this.bounds = bounds;
    this.draw(figure, palette);
  }

  /** @param {number} k the step; the marker of a shorter run stays at its end */
  paint(k) {
    const { columns, bounds } = this;
    if (!columns || !bounds) return;
    const x = columns.map((column) => Math.min(k, column.length - 1));
    const y = columns.map((column, run) => clamp(column[x[run]], ...bounds));
    this.animate([{ x, y }], columns.length);
  }
}

class Comparison extends Follower {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.drawn = -1; // the step that the markers are at
    this.still = false; // whether the stage was paused then
    /** @type {{ name: string, weight: number[], error: number[] }[]} */
    this.runs = [];
  }

  /** @override */
  begin() {
    this.runs = /** @type {any[]} */ (this.payload.runs).map(({ name, settings }) => {
      const { weight } = train(settings);
      return { name, weight, error: meanErrors(settings.examples, weight) };
    });
    this.drawn = -1;
  }

  /**
   * @param {any} Plotly
   * @override
   */
  make(Plotly) {
    return Object.values(this.places).map((place) => new HeadsChart(Plotly, place));
  }

  /**
   * @param {import("../types").Palette} palette
   * @override
   */
  load(palette) {
    const { figures, bounds } = this.payload;
    const heights = /** @type {Record<string, number[][]>} */ ({
      weight: this.runs.map(({ weight }) => weight),
      error: this.runs.map(({ error }) => error.map(Math.log10)),
    });
    Object.keys(this.places).forEach((name, index) => {
      const chart = /** @type {HeadsChart | undefined} */ (this.charts[index]);
      chart?.load(figures[name], heights[name], bounds[name], palette);
    });
    this.drawn = -1;
  }

  /** @override */
  paint() {
    super.paint();
    const { step, pace } = this.head;
    if (step === this.drawn && (pace || this.still)) return;
    this.drawn = step;
    this.still = !pace;
    for (const chart of this.charts) /** @type {HeadsChart} */ (chart).paint(step);
    if (this.payload && !pace) this.#tabulate(step);
  }

  /** @param {number} step */
  #tabulate(step) {
    const { runs } = this;
    const { steps, which } = lastSteps(step, "steps");
    tabulate(
      /** @type {HTMLTableElement} */ (this.root.querySelector(".behind")),
      `The compared runs as a table${which}`,
      ["step", ...runs.flatMap(({ name }) => [`weight, ${name}`, `error, ${name}`])],
      steps.map((k) => [
        String(k),
        ...runs.flatMap(({ weight, error }) =>
          k < weight.length ? [number(weight[k]), number(error[k])] : ["ended", "ended"],
        ),
      ]),
    );
  }
}

export default mountScene(Comparison, ".compare");
