// The page to keep: answers the stage in Python's place, with what Python has put into the page.

import { finder } from "../shared/dom.js";
import { train } from "../shared/rule.js";
import { fillSteps } from "../shared/steps.js";
import mountStage from "../stage/stage.js";

const STALE_NOTE =
  "The picture follows your changes, but the verdict, the program's text, the ruler's marks and the " +
  "scales still belong to an earlier run. They are updated only if you change nothing but alpha, on its ruler.";

const find = finder(document);
const saved = JSON.parse(find("#saved").textContent);

/** @type {Map<number, any>} how the payload differs at each alpha */
let answers = new Map();
let numbers = { ...saved.numbers };
let shown = saved; // the last payload whose words fit its numbers
let log = false;
let done = 0;

/** Show the current numbers, with the words for them if there are any. */
function answer() {
  const names = Object.keys(numbers).filter((name) => numbers[name] !== saved.numbers[name]);
  const changed = names.length > 0;
  const words = changed ? answers.get(numbers.alpha) : {};
  const known = names.every((name) => name === "alpha") && words;
  if (known) shown = { ...saved, ...words };
  const logarithmic = log ? shown.logarithmic : null;
  const ideal = names.includes("input") || names.includes("goal") ? null : shown.ideal;
  const payload = { ...shown, numbers, done, changed, logarithmic, ideal };
  mountStage({
    parentElement: find("main"),
    data: { payload: JSON.stringify(payload) },
    setStateValue: (/** @type {string} */ _name, /** @type {any} */ did) => receive(did),
    setTriggerValue: () => {},
  });
  find(".stage").toggleAttribute("data-stale", !known);
  find(".belongs").textContent = known ? "" : STALE_NOTE;
  if (find(".every-step").open) table();
}

/** @param {{ events: import("../stage/link").Event[] }} did */
function receive({ events }) {
  for (const event of events.filter(({ n }) => n > done)) {
    done = event.n;
    if (event.set) numbers = { ...numbers, ...event.set };
    if (event.do === "log") log = event.what === "1";
    if (event.do === "reset") numbers = { ...saved.numbers };
  }
  setTimeout(answer); // only after the link has recorded what it sent
}

function table() {
  const { input, goal, weight, alpha } = numbers;
  const examples = [{ input, goal }, ...saved.more];
  const run = train({ examples, weight, alpha, iterations: saved.iterations });
  fillSteps(find(".every-step table"), run, examples);
}

find(".every-step").addEventListener("toggle", table);
// Print with the arithmetic and the table of all steps open.
/** @type {HTMLDetailsElement[]} */
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll(/** @type {"details"} */ ("body > details:not([open])"))];
  for (const fold of closed) fold.open = true;
  table();
});
addEventListener("afterprint", () => {
  for (const fold of closed) fold.open = false;
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", answer);

const packed = Uint8Array.from(atob(find("#answers").textContent), (c) => c.charCodeAt(0));
const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
new Response(unpacked).json().then((list) => {
  answers = new Map(list);
});
answer();
