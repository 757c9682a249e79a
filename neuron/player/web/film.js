// The film over alpha: the same playback controls as the stage's, but the play head is alpha.

import { MOST_ROWS, tabulate } from "./behind.js";
import { RowsChart } from "./charts.js";
import { number } from "./digits.js";
import { RevealChart } from "./reveal.js";
import { train } from "./rule.js";
import { mounting, Scene, unpacked } from "./scene.js";
import { Transport } from "./transport.js";

class AlphaFilm extends Scene {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    /** @type {(what: string) => any} */
    const find = (what) => root.querySelector(what);
    this.sentence = find(".sentence");
    this.status = find("[role=status]");
    this.use = find(".use");
    /** @type {(alpha: number) => void} */
    this.send = () => {};
    this.said = -1; // the frame whose words are on screen
    this.transport = new Transport(
      root,
      () => this.paint(),
      () => {
        this.status.textContent = this.sentence.textContent;
        this.#tabulate();
      },
    );
    this.use.addEventListener("click", () => this.send(this.reel.columns.alpha[this.said]));
  }

  /**
   * @param {any} reel
   * @override
   */
  unpack(reel) {
    return { ...super.unpack(reel), ...unpacked({ rows: reel.rows }) };
  }

  /** @override */
  begin() {
    const { here, sentences } = this.reel;
    this.transport.take(sentences.length - 1, here);
    this.said = -1;
    this.#tabulate();
  }

  /** Tabulate the run at this alpha, and the iterations needed at a selection of alphas. */
  #tabulate() {
    const { reel, transport } = this;
    const at = Math.floor(transport.head);
    const [path, needed] = /** @type {NodeListOf<HTMLTableElement>} */ (
      this.root.querySelectorAll(".behind")
    );
    const { weight } = train({ ...reel.run, alpha: reel.columns.alpha[at] });
    tabulate(
      path,
      `Weight by step with alpha ${reel.names[at]}, the first ${MOST_ROWS} steps`,
      ["step", "weight"],
      weight.slice(0, MOST_ROWS).map((each, k) => [String(k), number(each)]),
    );
    const names = /** @type {string[]} */ (reel.names);
    const stretch = Math.ceil(names.length / MOST_ROWS);
    const rows = names.map((name, k) => [name, reel.counts[k]]);
    tabulate(
      needed,
      "Iterations needed, at some alphas",
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
    const { path, rows, width, needed, columns } = this.reel;
    for (const chart of this.charts) {
      if (chart instanceof RowsChart) chart.load(path, rows, width, palette);
      if (chart instanceof RevealChart) chart.load(needed, columns, palette);
    }
  }

  /** @override */
  paint() {
    const { reel, transport } = this;
    if (!reel) return;
    const k = Math.floor(transport.head);
    for (const chart of this.charts) /** @type {RowsChart | RevealChart} */ (chart).paint(k, 0, 0);
    if (k === this.said) return;
    this.said = k;
    transport.describe(k, reel.names[k]);
    this.sentence.textContent = reel.sentences[k];
    this.use.disabled = k === reel.here && reel.exact;
  }

  /** @override */
  dispose() {
    this.transport.stop();
    super.dispose();
  }
}

export default mounting(AlphaFilm, ".film", (film, { data, setTriggerValue }) => {
  film.send = (alpha) => setTriggerValue("used", alpha);
  return data.reel;
});
