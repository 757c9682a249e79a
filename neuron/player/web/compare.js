// Overlaid runs, each with a marker at the stage's current step.

import { Chart } from "./charts.js";
import { lastSteps, tabulate } from "./charttable.js";
import { number } from "./digits.js";
import { Follower } from "./playhead.js";
import { meanErrors, train } from "./rule.js";
import { mountScene } from "./scene.js";

/** Static lines, with a last trace that marks the same step on each of them. */
class HeadsChart extends Chart {
  /**
   * @param {import("./types").Figure} figure
   * @param {Float64Array[]} columns the height of each line by step
   * @param {import("./types").Palette} palette
   */
  load(figure, columns, palette) {
    this.columns = columns;
    this.draw(figure, palette);
  }

  /** @param {number} k the step; the marker of a shorter run stays at its end */
  paint(k) {
    const columns = this.columns ?? [];
    const x = columns.map((column) => Math.min(k, column.length - 1));
    const y = columns.map((column, run) => column[x[run]]);
    this.animate([{ x, y }], columns.length);
  }
}

class Comparison extends Follower {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.drawn = -1; // the step that the markers are at
    this.still = false; // whether the stage was paused then
    /** @type {{ name: string, weight: number[], error: number[] }[] | undefined} */
    this.runs = undefined; // trained when they are first tabulated
  }

  /** @override */
  begin() {
    this.runs = undefined;
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
   * @param {import("./types").Palette} palette
   * @override
   */
  load(palette) {
    const { figures, columns } = this.payload;
    Object.keys(this.places).forEach((name, index) => {
      const chart = /** @type {HeadsChart | undefined} */ (this.charts[index]);
      const runs = [...figures[name].data.keys()].slice(0, -1);
      const heights = runs.map((run) => columns[`${name}${run}`]);
      chart?.load(figures[name], heights, palette);
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
    this.runs ??= /** @type {any[]} */ (this.payload.runs).map(({ name, settings }) => {
      const { weight } = train(settings);
      return { name, weight, error: meanErrors(settings.examples, weight) };
    });
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
