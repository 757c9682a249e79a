// The stage's three charts, with their overlays: error bowl, weight by step, error by step.

import { Chart } from "../shared/charts.js";
import { times } from "../shared/digits.js";
import { addTip, clamp, make, mix, set, setText } from "../shared/dom.js";
import { downsample, meanError } from "../shared/rule.js";

/** The most balls that the run leaves behind in the bowl: more would cost frames. */
const MOST_TRAIL = 60;

/** How many points the bowl's curve has. */
const CURVE = 81;

/** In pixels; a shorter arrow would be mostly hidden by the ball. */
const SHORTEST_ARROW = 18;

/** The room that the name of the reader's pick takes, in pixels. */
const PICK_NAME = 70;

/** The layout of a chart that is not drawn yet. */
const EMPTY_LAYOUT = { width: 0, height: 0, margin: { l: 0, r: 0, t: 0, b: 0 } };

/** @type {any} */
const NO_POINTS = { x: [null], y: [null] };

/** @typedef {import("../types").Moment} Moment */
/** @typedef {import("../types").ShownRun} ShownRun */

/** A chart of the stage, with axes that follow the lens and an SVG over the plot. */
class Plot extends Chart {
  /** Whether the old frame's name is in the middle of the chart's top; else it is at the left. */
  centred = false;

  /**
   * @param {any} Plotly
   * @param {HTMLElement} place
   */
  constructor(Plotly, place) {
    super(Plotly, place.querySelector(".plot"));
    this.place = place;
    this.over = /** @type {any} */ (place.querySelector(".over"));
    this.over.replaceChildren();
    this.frame = make(this.over, "rect", { class: "old-frame" });
    this.frameName = make(this.over, "text", { class: "old-name", "aria-hidden": "true" });
    this.ring = make(this.over, "g", { class: "handle ring" });
    make(this.ring, "circle", { class: "hit", r: 23 });
    make(this.ring, "circle", { class: "grip", r: 13 });
    this.axes = "";
    this.marked = false; // whether a line shows each of its points
    this.margins = EMPTY_LAYOUT.margin; // of the figure, at a font size of 12 pixels
    /** @type {Record<string, number[]>} */
    this.shown = {};
  }

  /**
   * Draw the chart's fixed parts.
   * @param {any} figure from Python
   * @param {import("../types").Palette} palette
   * @param {string} key identifies the figure's axes: while it is the same, the current ones stay
   */
  begin(figure, palette, key) {
    this.margins = figure.layout.margin;
    this.marked = figure.data.some((/** @type {any} */ { mode }) => mode === "lines+markers");
    const { size, margin } = this.#letters();
    const layout = { ...figure.layout, margin, font: { ...figure.layout.font, size } };
    if (this.draw({ ...figure, layout }, palette) || key !== this.key) this.axes = "";
    this.key = key;
  }

  /**
   * Show points, and update the axes if they have changed.
   * @param {import("../shared/charts").Points[]} points
   * @param {import("../types").Axis} x
   * @param {import("../types").Axis} y
   * @param {number[]} xs the range shown now
   * @param {number[]} ys
   */
  turn(points, x, y, xs, ys) {
    const text = JSON.stringify([xs, ys, x.texts, y.texts]);
    if (text === this.axes) {
      this.animate(points);
      return;
    }
    this.axes = text;
    const before = this.shown.y ?? ys;
    this.shown = { x: xs, y: ys };
    const axes = {
      "xaxis.range": xs,
      "yaxis.range": ys,
      "xaxis.tickvals": x.ticks,
      "xaxis.ticktext": x.texts,
      "yaxis.tickvals": y.ticks,
      "yaxis.ticktext": y.texts,
    };
    // Shrinking axes change in one call with the points: on the new axes, the old points could lie
    // further out than SVG coordinates reach.
    if (before[1] - before[0] > ys[1] - ys[0]) {
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
    const { clientWidth: width, clientHeight: height } = this.gd;
    set(this.over, { viewBox: `0 0 ${width} ${height}`, width, height });
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
    const [low, high] = this.shown[axis];
    const part = (value - low) / (high - low);
    const { l, t, width, height } = this.area;
    return axis === "x" ? l + part * width : t + (1 - part) * height;
  }

  /**
   * How many pixels a unit takes.
   * @param {"x" | "y"} axis
   */
  unit(axis) {
    const [low, high] = this.shown[axis] ?? [0, 1];
    const { width, height } = this.area;
    return (axis === "x" ? width : height) / (high - low);
  }

  /** Where the axes are, in pixels. */
  get area() {
    const { width, height, margin } = this.gd.layout ?? EMPTY_LAYOUT;
    const { l, r, t, b } = margin;
    return { l, t, width: width - l - r, height: height - t - b };
  }

  /**
   * Draw a frame around the range of the first view, which shrinks as the scale grows.
   * @param {Moment} moment
   * @param {number[]} xs its horizontal range, low and high
   * @param {number[]} ys
   * @param {number} [power] of the scale by which the chart grows
   */
  paintFrame({ scale }, xs, ys, power = 1) {
    const shown = scale > 1.01;
    set(this.frame, { opacity: shown ? 1 : 0 });
    set(this.frameName, { opacity: shown ? 1 : 0 });
    if (!shown) return;
    const [left, right] = xs.map((x) => this.at("x", x));
    const [bottom, top] = ys.map((y) => this.at("y", y));
    const { l, t, width } = this.area;
    const [x, y] = [Math.max(left, l), Math.max(top, t)];
    set(this.frame, { x, y, width: Math.max(2, right - x), height: Math.max(2, bottom - y) });
    const { centred } = this;
    set(this.frameName, {
      x: centred ? l + width / 2 : l + 6,
      y: t + 14,
      "text-anchor": centred ? "middle" : "start",
    });
    setText(this.frameName, `zoomed out ${times(scale ** power)}`);
  }

  /**
   * Place the ring that marks the start.
   * @param {number} x
   * @param {number} y
   * @param {Moment} moment
   */
  paintRing(x, y, { scale, parts }) {
    const there = scale < 1.01 && parts.has("start");
    set(this.ring, {
      transform: `translate(${this.at("x", x)} ${this.at("y", y)})`,
      visibility: there ? "inherit" : "hidden",
    });
  }
}

/** The error at every weight, with the ball on it. */
export class Bowl extends Plot {
  centred = true; // within the bowl, where no line is

