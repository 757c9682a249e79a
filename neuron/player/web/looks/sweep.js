// The sweep over alpha: the same playback controls as the stage's, but the play head is alpha.

import { Chart } from "../shared/charts.js";
import { MOST_ROWS, tabulate } from "../shared/charttable.js";
import { number } from "../shared/digits.js";
import { clamp, finder } from "../shared/dom.js";
import { train } from "../shared/rule.js";
import { mountScene, Scene } from "../shared/scene.js";
import { Transport } from "../shared/transport.js";
import { RevealChart } from "./reveal.js";

class Sweep extends Scene {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    const find = finder(root);
    this.sentence = find(".sentence");
    this.status = find("[role=status]");
    this.use = find(".use");
    /** @type {(alpha: number) => void} */
    this.send = () => {};
    this.shown = -1; // the frame whose words are on screen
    this.transport = new Transport(
      root,
      () => this.paint(),
      () => {
        this.status.textContent = this.sentence.textContent;
        this.#tabulate();
      },
    );
    this.use.addEventListener("click", () => this.send(this.payload.columns.alpha[this.shown]));
  }

  /** @override */
  begin() {
    const { here, sentences } = this.payload;
    this.transport.take(sentences.length - 1, here);
    this.shown = -1;
    this.#tabulate();
  }

  /**
   * The weight by step with an alpha.
   * @param {number} k the index of the alpha
   */
  #weights(k) {
    const { run, columns } = this.payload;
    return train({ ...run, alpha: columns.alpha[k] }).weight;
  }

  /** Tabulate the run at this alpha, and the iterations needed at a selection of alphas. */
  #tabulate() {
    const { payload, transport } = this;
    const at = Math.floor(transport.head);
    const [path, needed] = /** @type {NodeListOf<HTMLTableElement>} */ (
      this.root.querySelectorAll(".behind")
    );
    const weight = this.#weights(at);
    tabulate(
      path,
      `Weight by step with alpha ${payload.names[at]}, the first ${MOST_ROWS} steps`,
      ["step", "weight"],
      weight.slice(0, MOST_ROWS).map((each, k) => [String(k), number(each)]),
    );
    const names = /** @type {string[]} */ (payload.names);
    const stretch = Math.ceil(names.length / MOST_ROWS);
    const rows = names.map((name, k) => [name, payload.counts[k]]);
    tabulate(
      needed,
      "Iterations needed, for a selection of alphas",
      ["alpha", "iterations"],
      rows.filter((_, k) => k % stretch === 0 || k === at),
    );
  }

  /**
   * @param {any} Plotly
   * @override
   */
  make(Plotly) {
    const { path, needed } = this.places;
    return [new Chart(Plotly, path), new RevealChart(Plotly, needed)];
  }

  /**
   * @param {import("../types").Palette} palette
   * @override
   */
  load(palette) {
    const { path, needed, columns } = this.payload;
    for (const chart of this.charts) {
      if (chart instanceof RevealChart) chart.load(needed, columns, palette);
      else chart.draw(path, palette);
    }
  }

  /** @override */
  paint() {
    const { payload, transport } = this;
    if (!payload) return;
    const k = Math.floor(transport.head);
    const [low, high] = payload.bounds;
    const weights = this.#weights(k).map((weight) => clamp(weight, low, high));
    const path = [{ x: [...weights.keys()], y: weights }];
    for (const chart of this.charts) {
      if (chart instanceof RevealChart) chart.paint(k, 0, 0);
      else chart.animate(path);
    }
    if (k === this.shown) return;
    this.shown = k;
    transport.describe(k, payload.names[k]);
    this.sentence.textContent = payload.sentences[k];
    this.use.disabled = k === payload.here && payload.exact;
  }

  /** @override */
  dispose() {
    this.transport.stop();
    super.dispose();
  }
}

export default mountScene(Sweep, ".sweep", (sweep, { data, setTriggerValue }) => {
  sweep.send = (alpha) => setTriggerValue("used", alpha);
  return data.payload;
});
