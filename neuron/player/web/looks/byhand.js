// By hand: the arithmetic of the stage's current step, the nudge test, and the film about input².

import { changeOf, textsOf } from "../shared/arithmetic.js";
import { DIGITS, fillTemplate, given, MOST_DIGITS, number } from "../shared/digits.js";
import { finder, make, node, set, setText } from "../shared/dom.js";
import { typeset } from "../shared/mathml.js";
import { Follower } from "../shared/playhead.js";
import { mountScene } from "../shared/scene.js";
import { orderOf } from "../stage/clock.js";
import { Change, Handle } from "../stage/handles.js";
import { marked } from "../stage/story.js";

/** Milliseconds between updates during playback: numbers that change faster could not be read. */
const BETWEEN_NUMBERS = 120;

/** How many milliseconds each station of the film is shown. */
const STATION_TIME = 1400;

/** The picture of the nudge test, in units of its viewBox. */
const [WIDTH, BASE, TOP] = [400, 205, 15];
const POINTS = 60;

/** @typedef {import("../types").Moment} Moment */

class ByHand extends Follower {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.find = finder(root);
    const { find } = this;
    /** @type {any[]} */
    this.lines = [];
    /** @type {(step: number) => void} */
    this.practise = () => {};
    this.printed = ""; // identifies the step in the lines on screen
    this.changed = 0; // when the lines last changed
    this.nudge = 0;
    this.first = 0; // the initial nudge
    this.centre = 0;
    this.half = 1; // half the range of weights shown
    this.scale = "";
    this.film = 0; // the timer of the film
    this.shown = -1; // the example that the film is about
    this.digits = find(".digits");
    this.digits.addEventListener("change", () => this.paint());
    find(".practise").addEventListener("click", () => {
      this.practise(this.head.step);
      document.querySelector(".st-key-your-turn")?.scrollIntoView();
    });
    find(".halve").addEventListener("click", () => this.#nudgeBy(this.nudge / 2));
    find(".again").addEventListener("click", () => this.#nudgeBy(this.first));
    find(".chain").addEventListener("toggle", () => {
      if (this.head.moment) this.#compare(this.head.moment);
    });
    find(".roll").addEventListener("click", () => this.#playFilm(0));
    this.#draw(find("svg"));
  }

  /** @param {SVGElement} svg */
  #draw(svg) {
    svg.replaceChildren();
    this.axis = make(svg, "path", { class: "axis", d: `M0 ${BASE}H${WIDTH}` });
    this.axisName = make(svg, "text", {
      class: "muted",
      x: WIDTH,
      y: BASE + 18,
      "text-anchor": "end",
    });
    setText(this.axisName, "weight →");
    setText(make(svg, "text", { class: "muted", x: 0, y: TOP }), "error ↑");
    this.curve = make(svg, "path", { class: "curve" });
    this.tangent = make(svg, "path", { class: "tangent" });
    this.tangentName = make(svg, "text", { "text-anchor": "middle" });
    setText(this.tangentName, "tangent");
    this.chord = make(svg, "path", { class: "chord" });
    this.ball = make(svg, "circle", { class: "ball", r: 7 });
    this.grip = make(svg, "g", { class: "nudged", "aria-label": "Nudge of the weight" });
    make(this.grip, "circle", { class: "hit", r: 24 });
    make(this.grip, "circle", { class: "grip", r: 9 });
    const limits = () => ({ low: -this.half, high: this.half, step: this.half / 200, marks: [] });
    const nudge = (/** @type {number} */ by) => this.#nudgeBy(by);
    const change = new Change(() => this.nudge, nudge, nudge);
    const pixels = () => ({ x: (svg.clientWidth / 2 || 200) / this.half, y: 0 });
    this.handle = new Handle(this.grip, change, limits, pixels);
  }

  /** @override */
  begin() {
    const { payload, find } = this;
    this.printed = "";
    this.shown = -1;
    /** @type {[string, [string, string, string]][]} */
    const rule = Object.entries(payload.lines);
    this.lines = rule.map(([name, [symbols, template, beat]]) => {
      const right = node("span", { className: "numbers" });
      const left = node("span", { className: "symbols" }, ...typeset(symbols));
      const line = node("li", {}, left, right);
      return { name, template, line, right, turn: orderOf(beat) };
    });
    find(".lines").replaceChildren(...this.lines.map(({ line }) => line));
    find(".chain dl").replaceChildren(
      ...payload.chain.map((/** @type {[string, string]} */ [question, answer]) =>
        node("div", {}, node("dt", {}, question), node("dd", {}, ...marked(answer))),
      ),
    );
    setText(find(".same"), payload.same);
    setText(find(".sources"), payload.sources);
  }

  /** @override */
  paint() {
    super.paint();
    const { payload, head, root } = this;
    const { moment } = head;
    if (!payload || !moment) return;
    root.toggleAttribute("data-stale", Boolean(document.querySelector(".stage[data-stale]")));
    const now = orderOf(moment.beat);
    for (const { line, turn } of this.lines) {
      line.toggleAttribute("data-now", now >= 0 && turn === now);
      line.toggleAttribute("data-later", now >= 0 && turn > now);
    }
    const { step, entry, next } = moment;
    const { alpha, asks } = moment;
    const key = JSON.stringify([step, entry, next, alpha, asks, this.digits.value, payload.now]);
    const playing = moment.beat === "glide";
    if (key === this.printed || (playing && performance.now() - this.changed < BETWEEN_NUMBERS))
      return;
    this.printed = key;
    this.changed = performance.now();
    this.#print(moment);
    this.#compare(moment);
    this.#place(moment);
    this.#buildFilm(step);
  }

  /**
   * The numbers of a step, as `textsOf` takes them.
   * @param {Moment} moment
   */
  #numbers({ step, entry, next, last, alpha }) {
    return { ...entry, alpha, given: step === 0, next_weight: last ? undefined : next.weight };
  }

