// One step's arithmetic as it is printed: the rules of neuron/words/arithmetic.py, in the browser.

import {
  DIGITS,
  digitsToResolve,
  exactly,
  given,
  MOST_DIGITS,
  number,
  predictionDigits,
  shownValue,
} from "./digits.js";

/** How many extra digits a number may get so that the printed line holds. */
const MORE_DIGITS = 2;

/** @typedef {{ digits: bigint, power: number } | undefined} Shown */
/** @typedef {{ halves: boolean, twice: boolean, rate: number }} Convention */
/**
 * The numbers of one step; `given` says whether the weight is the one that the reader set.
 * @typedef {import("../types").Entry & { alpha: number, next_weight?: number, given: boolean }} Step
 */
/**
 * A line's numbers by name, the result last, and its formula.
 * @typedef {[numbers: string[], formula: (...values: Shown[]) => Shown]} Line
 */

/** @type {Convention} */
const BOOK = { halves: false, twice: false, rate: 1 };

/**
 * The numbers of a step as they are printed, and the sign of each line, both by name.
 * @param {Step} step
 * @param {number | undefined} [digits] significant ones; 0 for all digits of the floats
 * @param {number} [most] digits to tell a prediction from its goal, and a weight from the next
 * @param {Convention} [convention]
 */
export function textsOf(step, digits = DIGITS, most = MOST_DIGITS, convention = BOOK) {
  const part = shownValue(convention.halves ? "0.5" : "1");
  const factor = shownValue(convention.twice ? "2" : "1");
  /** @type {Record<string, Line>} */
  const lines = {
    prediction: [["input", "weight", "prediction"], times],
    delta: [["prediction", "goal", "delta"], minus],
    error: [["delta", "error"], (delta) => times(part, delta, delta)],
    weight_delta: [["delta", "input", "weight_delta"], (...both) => times(factor, ...both)],
    next_weight: [
      ["weight", "alpha", "weight_delta", "next_weight"],
      (weight, ...change) => minus(weight, times(...change)),
    ],
  };
  if (step.next_weight === undefined) delete lines.next_weight;
  return chosen(optionsOf(step, digits, most, convention), lines);
}

/**
 * The texts that each number of a step may have, by name, shortest first.
 * @param {Step} step
 * @param {number} digits
 * @param {number} most
 * @param {Convention} convention
 * @returns {Record<string, string[]>}
 */
function optionsOf(step, digits, most, { halves, twice, rate }) {
  const { weight, prediction, next_weight } = step;
  const fixed = { input: step.input, goal: step.goal, alpha: step.alpha * rate };
  /** @type {Record<string, number>} */
  const values = {
    weight,
    prediction,
    delta: step.delta,
    error: halves ? step.error / 2 : step.error,
    weight_delta: twice ? step.weight_delta * 2 : step.weight_delta,
  };
  if (next_weight !== undefined) values.next_weight = next_weight;
  if (!digits) return mapped({ ...fixed, ...values }, (value) => [exactly(value)]);
  const told = Math.max(digits, Math.min(most, predictionDigits(prediction, step.goal)));
  /** @type {Record<string, number>} */
  const least = { weight: told, prediction: told };
  if (next_weight !== undefined) {
    const change = next_weight - weight;
    const resolved = (/** @type {number} */ value, /** @type {number} */ difference) =>
      Math.min(most, digitsToResolve(value, difference));
    // Both weights must show the change, and both terms of the subtraction must be precise enough
    // to show the new weight.
    least.weight = Math.max(told, resolved(weight, change), resolved(weight, next_weight));
    least.next_weight = Math.max(told, resolved(next_weight, change));
    least.weight_delta = Math.max(digits, resolved(change, next_weight));
  }
  const options = {
    ...mapped(fixed, (value) => [given(value)]),
    ...mapped(values, (value, name) => several(value, least[name] ?? digits, MORE_DIGITS)),
  };
  if (step.given) options.weight = [given(weight)];
  return options;
}

