// By hand: the arithmetic of the stage's current step, the nudge test, and the film about input².

import { changeOf, textsOf } from "../shared/arithmetic.js";
import { fillTemplate, given, MOST_DIGITS, number } from "../shared/digits.js";
import { clamp, node, set, setText } from "../shared/dom.js";
import { typeset } from "../shared/mathml.js";
import { Follower, head } from "../shared/playhead.js";
import { mountScene } from "../shared/scene.js";
import { orderOf } from "../stage/clock.js";
import { Change, Handle } from "../stage/handles.js";
import { marked } from "../stage/story.js";

/** Milliseconds between updates during playback: numbers that change faster could not be read. */
const BETWEEN_NUMBERS = 120;

/** How many milliseconds each station of the film is shown. */
const STATION_TIME = 1400;

/** The picture of the nudge test, in units of its viewBox: see byhand.html. */
const [WIDTH, BASE, TOP] = [400, 205, 15];

/** Where the bowl's points are, from the left end at −1 to the right end at 1. */
const ACROSS = Array.from({ length: 61 }, (_, k) => k / 30 - 1);

class ByHand extends Follower {
  /** @type {any[]} */
  lines = [];
  printed = ""; // identifies the step in the lines on screen
  changed = 0; // when the lines last changed
  nudge = 0;
  first = 0; // the initial nudge
  centre = 0;
  half = 1; // half the range of weights shown
  scale = "";
  /** @type {any} the film on screen: that of the current example */
  film = undefined;
  timer = 0; // of the film

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    const { find } = this;
    const actions = {
      practise: () => {
        this.mount.setTriggerValue("turn", head.moment?.step);
        // On a phone, what is asked is below an example.
        const turn = document.querySelector(".st-key-your-turn");
        const [example, own] =
          turn?.querySelectorAll(/** @type {"div"} */ ("[data-testid=stColumn]")) ?? [];
        (own?.offsetTop > example?.offsetTop ? own : turn)?.scrollIntoView();
      },
      halve: () => this.#nudgeBy(this.nudge / 2),
      again: () => this.#nudgeBy(this.first),
      roll: () => this.#playFilm(0),
    };
    for (const [name, act] of Object.entries(actions)) {
      find(`.${name}`).addEventListener("click", act);
    }
    find(".digits").addEventListener("change", () => this.paint());
    find(".chain").addEventListener("toggle", () => this.#compare());
    const nudge = (/** @type {number} */ by) => this.#nudgeBy(by);
    const change = new Change(() => this.nudge, nudge, nudge);
    const grip = () => ({ low: -this.half, high: this.half, step: this.half / 200, marks: [] });
    const pixels = () => ({ x: (find("svg").clientWidth / 2 || 200) / this.half, y: 0 });
    this.handle = new Handle(find(".nudged"), change, grip, pixels);
  }

  /** @override */
  begin() {
    const { payload, find } = this;
    this.printed = "";
    /** @type {[string, [string, string, string]][]} */
    const rule = Object.entries(payload.lines);
    this.lines = rule.map(([name, [symbols, template, beat]]) => {
      const right = node("span", { className: "numbers" });
      const left = node("span", { className: "symbols" }, ...typeset(symbols));
      return { name, template, line: node("li", {}, left, right), right, turn: orderOf(beat) };
    });
    find(".lines").replaceChildren(...this.lines.map(({ line }) => line));
    find(".chain dl").replaceChildren(
      ...payload.chain.map((/** @type {[string, string]} */ [question, answer]) =>
        node("div", {}, node("dt", {}, question), node("dd", {}, ...marked(answer))),
      ),
    );
    setText(find(".sources"), payload.sources);
  }

  /** @override */
  follow() {
    const { payload, root } = this;
    const { step, beat, entry, next, alpha, asks } = head.moment;
    root.toggleAttribute("data-stale", Boolean(document.querySelector(".stage[data-stale]")));
    const now = orderOf(beat);
    for (const { line, turn } of this.lines) {
      line.toggleAttribute("data-now", now >= 0 && turn === now);
      line.toggleAttribute("data-later", now >= 0 && turn > now);
    }
    const key = JSON.stringify([step, entry, next, alpha, asks, this.find(".digits").value]);
    const soon = performance.now() - this.changed < BETWEEN_NUMBERS;
    if (key === this.printed || (beat === "glide" && soon)) return;
    this.printed = key;
    this.changed = performance.now();
    this.#print();
    this.#compare();
    this.#place();
    this.#buildFilm(payload.films[step % payload.films.length]);
  }