  /** @type {ShownRun} */
  run;
  /** @type {number[]} the steps in the ball's trail */
  trail = [];

  /**
   * @param {any} Plotly
   * @param {HTMLElement} place
   */
  constructor(Plotly, place) {
    super(Plotly, place);
    this.arrow = make(this.over, "path", { class: "arrow", "marker-end": "url(#tip-weight)" });
    addTip(this.over, "weight", 11);
    this.over.prepend(this.arrow);
  }

  /** @param {ShownRun} run */
  load(run) {
    this.run = run;
    this.trail = downsample(run.weight, MOST_TRAIL);
  }

  /** @param {Moment} moment */
  paint(moment) {
    const { entry, next, weight, beat, ranges, view, examples, first, parts } = moment;
    const [low, high] = ranges.weight;
    const xs = Array.from({ length: CURVE }, (_, k) => low + ((high - low) * k) / (CURVE - 1));
    const curve = { x: xs, y: xs.map((x) => meanError(examples, x)) };
    const past = this.trail.filter((k) => k <= moment.step);
    const trail = {
      x: past.map((k) => this.run.weight[k]),
      y: past.map((k) => this.run.training[k]),
      text: past.map((k) => fullDigits(this.run.training[k])),
    };
    const height = meanError(examples, weight);
    const head = { x: [weight], y: [height], text: [fullDigits(height)] };
    const points = [curve, trail, head];
    this.turn(points, view.weight, view.bowl, ranges.weight, ranges.bowl);
    this.paintFrame(
      moment,
      [first.weight.low, first.weight.high],
      [first.bowl.low, first.bowl.high],
    );
    this.paintRing(this.run.weight[0], this.run.training[0], moment);
    const [from, to] = [this.at("x", entry.weight), this.at("x", next.weight)];
    const still = beat !== "update" && beat !== "glide";
    const rest = still && Math.abs(to - from) > SHORTEST_ARROW && parts.has("whole");
    const y = this.at("y", this.run.training[moment.step]);
    const there = [from, to, y].every(Number.isFinite);
    const { l, width } = this.area;
    if (there) set(this.arrow, { d: `M${from} ${y}H${clamp(to, l, l + width)}` });
    set(this.arrow, { opacity: rest && there ? 1 : 0 });
  }
}

/** One or two columns of a run by step. */
export class BySteps extends Plot {
  /** @type {ShownRun} */
  run;
  /** @type {(value: number) => number} */
  transform;

  /**
   * @param {any} Plotly
   * @param {HTMLElement} place
   * @param {("weight" | "training" | "test")[]} names of the columns
   */
  constructor(Plotly, place, names) {
    super(Plotly, place);
    this.names = names;
    /** @type {{ values: number[], drawn: number[], xs: number[], ys: number[] }[]} */
    this.lines = [];
    this.marks = 0; // how many traces come before those of the lines
    /** @type {import("../shared/charts").Points} */
    this.level = NO_POINTS;
    this.picked = make(this.over, "path", { class: "picked", opacity: 0 });
    this.pickedName = make(this.over, "text", {
      class: "picked-name",
      opacity: 0,
      "aria-hidden": "true",
    });
    setText(this.pickedName, "your pick");
  }

