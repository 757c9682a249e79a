// The update rule, in the same order of operations as in neuron/core/training.py, so that the
// results are the same to the last bit.

/** @typedef {import("../types").Example} Example */

/**
 * Train, and record every step up to the last one whose numbers are finite.
 * @param {import("../types").Training} settings
 * @returns {import("../types").Run}
 */
export function train({ examples, weight, alpha, iterations }) {
  /** @type {import("../types").Run} */
  const run = { weight: [], prediction: [], delta: [], error: [], weight_delta: [] };
  const wanted = examples.length * iterations + 1;
  for (let k = 0; k < wanted; k++) {
    const { input, goal } = examples[k % examples.length];
    const prediction = input * weight;
    const delta = prediction - goal;
    const error = delta * delta;
    const weight_delta = delta * input;
    if (!(error < Infinity && Math.abs(weight_delta) < Infinity)) break;
    run.weight.push(weight);
    run.prediction.push(prediction);
    run.delta.push(delta);
    run.error.push(error);
    run.weight_delta.push(weight_delta);
    weight = weight - alpha * weight_delta;
  }
  return run;
}

/**
 * The mean of the squared deltas of some examples at one weight: the height of the error bowl.
 * @param {Example[]} examples
 * @param {number} weight
 */
export function meanError(examples, weight) {
  const squares = examples.map(({ input, goal }) => {
    const delta = input * weight - goal;
    return delta * delta;
  });
  let total = 0;
  for (const square of squares) total += square;
  if (total < Infinity) return total / squares.length;
  total = 0; // in case only the sum overflowed
  for (const square of squares) total += square / squares.length;
  return total;
}

/**
 * `meanError` at each weight of a run; the largest float stands for infinity.
 * @param {Example[]} examples
 * @param {number[]} weights
 */
export function meanErrors(examples, weights) {
  return weights.map((weight) => Math.min(meanError(examples, weight), Number.MAX_VALUE));
}

/**
 * The steps that a line is drawn through, ascending. If there are too many, each stretch keeps its
 * first, lowest and highest point, so that a bounce keeps both its sides.
 * @param {number[]} values
 * @param {number} most
 */
export function downsample(values, most) {
  const count = values.length;
  if (count <= most) return values.map((_, k) => k);
  const stretch = Math.ceil(count / Math.floor(most / 3));
  const kept = new Set([count - 1]);
  for (let start = 0; start < count; start += stretch) {
    let low = start;
    let high = start;
    for (let k = start; k < Math.min(start + stretch, count); k++) {
      if (values[k] < values[low]) low = k;
      if (values[k] > values[high]) high = k;
    }
    for (const k of [start, low, high]) kept.add(k);
  }
  return [...kept].sort((one, other) => one - other);
}
