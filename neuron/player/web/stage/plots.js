// The stage's three charts, with their overlays: error bowl, weight by step, error by step.

import { Chart } from "../shared/charts.js";
import { times } from "../shared/digits.js";
import { clamp, mix, named, set, setText } from "../shared/dom.js";
import { downsample, meanError } from "../shared/rule.js";
import { LEAST_NAMED } from "./lens.js";

/** The most balls that the run leaves behind in the bowl: more would cost frames. */
const MOST_TRAIL = 60;

/** How many points the bowl's curve has. */
const CURVE = 81;

/** In pixels; a shorter arrow would be mostly hidden by the ball. */
const SHORTEST_ARROW = 18;

/** The room that the name of the reader's pick takes, in pixels. */
const PICK_NAME = 70;

/** @type {any} */
const NO_POINTS = { x: [null], y: [null] };

/** @typedef {import("../types").Moment} Moment */
/** @typedef {import("../types").Axis} Axis */
/** @typedef {import("../shared/charts").Points} Points */

/** A chart of the stage, with axes that follow the lens and an SVG over the plot. */
export class Plot extends Chart {
  /** @type {{ x: Axis, y: Axis }} the axes shown */
  shown;
  /** @type {import("../types").ShownRun | undefined} the one that `take` has prepared for */
  run;
  /** @type {import("../types").Payload | undefined} */
  payload;

  /**
   * @param {any} Plotly
   * @param {HTMLElement} place
   */
  constructor(Plotly, place) {
    super(Plotly, place.querySelector(".plot"));
    this.name = /** @type {"bowl" | "weight" | "error"} */ (place.dataset.picture);
    this.shapes = named(place); // over the plot
    this.axes = "";
  }

  /**
   * Draw the chart's fixed parts.
   * @param {any} figure from Python
   * @param {import("../types").Palette} palette
   */
  begin(figure, palette) {
    this.margins = figure.layout.margin; // at a font size of 12 pixels
    const { size, margin } = this.#letters();
    const layout = { ...figure.layout, margin, font: { ...figure.layout.font, size } };
    if (this.draw({ ...figure, layout }, palette)) this.axes = "";
  }

  /**
   * Draw a moment.
   * @param {Moment} moment
   */
  paint(moment) {
    if (moment.run === this.run && moment.payload === this.payload) return;
    this.run = moment.run;
    this.payload = moment.payload;
    this.take(moment);
  }

  /**
   * Choose which points of another run, or of the same one on other axes, are drawn.
   * @param {Moment} _moment
   */
  take(_moment) {}

  /**
   * Show points, and update the axes if they have changed.
   * @param {Points[]} points
   * @param {Axis} x
   * @param {Axis} y
   */
  turn(points, x, y) {
    const text = JSON.stringify([x, y]);
    if (text === this.axes) return this.animate(points);
    this.axes = text;
    const shrinks = this.shown && heightOf(y) < heightOf(this.shown.y);
    this.shown = { x, y };
    const axes = {
      "xaxis.range": [x.low, x.high],
      "yaxis.range": [y.low, y.high],
      "xaxis.tickvals": x.ticks,
      "xaxis.ticktext": x.texts,
      "yaxis.tickvals": y.ticks,
      "yaxis.ticktext": y.texts,
    };
    // Shrinking axes change in one call with the points: on the new axes, the old points could lie
    // further out than SVG coordinates reach.
    if (shrinks) {
      this.points = points;
      const traces = [...points.keys()];
      const data = {
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        text: points.map(({ text }) => text),
      };
      this.Plotly.update(this.gd, data, axes, traces);
    } else {
      this.Plotly.relayout(this.gd, axes);
      this.animate(points);
    }
  }

