// A run's steps as rows of a table: rounded, aligned at the decimal point, and exact on hover.

import { DIGITS, exactly, number } from "./digits.js";
import { node } from "./dom.js";

/** @typedef {{ length: number }} Examples */

/** The most characters that a number has from its decimal point on. */
const MOST_AFTER = 10;

const COLUMNS = /** @type {const} */ (["weight", "prediction", "error", "delta", "weight_delta"]);

/**
 * The header row.
 * @param {Examples} examples
 */
export function headOf({ length }) {
  const names = ["step", ...(length > 1 ? ["example"] : []), ...COLUMNS];
  return node("tr", {}, ...names.map((name) => node("th", { scope: "col" }, name)));
}

/**
 * The row of a step.
 * @param {Record<string, any>} run its columns
 * @param {Examples} examples
 * @param {number} k
 */
export function rowOf(run, { length }, k) {
  const line = node("tr", {}, node("th", { scope: "row" }, String(k)));
  if (length > 1) line.insertCell().textContent = String((k % length) + 1);
  for (const name of COLUMNS) {
    const value = run[name][k];
    const text = number(value, DIGITS + 2);
    const at = text.search(/[.\u00a0]/); // the decimal point, or the power of ten
    const after = at < 0 ? 0 : text.length - at;
    const cell = line.insertCell();
    cell.title = exactly(value);
    cell.textContent = text;
    cell.style.paddingRight = `${Math.max(1, MOST_AFTER + 1 - after)}ch`;
  }
  return line;
}

/**
 * Fill a table with all steps, for paper and for the page to keep.
 * @param {HTMLTableElement} table
 * @param {Record<string, any>} run
 * @param {Examples} examples
 */
export function fillSteps(table, run, examples) {
  const rows = Array.from(run.weight, (_, k) => rowOf(run, examples, k));
  table.replaceChildren(node("thead", {}, headOf(examples)), node("tbody", {}, ...rows));
}
