// The sweep over alpha: the same playback controls as the stage's, but the play head is alpha.

import { Chart } from "./charts.js";
import { MOST_ROWS, tabulate } from "./charttable.js";
import { number } from "./digits.js";
import { finder } from "./dom.js";
import { RevealChart } from "./reveal.js";
import { train } from "./rule.js";
import { mountScene, Scene, unpacked } from "./scene.js";
import { Transport } from "./transport.js";

/** A chart with a single line, which shows one row of a table at a time. */
class RowsChart extends Chart {
  /**
   * @param {any} Plotly
   * @param {any} gd
   */
  constructor(Plotly, gd) {
    super(Plotly, gd);
    /** @type {Float64Array} */
    this.rows = new Float64Array();
    /** @type {number[]} */
    this.xs = [];
  }

  /**
   * @param {import("./types").Figure} figure
   * @param {Float64Array} rows one after another
   * @param {number} width the length of each row
   * @param {import("./types").Palette} palette
   */
  load(figure, rows, width, palette) {
    this.rows = rows;
    this.xs = Array.from({ length: width }, (_, k) => k);
    this.draw(figure, palette);
  }

  /** @param {number} k which row */
  paint(k) {
    const { length } = this.xs;
    this.animate([{ x: this.xs, y: [...this.rows.subarray(k * length, (k + 1) * length)] }]);
  }
}

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

  /**
   * @param {any} payload
   * @override
   */
  unpack(payload) {
    return { ...super.unpack(payload), ...unpacked({ rows: payload.rows }) };
  }

  /** @override */
  begin() {
    const { here, sentences } = this.payload;
    this.transport.take(sentences.length - 1, here);
    this.shown = -1;
    this.#tabulate();
  }

  /** Tabulate the run at this alpha, and the iterations needed at a selection of alphas. */
  #tabulate() {
    const { payload, transport } = this;
    const at = Math.floor(transport.head);
    const [path, needed] = /** @type {NodeListOf<HTMLTableElement>} */ (
      this.root.querySelectorAll(".behind")
    );
    const { weight } = train({ ...payload.run, alpha: payload.columns.alpha[at] });
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
    return [new RowsChart(Plotly, path), new RevealChart(Plotly, needed)];
  }

  /**
   * @param {import("./types").Palette} palette
   * @override
   */
  load(palette) {
    const { path, rows, width, needed, columns } = this.payload;
    for (const chart of this.charts) {
      if (chart instanceof RowsChart) chart.load(path, rows, width, palette);
      if (chart instanceof RevealChart) chart.load(needed, columns, palette);
    }
  }

  /** @override */
  paint() {
    const { payload, transport } = this;
    if (!payload) return;
    const k = Math.floor(transport.head);
    for (const chart of this.charts) /** @type {RowsChart | RevealChart} */ (chart).paint(k, 0, 0);
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
