// The stage: it plays a run that Python computed, and asks the server for nothing while it does.

import { Diagram } from "./diagram.js";
import { move } from "./head.js";
import { RevealChart, viewAt } from "./reveal.js";
import { mounting, Scene } from "./scene.js";
import { Transport } from "./transport.js";
import { clauses, given, number, predictionDigits, stepSentence } from "./words.js";

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
    this.view = 0; // of the bowl
    this.asked = false; // whether the next run starts to play at once
    this.opened = 0; // the number of the chapter that was opened last
    this.transport = new Transport(
      root,
      () => this.paint(),
      () => this.rest(),
    );
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
    this.status.textContent = "";
    this.root.toggleAttribute("data-answer", this.asked);
    if (this.asked) {
      if (!this.transport.playing) this.transport.play();
      requestAnimationFrame(() => bringIntoSight(this.places.weight)); // a phone's page is long
    }
    this.asked = false; // the next run may come before anything is said of it
  }

  /**
   * What the pictures show at the end is not said before the answer.
   * @override
   */
  name() {
    if (!this.root.hasAttribute("data-answer")) super.name();
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
    const view = viewAt(reel.pictures.bowl.views, k, pace);
    if (k === this.said && view === this.view) return;
    this.said = k;
    this.view = view;
    transport.describe(k, `${k} of ${reel.last}`);
    this.diagram.paint(reel, k, view);
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
      if (hidden !== this.root) bringIntoSight(hidden);
    }
    this.name();
  }

  /** @override */
  dispose() {
    this.transport.stop();
    super.dispose();
  }
}

export default mounting(Player, ".stage", (player, { parentElement, data }) => {
  const { reel, opening, play } = data;
  if (opening && opening !== player.opened) {
    parentElement.closest("[data-testid=stMain]")?.scrollTo({ top: 0 });
    player.transport.seek(0, false); // a chapter begins at its beginning, also if it is the same run
  }
  player.opened = opening;
  player.asked = play;
  return reel;
});

/**
 * Scroll to what is out of sight; what is in sight stays where it is.
 * @param {Element} element
 */
function bringIntoSight(element) {
  element.scrollIntoView({ block: "nearest" });
}

/**
 * What the neuron answers to a test example.
 * @param {import("./types").Example} example
 * @param {number} weight
 */
function asked({ input, goal }, weight) {
  const item = document.createElement("li");
  const prediction = input * weight;
  const delta = prediction - goal;
  const digits = predictionDigits(prediction, goal);
  const factor = number(weight, digits);
  item.textContent =
    `${given(input)} × ${weight < 0 ? `(${factor})` : factor} = ${number(prediction, digits)}, ` +
    `goal ${given(goal)}, error ${number(delta * delta)}`;
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
  // Where nothing moves, a weight is as strong as it is beside twice the ideal one.
  const atRest = reel.last ? 0 : 2 * Math.abs(reel.pictures.bowl.views[0].centre);
  return {
    ...reel,
    strongest: drawn.reduce((most, w) => Math.max(most, Math.abs(w)), atRest),
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
