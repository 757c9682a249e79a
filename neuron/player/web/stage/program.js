// The program beside the neuron, with the step's values next to its lines and the current line
// highlighted.

import { number } from "../shared/digits.js";
import { copied, node, setText } from "../shared/dom.js";
import { orderOf } from "./clock.js";

/** The height of the program's lowest part, which fades out, in pixels. */
const FADE = 22;

/** For how many milliseconds the button says what it has done. */
const COPIED = 2500;

export class Program {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = /** @type {HTMLElement} */ (root.querySelector("ol"));
    this.copy = /** @type {HTMLElement} */ (root.querySelector(".copy"));
    this.text = "";
    this.beat = "";
    /** @type {(import("../types").Line & { item: HTMLElement, value: HTMLElement })[]} */
    this.lines = [];
    this.list.addEventListener("focusin", ({ target }) => this.#stopAt(target));
    this.list.addEventListener("keydown", (event) => this.#move(event));
    this.copy.addEventListener("click", async () => {
      const done = await copied(this.text);
      if (!done) getSelection()?.selectAllChildren(this.list);
      this.copy.textContent = done ? "Copied" : "Ctrl+C or ⌘C";
      setTimeout(() => {
        this.copy.textContent = "Copy";
      }, COPIED);
    });
  }

  /** @param {import("../types").Program} program */
  show({ lines }) {
    const text = lines.map((line) => `${line.text}\n`).join("");
    if (text === this.text) return;
    this.text = text;
    this.lines = lines.map((line) => {
      const value = node("span");
      const item = node("li", {}, node("code", {}, line.text || " "), value);
      if (line.part) item.dataset.of = line.part;
      return { ...line, item, value };
    });
    this.list.replaceChildren(...this.lines.map(({ item }) => item));
    this.#stopAt(this.#computing[0]);
  }

  /**
   * Make one line the list's only Tab stop; the arrow keys go to the others.
   * @param {EventTarget | null} at
   */
  #stopAt(at) {
    for (const line of this.#computing) line.tabIndex = line === at ? 0 : -1;
  }

  /** The lines that compute a part of the pictures. */
  get #computing() {
    return this.lines.filter(({ part }) => part).map(({ item }) => item);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const lines = this.#computing;
    lines[lines.indexOf(/** @type {HTMLElement} */ (event.target)) + way]?.focus();
  }

  /** @param {import("../types").Moment} moment */
  paint({ step, entry, next, beat, last, examples, printed, asks }) {
    const now = orderOf(beat);
    /** @type {Record<string, number>} */
    const values = {
      ...entry,
      next_weight: next.weight,
      iteration: Math.floor(step / examples.length),
      example: (step % examples.length) + 1,
    };
    for (const { item, value, shows, beat } of this.lines) {
      const turn = orderOf(beat);
      const come = now < 0 || turn <= now;
      const over = last && (shows === "next_weight" || shows === "iteration");
      const told = asks && shows === "next_weight"; // it would answer the question
      const shown = shows in values && come && !over && !told;
      setText(value, shown ? (printed.texts[shows] ?? number(values[shows])) : "");
      item.toggleAttribute("data-now", now >= 0 && turn === now);
    }
    if (beat !== this.beat && now >= 0) this.#reveal(this.list.querySelector("[data-now]"));
    this.beat = beat;
  }

  /**
   * Scroll the list so that an item is in view.
   * @param {HTMLElement | null} item
   */
  #reveal(item) {
    if (!item) return;
    const { list } = this;
    const top = item.offsetTop - list.offsetTop;
    const bottom = top + item.offsetHeight + FADE - list.clientHeight;
    list.scrollTop = Math.max(bottom, Math.min(top, list.scrollTop));
  }
}
