// The neuron: input, wire, product, and the number line with prediction, goal, delta and error.

import { signOf } from "../shared/arithmetic.js";
import { fillTemplate, given, number, times } from "../shared/digits.js";
import { clamp, make, mix, named, set, setText } from "../shared/dom.js";
import { eased, orderOf } from "./clock.js";
import { LEAST_NAMED } from "./lens.js";

/** @typedef {import("../types").Moment} Moment */

/** About how thick the wire is at weight 1, in pixels; it gets at most about twice as thick. */
const THICKNESS = 9;

/** The width of a letter, as a fraction of the font size. */
const LETTER = 0.62;

/** How far below the goal its name is put when the prediction is above it, in pixels. */
const LINE = 20;

/** The layout for a picture of this size. */
function layoutFor(/** @type {number} */ width, /** @type {number} */ height) {
  const small = width < 560;
  const unit = small ? 1 : clamp(Math.min(width / 780, height / 280), 0.8, 1.5);
  const radius = small ? 24 : 42 * unit;
  const body = small ? 29 : 52 * unit;
  const y = height * (small ? 0.4 : 0.44);
  const line = width * (small ? 0.7 : 0.635);
  const inputX = radius + (small ? 3 : 20 * unit);
  const bodyX = small ? width * 0.43 : width * 0.4;
  return {
    ...{ small, unit, radius, body, y, line, inputX, bodyX, width, height },
    top: small ? 16 : 20,
    bottom: height - (small ? 46 : 46 * unit),
    low: height - (small ? 13 : 17 * unit),
    middle: (inputX + radius + bodyX - body) / 2,
    font: small ? 14 : Math.max(16 * unit, width > 1000 ? 18 : 0), // legible when projected
  };
}

