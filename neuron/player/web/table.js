// The table of all steps: rounded and aligned by the point, each number exact where a pointer rests.

import { DIGITS, exactly, number } from "./digits.js";
import { train } from "./rule.js";

/** In pixels, as in table.css: all rows are as high, so that only those in view are there. */
const ROW = 30;

/** How many characters follow in the longest numbers, from the point on. */
const MOST_AFTER = 10;

/** How many rows are there above and below those in view. */
const MORE = 15;

const COLUMNS = /** @type {const} */ (["weight", "prediction", "error", "delta", "weight_delta"]);

/** @param {import("./types").Mount} mount */
export default function mount({ parentElement, data }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".table"));
  if (root.dataset.settings === data.settings) return;
  root.dataset.settings = data.settings;
  /** @type {import("./rule").Settings} */
  const settings = JSON.parse(data.settings);
  const run = train(settings);
  const { length } = settings.examples;
  const count = run.weight.length;
  const table = /** @type {HTMLTableElement} */ (root.querySelector("table"));
  table.setAttribute("aria-rowcount", String(count + 1));
  const names = ["step", ...(length > 1 ? ["example"] : []), ...COLUMNS];
  const head = document.createElement("tr");
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  table.tHead?.replaceChildren(head);

  /** @param {number} k */
  const row = (k) => {
    const line = document.createElement("tr");
    line.setAttribute("aria-rowindex", String(k + 2));
    const first = document.createElement("th");
    first.scope = "row";
    first.textContent = String(k);
    line.append(first);
    if (length > 1) {
      line.insertCell().textContent = String((k % length) + 1);
    }
    for (const name of COLUMNS) {
      const value = run[name][k];
      const text = number(value, DIGITS + 2);
      const at = text.search(/[.\u00a0]/); // the point, or the power of ten
      const cell = line.insertCell();
      cell.title = exactly(value);
      cell.textContent = text;
      cell.style.paddingRight = `${Math.max(1, MOST_AFTER + 1 - (at < 0 ? 0 : text.length - at))}ch`;
    }
    return line;
  };
  const space = (/** @type {number} */ rows) => {
    const line = document.createElement("tr");
    line.setAttribute("aria-hidden", "true");
    line.style.height = `${rows * ROW}px`;
    return line;
  };
  const paint = () => {
    const first = Math.max(0, Math.floor(root.scrollTop / ROW) - MORE);
    const last = Math.min(count, Math.ceil((root.scrollTop + root.clientHeight) / ROW) + MORE);
    const rows = Array.from({ length: last - first }, (_, k) => row(first + k));
    table.tBodies[0].replaceChildren(space(first), ...rows, space(count - last));
  };
  root.scrollTop = 0;
  root.onscroll = paint;
  paint();
}
