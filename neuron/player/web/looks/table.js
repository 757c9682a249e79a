// The table of all steps, which creates only the rows in view.

import { node } from "../shared/dom.js";
import { train } from "../shared/rule.js";
import { headOf, rowOf } from "../shared/steps.js";

/** The height of every row in pixels, as in table.css: it tells which rows are in view. */
const ROW = 30;

/** How many extra rows are created above and below those in view. */
const EXTRA_ROWS = 15;

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".table"));
  if (root.dataset.settings === data.settings) return;
  root.dataset.settings = data.settings;
  /** @type {import("../types").Training} */
  const settings = JSON.parse(data.settings);
  const run = train(settings);
  const count = run.weight.length;
  const table = /** @type {HTMLTableElement} */ (root.querySelector("table"));
  table.setAttribute("aria-rowcount", String(count + 1));
  table.tHead?.replaceChildren(headOf(settings.examples));
  /** @param {number} k */
  const row = (k) => {
    const line = rowOf(run, settings.examples, k);
    line.setAttribute("aria-rowindex", String(k + 2));
    return line;
  };
  const space = (/** @type {number} */ rows) => {
    const line = node("tr", { ariaHidden: "true" });
    line.style.height = `${rows * ROW}px`;
    return line;
  };
  const paint = () => {
    const first = Math.max(0, Math.floor(root.scrollTop / ROW) - EXTRA_ROWS);
    const last = Math.min(
      count,
      Math.ceil((root.scrollTop + root.clientHeight) / ROW) + EXTRA_ROWS,
    );
    const rows = Array.from({ length: last - first }, (_, k) => row(first + k));
    table.tBodies[0].replaceChildren(space(first), ...rows, space(count - last));
  };
  root.scrollTop = 0;
  root.onscroll = paint;
  paint();
}
