// All steps of a run as a table of text, for paper and for the page to keep.

/**
 * @param {HTMLTableElement} table
 * @param {Record<string, any>} run its columns
 * @param {{ input: number, goal: number }[]} examples
 */
export function fillSteps(table, run, examples) {
  const several = examples.length > 1;
  const columns = ["weight", "prediction", "error", "delta", "weight_delta"];
  const line = (/** @type {string} */ tag, /** @type {unknown[]} */ cells) => {
    const row = document.createElement("tr");
    for (const cell of cells)
      row.append(Object.assign(document.createElement(tag), { textContent: cell }));
    return row;
  };
  const rows = Array.from(run.weight, (_, k) =>
    line("td", [
      k,
      ...(several ? [(k % examples.length) + 1] : []),
      ...columns.map((name) => run[name][k]),
    ]),
  );
  table.replaceChildren(line("th", ["step", ...(several ? ["example"] : []), ...columns]), ...rows);
}
