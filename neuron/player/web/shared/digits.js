// Numbers as the reader sees them: the rules of neuron/words/numbers.py, in the browser.

export const DIGITS = 4;
const GIVEN_DIGITS = 12;
export const MOST_DIGITS = 17;
/** The most digits to tell two close numbers apart in a sentence: there is no room for more. */
export const MOST_SHOWN = 8;
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const THIN = "\u202f";

/**
 * A number as the page shows it: `0.784`, `−3`, `236 196`, `6.004 × 10¹⁷`.
 * @param {number} value
 * @param {number} [digits] significant ones; whole parts below 10¹⁵ keep all of theirs
 * @returns {string}
 */
export function number(value, digits = DIGITS) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= Number.MAX_VALUE) return `${sign}∞`;
  if (size < 1e15) digits = Math.max(digits, magnitude(size) + 1);
  return sign + written(size.toExponential(digits - 1));
}

/**
 * A number with just enough digits to read back exactly this float.
 * @param {number} value
 */
export function exactly(value) {
  if (value === 0) return "0";
  return (value < 0 ? "−" : "") + written(Math.abs(value).toExponential());
}

/**
 * A positive number with all its digits, in the notation of `number`.
 * @param {string} exponential such as `1.25e-7`
 */
function written(exponential) {
  const [mantissa, power] = exponential.split("e");
  const exponent = Number(power);
  const figures = mantissa.replace(".", "").replace(/0+$/, "");
  if (exponent < -7 || exponent >= 15) {
    const fraction = figures.length > 1 ? `.${figures.slice(1)}` : "";
    return `${figures[0]}${fraction}\u00a0×\u00a010${superscript(exponent)}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${figures}`;
  const whole = figures.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const rest = figures.slice(exponent + 1);
  const grouped = exponent < 4 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return rest ? `${grouped}.${rest}` : grouped;
}

/**
 * A whole number as an exponent: `⁻⁹`.
 * @param {number} exponent
 */
export function superscript(exponent) {
  return String(exponent).replace(/./g, (c) => (c === "-" ? "⁻" : SUPERSCRIPT[Number(c)]));
}

/**
 * The exponent that `superscript` writes as this text; 0 for none.
 * @param {string} text
 */
export function exponentOf(text) {
  return Number(text.replace(/./g, (c) => (c === "⁻" ? "-" : String(SUPERSCRIPT.indexOf(c)))));
}

/**
 * How many times larger, as a whole power of ten: `×10`, `×1000`, `×10⁹`.
 * @param {number} scale
 */
export function times(scale) {
  return `×${scale < 99_999 ? number(scale, 1) : `10${superscript(Math.round(Math.log10(scale)))}`}`;
}

/**
 * The power of ten of a positive number's first digit.
 * @param {number} size
 */
function magnitude(size) {
  return Number(size.toExponential().split("e")[1]);
}

/**
 * How many digits of `value` it takes to show a change of `difference`.
 * @param {number} value
 * @param {number} difference
 */
export function digitsToResolve(value, difference) {
  if (!value || !difference || !Number.isFinite(value - difference)) return DIGITS;
  const apart = magnitude(Math.abs(value)) - magnitude(Math.abs(difference));
  return Math.min(MOST_DIGITS, Math.max(DIGITS, apart + DIGITS));
}

/**
 * How many digits of a prediction it takes to show how far it is from its goal.
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
 * A number that the reader set: 0.49999 must not be repeated as 0.5.
 * @param {number} value
 */
export function given(value) {
  return number(value, GIVEN_DIGITS);
}

/**
 * The exact value of a text from `number`, `given` or `exactly`, as digits and a power of ten.
 * @param {string} text
 * @returns {{ digits: bigint, power: number } | undefined} undefined for ∞
 */
export function shownValue(text) {
  if (text.includes("∞")) return undefined;
  const plain = text.replaceAll(THIN, "").replace("−", "-");
  const [mantissa, raised = ""] = plain.split("\u00a0×\u00a010");
  const [whole, fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), power: exponentOf(raised) - fraction.length };
}

/**
 * Fill in a template; {(x)} puts x in brackets if it is negative or contains a ×.
 * @param {string} template
 * @param {Record<string, string>} numbers
 */
export function fillTemplate(template, numbers) {
  return template.replace(/\{(\(?)(\w+)\)?\}/g, (place, bracket, name) => {
    const text = numbers[name] ?? place;
    return bracket && /^−|×/.test(text) ? `(${text})` : text;
  });
}