  /** The font size on this screen, and the margins that it needs. */
  #letters() {
    const size = Number.parseFloat(getComputedStyle(this.gd).fontSize);
    const { l, r, t, b } = this.margins;
    const by = size / 12;
    return { size, margin: { l: l * by, r: r * by, t: t * by, b: b * by } };
  }

  /** @override */
  resized() {
    this.axes = "";
    const { size, margin } = this.#letters();
    if (size === this.gd.layout?.font.size) return;
    this.Plotly.relayout(this.gd, { "font.size": size, margin });
  }

  /**
   * The position of a value on the chart, in pixels.
   * @param {"x" | "y"} axis
   * @param {number} value
   */
  at(axis, value) {
    const { low, high } = this.shown[axis];
    const part = (value - low) / (high - low);
    const { l, t, width, height } = this.area;
    return axis === "x" ? l + part * width : t + (1 - part) * height;
  }

  /**
   * How many pixels a unit takes.
   * @param {"x" | "y"} axis
   */
  unit(axis) {
    const { low, high } = this.shown[axis];
    const { width, height } = this.area;
    return (axis === "x" ? width : height) / (high - low);
  }

  /** Where the axes are, in pixels. */
  get area() {
    const { width, height, margin } = this.gd.layout;
    const { l, r, t, b } = margin;
    return { l, t, width: width - l - r, height: height - t - b };
  }

  /**
   * Draw a frame around the range of the first view, which shrinks as the scale grows.
   * @param {number} scale
   * @param {Axis} x the first view's axes
   * @param {Axis} y
   */
  paintFrame(scale, x, y) {
    const { frame, frameName } = this.shapes;
    const opacity = scale > 1.01 ? 1 : 0;
    set(frame, { opacity });
    set(frameName, { opacity: scale >= LEAST_NAMED ? 1 : 0 });
    if (!opacity) return;
    const { l, t, width } = this.area;
    const left = Math.max(this.at("x", x.low), l);
    const top = Math.max(this.at("y", y.high), t);
    set(frame, {
      ...{ x: left, width: Math.max(2, this.at("x", x.high) - left) },
      ...{ y: top, height: Math.max(2, this.at("y", y.low) - top) },
    });
    // In the bowl there is no line in the middle.
    set(frameName, { x: this.name === "bowl" ? l + width / 2 : l + 6, y: t + 14 });
    setText(frameName, `zoomed out ${times(scale)}`);
  }

  /**
   * Place the ring that marks the start.
   * @param {number} x
   * @param {number} y
   * @param {Moment} moment
   */
  paintRing(x, y, { scale, parts }) {
    const there = scale < 1.01 && parts.has("start");
    set(this.shapes.ring, {
      transform: `translate(${this.at("x", x)} ${this.at("y", y)})`,
      visibility: there ? "inherit" : "hidden",
    });
  }
}

/** The error at every weight, with the ball on it. */
export class Bowl extends Plot {
  /** @type {number[]} the steps in the ball's trail */
  trail = [];

  /** @override @param {Moment} moment */
  take({ run }) {
    this.trail = downsample(run.weight, MOST_TRAIL);
  }

  /** @override @param {Moment} moment */
  paint(moment) {
    super.paint(moment);
    const { run, from: step, entry, next, weight, beat, axes, examples, parts } = moment;
    const { low, high } = axes.weight;
    const xs = Array.from({ length: CURVE }, (_, k) => low + ((high - low) * k) / (CURVE - 1));
    const curve = { x: xs, y: xs.map((x) => meanError(examples, x)) };
    const past = this.trail.filter((k) => k <= step);
    const trail = {
      x: past.map((k) => run.weight[k]),
      y: past.map((k) => run.training[k]),
      text: past.map((k) => fullDigits(run.training[k])),
    };
    const height = meanError(examples, weight);
    const head = { x: [weight], y: [height], text: [fullDigits(height)] };
    this.turn([curve, trail, head], axes.weight, axes.bowl);
    const [first] = moment.payload.views;
    this.paintFrame(moment.scale, first.weight, first.bowl);
    this.paintRing(run.weight[0], run.training[0], moment);
    const [from, to] = [this.at("x", entry.weight), this.at("x", next.weight)];
    const still = beat !== "update" && beat !== "glide";
    const rest = still && Math.abs(to - from) > SHORTEST_ARROW && parts.has("whole");
    const y = this.at("y", run.training[step]);
    const there = [from, to, y].every(Number.isFinite);
    const { l, width } = this.area;
    const { arrow } = this.shapes;
    if (there) set(arrow, { d: `M${from} ${y}H${clamp(to, l, l + width)}` });
    set(arrow, { opacity: rest && there ? 1 : 0 });
  }
}

/**
 * A column of a run: its values, the steps that its line is drawn through, and how high there.
 * @typedef {{ values: number[], drawn: number[], ys: number[] }} Line
 */

/** The weight by step, or the errors: of training data, and of test data if there are any. */
export class BySteps extends Plot {
  /** @type {Line[]} */
  lines = [];
  transform = (/** @type {number} */ value) => value;

  /** @override @param {Moment} moment */
  take({ run, payload }) {
    const { logarithmic, most_drawn, figures } = payload;
    const columns = this.name === "weight" ? [run.weight] : [run.training, run.test];
    this.transform = scaleOf(this.name, logarithmic);
    this.lines = columns.flatMap((values) => {
      if (!values) return [];
      const drawn = downsample(values, most_drawn / columns.length);
      return { values, drawn, ys: drawn.map((k) => this.transform(values[k])) };
    });
    const [, soFar] = figures.error.data;
    this.marked = soFar.mode === "lines+markers"; // whether a line shows each of its points
  }