  /**
   * @param {ShownRun} run
   * @param {number} most points of the lines
   * @param {((value: number) => number) | undefined} transform for a logarithmic axis
   * @param {number | null} ideal where a line marks the ideal weight
   */
  load(run, most, transform, ideal) {
    this.run = run;
    this.transform = transform ?? ((/** @type {number} */ value) => value);
    this.marks = this.names[0] === "weight" ? 1 : 0;
    const level = ideal === null ? null : this.transform(ideal);
    this.level = level === null ? NO_POINTS : { x: [0, Math.max(1, run.last)], y: [level, level] };
    this.lines = this.names
      .filter((name) => run[name])
      .map((name) => {
        const values = /** @type {number[]} */ (run[name]);
        const kept = downsample(values, most / this.names.length);
        const ys = kept.map((k) => this.transform(values[k]));
        return { values, drawn: kept, xs: kept, ys };
      });
  }

  /** @param {Moment} moment */
  paint(moment) {
    const { step, part, ranges, view, first, parts, logarithmic, steps } = moment;
    const name = this.names[0] === "weight" ? "weight" : "error";
    const log = logarithmic?.[name];
    const range = log ? [log.low, log.high] : ranges[name];
    /** @type {import("../shared/charts").Points[]} */
    const points = this.marks ? [this.level] : [];
    const dotted = parts.has("whole");
    for (const line of this.lines) {
      const count = line.drawn.findIndex((k) => k > step);
      const past = count < 0 ? line.drawn.length : count;
      const x = line.xs.slice(0, past);
      const y = line.ys.slice(0, past);
      const text = line.drawn.slice(0, past).map((k) => fullDigits(line.values[k]));
      const here = this.transform(line.values[step]);
      if (line.drawn[past - 1] !== step) {
        x.push(step);
        y.push(here);
        text.push(fullDigits(line.values[step]));
      }
      const to = this.transform(line.values[Math.min(step + 1, this.run.last)]);
      const head = {
        x: [step + part],
        y: [mix(here, to, part)],
        text: [fullDigits(line.values[step])],
      };
      if (part > 0 && !(this.marked && part < 0.02)) {
        x.push(head.x[0]);
        y.push(head.y[0]);
        text.push(head.text[0]);
      }
      // End at the first point out of range: beyond it, a diverging run would fill the chart.
      const leaves = line.ys.findIndex((value) => value < range[0] || value > range[1]);
      const upTo = leaves < 0 ? line.xs.length : leaves + 1;
      const whole = { x: line.xs.slice(0, upTo), y: line.ys.slice(0, upTo) };
      points.push(dotted ? whole : NO_POINTS, { x, y, text }, head);
    }
    this.turn(points, steps, log ?? view[name], [steps.low, steps.high], range);
    const frame = /** @type {import("../types").Axis} */ (first[name]);
    this.paintFrame(
      log ? { ...moment, scale: 1 } : moment,
      [steps.low, steps.high],
      [frame.low, frame.high],
      name === "error" ? 2 : 1,
    );
    if (name === "weight") this.#paintPick(moment);
    if (name === "weight") this.paintRing(0, this.transform(this.run.weight[0]), moment);
    else set(this.ring, { visibility: "hidden" });
  }

  /**
   * Draw the path that the reader picked over the real one.
   * @param {Moment} moment
   */
  #paintPick({ picked, ideal }) {
    const shown = picked.length > 1 && ideal !== null && picked[0] !== 0;
    set(this.picked, { opacity: shown ? 1 : 0 });
    set(this.pickedName, { opacity: shown ? 1 : 0 });
    if (!shown) return;
    const share = (this.run.weight[0] - ideal) / picked[0];
    const { l, t, width, height } = this.area;
    const all = picked
      .slice(0, this.run.last + 1)
      .map((y, k) => [this.at("x", k), this.at("y", this.transform(ideal + y * share))]);
    // As far as the chart reaches.
    const out = all.findIndex(([x, y]) => x > l + width + 1 || y < t - 1 || y > t + height + 1);
    const points = out < 0 ? all : all.slice(0, Math.max(1, out));
    set(this.picked, { d: `M${points.map((point) => point.map(Math.round).join(" ")).join("L")}` });
    const [x, y] = points[points.length - 1];
    const fits = x + PICK_NAME < l + width;
    set(this.pickedName, {
      x: fits ? x + 5 : l + width,
      y: Math.max(y - 6, t + 14),
      "text-anchor": fits ? "start" : "end",
    });
  }
}

/**
 * A number with all its digits.
 * @param {number} value
 */
function fullDigits(value) {
  return String(value).replace("-", "−").replace("e-", "e−");
}
