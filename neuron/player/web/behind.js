// The table behind charts: their numbers, for who hears the page.

import { spoken } from "./hearing.js";

/** How many rows a table has at most: more would be a lesson in patience. */
export const MOST_ROWS = 20;

/**
 * Fill a table.
 * @param {HTMLTableElement} table
 * @param {string} caption
 * @param {string[]} names of the columns
 * @param {string[][]} rows their first cells are their heads
 */
export function tabulate(table, caption, names, rows) {
  const line = (/** @type {string[]} */ cells, /** @type {string} */ kind) => {
    const row = document.createElement("tr");
    for (const [place, text] of cells.entries()) {
      const cell = document.createElement(place ? kind : "th");
      if (cell.tagName === "TH") cell.setAttribute("scope", kind === "th" ? "col" : "row");
      cell.textContent = spoken(text);
      row.append(cell);
    }
    return row;
  };
  const body = document.createElement("tbody");
  body.append(line(names, "th"), ...rows.map((cells) => line(cells, "td")));
  table.createCaption().textContent = caption;
  for (const old of table.tBodies) old.remove();
  table.append(body);
}

/**
 * The steps up to one, of many only the last, and what tells which they are.
 * @param {number} step
 * @param {string} name what a step is called
 */
export function upTo(step, name) {
  const first = Math.max(0, step - MOST_ROWS + 1);
  return {
    steps: Array.from({ length: step - first + 1 }, (_, k) => first + k),
    which: first ? `, the last ${MOST_ROWS} ${name}` : "",
  };
}
