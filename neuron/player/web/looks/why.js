// Why it converges: the cobweb and the formula, both at the stage's current step.

import { lastSteps, tabulate } from "../shared/charttable.js";
import {
  digitsToResolve,
  fillTemplate,
  MOST_SHOWN,
  number,
  superscript,
} from "../shared/digits.js";
import { mix } from "../shared/dom.js";
import { Follower, head } from "../shared/playhead.js";
import { downsample, train } from "../shared/rule.js";
import { mountScene } from "../shared/scene.js";

/** The least number of seconds that a view lasts during playback. */
const SHORTEST_VIEW = 0.2;

/** About how many corners of the stairs are drawn at most: more would cost frames. */
const MOST_POINTS = 600;

class Why extends Follower {
  /** The weight before the first pass through the examples and after each pass. */
  passes = [0];
  view = 0; // the cobweb's current one

  /** @override */
  begin() {
    const { run, words } = this.payload;
    const { length } = run.examples;
    this.passes = train(run).weight.filter((_, k) => k % length === 0);
    this.find(".words").textContent = words.cobweb;
  }

  /**
   * @param {import("../types").Palette} palette
   * @override
   */
  load(palette) {
    for (const chart of this.charts) if (this.view) chart.text = ""; // it has another view's axes
    this.view = 0;
    super.load(palette);
  }

  /** The stairs, as far as they have come.
   * @override */
  follow() {
    const { passes } = this;
    const [chart] = this.charts;
    if (!chart) return;
    const { from, part, examples } = head.moment;
    const count = examples.length;
    const last = passes.length - 1;
    const at = Math.min(last, (from + part) / count);
    const pass = Math.floor(at);
    this.#turnTo(chart, pass, head.pace / count);
    const past = passes.slice(0, pass + 1);
    const xs = downsample(past, MOST_POINTS).map((k) => past[k]);
    const ys = [...xs];
    // Stairs go up or down first, then across.
    const next = passes[Math.min(pass + 1, last)];
    const x = mix(passes[pass], next, Math.max(0, 2 * (at - pass) - 1));
    const y = mix(passes[pass], next, Math.min(1, 2 * (at - pass)));
    if (at > pass) {
      xs.push(x);
      ys.push(y);
    }
    chart.animate([
      { x: xs, y: ys },
      { x: [x], y: [y] },
    ]);
  }

  /**
   * Switch to the view for a pass. A switch costs a frame, so at high speed the view chosen also
   * covers the next few passes.
   * @param {import("../shared/charts").Chart} chart
   * @param {number} pass
   * @param {number} pace passes per second, or 0 at rest
   */
  #turnTo(chart, pass, pace) {
    /** @type {import("../types").PictureView[]} */
    const views = this.payload.views;
    const stretch = Math.max(1, Math.round(pace * SHORTEST_VIEW));
    const until = Math.ceil((pass + 1) / stretch) * stretch - 1;
    const view = views.findLastIndex(({ from }) => from <= until);
    if (view === this.view) return;
    this.view = view;
    chart.points = [];
    const { paths, x_axis, y_axis } = views[view];
    // All in one call: on the old axes, new points or curves could exceed SVG's coordinates.
    const { data, layout } = chart.gd;
    const empty = data.map((/** @type {any} */ trace) => ({ ...trace, x: [null], y: [null] }));
    chart.Plotly.react(chart.gd, empty, {
      ...layout,
      shapes: paths.map((path, index) => ({ ...layout.shapes[index], path })),
      xaxis: { ...layout.xaxis, ...x_axis },
      yaxis: { ...layout.yaxis, ...y_axis },
    });
  }

  /** @override */
  tell() {
    const { passes, payload } = this;
    const { step, examples } = head.moment;
    const pass = Math.min(passes.length - 1, Math.floor(step / examples.length));
    this.find(".formula").textContent = this.#sentence(pass);
    if (head.pace) return;
    const { steps, which } = lastSteps(pass, "iterations");
    const text = (/** @type {number | null} */ weight) =>
      weight === null ? "too large to show" : number(weight, 6);
    tabulate(
      this.find(".behind"),
      `The cobweb as a table${which}`,
      ["iteration", "weight", "weight by formula"],
      steps.map((k) => [String(k), text(passes[k]), text(payload.formula[k])]),
    );
  }

  /**
   * A sentence that compares the weight after some iterations by formula and by training.
   * @param {number} iteration
   */
  #sentence(iteration) {
    const { templates, ideal, formula: all, numbers: fixed } = this.payload;
    const weight = this.passes[iteration];
    const formula = all[iteration];
    const digits = Math.min(MOST_SHOWN, digitsToResolve(weight, weight - (ideal ?? 0)));
    const numbers = {
      ...fixed,
      iteration: String(iteration),
      power: superscript(iteration),
      weight: number(weight, digits),
    };
    if (formula === null) return fillTemplate(templates.beyond, numbers);
    const template = templates.formula + (formula === weight ? templates.agree : templates.differ);
    return fillTemplate(template, {
      ...numbers,
      formula: number(formula, digits),
      difference: number(Math.abs(formula - weight)),
    });
  }
}

export default mountScene(Why, ".why");
