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
 * @typedef {{ input: number, goal: number, alpha: number, weight: number, prediction: number,
 *   delta: number, error: number, weight_delta: number, next_weight?: number, given: boolean }} Step
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
  const options = optionsOf(step, digits, most, convention);
  const [one, two] = [whole(1), whole(2)];
  const half = { digits: 5n, power: -1 };
  /** @type {Record<string, (...values: Shown[]) => Shown>} */
  const formulas = {
    prediction: times,
    delta: minus,
    error: (delta) => times(convention.halves ? half : one, times(delta, delta)),
    weight_delta: (delta, input) => times(convention.twice ? two : one, times(delta, input)),
    next_weight: (weight, rate, slope) => minus(weight, times(rate, slope)),
  };
  const lines = Object.keys(OPERANDS).filter((line) => line in options);
  /** @type {Map<string, Shown>} */
  const values = new Map();
  for (const texts of Object.values(options)) {
    for (const text of texts) values.set(text, shownValue(text));
  }
  /** @type {Record<string, Map<string, boolean>>} */
  const known = Object.fromEntries(lines.map((line) => [line, new Map()]));
  /** @type {(line: string, texts: Record<string, string>) => boolean} */
  const holds = (line, texts) => {
    const chosen = [...OPERANDS[line], line].map((name) => texts[name]);
    const key = chosen.join();
    const before = known[line].get(key);
    if (before !== undefined) return before;
    const numbers = chosen.map((text) => values.get(text));
    const held = equal(formulas[line](...numbers.slice(0, -1)), numbers.at(-1));
    known[line].set(key, held);
    return held;
  };
  let best = [-1, 0];
  /** @type {Record<string, string>} */
  let texts = {};
  /** @type {Record<string, string>} */
  let signs = {};
  for (const chosen of choices(options)) {
    const held = lines.map((line) => holds(line, chosen));
    const count = held.filter(Boolean).length;
    const size = Object.values(chosen).join("").length;
    if (count < best[0] || (count === best[0] && size >= best[1])) continue;
    best = [count, size];
    texts = chosen;
    signs = Object.fromEntries(lines.map((line, k) => [line, held[k] ? "=" : "≈"]));
  }
  return { texts, signs };
}

/** @type {Record<string, string[]>} */
const OPERANDS = {
  prediction: ["input", "weight"],
  delta: ["prediction", "goal"],
  error: ["delta"],
  weight_delta: ["delta", "input"],
  next_weight: ["weight", "alpha", "weight_delta"],
};

/**
 * The candidate texts for each number, by name, shortest first.
 * @param {Step} step
 * @param {number} digits
 * @param {number} most
 * @param {Convention} convention
 * @returns {Record<string, string[]>}
 */
function optionsOf(step, digits, most, convention) {
  /** @type {Record<string, number>} */
  const values = {
    weight: step.weight,
    prediction: step.prediction,
    delta: step.delta,
    error: convention.halves ? step.error / 2 : step.error,
    weight_delta: convention.twice ? step.weight_delta * 2 : step.weight_delta,
  };
  const { next_weight } = step;
  if (next_weight !== undefined) values.next_weight = next_weight;
  const fixed = { input: step.input, goal: step.goal, alpha: step.alpha * convention.rate };
  if (!digits) {
    const all = Object.entries({ ...fixed, ...values });
    return Object.fromEntries(all.map(([name, value]) => [name, [exactly(value)]]));
  }
  const told = Math.max(digits, Math.min(most, predictionDigits(step.prediction, step.goal)));
  /** @type {Record<string, number>} */
  const least = { weight: told, prediction: told };
  if (next_weight !== undefined) {
    const change = next_weight - step.weight;
    const resolved = (/** @type {number} */ value, /** @type {number} */ difference) =>
      Math.min(most, digitsToResolve(value, difference));
    least.weight = Math.max(
      ...[told, resolved(step.weight, change), resolved(step.weight, next_weight)],
    );
    least.next_weight = Math.max(told, resolved(next_weight, change));
    least.weight_delta = Math.max(digits, resolved(change, next_weight));
  }
  const options = Object.fromEntries(
    Object.entries(fixed).map(([name, value]) => [name, [given(value)]]),
  );
  for (const [name, value] of Object.entries(values)) {
    const from = least[name] ?? digits;
    const several = Array.from({ length: MORE_DIGITS + 1 }, (_, k) => number(value, from + k));
    options[name] = [...new Set(several)];
  }
  if (step.given) options.weight = [given(step.weight)];
  return options;
}

/**
 * All ways to choose one text for each number; the last name varies fastest.
 * @param {Record<string, string[]>} options
 * @returns {Generator<Record<string, string>>}
 */
function* choices(options) {
  const [name, ...rest] = Object.keys(options);
  if (name === undefined) {
    yield {};
    return;
  }
  const { [name]: texts, ...others } = options;
  if (!rest.length) {
    for (const text of texts) yield { [name]: text };
    return;
  }
  for (const text of texts) for (const more of choices(others)) yield { [name]: text, ...more };
}

/** @param {number} value */
function whole(value) {
  return { digits: BigInt(value), power: 0 };
}

/**
 * @param {Shown} one
 * @param {Shown} other
 * @returns {Shown}
 */
function times(one, other) {
  return one && other && { digits: one.digits * other.digits, power: one.power + other.power };
}

/**
 * @param {Shown} one
 * @param {Shown} other
 * @returns {Shown}
 */
function minus(one, other) {
  if (!one || !other) return undefined;
  const power = Math.min(one.power, other.power);
  const scaled = (/** @type {{ digits: bigint, power: number }} */ each) =>
    each.digits * 10n ** BigInt(each.power - power);
  return { digits: scaled(one) - scaled(other), power };
}

/**
 * @param {Shown} one
 * @param {Shown} other
 */
function equal(one, other) {
  return minus(one, other)?.digits === 0n;
}

/**
 * "=" if a product of printed numbers is the printed result, else "≈".
 * @param {string} result
 * @param {string[]} factors
 */
export function signOf(result, ...factors) {
  return equal(factors.map(shownValue).reduce(times), shownValue(result)) ? "=" : "≈";
}

/**
 * How an error changes with a nudge, as it is printed: `3.8416 − 0.9216 = 2.92`, and
 * `2.92 ÷ 0.5 = 5.84`, each with as few digits as both lines need.
 * @param {number} before
 * @param {number} after
 * @param {string} nudge as it is printed
 */
export function changeOf(before, after, nudge) {
  const by = shownValue(nudge);
  const size = by ? Number(by.digits) * 10 ** by.power : Number.NaN;
  const values = { after, before, change: after - before, quotient: (after - before) / size };
  const options = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      // Numbers that nearly cancel get more digits than their difference.
      const more = name in { after, before } ? 2 * MORE_DIGITS : MORE_DIGITS;
      const several = Array.from({ length: more + 1 }, (_, k) => number(value, DIGITS + k));
      return [name, [...new Set(several)]];
    }),
  );
  let best = -1;
  /** @type {Record<string, string>} */
  let texts = {};
  for (const chosen of choices(options)) {
    const value = (/** @type {string} */ name) => shownValue(chosen[name]);
    const differs = equal(minus(value("after"), value("before")), value("change"));
    const divides = equal(times(value("quotient"), by), value("change"));
    if (Number(differs) + Number(divides) <= best) continue;
    best = Number(differs) + Number(divides);
    texts = { ...chosen, differs: differs ? "=" : "≈", divides: divides ? "=" : "≈" };
    if (best === 2) break;
  }
  return texts;
}
