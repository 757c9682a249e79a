// Overlaid runs, each with a marker at the stage's current step.

import { lastSteps, tabulate } from "../shared/charttable.js";
import { number } from "../shared/digits.js";
import { clamp } from "../shared/dom.js";
import { Follower, head } from "../shared/playhead.js";
import { meanErrors, train } from "../shared/rule.js";
import { mountScene } from "../shared/scene.js";

class Comparison extends Follower {
  /** @type {{ name: string, weight: number[], error: number[] }[]} */
  runs = [];

  /** @override */
  begin() {
    this.runs = this.payload.runs.map((/** @type {any} */ { name, ...settings }) => {
      const { weight } = train(settings);
      return { name, weight, error: meanErrors(settings.examples, weight) };
    });
  }

  /** Mark the step on each line; the marker of a shorter run stays at its end.
   * @override */
  follow() {
    const { step } = head.moment;
    const x = this.runs.map(({ weight }) => Math.min(step, weight.length - 1));
    const heights = {
      weight: this.runs.map(({ weight }, run) => weight[x[run]]),
      error: this.runs.map(({ error }, run) => Math.log10(error[x[run]])),
    };
    Object.entries(heights).forEach(([name, values], index) => {
      const [low, high] = this.payload.bounds[name];
      const y = values.map((value) => clamp(value, low, high));
      this.charts[index]?.animate([{ x, y }], x.length);
    });
  }

  /** @override */
  tell() {
    if (head.pace) return;
    const { runs } = this;
    const { steps, which } = lastSteps(head.moment.step, "steps");
    tabulate(
      this.find(".behind"),
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