export class Neuron {
  /** @type {ReturnType<typeof layoutFor>} */
  at;
  /** @type {import("../types").Axis} the number line */
  axis;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.svg = /** @type {SVGElement} */ (root.querySelector("svg"));
    this.shapes = named(root);
  }

  /** The y coordinate of a value on the number line; if it is out of range, just off the picture. */
  height(/** @type {number} */ value) {
    const { bottom, top, height } = this.at;
    const { low, high } = this.axis;
    return clamp(bottom - ((value - low) / (high - low)) * (bottom - top), -60, height + 60);
  }

  /** How many pixels a unit of the number line takes. */
  get unit() {
    return (this.at.bottom - this.at.top) / (this.axis.high - this.axis.low);
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!width || !height) return;
    this.at = layoutFor(width, height);
    const { small, unit, radius, body, y, line, inputX, bodyX, middle, top, bottom, font } =
      this.at;
    const { shapes } = this;
    set(this.svg, { viewBox: `0 0 ${width} ${height}`, width, height, "font-size": font });
    set(shapes.whole, { width, height });
    set(shapes.inputName, { x: inputX, y: y - radius - 9 });
    place(shapes.input, inputX, y);
    set(shapes.inputHit, { r: radius });
    set(shapes.inputCell, { r: radius });
    set(shapes.inputValue, { y: font * 0.4 });
    place(shapes.body, bodyX, y);
    set(shapes.cell, { r: body });
    set(shapes.times, { y: small ? 2 : 4 });
    set(shapes.product, { y: small ? 18 : 24 * unit });
    place(shapes.line, line, 0);
    place(shapes.ticks, line, 0);
    set(shapes.axis, { d: `M0 ${top - 6}V${bottom + 6}` });
    set(shapes.dot, { r: small ? 7 : 9 });
    const answerX = (bodyX + body + line) / 2 - (small ? 8 : 14);
    set(shapes.answerName, { x: answerX });
    set(shapes.answer, { x: answerX });
    setText(shapes.answerName, small ? "predicts" : "prediction");
    place(shapes.weight, middle, y);
    place(shapes.wireNames, middle, y);
    setText(shapes.weightLabel, small && y > 50 ? "weight" : ""); // if there is room above
  }

  /** @param {Moment} moment */
  paint(moment) {
    if (!this.at) this.resize();
    if (!this.at) return;
    const { small, radius, body, y, line, inputX, bodyX, middle, width, low, bottom, font } =
      this.at;
    const tall = this.at.height;
    const { shapes } = this;
    const { entry, next, weight, beat, done, scale, alpha } = moment;
    this.axis = moment.axes.prediction;
    const glides = beat === "glide";
    const rank = orderOf(beat);
    const whole = rank < 0; // at rest, or too fast for beats
    const answered = whole || rank > 0 || done > 0.9;
    const open = whole || rank > 1 ? 1 : rank === 1 ? eased(done) : 0;
    const sent = glides || (whole && !moment.last) ? 1 : ([0, 0, eased(done), 1][rank] ?? 0);
    const shownPrediction = glides ? entry.input * weight : entry.prediction;

    const height = this.height(shownPrediction);
    // The prediction's name moves below the curve to the number line when that rises.
    const rises = height < y - (small ? 12 : body / 2);
    const nameY = rises ? y + font * 1.7 : y - body - (small ? 2 : 0);
    const framed = this.#paintFrame(moment);
    this.#tick(moment, small ? [height, nameY - 4] : [height, ...framed]);

    // The thickness saturates instead of following the scale: weight 1 always looks the same.
    const size = Math.abs(weight);
    const thickness = 1.5 + (2 * THICKNESS * size) / (1 + size);
    const said = beat === "update" && done > 0.5 ? next.weight : entry.weight;
    set(shapes.wire, {
      d: `M${inputX + radius} ${y}H${bodyX - body}`,
      "stroke-width": thickness,
      class: `wire${said < 0 ? " negative" : ""}${entry.input === 0 ? " silent" : ""}`,
    });
    set(shapes.weightName, { y: -Math.max(thickness / 2, 11) - 9 });
    const from = number(entry.weight);
    const to = number(next.weight);
    const changes = beat === "update" && from !== to;
    const shown = changes && !small ? `${from} → ${to}` : number(said);
    const named = moment.step === 0 && !changes ? given(entry.weight) : shown;
    const weightText = small || named.length > 9 ? named : `weight ${named}`;
    this.#write(shapes.weightName, weightText, bodyX - body - inputX - radius);
    const word = wordFor(entry.input, said, small);
    setText(shapes.sign, word);

    const input = shorten(entry.input);
    this.#write(shapes.inputValue, input, 1.7 * radius, 1.5);
    const factors = { input, weight: number(entry.weight) };
    const product = fillTemplate("{input} × {(weight)}", factors);
    setText(shapes.product, small || product.length > 13 ? "" : product);
    const { texts } = moment.printed;
    const most = small ? 4 : 7; // digits, if there is no room for all
    const about = entry.delta && number(entry.prediction, most) === number(entry.goal, most);
    const brief = `${about ? "≈ " : ""}${number(entry.prediction, most)}`;
    const answer = texts.prediction.length > most + 3 ? brief : texts.prediction;
    this.#write(shapes.answer, answered ? answer : "", line - bodyX - body - 16);

    // The curve to the number line.
    set(shapes.answerName, { y: nameY });
    set(shapes.answer, { y: rises ? y + font * 2.9 : y - body + font * 1.25 });
    const start = bodyX + body;
    const bend = (start + line) / 2;
    const tip = clamp(height, 4, bottom + 12);
    const curve = `M${start} ${y}C${bend} ${y} ${bend} ${tip} ${line - 12} ${tip}`;
    set(shapes.out, { d: curve, opacity: answered ? 1 : 0.35 });
    set(shapes.dot, { cy: height, opacity: answered ? 1 : 0 });
    this.#paintSignal(moment, { start, tip });

    // Goal, delta and error.
    const goalHeight = this.height(entry.goal);
    const above = height < goalHeight;
    place(shapes.goal, line, goalHeight);
    set(shapes.goalName, { y: above ? LINE : -8 });
    setText(shapes.goalName, `goal ${shorten(entry.goal)}`);
    const end = mix(goalHeight, height, open);
    const side = Math.abs(end - goalHeight);
    const room = width - line - (small ? 6 : 10);
    const across = Math.min(side, room);
    set(shapes.bar, { d: `M0 ${end}V${goalHeight}`, opacity: open && side > 0.5 ? 1 : 0 });
    set(shapes.square, {
      y: Math.min(end, goalHeight),
      width: across,
      height: side,
      opacity: open,
    });
    const way = above ? -1 : 1;
    const beside = small || across + 130 > room ? 12 : across + 14;
    const near = goalHeight + way * Math.max(side / 2, small ? 20 : 24);
    const counts = scale > 1 && !small; // then the error is in larger letters
    const apart = font * (counts ? 1.55 : 1.28);
    const middleHeight = clamp(near, 30, bottom - 1.4 * font);
    const labelX = line + Math.max(beside, 14);
    // On a phone there is no room for the labels beside the square, only below it.
    const [first, second] = small
      ? [tall - 24, tall - 6]
      : [middleHeight, middleHeight + apart].map((at) => at + font * (above ? -0.62 : 0.38));
    set(shapes.error, { class: `error${counts ? " counter" : scale > 1 ? " strong" : ""}` });
    const delta = `delta ${texts.delta}`;
    setText(shapes.delta, delta);
    const exact = side <= room ? "" : " (not to scale)";
    const { error } = texts;
    const told =
      small || counts
        ? `error ${error}${small ? "" : exact}`
        : `error = delta² ${signOf(error, texts.delta, texts.delta)} ${error}${exact}`;
    setText(shapes.error, told);
    for (const [label, text, labelY] of /** @type {const} */ ([
      [shapes.delta, delta, first],
      [shapes.error, told, second],
    ])) {
      // A label too long for the room right of the line is aligned with the picture's edge instead.
      const long = small && text.length * font * LETTER > width - line - 10;
      const x = long ? width - 3 : small ? line + 8 : labelX;
      set(label, { x, y: labelY, opacity: open, style: long ? "text-anchor: end" : "" });
    }

    // The correction runs back to the wire.
    const corner = small ? 20 : 30;
    const arrives = Math.min(y + (word ? 36 : thickness / 2 + 16), low - corner - 6);
    const path =
      `M${line} ${Math.min(Math.max(end, goalHeight) + 10, bottom + 8)}V${low - corner}` +
      `Q${line} ${low} ${line - corner} ${low}H${middle + corner}` +
      `Q${middle} ${low} ${middle} ${low - corner}V${arrives}`;
    set(shapes.route, {
      d: path,
      "stroke-dashoffset": 1000 * (1 - sent),
      "marker-end": sent > 0.97 ? "url(#tip-error)" : "",
      opacity: !sent ? 0 : whole && !glides ? 0.45 : 1,
    });
    set(shapes.sent, { x: (middle + line) / 2, y: low - 8, opacity: sent > 0.3 ? 1 : 0 });
    const asked = -alpha * entry.weight_delta;
    const correction = number(asked);
    const signed = asked > 0 ? `+${correction}` : correction;
    const short = signed.length > 7 ? signed : `weight ${signed}`;
    const sign = signOf(correction, given(-alpha), texts.delta, given(entry.input));
    const sum = `− ${moment.payload.program.scaled ? "alpha × " : ""}delta × input`;
    const summed = small ? short : `${sum} ${sign} ${signed}`;
    // While a question is open, the number would answer it.
    setText(shapes.sent, !moment.asks ? summed : small ? "correction" : sum);
    this.#paintTests(moment);
  }

  /**
   * Write a label, as large as there is room for.
   * @param {any} label
   * @param {string} text
   * @param {number} room in pixels
   * @param {number} [most] the largest size, relative to that of the other labels
   */
  #write(label, text, room, most = 1.15) {
    const size = Math.min(most * this.at.font, Math.max(9, room / (LETTER * text.length)));
    set(label, { style: `font-size: ${size}px` });
    setText(label, text);
  }

  /** The signal, which runs from the input along the wire and out to the number line. */
  #paintSignal(/** @type {any} */ { beat, done, entry }, /** @type {any} */ { start, tip }) {
    const { radius, body, y, inputX, bodyX, line } = this.at;
    const { signal } = this.shapes;
    const shown = beat === "predict" && done > 0 && done < 0.97 && entry.input !== 0;
    set(signal, { opacity: shown ? 1 : 0 });
    if (!shown) return;
    if (done < 0.45) {
      const x = mix(inputX + radius, bodyX - body, done / 0.45);
      set(signal, { cx: x, cy: y, r: 8 });
    } else if (done < 0.6) {
      const pulse = Math.sin((Math.PI * (done - 0.45)) / 0.15);
      set(signal, { cx: bodyX, cy: y, r: 8 + 4 * pulse });
    } else {
      // The point on the Bézier curve at parameter t.
      const t = (done - 0.6) / 0.37;
      const bend = (start + line) / 2;
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      const at = (/** @type {number[]} */ points) =>
        points.reduce((sum, p, k) => sum + p * weights[k], 0);
      set(signal, { cx: at([start, bend, bend, line]), cy: at([y, y, tip, tip]), r: 9 });
    }
  }

  /** The numbers beside the number line. */
  #tick(/** @type {Moment} */ { payload }, /** @type {number[]} */ taken) {
    const { small } = this.at;
    const { axis } = this;
    const beside = payload.test.length && !small ? -19 : -10; // where test data have their marks
    keep(this.shapes.ticks, axis.ticks.length, (tick) => {
      make(tick, "path", { d: "M-5 0h10" });
      make(tick, "text", { y: 4 });
    });
    axis.ticks.forEach((value, k) => {
      const tick = this.shapes.ticks.children[k];
      const height = this.height(value);
      place(tick, 0, height);
      setText(tick.lastChild, small && axis.texts[k].length > 6 ? "" : axis.texts[k]);
      // No number where the arrow's tip is, or the prediction's name.
      const free = taken.every((each) => Math.abs(height - each) >= 13);
      set(tick.lastChild, { x: beside, opacity: free ? 1 : 0 });
    });
  }

  /**
   * A frame around the range of the first view, which shrinks as the scale grows.
   * @returns {number[]} the height of its name, if it is shown
   */
  #paintFrame(/** @type {Moment} */ { payload, scale }) {
    const { frame, frameName } = this.shapes;
    const [first] = payload.views;
    const top = this.height(first.prediction.high);
    const tall = Math.max(2, this.height(first.prediction.low) - top);
    const shown = scale > 1.01 ? 1 : 0;
    set(frame, { y: top, height: tall, opacity: shown });
    set(frameName, { y: top + tall / 2 - 9, opacity: shown });
    setText(frameName, scale >= LEAST_NAMED && !this.at.small ? times(scale) : ""); // the charts show it, too
    return shown ? [top + tall / 2 - 12] : [];
  }

  /** The predictions for the test data, each with its goal. */
  #paintTests(/** @type {Moment} */ { payload, weight }) {
    keep(this.shapes.tests, payload.test.length, (test) => {
      make(test, "path", { class: "test-goal", d: "M-3 0-14-7v14z" });
      make(test, "path", { class: "test-answer", d: "M-7 0 0-7 7 0 0 7z" });
    });
    payload.test.forEach(({ input, goal }, k) => {
      const [asked, answer] = this.shapes.tests.children[k].children;
      place(asked, 0, this.height(goal));
      place(answer, 0, this.height(input * weight));
    });
  }
}

/**
 * Move a shape.
 * @param {SVGElement} shape
 * @param {number} x
 * @param {number} y
 */
function place(shape, x, y) {
  set(shape, { transform: `translate(${x} ${y})` });
}

/**
 * Keep as many groups in an element as are needed.
 * @param {SVGElement} parent
 * @param {number} count
 * @param {(group: SVGElement) => void} fill draws a new one
 */
function keep(parent, count, fill) {
  while (parent.children.length > count) parent.lastChild?.remove();
  while (parent.children.length < count) fill(make(parent, "g"));
}

/**
 * A number that the reader set, rounded if it is long.
 * @param {number} value
 */
function shorten(value) {
  const text = given(value);
  return text.length > 7 ? number(value) : text;
}

/**
 * What is special about the signal on the wire, if anything.
 * @param {number} input
 * @param {number} weight
 * @param {boolean} small whether there is only room for a short word
 */
function wordFor(input, weight, small) {
  if (input === 0) return "no signal";
  if (weight < 0) return "negative";
  return weight || small ? "" : "lets nothing through";
}
