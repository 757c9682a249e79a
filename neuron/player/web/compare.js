// Runs over each other, with a head on each at the step that the stage shows.

import { HeadsChart } from "./charts.js";
import { Follower } from "./head.js";
import { mounting } from "./scene.js";

class Comparison extends Follower {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.drawn = -1; // the step at which the heads are
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
    const { figures, columns } = this.reel;
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
    const { step } = this.head;
    if (step === this.drawn) return;
    this.drawn = step;
    for (const chart of this.charts) /** @type {HeadsChart} */ (chart).paint(step);
  }
}

export default mounting(Comparison, ".compare");
