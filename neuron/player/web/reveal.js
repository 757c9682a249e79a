// The charts in which a run is revealed step by step, and what is drawn over their plots.

import { Chart } from "./charts.js";

/** @typedef {import("./types").Picture} Picture */
/** @typedef {import("./types").Palette} Palette */
/** @typedef {import("./charts").Points} Points */
/**
 * One y of a chart: all its numbers, those drawn, what is said of these, and of any step.
 * @typedef {{ ys: Float64Array, drawn: number[], text: string[], said: (k: number) => string }} Line
 */

/** For so many seconds at least a view of the error bowl lasts while it plays. */
const SHORTEST_VIEW = 0.2;

/** In pixels; a shorter one would only peep out from behind the ball. */
const SHORTEST_ARROW = 16;

/** How many stairs of a cobweb are drawn; those before are far smaller, or the same again. */
const MOST_STAIRS = 240;

const SVG = "http://www.w3.org/2000/svg";

/** The units of a chart's overlay, whatever its numbers and its size. */
const UNITS = 1000;

/**
 * Which view holds at step k. A turn costs a frame, so when steps fly by, it is one that holds for
 * the next moment too.
 * @param {import("./types").View[]} views
 * @param {number} k
 * @param {number} pace steps a second, or 0 at rest
 */
export function viewAt(views, k, pace) {
  const stretch = Math.max(1, Math.round(pace * SHORTEST_VIEW));
  const until = Math.ceil((k + 1) / stretch) * stretch - 1;
  let view = 0;
  while (view + 1 < views.length && views[view + 1].from <= until) view++;
  return view;
}

/** A chart in which a run is revealed step by step: see `Picture` in neuron/picture.py. */
export class RevealChart extends Chart {
  /**
   * @param {any} Plotly
   * @param {any} gd
   */
  constructor(Plotly, gd) {
    super(Plotly, gd);
    /** @type {Picture} */
    this.picture = { figure: { data: [], layout: {} }, x: "", y: [], drawn: [], views: [] };
    this.view = 0;
    /** @type {Float64Array} */
    this.xs = new Float64Array();
    /** @type {Line[]} */
    this.lines = [];
    /** @type {number[]} */
    this.drawn = [];
  }

  /**
   * Take another run, or the same one in other colours. A chart whose axes, curves and colours stay
   * as they were is not drawn anew: its lines change with the next `paint`.
   * @param {Picture} picture
   * @param {Record<string, Float64Array>} columns
   * @param {Palette} palette
   */
  load(picture, columns, palette) {
    if (this.view !== 0) this.text = "";
    this.view = 0;
    this.picture = picture;
    const count = columns[picture.y[0]].length;
    const xs = columns[picture.x] ?? Float64Array.from({ length: count }, (_, k) => k);
    this.xs = xs;
    this.drawn = picture.drawn.map((k) => xs[k]);
    this.lines = picture.y.map((y) => {
      const ys = columns[y];
      const exact = columns[y.replace(/_log$/, "")];
      const said = (/** @type {number} */ k) => String(exact[k]).replaceAll("-", "−");
      return { ys, said, drawn: picture.drawn.map((k) => ys[k]), text: picture.drawn.map(said) };
    });
    this.draw(picture.figure, palette);
    if (!picture.views.length) drawWhole(this);
  }

  /**
   * Show the run as it is `part` of the way (0 to 1) from step k to step k + 1.
   * @param {number} k
   * @param {number} part
   * @param {number} pace steps a second, or 0 at rest
   */
  paint(k, part, pace) {
    const { picture } = this;
    this.#turnTo(k, pace);
    const count = countUpTo(picture.drawn, k);
    /** @type {Points[]} */
    const data = this.lines.flatMap((line) => {
      const past = this.#past(line, k, count);
      const { x, y } = this.#between(line.ys, k, part);
      if (part > 0 && !picture.curve) {
        past.x.push(x);
        past.y.push(y);
        past.text?.push(line.said(k));
      }
      return [past, { x: [x], y: [y], text: [line.said(k)] }];
    });
    this.animate(data);
    if (picture.arrow) this.#point(k);
  }

