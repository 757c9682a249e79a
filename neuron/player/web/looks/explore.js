// Cards for the edge cases, the book's runs and the challenges, with a small picture of each run.

import { make, node, sketch } from "../shared/dom.js";
import { finishedChapters } from "../shared/finished.js";

const WIDTH = 64;
const HEIGHT = 40;

/**
 * @typedef {{ name: string, group: string, title: string, line: string, path: number[],
 *   hidden: boolean }} Card see `Card` in neuron/story/chapters.py
 */

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data, setTriggerValue }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".explore"));
  if (root.dataset.cards === data.cards) return;
  root.dataset.cards = data.cards;
  /** @type {Card[]} */
  const cards = JSON.parse(data.cards);
  const known = finishedChapters();
  const groups = [...new Set(cards.map(({ group }) => group))];
  root.replaceChildren(
    ...groups.flatMap((group) => {
      const inside = cards.filter((each) => each.group === group);
      const buttons = inside.map((card) =>
        drawn(card, known.has(card.name), () => setTriggerValue("opened", card.name)),
      );
      return [node("h3", {}, group), node("div", { className: "cards" }, ...buttons)];
    }),
  );
}

/**
 * @param {Card} card
 * @param {boolean} finished only then is a picture shown that would give the answer away
 * @param {() => void} open
 */
function drawn({ title, line, path, hidden }, finished, open) {
  const button = node("button", { type: "button" });
  const secret = hidden && !finished;
  const picture = sketch(button, WIDTH, HEIGHT, secret ? [] : path);
  if (secret) make(picture, "path", { d: "M24 14q0-8 8-8t8 8q0 5-8 9v5M32 35v1" }); // a question mark
  button.append(node("b", {}, finished ? `${title} ✓` : title), node("small", {}, line));
  button.addEventListener("click", open);
  return button;
}