/**
 * How an error changes with a nudge, as it is printed: `3.8416 − 0.9216 = 2.92`, and
 * `2.92 ÷ 0.5 = 5.84`, each with as few digits as both lines need.
 * @param {number} before
 * @param {number} after
 * @param {string} nudge as it is printed
 * @returns {Record<string, string>}
 */
export function changeOf(before, after, nudge) {
  const by = shownValue(nudge);
  const size = by ? Number(by.digits) * 10 ** by.power : Number.NaN;
  const change = after - before;
  // Numbers that nearly cancel get more digits than their difference.
  const options = {
    ...mapped({ after, before }, (value) => several(value, DIGITS, 2 * MORE_DIGITS)),
    ...mapped({ change, quotient: change / size }, (value) => several(value, DIGITS, MORE_DIGITS)),
    nudge: [nudge],
  };
  const { texts, signs } = chosen(options, {
    differs: [["after", "before", "change"], minus],
    divides: [["quotient", "nudge", "change"], times],
  });
  return { ...texts, ...signs };
}

/**
 * Choose a text for each number, so that as many lines as possible hold as printed, and of those
 * choices the shortest: the texts by number, and the signs by line.
 * @param {Record<string, string[]>} options
 * @param {Record<string, Line>} lines
 * @returns {import("../types").Printed}
 */
function chosen(options, lines) {
  /** @type {Map<string, string>} the sign of a line with these texts */
  const known = new Map();
  let best = { held: -1, size: 0, texts: {}, signs: {} };
  for (const texts of ways(options)) {
    /** @type {Record<string, string>} */
    const signs = {};
    for (const [line, [numbers, formula]] of Object.entries(lines)) {
      const shown = numbers.map((name) => texts[name]);
      const key = [line, ...shown].join();
      if (!known.has(key)) {
        const values = shown.map(shownValue);
        const result = values.pop();
        known.set(key, equal(formula(...values), result) ? "=" : "≈");
      }
      signs[line] = known.get(key) ?? "";
    }
    const held = Object.values(signs).filter((sign) => sign === "=").length;
    const size = Object.values(texts).join("").length;
    if (held > best.held || (held === best.held && size < best.size)) {
      best = { held, size, texts, signs };
    }
  }
  return { texts: best.texts, signs: best.signs };
}

/**
 * All ways to choose one text for each number; the last name varies fastest.
 * @param {Record<string, string[]>} options
 */
function ways(options) {
  /** @type {Record<string, string>[]} */
  let all = [{}];
  for (const [name, texts] of Object.entries(options)) {
    all = all.flatMap((way) => texts.map((text) => ({ ...way, [name]: text })));
  }
  return all;
}

/**
 * The texts of a number with so many digits and up to `more` more, without repeats.
 * @param {number} value
 * @param {number} digits
 * @param {number} more
 */
function several(value, digits, more) {
  return [...new Set(Array.from({ length: more + 1 }, (_, k) => number(value, digits + k)))];
}

/**
 * An object with the same names and other values.
 * @param {Record<string, number>} values
 * @param {(value: number, name: string) => string[]} make
 */
function mapped(values, make) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, make(value, name)]),
  );
}

/** @type {(...factors: Shown[]) => Shown} */
function times(...factors) {
  return factors.reduce(
    (one, other) =>
      one && other && { digits: one.digits * other.digits, power: one.power + other.power },
  );
}

/** @type {(one: Shown, other: Shown) => Shown} */
function minus(one, other) {
  if (!one || !other) return undefined;
  const power = Math.min(one.power, other.power);
  const scaled = (/** @type {{ digits: bigint, power: number }} */ each) =>
    each.digits * 10n ** BigInt(each.power - power);
  return { digits: scaled(one) - scaled(other), power };
}

/** @type {(one: Shown, other: Shown) => boolean} */
function equal(one, other) {
  return minus(one, other)?.digits === 0n;
}

/**
 * "=" if a product of printed numbers is the printed result, else "≈".
 * @param {string} result
 * @param {string[]} factors
 */
export function signOf(result, ...factors) {
  return equal(times(...factors.map(shownValue)), shownValue(result)) ? "=" : "≈";
}
