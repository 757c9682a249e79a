// Cards for the edge cases, the book's runs and the challenges, with a small picture of each run.

import { finder, make, node, sketch } from "../shared/dom.js";
import { finishedChapters } from "../shared/finished.js";

/**
 * @param {import("../types").Mount} mount its data: `cards`, as JSON: see `Card` in
 *   neuron/story/chapters.py
 */
export default function mount({ parentElement, data, setTriggerValue }) {
  const root = finder(parentElement)(".explore");
  if (root.dataset.cards === data.cards) return;
  root.dataset.cards = data.cards;
  root.replaceChildren();
  const known = finishedChapters();
  let place = root; // of the group's cards
  let last = "";
  for (const { name, group, title, line, path, hidden } of JSON.parse(data.cards)) {
    if (group !== last) {
      place = node("div", { className: "cards" });
      root.append(node("h3", {}, group), place);
      last = group;
    }
    const finished = known.has(name);
    const secret = hidden && !finished; // the picture would give the answer away
    const button = node("button", { type: "button" });
    const picture = sketch(button, 64, 40, secret ? [] : path);
    if (secret) make(picture, "path", { d: "M24 14q0-8 8-8t8 8q0 5-8 9v5M32 35v1" }); // a question mark
    button.append(node("b", {}, finished ? `${title} ✓` : title), node("small", {}, line));
    button.addEventListener("click", () => setTriggerValue("opened", name));
    place.append(button);
  }
}
