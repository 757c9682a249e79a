// The table of all steps, which creates only the rows in view.

import { finder, node } from "../shared/dom.js";
import { train } from "../shared/rule.js";
import { headOf, rowOf } from "../shared/steps.js";

/** The height of every row in pixels, as in table.css: it tells which rows are in view. */
const ROW = 30;

/** How many extra rows are created above and below those in view. */
const EXTRA_ROWS = 15;

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  const find = finder(parentElement);
  const [root, table] = [find(".table"), find("table")];
  if (root.dataset.settings === data.settings) return;
  root.dataset.settings = data.settings;
  /** @type {import("../types").Training} */
  const settings = JSON.parse(data.settings);
  const run = train(settings);
  const count = run.weight.length;
  table.ariaRowCount = String(count + 1);
  table.tHead.replaceChildren(headOf(settings.examples));
  const space = (/** @type {number} */ rows) => {
    const line = node("tr", { ariaHidden: "true" });
    line.style.height = `${rows * ROW}px`;
    return line;
  };
  const paint = () => {
    const { scrollTop, clientHeight } = root;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - EXTRA_ROWS);
    const last = Math.min(count, Math.ceil((scrollTop + clientHeight) / ROW) + EXTRA_ROWS);
    const rows = [space(first)];
    for (let k = first; k < last; k++) {
      const row = rowOf(run, settings.examples, k);
      row.ariaRowIndex = String(k + 2);
      rows.push(row);
    }
    table.tBodies[0].replaceChildren(...rows, space(count - last));
  };
  root.scrollTop = 0;
  root.onscroll = paint;
  paint();
}
