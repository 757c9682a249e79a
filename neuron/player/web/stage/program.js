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
  /**
   * @param {HTMLElement} root
   * @param {(part: string) => void} light called with the part that a line computes, "" for none
   */
  constructor(root, light) {
    this.root = root;
    this.list = /** @type {HTMLElement} */ (root.querySelector("ol"));
    this.copy = /** @type {HTMLElement} */ (root.querySelector(".copy"));
    this.text = "";
    this.beat = "";
    /** @type {any[]} */
    this.lines = [];
    const lit = (/** @type {any} */ event) =>
      light(event.target.closest?.("[data-of]")?.dataset.of ?? "");
    for (const name of ["pointerover", "focusin"]) this.list.addEventListener(name, lit);
    for (const name of ["pointerleave", "focusout"])
      this.list.addEventListener(name, () => light(""));
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

  /** @param {{ lines: any[] }} program */
  show({ lines }) {
    const text = lines.map((line) => `${line.text}\n`).join("");
    if (text === this.text) return;
    this.text = text;
    this.lines = lines;
    this.list.replaceChildren(
      ...lines.map((line) => {
        const item = node("li", {}, node("code", {}, line.text || " "), node("span"));
        if (line.part) item.dataset.of = line.part;
        return item;
      }),
    );
    this.#stopAt(this.list.querySelector("[data-of]"));
  }

  /**
   * Make one line the list's only Tab stop; the arrow keys go to the others.
   * @param {EventTarget | null} at
   */
  #stopAt(at) {
    for (const line of this.#computing) line.tabIndex = line === at ? 0 : -1;
  }

  /** The lines that compute a part of the pictures. @returns {HTMLElement[]} */
  get #computing() {
    return [...this.list.querySelectorAll(/** @type {"li"} */ ("[data-of]"))];
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
      prediction: entry.prediction,
      delta: entry.delta,
      error: entry.error,
      weight_delta: entry.weight_delta,
      next_weight: next.weight,
      iteration: Math.floor(step / examples.length),
      example: (step % examples.length) + 1,
    };
    this.lines.forEach((line, index) => {
      const item = /** @type {HTMLElement} */ (this.list.children[index]);
      const turn = orderOf(line.beat);
      const come = now < 0 || turn <= now;
      const over = last && (line.shows === "next_weight" || line.shows === "iteration");
      const told = asks && line.shows === "next_weight"; // it would answer the question
      const shown = line.shows in values && come && !over && !told;
      const text = printed.texts[line.shows] ?? number(values[line.shows]);
      setText(/** @type {Element} */ (item.lastChild), shown ? text : "");
      item.toggleAttribute("data-now", now >= 0 && turn === now);
    });
    if (beat !== this.beat && now >= 0) this.#scrollTo(this.list.querySelector("[data-now]"));
    this.beat = beat;
  }

  /**
   * Bring a line into view.
   * @param {HTMLElement | null} item
   */
  #scrollTo(item) {
    if (!item) return;
    const { list } = this;
    const top = item.offsetTop - list.offsetTop;
    const bottom = top + item.offsetHeight + FADE - list.clientHeight;
    list.scrollTop = Math.max(bottom, Math.min(top, list.scrollTop));
  }

  /** @param {string} part whose line is to be highlighted, "" for none */
  light(part) {
    for (const item of this.list.children) {
      const { of } = /** @type {HTMLElement} */ (item).dataset;
      item.toggleAttribute("data-lit", part !== "" && of === part);
    }
  }
}