  /** @override @param {Moment} moment */
  paint(moment) {
    super.paint(moment);
    const { run, axes, payload, scale } = moment;
    const { steps, logarithmic, views } = payload;
    const name = /** @type {"weight" | "error"} */ (this.name);
    const axis = logarithmic?.[name] ?? axes[name];
    const points = this.lines.flatMap((line) => this.#pointsOf(line, moment, axis));
    const before = name === "weight" ? [this.#levelOf(moment)] : [];
    this.turn([...before, ...points], steps, axis);
    const zoom = name === "error" ? scale ** 2 : scale;
    this.paintFrame(logarithmic ? 1 : zoom, steps, views[0][name]);
    if (name === "error") return;
    this.#paintPick(moment);
    this.paintRing(0, this.transform(run.weight[0]), moment);
  }

  /** The points of the line at the ideal weight. @returns {Points} */
  #levelOf(/** @type {Moment} */ { run, ideal }) {
    if (ideal === null) return NO_POINTS;
    const y = this.transform(ideal);
    return { x: [0, Math.max(1, run.last)], y: [y, y] };
  }

  /**
   * The points of the whole line, of the line so far, and of its head.
   * @param {Line} line
   * @param {Moment} moment
   * @param {Axis} axis
   * @returns {Points[]}
   */
  #pointsOf({ values, drawn, ys }, { from: step, part, parts, run }, { low, high }) {
    const { transform } = this;
    const x = drawn.filter((k) => k <= step);
    if (x.at(-1) !== step) x.push(step);
    const y = x.map((k) => transform(values[k]));
    const text = x.map((k) => fullDigits(values[k]));
    const next = transform(values[Math.min(step + 1, run.last)]);
    const here = mix(transform(values[step]), next, part);
    const head = { x: [step + part], y: [here], text: text.slice(-1) };
    if (part > (this.marked ? 0.02 : 0)) {
      x.push(step + part);
      y.push(here);
      text.push(head.text[0]);
    }
    // End at the first point out of range: beyond it, a diverging run would fill the chart.
    const leaves = ys.findIndex((value) => value < low || value > high);
    const upTo = leaves < 0 ? ys.length : leaves + 1;
    const whole = { x: drawn.slice(0, upTo), y: ys.slice(0, upTo) };
    return [parts.has("whole") ? whole : NO_POINTS, { x, y, text }, head];
  }

  /**
   * Draw the path that the reader picked over the real one.
   * @param {Moment} moment
   */
  #paintPick({ run, picked: path, ideal }) {
    const { picked, pickedName } = this.shapes;
    const shown = path.length > 1 && ideal !== null && path[0] !== 0;
    set(picked, { opacity: shown ? 1 : 0 });
    set(pickedName, { opacity: shown ? 1 : 0 });
    if (!shown) return;
    const share = (run.weight[0] - ideal) / path[0];
    const { l, t, width, height } = this.area;
    const all = path
      .slice(0, run.last + 1)
      .map((y, k) => [this.at("x", k), this.at("y", this.transform(ideal + y * share))]);
    // As far as the chart reaches.
    const out = all.findIndex(([x, y]) => x > l + width + 1 || y < t - 1 || y > t + height + 1);
    const points = out < 0 ? all : all.slice(0, Math.max(1, out));
    set(picked, { d: `M${points.map((point) => point.map(Math.round).join(" ")).join("L")}` });
    const [x, y] = points[points.length - 1];
    const fits = x + PICK_NAME < l + width;
    set(pickedName, {
      x: fits ? x + 5 : l + width,
      y: Math.max(y - 6, t + 14),
      "text-anchor": fits ? "start" : "end",
    });
  }
}

/**
 * How values are drawn on a chart's axis.
 * @param {string} name of the chart
 * @param {import("../types").Logarithmic | null} logarithmic
 * @returns {(value: number) => number}
 */
function scaleOf(name, logarithmic) {
  if (!logarithmic) return (value) => value;
  if (name === "error") return (error) => Math.log10(Math.max(error, Number.MIN_VALUE));
  return (weight) => Math.asinh(weight / logarithmic.small / 2) / Math.LN10;
}

/** @param {Axis} axis */
function heightOf({ low, high }) {
  return high - low;
}

/**
 * A number with all its digits.
 * @param {number} value
 */
function fullDigits(value) {
  return String(value).replace("-", "−").replace("e-", "e−");
}
