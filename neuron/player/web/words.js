// Numbers and arithmetic as the reader sees them: the rules of numbers.py, explain.py and formula.py.

const DIGITS = 4;
const GIVEN_DIGITS = 12;
const MOST_DIGITS = 17;
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as the page shows it: `0.784`, `−3`, `6e17`.
 * @param {number} value
 * @param {number} [digits]
 * @returns {string}
 */
export function number(value, digits = DIGITS) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= Number.MAX_VALUE) return value > 0 ? "∞" : "−∞";
  if (size < 1e7) digits = Math.max(digits, magnitude(size) + 1);
  const [mantissa, power] = size.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  const figures = mantissa.replace(".", "").replace(/0+$/, "");
  const sign = value < 0 ? "−" : "";
  if (exponent < -4 || exponent >= 7) {
    const fraction = figures.length > 1 ? `.${figures.slice(1)}` : "";
    return `${sign}${figures[0]}${fraction}e${exponent < 0 ? "−" : ""}${Math.abs(exponent)}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${figures}`;
  const whole = figures.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = figures.slice(exponent + 1);
  return rest ? `${sign}${whole}.${rest}` : `${sign}${whole}`;
}

/**
 * The power of ten of a positive number's first digit.
 * @param {number} size
 */
function magnitude(size) {
  return Number(size.toExponential().split("e")[1]);
}

/**
 * How many digits of `value` show `difference`.
 * @param {number} value
 * @param {number} difference
 */
export function digitsToResolve(value, difference) {
  if (!value || !difference || !Number.isFinite(value - difference)) return DIGITS;
  const apart = magnitude(Math.abs(value)) - magnitude(Math.abs(difference));
  return Math.min(MOST_DIGITS, Math.max(DIGITS, apart + DIGITS));
}

/**
 * How many digits of a prediction show how far it is from its goal.
 * @param {number} prediction
 * @param {number} goal
 */
export function predictionDigits(prediction, goal) {
  const delta = prediction - goal;
  if (delta) return digitsToResolve(prediction, delta);
  let digits = DIGITS;
  while (digits < GIVEN_DIGITS && number(goal, digits) !== given(goal)) digits++;
  return digits;
}

/**
 * A number that the reader typed: 0.49999 must not be repeated as 0.5.
 * @param {number} value
 */
export function given(value) {
  return number(value, GIVEN_DIGITS);
}

/**
 * The arithmetic of one step, in one line.
 * @param {import("./types").Film} film
 * @param {number} index
 * @returns {string}
 */
export function stepSentence(film, index) {
  const at = film.at(index);
  const { input, goal, prediction, delta, weight, weight_delta } = at;
  const count = film.examples.length;
  const ended = index === film.last && index > 0;
  const digits = predictionDigits(prediction, goal);
  /** @type {Record<string, string>} */
  const numbers = {
    input: given(input),
    goal: given(goal),
    alpha: given(film.alpha),
    weight: number(weight, digits),
    prediction: number(prediction, digits),
    delta: number(delta),
    error: number(at.error),
    weight_delta: number(weight_delta),
    step: String(index),
    last: String(film.last),
    iteration: String(Math.floor(index / count) + (ended ? 0 : 1)),
    example: String((index % count) + 1),
    examples: String(count),
  };
  const { place, place_end } = film.templates;
  let template = film.templates.step.replace("{place}", ended ? place_end : place);
  if (index < film.last) {
    const next = film.at(index + 1).weight;
    const change = weight - next;
    const most = Math.max(digits, digitsToResolve(weight, change));
    numbers.weight = number(weight, most);
    numbers.next_weight = number(next, change ? digitsToResolve(next, change) : most);
    template += film.templates.update;
  } else {
    template += film.templates.end;
  }
  return filled(template, numbers);
}

/**
 * A template with its numbers; {(x)} is x in brackets when it is negative.
 * @param {string} template
 * @param {Record<string, string>} numbers
 */
export function filled(template, numbers) {
  return template.replace(/\{(\(?)(\w+)\)?\}/g, (_, bracket, name) => {
    const text = numbers[name];
    return bracket && text.startsWith("−") ? `(${text})` : text;
  });
}

/**
 * The weight after a whole pass, by formula and by training.
 * @param {import("./types").Formula} reel
 * @param {number} iteration
 */
export function formulaSentence(reel, iteration) {
  const { templates, ideal } = reel;
  const weight = reel.columns.passes[iteration];
  const formula = reel.columns.formula[iteration];
  const away = ideal === null ? weight : weight - ideal;
  const digits = Math.min(reel.most_digits, digitsToResolve(weight, away));
  const numbers = {
    ...reel.numbers,
    iteration: String(iteration),
    power: [...String(iteration)].map((figure) => SUPERSCRIPT[Number(figure)]).join(""),
    weight: number(weight, digits),
  };
  if (Number.isNaN(formula)) return filled(templates.beyond, numbers);
  const template = templates.formula + (formula === weight ? templates.agree : templates.differ);
  return filled(template, {
    ...numbers,
    formula: number(formula, digits),
    difference: number(Math.abs(formula - weight)),
  });
}

/**
 * A sentence as one element a clause, so that lines break between clauses only.
 * @param {string} sentence
 */
export function clauses(sentence) {
  return sentence.split(/(?<=[:;] )/).map((text) => {
    const clause = document.createElement("span");
    clause.textContent = text;
    return clause;
  });
}