  /**
   * The points of a line up to step k.
   * @param {Line} line
   * @param {number} k
   * @param {number} count how many of the drawn points that are
   * @returns {Points}
   */
  #past({ ys, drawn, text, said }, k, count) {
    const { picture, xs } = this;
    if (picture.stairs) {
      const first = Math.max(0, k - MOST_STAIRS);
      return { x: [...xs.subarray(first, k + 1)], y: [...ys.subarray(first, k + 1)] };
    }
    const past = {
      x: this.drawn.slice(0, count),
      y: drawn.slice(0, count),
      text: text.slice(0, count),
    };
    if (picture.drawn[count - 1] !== k) {
      past.x.push(xs[k]);
      past.y.push(ys[k]);
      past.text.push(said(k));
    }
    return past;
  }

  /**
   * Where the head is, `part` of the way from step k to the next.
   * @param {Float64Array} ys
   * @param {number} k
   * @param {number} part
   */
  #between(ys, k, part) {
    const { xs, picture } = this;
    if (!(part > 0)) return { x: xs[k], y: ys[k] };
    const level = picture.stairs ? Math.max(0, 2 * part - 1) : part;
    const upright = picture.stairs ? Math.min(1, 2 * part) : part;
    const x = xs[k] + level * (xs[k + 1] - xs[k]);
    if (!picture.curve) return { x, y: ys[k] + upright * (ys[k + 1] - ys[k]) };
    const [steepness, bottom, floor] = picture.curve;
    return { x, y: floor + steepness * (x - bottom) ** 2 };
  }

  /**
   * Point from step k to where the next is. As a trace, the arrow would cost a part of every frame.
   * @param {number} k
   */
  #point(k) {
    const { gd, xs, lines } = this;
    const { width, margin, xaxis, yaxis } = gd.layout;
    const from = placeOn(xaxis, xs[k]);
    const length = placeOn(xaxis, xs[Math.min(k + 1, xs.length - 1)]) - from;
    const arrow = over(gd, "arrow", () => {
      const plot = document.createElement("div");
      plot.append(document.createElement("i"));
      return plot;
    });
    const moves = Math.abs(length) * (width - margin.l - margin.r) > SHORTEST_ARROW;
    Object.assign(arrow.firstChild.style, {
      left: `${100 * from}%`,
      bottom: `${100 * placeOn(yaxis, lines[0].ys[k])}%`,
      width: `${100 * Math.abs(length)}%`,
      scale: `${Math.sign(length)} 1`,
      visibility: moves ? "" : "hidden",
    });
  }

  /**
   * Turn to the view that holds at step k, where there are several.
   * @param {number} k
   * @param {number} pace
   */
  #turnTo(k, pace) {
    const { views } = this.picture;
    const view = viewAt(views, k, pace);
    if (view === this.view) return;
    this.view = view;
    this.points = [];
    const { paths, x_axis, y_axis } = views[view];
    // All at once: new points or a new curve on old axes would lie beyond what SVG can hold.
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

/**
 * An element over a chart's plot and under its words. It needs nothing of Plotly, for the margins and
 * the axes' ranges are explicit, and it stretches with the drawing.
 * @param {any} gd
 * @param {string} name its class
 * @param {() => HTMLElement | SVGElement} make
 */
function over(gd, name, make) {
  const there = gd.querySelector(`.${name}`);
  if (there) return there;
  const element = make();
  const { l, r, t, b } = gd.layout.margin;
  Object.assign(element.style, {
    left: `${l}px`,
    top: `${t}px`,
    width: `calc(100% - ${l + r}px)`,
    height: `calc(100% - ${t + b}px)`,
  });
  element.classList.add("over", name);
  gd.querySelector(".main-svg").after(element); // in the next one are words and what hovers
  return element;
}

/**
 * Where on an axis a value is, from 0 to 1.
 * @param {{ range: number[] }} axis
 * @param {number} value
 */
function placeOn({ range: [low, high] }, value) {
  return (value - low) / (high - low);
}

/**
 * Draw the whole of each line, dotted.
 * @param {RevealChart} chart
 */
function drawWhole({ gd, drawn, lines }) {
  const { xaxis, yaxis } = gd.layout;
  const whole = over(gd, "whole", () => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${UNITS} ${UNITS}`);
    svg.setAttribute("preserveAspectRatio", "none");
    return svg;
  });
  whole.replaceChildren(
    ...lines.map((line, index) => {
      const path = document.createElementNS(SVG, "path");
      const points = drawn.map((x, i) =>
        [placeOn(xaxis, x), 1 - placeOn(yaxis, line.drawn[i])]
          .map((place) => (UNITS * place).toFixed(1))
          .join(" "),
      );
      path.setAttribute("d", `M${points.join("L")}`);
      path.setAttribute("stroke", gd.data[2 * index].line.color);
      return path;
    }),
  );
}

/**
 * How many of the ascending numbers are at most k.
 * @param {number[]} numbers
 * @param {number} k
 */
function countUpTo(numbers, k) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= k) low = middle + 1;
    else high = middle;
  }
  return low;
}
