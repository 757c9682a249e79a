// The sweep over alpha: the same playback controls as the stage's, but the play head is alpha.

import { MOST_ROWS, tabulate } from "../shared/charttable.js";
import { number } from "../shared/digits.js";
import { clamp } from "../shared/dom.js";
import { train } from "../shared/rule.js";
import { mountScene, Scene } from "../shared/scene.js";
import { Transport } from "../shared/transport.js";

class Sweep extends Scene {
  shown = -1; // the frame whose words are on screen

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.transport = new Transport(
      root,
      () => this.paint(),
      () => this.#rest(),
    );
    this.find(".use").addEventListener("click", () => {
      this.mount.setTriggerValue("used", this.#line.x[this.shown]);
    });
  }

  /** The alphas and, as heights in the chart, how many iterations they need. */
  get #line() {
    return this.payload.figures.needed.data[0];
  }

  /** @override */
  begin() {
    const { here, names } = this.payload;
    this.transport.take(names.length - 1, here);
    this.shown = -1;
    this.#tabulate();
  }

  /** Playback has stopped: announce where. */
  #rest() {
    this.find("[role=status]").textContent = this.find(".sentence").textContent;
    this.#tabulate();
  }

  /**
   * The weight by step with an alpha.
   * @param {number} k the index of the alpha
   */
  #weights(k) {
    return train({ ...this.payload.run, alpha: this.#line.x[k] }).weight;
  }

  /** Tabulate the run at this alpha, and the iterations needed at a selection of alphas. */
  #tabulate() {
    /** @type {{ names: string[], counts: string[] }} */
    const { names, counts } = this.payload;
    const at = Math.floor(this.transport.head);
    const weights = this.#weights(at).slice(0, MOST_ROWS);
    tabulate(
      this.find(".behind"),
      `Weight by step with alpha ${names[at]}, the first ${MOST_ROWS} steps`,
      ["step", "weight"],
      weights.map((weight, k) => [String(k), number(weight)]),
    );
    const stretch = Math.ceil(names.length / MOST_ROWS);
    const rows = names.map((name, k) => [name, counts[k]]);
    tabulate(
      this.find(".behind + .behind"),
      "Iterations needed, for a selection of alphas",
      ["alpha", "iterations"],
      rows.filter((_, k) => k % stretch === 0 || k === at),
    );
  }

  /** @override */
  paint() {
    const { payload, transport, find } = this;
    if (!payload) return;
    const k = Math.floor(transport.head);
    const [low, high] = payload.bounds;
    const weights = this.#weights(k).map((weight) => clamp(weight, low, high));
    const { x, y } = this.#line;
    const past = { x: x.slice(0, k + 1), y: y.slice(0, k + 1) };
    const [path, needed] = this.charts;
    path?.animate([{ x: [...weights.keys()], y: weights }]);
    needed?.animate([past, { x: [x[k]], y: [y[k]] }], 1);
    if (k === this.shown) return;
    this.shown = k;
    transport.describe(k, payload.names[k]);
    find(".sentence").textContent = payload.sentences[k];
    find(".use").disabled = k === payload.here && payload.exact;
  }

  /** @override */
  dispose() {
    this.transport.stop();
    super.dispose();
  }
}

export default mountScene(Sweep, ".sweep");
