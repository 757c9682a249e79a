// Tables of the charts' numbers, for screen readers.

import { spoken } from "./announce.js";
import { node } from "./dom.js";

/** The most rows that a table has: more would be tedious to listen to. */
export const MOST_ROWS = 20;

/**
 * @param {HTMLTableElement} table
 * @param {string} caption
 * @param {string[]} names of the columns
 * @param {string[][]} rows the first cell of each is its header
 */
export function tabulate(table, caption, names, rows) {
  const head = names.map((name) => node("th", { scope: "col" }, spoken(name)));
  const lines = rows.map(([first, ...cells]) => {
    const texts = cells.map((text) => node("td", {}, spoken(text)));
    return node("tr", {}, node("th", { scope: "row" }, spoken(first)), ...texts);
  });
  table.createCaption().textContent = caption;
  for (const old of table.tBodies) old.remove();
  table.append(node("tbody", {}, node("tr", {}, ...head), ...lines));
}

/**
 * The last MOST_ROWS steps up to a step, and a note for the caption if earlier ones are left out.
 * @param {number} step
 * @param {string} name what the steps are called
 */
export function lastSteps(step, name) {
  const first = Math.max(0, step - MOST_ROWS + 1);
  return {
    steps: Array.from({ length: step - first + 1 }, (_, k) => first + k),
    which: first ? `, the last ${MOST_ROWS} ${name}` : "",
  };
}