  /**
   * The numbers of the step and the signs of its lines, in a convention.
   * @param {import("../shared/arithmetic").Convention} convention
   * @param {number} [digits]
   */
  #texts(convention, digits) {
    const { step, entry, next, last, alpha } = head.moment;
    const numbers = {
      ...entry,
      alpha,
      given: step === 0,
      next_weight: last ? undefined : next.weight,
    };
    return textsOf(numbers, digits, MOST_DIGITS, convention);
  }

  /** Print the step line by line. */
  #print() {
    const { payload, find } = this;
    const { step, entry, examples, last, asks } = head.moment;
    const count = examples.length;
    const { texts, signs } = this.#texts(payload.convention, Number(find(".digits").value));
    const example = fillTemplate(payload.whose, {
      iteration: String(Math.floor(step / count) + (last && step ? 0 : 1)),
      example: String((step % count) + 1),
      count: String(count),
    });
    setText(find(".whose"), `Step ${step}${count > 1 ? example : ""}`);
    const facts = [`input ${given(entry.input)}`, `goal ${given(entry.goal)}`];
    facts.push(`weight ${texts.weight}`, `${payload.rate} ${texts.alpha}`);
    setText(find(".facts"), facts.join(", "));
    for (const { name, template, line, right } of this.lines) {
      line.hidden = !(name in signs) || (asks && name === "next_weight");
      if (line.hidden) continue;
      const worked = `${fillTemplate(template, texts)} ${signs[name]} ${texts[name]}`;
      right.replaceChildren(...typeset(worked));
    }
    find(".practise").disabled = last || asks;
  }

  /** Print the step under each convention, if that can be seen. */
  #compare() {
    const { payload, find } = this;
    if (!find(".chain").open || !head.moment) return;
    const rows = payload.conventions.map((/** @type {any} */ each) => {
      const { texts, signs } = this.#texts(each.convention);
      const { error, weight_delta, alpha, next_weight } = texts;
      const sign = signs.next_weight;
      const update = sign ? `${fillTemplate(each.update, texts)} ${sign} ${next_weight}` : "";
      const { label } = each.convention;
      const cells = [label, error, weight_delta, alpha, each.best, each.limit, update];
      const line = node("tr", {}, ...cells.map((text) => node("td", {}, text)));
      line.toggleAttribute("data-on", each.name === payload.now);
      return line;
    });
    find(".conventions tbody").replaceChildren(...rows);
  }

  /** Centre the picture on the lowest point of the example's bowl, with the weight in view. */
  #place() {
    const { entry, run } = head.moment;
    const { input, goal, weight } = entry;
    const quotient = goal / input;
    const ideal = Number.isFinite(quotient) ? quotient : weight;
    const away = Math.abs(weight - ideal);
    const begin = Math.abs(run.weight[0] - ideal);
    const wanted = Math.max(away, begin < 1e6 * away ? begin : 0) || Math.abs(weight) || 1;
    const key = JSON.stringify([input, goal, roundedDown(wanted)]);
    this.centre = ideal;
    this.half = 1.3 * wanted;
    if (key !== this.scale) {
      this.scale = key;
      this.first = roundedDown(this.half / 5);
      this.nudge = this.first;
    }
    this.#trace();
  }

  /** @param {number} nudge */
  #nudgeBy(nudge) {
    this.nudge = Math.abs(nudge) < this.half / 1e6 ? this.half / 1e6 : nudge;
    this.#trace();
  }

  /** Draw the bowl, the tangent at the weight, and the chord to the nudged weight. */
  #trace() {
    if (!head.moment) return;
    const { centre, half, nudge, find } = this;
    const { input, goal, weight, delta } = head.moment.entry;
    // Heights are computed from the delta, because its square may overflow.
    const gap = (/** @type {number} */ w) => Math.abs(input * w - goal);
    const most = Math.max(gap(centre - half), gap(centre + half), Math.abs(delta)) || 1;
    const x = (/** @type {number} */ w) => ((w - centre) / half / 2 + 0.5) * WIDTH;
    const y = (/** @type {number} */ height) => BASE - height * (BASE - TOP);
    const bowl = (/** @type {number} */ w) => (gap(w) / most) ** 2;
    const here = delta / most;
    const tangent = (/** @type {number} */ w) =>
      here * here + (2 * here * input * (w - weight)) / most;
    const line = (/** @type {number[]} */ weights, /** @type {(w: number) => number} */ of) =>
      `M${weights.map((w) => `${x(w).toFixed(1)} ${y(of(w)).toFixed(1)}`).join("L")}`;
    const all = ACROSS.map((part) => centre + part * half);
    // End the tangent where it meets the axis.
    const zero = weight - delta / input / 2;
    const ends = [weight - half * 0.45, weight + half * 0.45].map((w) =>
      tangent(w) < 0 ? zero : w,
    );
    const [top] = ends.toSorted((one, other) => tangent(other) - tangent(one));
    const nudged = weight + nudge;
    set(find(".curve"), { d: line(all, bowl) });
    set(find(".tangent"), { d: line(ends, tangent) });
    // Its name is below the tangent, because the curve is above it.
    set(find(".tangent-name"), { x: clamp(x(top), 32, WIDTH - 32), y: y(tangent(top)) + 20 });
    set(find(".chord"), { d: line([weight, nudged], bowl) });
    set(find(".ball"), { cx: x(weight), cy: y(bowl(weight)) });
    set(find(".nudged"), { transform: `translate(${x(nudged)} ${y(bowl(nudged))})` });
    this.handle.show(true);
    this.#measure();
  }

  /** Print what the nudge shows, in lines that hold as printed. */
  #measure() {
    const { payload } = this;
    const { input, goal, weight, delta, error } = head.moment.entry;
    const nudge = number(this.nudge, 4);
    const part = payload.convention.halves ? 0.5 : 1;
    const nudged = (input * (weight + this.nudge) - goal) ** 2;
    const changed = changeOf(part * error, part * nudged, nudge);
    const slope = number(part * 2 * delta * input);
    const texts = { ...changed, nudge, formula: payload.slope, slope };
    const said = payload.nudge.map((/** @type {string} */ sentence) =>
      node("span", {}, ...marked(fillTemplate(sentence, texts))),
    );
    this.find(".found").replaceChildren(...said);
  }

  /**
   * Build the film about the current example, and the sentences that go with it.
   * @param {{ stations: any[], sentences: string[] }} film
   */
  #buildFilm(film) {
    if (this.film === film) return;
    this.film = film;
    clearTimeout(this.timer);
    const most = Math.max(...film.stations.map(({ value }) => Math.abs(value)));
    const stations = film.stations.map(({ name, by, value, text }) => {
      const bar = node("span", { className: "bar" });
      bar.style.setProperty("--size", String(Math.abs(value) / most));
      const how = node("span", { className: "by" }, by);
      const what = node("span", { className: "name" }, name);
      return node("li", {}, how, bar, node("b", {}, text), what);
    });
    const told = film.sentences.map((sentence) => node("li", {}, ...marked(sentence)));
    this.find(".stations").replaceChildren(...stations);
    this.find(".told").replaceChildren(...told);
  }

  /**
   * Play the film from a station on, revealing one station and one sentence at a time.
   * @param {number} at
   */
  #playFilm(at) {
    clearTimeout(this.timer);
    const { find } = this;
    const [stations, told] = [find(".stations").children, find(".told").children];
    for (const [k, item] of [...stations].entries()) item.toggleAttribute("data-later", k > at);
    for (const [k, item] of [...told].entries()) item.toggleAttribute("data-later", k >= at);
    const end = Math.max(stations.length - 1, told.length);
    if (at < end) this.timer = setTimeout(() => this.#playFilm(at + 1), STATION_TIME);
  }

  /** @override */
  dispose() {
    clearTimeout(this.timer);
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

export default mountScene(ByHand, ".byhand");