  /** @param {Moment} moment */
  #print(moment) {
    const { payload, find } = this;
    const { step, entry, last } = moment;
    const count = moment.examples.length;
    const { convention } = payload;
    const { texts, signs } = textsOf(
      this.#numbers(moment),
      Number(this.digits.value),
      MOST_DIGITS,
      convention,
    );
    const examples =
      count > 1
        ? fillTemplate(payload.whose, {
            iteration: String(Math.floor(step / count) + (last && step ? 0 : 1)),
            example: String((step % count) + 1),
            count: String(count),
          })
        : "";
    setText(find(".whose"), `Step ${step}${examples}`);
    setText(
      find(".facts"),
      `input ${given(entry.input)}, goal ${given(entry.goal)}, weight ${texts.weight}, ${payload.rate} ${texts.alpha}`,
    );
    for (const { name, template, line, right } of this.lines) {
      line.hidden = !(name in signs) || (moment.asks && name === "next_weight");
      if (line.hidden) continue;
      const worked = `${fillTemplate(template, texts)} ${signs[name]} ${texts[name]}`;
      right.replaceChildren(...typeset(worked));
    }
    find(".practise").disabled = last || moment.asks;
  }

  /**
   * Print this step under each convention.
   * @param {Moment} moment
   */
  #compare(moment) {
    const { payload, find } = this;
    if (!find(".chain").open) return;
    const row = (/** @type {string[]} */ cells, /** @type {"td" | "th"} */ tag) =>
      node("tr", {}, ...cells.map((text) => node(tag, {}, text)));
    find(".conventions thead").replaceChildren(row(payload.heads, "th"));
    find(".conventions tbody").replaceChildren(
      ...payload.conventions.map((/** @type {any} */ each) => {
        const { texts, signs } = textsOf(
          this.#numbers(moment),
          DIGITS,
          MOST_DIGITS,
          each.convention,
        );
        const update = signs.next_weight
          ? `${fillTemplate(each.update, texts)} ${signs.next_weight} ${texts.next_weight}`
          : "";
        const line = row(
          [
            each.convention.label,
            texts.error,
            texts.weight_delta,
            texts.alpha,
            each.best,
            each.limit,
            update,
          ],
          "td",
        );
        line.toggleAttribute("data-on", each.name === payload.now);
        return line;
      }),
    );
  }

  /**
   * Centre the picture on the lowest point of the current example's bowl, with the weight in view.
   * @param {Moment} moment
   */
  #place({ entry, examples, step, run }) {
    const { input, goal, weight } = entry;
    const quotient = goal / input;
    const ideal = Number.isFinite(quotient) ? quotient : weight;
    const away = Math.abs(weight - ideal);
    const begin = Math.abs(run.weight[0] - ideal);
    const wanted = Math.max(away, begin < 1e6 * away ? begin : 0) || Math.abs(weight) || 1;
    const key = JSON.stringify([examples[step % examples.length], roundedDown(wanted)]);
    this.centre = ideal;
    this.half = 1.3 * wanted;
    if (key !== this.scale) {
      this.scale = key;
      this.first = roundedDown(this.half / 5);
      this.nudge = this.first;
    }
    this.handle?.show(true);
    this.#trace();
  }

  /** @param {number} nudge */
  #nudgeBy(nudge) {
    this.nudge = Math.abs(nudge) < this.half / 1e6 ? this.half / 1e6 : nudge;
    this.handle?.show(true);
    this.#trace();
  }

  /** Draw the bowl, the tangent at the weight, and the chord to the nudged weight. */
  #trace() {
    const { moment } = this.head;
    if (!moment) return;
    const { centre, half, nudge } = this;
    const { input, goal, weight, delta } = moment.entry;
    const at = (/** @type {number} */ w) => (input * w - goal) ** 2;
    // Heights are computed from the delta, because its square may overflow.
    const gap = (/** @type {number} */ w) => Math.abs(input * w - goal);
    const most = Math.max(gap(centre - half), gap(centre + half), Math.abs(delta)) || 1;
    const x = (/** @type {number} */ w) => ((w - centre) / half / 2 + 0.5) * WIDTH;
    const y = (/** @type {number} */ part) => BASE - part * (BASE - TOP);
    const part = (/** @type {number} */ w) => (gap(w) / most) ** 2;
    const here = delta / most;
    const touching = (/** @type {number} */ w) =>
      here * here + (2 * here * input * (w - weight)) / most;
    const line = (/** @type {number[]} */ weights, /** @type {(w: number) => number} */ of) =>
      `M${weights.map((w) => `${x(w).toFixed(1)} ${y(of(w)).toFixed(1)}`).join("L")}`;
    const all = Array.from(
      { length: POINTS + 1 },
      (_, k) => centre - half + (2 * half * k) / POINTS,
    );
    const slope = 2 * delta * input;
    const nudged = at(weight + nudge);
    // End the tangent where it meets the axis.
    const zero = weight - delta / input / 2;
    const reach = (/** @type {number} */ w) => (touching(w) < 0 ? zero : w);
    const ends = [weight - half * 0.45, weight + half * 0.45].map(reach);
    set(this.curve, { d: line(all, part) });
    set(this.tangent, { d: line(ends, touching) });
    const [end] = ends.sort((one, other) => touching(other) - touching(one)); // the higher one
    set(this.tangentName, {
      x: Math.max(32, Math.min(WIDTH - 32, x(end))),
      y: y(touching(end)) + 20, // below the tangent, because the curve is above it
    });
    set(this.chord, { d: line([weight, weight + nudge], part) });
    set(this.ball, { cx: x(weight), cy: y(part(weight)) });
    set(this.grip, { transform: `translate(${x(weight + nudge)} ${y(part(weight + nudge))})` });
    this.#measure(nudged, slope);
  }

  /**
   * Print what the nudge shows, in lines that hold as printed.
   * @param {number} nudged the error at the nudged weight
   * @param {number} slope
   */
  #measure(nudged, slope) {
    const { moment } = this.head;
    if (!moment) return;
    const { nudge, payload } = this;
    const h = number(nudge, 4);
    const part = payload.convention.halves ? 0.5 : 1;
    const changed = changeOf(part * moment.entry.error, part * nudged, h);
    const texts = { ...changed, nudge: h, formula: payload.slope, slope: number(part * slope) };
    const said = payload.nudge.map((/** @type {string} */ sentence) =>
      node("span", {}, ...marked(fillTemplate(sentence, texts))),
    );
    this.find(".found").replaceChildren(...said);
  }

  /**
   * Build the film about the current example, and the sentences that go with it.
   * @param {number} step
   */
  #buildFilm(step) {
    const { payload, find } = this;
    const place = step % payload.films.length;
    if (this.shown === place) return;
    this.shown = place;
    clearTimeout(this.film);
    /** @type {{ stations: any[], sentences: string[] }} */
    const { stations, sentences } = payload.films[place];
    const most = Math.max(...stations.map(({ value }) => Math.abs(value)));
    find(".stations").replaceChildren(
      ...stations.map(({ name, by, value, text }) => {
        const bar = node("span", { className: "bar" });
        bar.style.setProperty("--size", String(Math.abs(value) / most));
        const how = node("span", { className: "by" }, by);
        const what = node("span", { className: "name" }, name);
        return node("li", {}, how, bar, node("b", {}, text), what);
      }),
    );
    const told = sentences.map((sentence) => node("li", {}, ...marked(sentence)));
    find(".told").replaceChildren(...told);
  }

  /**
   * Play the film from a station on, revealing one station and one sentence at a time.
   * @param {number} at
   */
  #playFilm(at) {
    clearTimeout(this.film);
    const { find } = this;
    const [stations, told] = [find(".stations").children, find(".told").children];
    for (const [k, item] of [...stations].entries()) item.toggleAttribute("data-later", k > at);
    for (const [k, item] of [...told].entries()) item.toggleAttribute("data-later", k >= at);
    const end = Math.max(stations.length - 1, told.length);
    if (at < end) this.film = setTimeout(() => this.#playFilm(at + 1), STATION_TIME);
  }

  /** @override */
  dispose() {
    clearTimeout(this.film);
    super.dispose();
  }
}

/**
 * Round down to 1, 2 or 5 times a power of ten.
 * @param {number} size
 */
function roundedDown(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  const part = size / power;
  return (part >= 5 ? 5 : part >= 2 ? 2 : 1) * power;
}

export default mountScene(ByHand, ".byhand", (look, { data, setTriggerValue }) => {
  look.practise = (step) => setTriggerValue("turn", step);
  return data.payload;
});
