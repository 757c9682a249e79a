// The words that change with every moment: the caption below the neuron, its answers to test data,
// and, for screen readers, the names of the pictures and the table of the charts' numbers.

import { spoken } from "../shared/announce.js";
import { textsOf } from "../shared/arithmetic.js";
import { lastSteps, tabulate } from "../shared/charttable.js";
import {
  DIGITS,
  fillTemplate,
  given,
  MOST_SHOWN,
  number,
  predictionDigits,
} from "../shared/digits.js";
import { finder, setText } from "../shared/dom.js";
import { marked } from "./story.js";

/** @typedef {import("../types").Moment} Moment */

export class Sentences {
  /** @type {Moment | undefined} */
  moment;
  captionKey = ""; // identifies the caption, for this payload
  printedKey = ""; // identifies the moment in `printed`, for this run
  /** @type {import("../types").ShownRun | undefined} */
  printedRun;
  /** @type {import("../types").Printed} */
  printed = { texts: {}, signs: {} };

  /**
   * @param {HTMLElement} root
   * @param {Record<string, HTMLElement>} places of the pictures
   */
  constructor(root, places) {
    const find = finder(root);
    this.caption = find(".moment");
    this.tests = find(".tests");
    this.table = find(".steps");
    this.places = places;
  }

  /**
   * A step's numbers as printed. During a glide no line of arithmetic is shown, so the digits that
   * make each line hold are not searched for: that would cost part of every frame.
   * @param {import("../types").ShownRun} run
   * @param {number} step
   * @param {boolean} glides
   * @param {import("../types").Entry} entry
   * @param {number} alpha
   * @param {number} [next_weight]
   */
  print(run, step, glides, entry, alpha, next_weight) {
    const key = `${step} ${glides}`;
    if (key === this.printedKey && run === this.printedRun) return this.printed;
    this.printedKey = key;
    this.printedRun = run;
    const { weight, prediction, goal, delta, error } = entry;
    if (glides) {
      const digits = Math.min(MOST_SHOWN, predictionDigits(prediction, goal));
      const told = { weight: number(weight), delta: number(delta), error: number(error) };
      this.printed = { texts: { ...told, prediction: number(prediction, digits) }, signs: {} };
    } else {
      const shown = { ...entry, alpha, given: step === 0, next_weight };
      this.printed = textsOf(shown, DIGITS, MOST_SHOWN);
    }
    return this.printed;
  }

  /**
   * Update the caption, and what changes with every step.
   * @param {Moment} moment
   * @returns {boolean} whether this is another step
   */
  paint(moment) {
    const before = this.moment;
    this.moment = moment;
    const { step, beat, last, parts, run, payload } = moment;
    const other = run !== before?.run || payload !== before.payload;
    const name = beat || (last && step ? "end" : "rest");
    const key = `${name} ${step} ${parts.size}`;
    if (other || key !== this.captionKey) this.#explain(name, moment);
    this.captionKey = key;
    const moved = other || step !== before.step;
    if (moved) this.#describe(moment);
    return moved;
  }

  /**
   * Explain the moment with its numbers.
   * @param {string} name of the beat, "rest" or "end"
   * @param {Moment} moment
   */
  #explain(name, { step, printed, parts, run, payload }) {
    const { words } = payload;
    const { texts, signs } = printed;
    const is = (/** @type {string} */ line) => (signs[line] === "=" ? "is" : "is about");
    const numbers = {
      ...texts,
      predicts: signs.prediction,
      differs: signs.delta,
      squares: signs.error,
      asks: signs.weight_delta,
      updates: signs.next_weight,
      delta_is: is("delta"),
      error_is: is("error"),
      step: String(step),
      last: String(run.last),
      updates_made: run.last === 1 ? "1 update" : `${number(run.last)} updates`,
    };
    const sentence = name === "rest" ? joined(words.rest, parts) : words.beats[name];
    this.caption.replaceChildren(...marked(fillTemplate(sentence, numbers)));
  }

  /**
   * Update the answers to test data, and each picture's name.
   * @param {Moment} moment
   */
  #describe({ step, entry, payload, parts, run }) {
    const answers = payload.test.map(({ input, goal }) => {
      const digits = Math.min(predictionDigits(input * entry.weight, goal), 6);
      return `for ${given(input)} it predicts ${number(input * entry.weight, digits)} (goal ${given(goal)})`;
    });
    setText(this.tests, answers.length ? `Test data: ${answers.join(", ")}.` : "");
    const { last } = run;
    const ahead = parts.has("whole") && step < last;
    const texts = {
      ...{ step: String(step), last: String(last) },
      ...{ weight: number(run.weight[step]), error: number(run.training[step]) },
      ...{ first_weight: given(run.weight[0]), first_error: number(run.training[0]) },
      ...{ last_weight: number(run.weight[last]), last_error: number(run.training[last]) },
      test_error: run.test ? number(run.test[step]) : "",
    };
    const there = new Set([...parts, step ? "moved" : "", ahead ? "ahead" : ""]);
    if (!run.test) there.delete("test");
    for (const [name, clauses] of Object.entries(payload.words.captions)) {
      const picture = this.places[name].querySelector("[role=img]");
      picture?.setAttribute("aria-label", spoken(fillTemplate(joined(clauses, there), texts)));
    }
  }

  /** Update the table of the charts' numbers. */
  tabulate() {
    const { step, run, parts, examples } = /** @type {Moment} */ (this.moment);
    const columns = /** @type {[string, number[] | undefined][]} */ ([
      ["weight", run.weight],
      [examples.length > 1 ? "mean error" : "error", run.training],
      ["test error", parts.has("test") ? run.test : undefined],
    ]).filter(([, column]) => column);
    const { steps, which } = lastSteps(step, "steps");
    tabulate(
      this.table,
      `The charts as a table${which}`,
      ["step", ...columns.map(([name]) => name)],
      steps.map((k) => [
        String(k),
        ...columns.map(([, column]) => number(/** @type {number[]} */ (column)[k])),
      ]),
    );
  }
}

/**
 * The clauses of a sentence that apply to what is there.
 * @param {[string, string][]} clauses each with what it is about, or "" if it always applies
 * @param {Set<string>} there
 */
function joined(clauses, there) {
  return clauses.flatMap(([part, clause]) => (!part || there.has(part) ? clause : [])).join("");
}
