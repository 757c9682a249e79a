// The neuron: input, wire, product, and the number line with prediction, goal, delta and error.

import { signOf } from "../shared/arithmetic.js";
import { fillTemplate, given, number, predictionDigits, times } from "../shared/digits.js";
import { addTip, clamp, make, mix, set, setText } from "../shared/dom.js";
import { eased, orderOf } from "./clock.js";

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

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    const svg = make(place, "svg", { class: "neuron-svg" });
    for (const name of ["muted", "error"]) addTip(svg, name, 13);
    this.svg = svg;
    set(svg, { role: "presentation", translate: "no" });
    this.whole = make(svg, "rect", { role: "img", fill: "none" }); // has the accessible name
    const text = (/** @type {string} */ classes, parent = svg) =>
      make(parent, "text", { class: classes, "aria-hidden": "true" });
    this.route = make(svg, "path", { class: "route", "data-part": "correction" });
    this.sent = text("error", make(svg, "g", { "data-part": "correction" }));
    this.wire = make(svg, "path", { class: "wire" });
    this.out = make(svg, "path", { class: "out", "marker-end": "url(#tip-muted)" });
    this.axis = make(svg, "path", { class: "axis" });
    this.ticks = make(svg, "g", { class: "ticks", "aria-hidden": "true" });
    this.frame = make(svg, "rect", { class: "old-frame" });
    this.frameName = text("old-name");
    this.square = make(svg, "rect", { class: "square", "data-part": "error" });
    this.bar = make(svg, "path", { class: "bar", "data-part": "delta" });
    this.tests = make(svg, "g", { "data-part": "test" });
    this.dot = make(svg, "circle", { class: "prediction" });
    this.goal = make(svg, "g", { class: "handle goal", "data-part": "goal" });
    make(this.goal, "rect", { class: "hit", x: -6, y: -22, width: 96, height: 44, rx: 22 });
    make(this.goal, "path", { class: "grip", d: "M3 0 20-11v22z" });
    this.goalName = text("goal", this.goal);
    this.delta = text("error strong", make(svg, "g", { "data-part": "delta" }));
    this.error = text("error", make(svg, "g", { "data-part": "error" }));
    this.inputName = text("soft");
    this.input = make(svg, "g", { class: "handle input" });
    this.inputHit = make(this.input, "circle", { class: "hit" });
    this.inputCell = make(this.input, "circle", { class: "cell grip" });
    this.inputValue = text("big", this.input);
    this.cell = make(svg, "circle", { class: "cell body" });
    this.times = text("big");
    this.product = text("soft");
    this.answerName = text("soft");
    this.answer = text("strong");
    this.weight = make(svg, "g", { class: "handle weight" });
    this.weightHit = make(this.weight, "rect", { class: "hit" });
    this.weightGrip = make(this.weight, "path", { class: "grip knob" });
    this.weightName = text("weight strong", this.weight);
    this.weightLabel = text("soft");
    this.sign = text("soft");
    this.signal = make(svg, "circle", { class: "signal" });
    this.tickText = "";
    svg.append(this.input, this.weight, this.goal); // in tab order
  }

  /**
   * The y coordinate of a value on the number line; values out of range lie just off the picture.
   * @param {number[]} range
   * @param {number} value
   */
  height([low, high], value) {
    const { bottom, top, height } = this.at;
    return clamp(bottom - ((value - low) / (high - low)) * (bottom - top), -60, height + 60);
  }

  /** How many pixels a unit of the number line takes. */
  pixels(/** @type {number[]} */ [low, high]) {
    return (this.at.bottom - this.at.top) / (high - low);
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (!width || !height) return;
    this.at = layoutFor(width, height);
    const { small, unit, radius, body, y, line, inputX, bodyX, middle, top, bottom, font } =
      this.at;
    set(this.svg, { viewBox: `0 0 ${width} ${height}`, width, height, "font-size": font });
    set(this.inputName, { x: inputX, y: y - radius - 9 });
    set(this.inputHit, { cx: inputX, cy: y, r: Math.max(radius, 22) });
    set(this.inputCell, { cx: inputX, cy: y, r: radius });
    set(this.inputValue, { x: inputX, y: y + font * 0.4 });
    set(this.whole, { width: this.at.width, height: this.at.height });
    set(this.cell, { cx: bodyX, cy: y, r: body });
    set(this.times, { x: bodyX, y: y + (small ? 2 : 4) });
    set(this.product, { x: bodyX, y: y + (small ? 18 : 24 * unit) });
    set(this.axis, { d: `M${line} ${top - 6}V${bottom + 6}` });
    const answerX = (bodyX + body + line) / 2 - (small ? 8 : 14);
    set(this.answerName, { x: answerX, y: y - body - (small ? 2 : 0) });
    set(this.answer, { x: answerX, y: y - body + font * 1.25 });
    set(this.weightHit, { x: middle - 44, y: y - 40, width: 88, height: 62, rx: 12 });
    set(this.sign, { x: middle, y: y + 28 });
    set(this.weightLabel, { x: middle, y: y - 37 });
    this.tickText = "";
  }

  /** @param {import("../types").Moment} moment */
  paint(moment) {
    if (!this.at) this.resize();
    if (!this.at) return;
    const { small, radius, body, y, line, inputX, bodyX, middle, width, low, bottom, font } =
      this.at;
    const tall = this.at.height;
    const { entry, next, weight, beat, done, ranges, scale, alpha } = moment;
    const range = ranges.prediction;
    const glides = beat === "glide";
    const rank = orderOf(beat);
    const whole = rank < 0; // at rest, or too fast for beats
    const answered = whole || rank > 0 || done > 0.9;
    const open = whole || rank > 1 ? 1 : rank === 1 ? eased(done) : 0;
    const sent = glides || (whole && !moment.last) ? 1 : ([0, 0, eased(done), 1][rank] ?? 0);
    const shownPrediction = glides ? entry.input * weight : entry.prediction;

    const height = this.height(range, shownPrediction);
    // The prediction's name moves below the curve to the number line when that rises.
    const rises = height < y - (small ? 12 : body / 2);
    const nameY = rises ? y + font * 1.7 : y - body - (small ? 2 : 0);
    const framed = this.#paintFrame(moment, range);
    this.#tick(moment, range, small ? [height, nameY - 4] : [height, ...framed]);

    // The thickness saturates instead of following the scale: weight 1 always looks the same.
    const size = Math.abs(weight);
    const thickness = 1.5 + (2 * THICKNESS * size) / (1 + size);
    set(this.wire, {
      d: `M${inputX + radius} ${y}H${bodyX - body}`,
      "stroke-width": thickness,
      class: `wire${weight < 0 ? " negative" : ""}${entry.input === 0 ? " silent" : ""}`,
    });
    set(this.weightGrip, { d: knob(middle, y) });
    set(this.weightName, { x: middle, y: y - Math.max(thickness / 2, 11) - 9 });
    const from = number(entry.weight);
    const to = number(next.weight);
    const changes = beat === "update" && from !== to;
    const shown = changes && !small ? `${from} → ${to}` : changes && done > 0.5 ? to : from;
    const named = moment.step === 0 && !changes ? given(moment.started) : shown;
    const weightText = small || named.length > 9 ? named : `weight ${named}`;
    setText(this.weightName, weightText);
    setText(this.weightLabel, small && y > 50 ? "weight" : ""); // if there is room above
    this.#fit(this.weightName, weightText, bodyX - body - inputX - radius);
    const word = wordFor(entry.input, weight, small);
    setText(this.sign, word);

    setText(this.inputName, "input");
    const input = shorten(entry.input);
    setText(this.inputValue, input);
    this.#fit(this.inputValue, input, 1.7 * radius, 1.5);
    setText(this.times, "×");
    const digits = predictionDigits(entry.prediction, entry.goal);
    const factors = { input, weight: number(entry.weight) };
    const product = fillTemplate("{input} × {(weight)}", factors);
    setText(this.product, small || product.length > 13 ? "" : product);
    setText(this.answerName, small ? "predicts" : "prediction");
    const most = Math.min(digits, small ? 4 : 7);
    const about = entry.delta && number(entry.prediction, most) === number(entry.goal, most);
    const answer = `${about ? "≈ " : ""}${number(entry.prediction, most)}`;
    setText(this.answer, answered ? answer : "");
    this.#fit(this.answer, answer, line - bodyX - body - 16);

    // The curve to the number line.
    set(this.answerName, { y: nameY });
    set(this.answer, { y: rises ? y + font * 2.9 : y - body + font * 1.25 });
    const start = bodyX + body;
    const bend = (start + line) / 2;
    const tip = clamp(height, 4, bottom + 12);
    const curve = `M${start} ${y}C${bend} ${y} ${bend} ${tip} ${line - 12} ${tip}`;
    set(this.out, { d: curve, opacity: answered ? 1 : 0.35 });
    set(this.dot, { cx: line, cy: height, r: small ? 7 : 9, opacity: answered ? 1 : 0 });
    this.#paintSignal(moment, { start, tip });

    // Goal, delta and error.
    const goalHeight = this.height(range, entry.goal);
    const above = height < goalHeight;
    set(this.goal, { transform: `translate(${line} ${goalHeight})` });
    set(this.goalName, { x: 24, y: above ? LINE : -8 });
    setText(this.goalName, `goal ${shorten(entry.goal)}`);
    const end = mix(goalHeight, height, open);
    const side = Math.abs(end - goalHeight);
    const room = width - line - (small ? 6 : 10);
    const across = Math.min(side, room);
    set(this.bar, { d: `M${line} ${end}V${goalHeight}`, opacity: open && side > 0.5 ? 1 : 0 });
    set(this.square, {
      ...{ x: line, y: Math.min(end, goalHeight), width: across, height: side },
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
    set(this.error, { class: `error${counts ? " counter" : scale > 1 ? " strong" : ""}` });
    const { texts } = moment.printed;
    const delta = `delta ${texts.delta}`;
    setText(this.delta, delta);
    const exact = side <= room ? "" : " (not to scale)";
    const { error } = texts;
    const told =
      small || counts
        ? `error ${error}${small ? "" : exact}`
        : `error = delta² ${signOf(error, texts.delta, texts.delta)} ${error}${exact}`;
    setText(this.error, told);
    for (const [label, text, labelY] of /** @type {const} */ ([
      [this.delta, delta, first],
      [this.error, told, second],
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
    const length = 1000;
    set(this.route, {
      d: path,
      pathLength: length,
      "stroke-dasharray": length,
      "stroke-dashoffset": length * (1 - sent),
      "marker-end": sent > 0.97 ? "url(#tip-error)" : "",
      opacity: !sent ? 0 : whole && !glides ? 0.45 : 1,
    });
    set(this.sent, { x: (middle + line) / 2, y: low - 8, opacity: sent > 0.3 ? 1 : 0 });
    const asked = -alpha * entry.weight_delta;
    const correction = number(asked);
    const signed = asked > 0 ? `+${correction}` : correction;
    const short = signed.length > 7 ? signed : `weight ${signed}`;
    const sign = signOf(correction, given(-alpha), texts.delta, given(entry.input));
    const sum = `− ${moment.scaled ? "alpha × " : ""}delta × input`;
    const summed = small ? short : `${sum} ${sign} ${signed}`;
    // While a question is open, the number would answer it.
    setText(this.sent, !moment.asks ? summed : small ? "correction" : sum);
    this.#paintTests(moment, range);
  }

  /**
   * Shrink a label so that its text fits.
   * @param {any} label
   * @param {string} text
   * @param {number} room in pixels
   * @param {number} [most] the largest size, relative to that of the other labels
   */
  #fit(label, text, room, most = 1.15) {
    const { font } = this.at;
    const size = Math.min(most * font, Math.max(9, room / (LETTER * text.length)));
    set(label, { style: `font-size: ${size}px` });
  }

  /** The signal, which runs from the input along the wire and out to the number line. */
  #paintSignal(/** @type {any} */ { beat, done, entry }, /** @type {any} */ { start, tip }) {
    const { radius, body, y, inputX, bodyX, line } = this.at;
    const shown = beat === "predict" && done > 0 && done < 0.97 && entry.input !== 0;
    set(this.signal, { opacity: shown ? 1 : 0 });
    if (!shown) return;
    if (done < 0.45) {
      const x = mix(inputX + radius, bodyX - body, done / 0.45);
      set(this.signal, { cx: x, cy: y, r: 8 });
    } else if (done < 0.6) {
      set(this.signal, { cx: bodyX, cy: y, r: 8 + 4 * Math.sin((Math.PI * (done - 0.45)) / 0.15) });
    } else {
      // The point on the Bézier curve at parameter t.
      const t = (done - 0.6) / 0.37;
      const bend = (start + line) / 2;
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      const at = (/** @type {number[]} */ points) =>
        points.reduce((sum, p, k) => sum + p * weights[k], 0);
      set(this.signal, { cx: at([start, bend, bend, line]), cy: at([y, y, tip, tip]), r: 9 });
    }
  }

  /** The numbers beside the number line. */
  #tick(
    /** @type {import("../types").Moment} */ { view, tests },
    /** @type {number[]} */ range,
    /** @type {number[]} */ taken,
  ) {
    const { line, small } = this.at;
    const axis = view.prediction;
    const beside = tests.length && !small ? -19 : -10; // where test data have their marks
    const text = `${axis.texts.join()} ${beside}`;
    if (text !== this.tickText) {
      this.tickText = text;
      this.ticks.replaceChildren();
      for (const each of axis.texts) {
        const tick = make(this.ticks, "g");
        make(tick, "path", { d: "M-5 0h10" });
        setText(make(tick, "text", { x: beside, y: 4 }), small && each.length > 6 ? "" : each);
      }
    }
    axis.ticks.forEach((value, k) => {
      const height = this.height(range, value);
      const [, text] = this.ticks.children[k].children;
      set(this.ticks.children[k], { transform: `translate(${line} ${height})` });
      // No number where the arrow's tip is, or the prediction's name.
      set(text, { opacity: taken.some((each) => Math.abs(height - each) < 13) ? 0 : 1 });
    });
  }

  /**
   * A frame around the range of the first view, which shrinks as the scale grows.
   * @returns {number[]} the height of its name, if it is shown
   */
  #paintFrame(
    /** @type {import("../types").Moment} */ { first, scale },
    /** @type {number[]} */ range,
  ) {
    const { line } = this.at;
    const top = this.height(range, first.prediction.high);
    const tall = Math.max(2, this.height(range, first.prediction.low) - top);
    const shown = scale > 1.01 ? 1 : 0;
    set(this.frame, { x: line - 9, y: top, width: 18, height: tall, opacity: shown });
    set(this.frameName, { x: line - 14, y: top + tall / 2 - 9, opacity: shown });
    setText(this.frameName, shown && !this.at.small ? times(scale) : ""); // the charts show it, too
    return shown ? [top + tall / 2 - 12] : [];
  }

  /** The predictions for the test data, each with its goal. */
  #paintTests(
    /** @type {import("../types").Moment} */ { tests, weight },
    /** @type {number[]} */ range,
  ) {
    const { line } = this.at;
    while (this.tests.children.length > tests.length) this.tests.lastChild.remove();
    while (this.tests.children.length < tests.length) {
      const one = make(this.tests, "g");
      make(one, "path", { class: "test-goal", d: "M-3 0-14-7v14z" });
      make(one, "path", { class: "test-answer", d: "M-7 0 0-7 7 0 0 7z" });
    }
    tests.forEach(({ input, goal }, k) => {
      const [asked, answer] = this.tests.children[k].children;
      set(asked, { transform: `translate(${line} ${this.height(range, goal)})` });
      set(answer, { transform: `translate(${line} ${this.height(range, input * weight)})` });
    });
  }
}

/**
 * The grip on the wire: an arrow up and an arrow down.
 * @param {number} x
 * @param {number} y
 */
function knob(x, y) {
  return `M${x - 7} ${y - 3}L${x} ${y - 11}L${x + 7} ${y - 3}zM${x - 7} ${y + 3}L${x} ${y + 11}L${x + 7} ${y + 3}z`;
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
