// The stage: it plays a run that Python computed, and asks the server for nothing while it does.

import { Diagram } from "./diagram.js";
import { move } from "./head.js";
import { RevealChart } from "./reveal.js";
import { mounting, Scene } from "./scene.js";
import { Transport } from "./transport.js";
import { clauses, digitsToResolve, number, stepSentence } from "./words.js";

class Player extends Scene {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    /** @type {(what: string) => any} */
    const find = (what) => root.querySelector(what);
    this.arithmetic = find(".arithmetic");
    this.test = find(".test");
    this.status = find("[role=status]");
    this.diagram = new Diagram(this.places.neuron);
    this.said = -1; // the step whose numbers are on screen
    this.asked = false; // whether the next run starts to play at once
    this.watching = new MutationObserver(() => {
      const text = this.watch();
      if (text) this.show(text);
    });
    this.transport = new Transport(
      root,
      () => this.paint(),
      () => this.rest(),
    );
  }

  /**
   * Show each reel as soon as it is in the page, not when the component is told of it.
   * @returns {string} the one that is there
   */
  watch() {
    const place = document.querySelector("[data-testid=stText]");
    if (!place) return "";
    this.watching.observe(place, { childList: true, characterData: true, subtree: true });
    return place.textContent ?? "";
  }

  /**
   * @param {any} reel
   * @override
   */
  unpack(reel) {
    return filmOf(super.unpack(reel));
  }

  /** @override */
  begin() {
    const { last, test } = this.reel;
    this.transport.take(last, 0);
    this.root.toggleAttribute("data-untrained", last === 0);
    this.test.hidden = !test.length;
    this.said = -1;
    this.root.toggleAttribute("data-answer", this.asked);
    if (this.asked && !this.transport.playing) this.transport.play();
  }

  /**
   * @param {any} Plotly
   * @override
   */
  make(Plotly) {
    return Object.keys(this.reel.pictures).map(
      (name) => new RevealChart(Plotly, this.places[name]),
    );
  }

  /**
   * @param {import("./types").Palette} palette
   * @override
   */
  load(palette) {
    const { pictures, columns } = this.reel;
    const drawn = Object.values(pictures);
    this.charts.forEach((chart, index) => {
      /** @type {RevealChart} */ (chart).load(drawn[index], columns, palette);
    });
  }

  /** @override */
  paint() {
    const { reel, transport } = this;
    if (!reel) return;
    const k = Math.floor(transport.head);
    const part = transport.glide();
    const pace = transport.pace();
    for (const chart of this.charts) /** @type {RevealChart} */ (chart).paint(k, part, pace);
    move(k, part, pace, reel.last === 0);
    if (k === this.said) return;
    this.said = k;
    transport.describe(k, `${k} of ${reel.last}`);
    this.diagram.paint(reel, k);
    this.arithmetic.replaceChildren(...clauses(stepSentence(reel, k)));
    const answers = reel.test.map((/** @type {any} */ example) =>
      asked(example, reel.at(k).weight),
    );
    this.test.replaceChildren(...answers);
  }

  /** The film stands: say where, and show what was to be predicted. */
  rest() {
    this.status.textContent = this.arithmetic.textContent;
    for (const hidden of document.querySelectorAll("[data-answer]")) {
      hidden.removeAttribute("data-answer");
    }
  }

  /** @override */
  dispose() {
    this.watching.disconnect();
    this.transport.stop();
    super.dispose();
  }
}

export default mounting(Player, ".stage", (player, { parentElement, data, drawn }) => {
  player.complete = drawn;
  player.asked = data.play;
  if (data.to_top) parentElement.closest("[data-testid=stMain]")?.scrollTo({ top: 0 });
  const text = player.watch();
  return data.reel || text;
});

/**
 * What the neuron answers to a test example.
 * @param {import("./types").Example} example
 * @param {number} weight
 */
function asked({ input, goal }, weight) {
  const item = document.createElement("li");
  const prediction = input * weight;
  const delta = prediction - goal;
  const shown = number(prediction, digitsToResolve(prediction, delta));
  item.textContent =
    `${number(input)} × ${weight < 0 ? `(${number(weight)})` : number(weight)} = ${shown}, ` +
    `goal ${number(goal)}, error ${number(delta * delta)}`;
  return item;
}

/**
 * A run ready to be played.
 * @param {any} reel with its columns unpacked
 * @returns {import("./types").Film}
 */
function filmOf(reel) {
  const { weight, prediction, delta, error, weight_delta } = reel.columns;
  /** @type {Float64Array} */
  const drawn = reel.columns[reel.pictures.weight.y[0]];
  return {
    ...reel,
    strongest: drawn.reduce((most, w) => Math.max(most, Math.abs(w)), 0),
    at: (k) => ({
      ...reel.examples[k % reel.examples.length],
      weight: weight[k],
      prediction: prediction[k],
      delta: delta[k],
      error: error[k],
      weight_delta: weight_delta[k],
    }),
  };
}
