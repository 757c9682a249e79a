// A line that is revealed point by point, with a head at its end.

import { Chart } from "../shared/charts.js";
import { downsample } from "../shared/rule.js";

/** @typedef {import("../types").Picture} Picture */

/** The least number of seconds that a view lasts during playback. */
const SHORTEST_VIEW = 0.2;

/** About how many points of the line are drawn at most: more would cost frames. */
const MOST_POINTS = 600;

export class RevealChart extends Chart {
  view = 0;
  /** @type {Picture} */
  picture;
  /** @type {Float64Array} */
  xs;
  /** @type {Float64Array} */
  ys;

  /**
   * Take another line, or the same one in other colours.
   * @param {Picture} picture
   * @param {Record<string, Float64Array>} columns
   * @param {import("../types").Palette} palette
   */
  load(picture, columns, palette) {
    if (this.view) this.text = "";
    this.view = 0;
    this.picture = picture;
    this.xs = columns[picture.x];
    this.ys = columns[picture.y];
    this.draw(picture.figure, palette);
  }

  /**
   * Show the line as it is `part` of the way (0 to 1) from point k to point k + 1.
   * @param {number} k
   * @param {number} part
   * @param {number} pace points per second, or 0 at rest
   */
  paint(k, part, pace) {
    const { picture, xs, ys } = this;
    this.#turnTo(k, pace);
    const kept = downsample([...ys.subarray(0, k + 1)], MOST_POINTS);
    const past = { x: kept.map((point) => xs[point]), y: kept.map((point) => ys[point]) };
    // Stairs go up or down first, then across.
    const upright = picture.stairs ? Math.min(1, 2 * part) : part;
    const level = picture.stairs ? Math.max(0, 2 * part - 1) : part;
    const next = Math.min(k + 1, xs.length - 1);
    const x = xs[k] + level * (xs[next] - xs[k]);
    const y = ys[k] + upright * (ys[next] - ys[k]);
    if (part > 0) {
      past.x.push(x);
      past.y.push(y);
    }
    this.animate([past, { x: [x], y: [y] }], picture.figure.data.length - 2);
  }

  /**
   * Switch to the view for point k. A switch costs a frame, so at high speed the view chosen also
   * covers the next few points.
   * @param {number} k
   * @param {number} pace
   */
  #turnTo(k, pace) {
    const { views } = this.picture;
    const stretch = Math.max(1, Math.round(pace * SHORTEST_VIEW));
    const until = Math.ceil((k + 1) / stretch) * stretch - 1;
    const view = Math.max(
      0,
      views.findLastIndex(({ from }) => from <= until),
    );
    if (view === this.view) return;
    this.view = view;
    this.points = [];
    const { paths, x_axis, y_axis } = views[view];
    // All in one call: on the old axes, new points or curves could exceed SVG's coordinates.
    const { data, layout } = this.gd;
    const empty = data.map((/** @type {any} */ trace) => ({ ...trace, x: [null], y: [null] }));
    this.Plotly.react(this.gd, empty, {
      ...layout,
      shapes: paths.map((path, index) => ({ ...layout.shapes[index], path })),
      xaxis: { ...layout.xaxis, ...x_axis },
      yaxis: { ...layout.yaxis, ...y_axis },
    });
  }
}
