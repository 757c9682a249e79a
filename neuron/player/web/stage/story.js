// The story on the stage, one stop at a time, with its text, question and table.

import { given } from "../shared/digits.js";
import { finder, make, node, sketch } from "../shared/dom.js";

/** @typedef {import("../types").Chapter} Chapter */
/** @typedef {import("../types").Until} Until */

const NUMBER = "−?\\d(?:[\\d.\u202f]*\\d)?[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*";
const TOKENS = new RegExp(
  `\\{(\\w+):([^}]*)\\}|\`([^\`]+)\`|\\*([^*]+)\\*|(${NUMBER}(?:\\s[×÷=≈+−]\\s${NUMBER})*)`,
  "g",
);

/** The size of an outcome's small picture, in pixels. */
const WIDTH = 72;
const HEIGHT = 34;

/** The names of the numbers that can be dragged within a text. @type {Record<string, string>} */
const DRAGGED = { weight: "Starting weight", alpha: "Alpha" };

export class Story {
  /**
   * @param {HTMLElement} root
   * @param {any} asked the element for questions
   * @param {any} table the element for tables
   * @param {(name: string, what: string) => void} act reports what the reader did
   * @param {(number: HTMLElement) => void} makeHandle turns a number in a sentence into a handle
   * @param {(until: Until) => boolean} open whether the reader has yet to do what a stop asks for
   * @param {(until: Until) => void} fulfil does it when the reader asks to be shown
   */
  constructor(root, asked, table, act, makeHandle, open, fulfil) {
    this.root = root;
    const find = finder(root);
    this.title = find(".chapter-name");
    this.text = find(".text");
    this.room = find(".room"); // as high as the longest text, so that nothing below moves
    this.dots = find(".dots");
    this.backButton = find("[data-go=back]");
    this.nextButton = find("[data-go=next]");
    this.asked = asked;
    this.note = find(".note");
    this.table = table;
    this.drawn = "";
    this.act = act;
    this.makeHandle = makeHandle;
    this.open = open;
    this.fulfil = fulfil;
    this.backButton.addEventListener("click", () => this.#go(-1));
    this.nextButton.addEventListener("click", () => this.#go(1));
    this.freeButton = find("[data-go=free]");
    this.freeButton.addEventListener("click", () => this.act("chapter", ""));
    /** @type {Chapter | null} */
    this.chapter = null;
    this.stop = 0;
    /** @type {string | undefined} the chapter last announced; `announcedText`: the text */
    this.announced = undefined;
    this.announcedText = "";
    this.question = "";
  }

  /**
   * @param {Chapter | null} chapter
   * @param {number} stop
   */
  show(chapter, stop) {
    const drawn = JSON.stringify([chapter, stop]);
    if (drawn === this.drawn) return;
    const other = chapter?.name !== this.chapter?.name;
    this.drawn = drawn;
    this.chapter = chapter;
    this.root.hidden = !chapter;
    if (!chapter) {
      this.asked.replaceChildren();
      this.asked.hidden = true;
      this.table.hidden = true;
      return;
    }
    this.stop = Math.min(stop, chapter.stops.length - 1);
    this.#write(other);
  }

  /** What is new in the story since the last call, to be announced; "" at the first call. */
  news() {
    const { chapter, announced, announcedText } = this;
    const name = chapter?.title ?? "Free play";
    const stops = chapter?.stops.length ?? 0;
    const part = stops > 1 ? `Part ${this.stop + 1} of ${stops}. ` : "";
    const asked = this.asked.querySelector("legend")?.textContent ?? "";
    const text = chapter ? `${part}${this.text.textContent} ${asked}`.trim() : "";
    // Dragging a number in the text and answering a question are not news.
    const source = `${name} ${this.stop} ${chapter?.stops[this.stop]?.text}`;
    const known = announcedText === source && (!asked || this.question === asked);
    this.announced = name;
    this.announcedText = source;
    this.question = asked;
    if (announced === undefined || known) return "";
    return announced === name || !name ? text : `${name}. ${text}`.trim();
  }

  /** @param {boolean} other whether the chapter has changed */
  #write(other) {
    const chapter = /** @type {Chapter} */ (this.chapter);
    const { stops, ask } = chapter;
    const stop = stops[this.stop];
    if (other) this.note.open = false;
    this.title.textContent = chapter.title;
    this.title.hidden = !chapter.title;
    this.text.replaceChildren(...marked(stop.text));
    for (const place of this.text.querySelectorAll(".drag")) this.makeHandle(place);
    this.room.replaceChildren(...stops.map(({ text }) => node("p", {}, ...marked(text))));
    const titles = stops.map((_, k) => `Part ${k + 1} of ${stops.length}`);
    const className = (/** @type {number} */ k) => (k <= this.stop ? "on" : "");
    this.dots.replaceChildren(
      ...titles.map((title, k) => node("i", { title, className: className(k) })),
    );
    this.dots.setAttribute("aria-label", titles[this.stop]);
    const first = this.stop === 0;
    const last = this.stop === stops.length - 1;
    this.backButton.disabled = first && !chapter.before;
    const asked = this.#asked();
    const shows = asked?.what === "played" ? "To the end" : "Show me";
    this.nextButton.textContent = last ? chapter.next || "Free play" : asked ? shows : "Next";
    const waits = Boolean(ask) && this.stop === ask?.stop;
    this.nextButton.disabled = waits;
    this.freeButton.style.visibility = last && !chapter.after ? "hidden" : ""; // Next says the same
    if (waits) this.nextButton.textContent = "Pick first";
    this.root.toggleAttribute("data-single", stops.length < 2);
    const asks = ask && this.stop === ask.stop ? ask : null;
    this.asked.hidden = !asks;
    this.asked.replaceChildren(...(asks ? this.#choices(asks) : []));
    this.table.hidden = !stop.table.length;
    this.table.parentElement.scrollTop = 0;
    this.table.parentElement.tabIndex = stop.table.length ? 0 : -1; // for keyboard scrolling
    this.table.replaceChildren(...rows(stop.table));
    stop.doors.forEach((to, k) => {
      const place = this.table.rows[k + 1].cells[0];
      const door = node("button", { type: "button" }, ...place.childNodes);
      door.addEventListener("click", () => (to ? this.act("look", to) : this.act("chapter", "")));
      place.append(door);
    });
    this.note.hidden = stops.every(({ note }) => !note);
    this.root.toggleAttribute("data-noted", Boolean(stop.note));
    if (stop.note) {
      this.note.querySelector("summary").textContent = stop.note.title;
      this.note.querySelector("p").replaceChildren(...marked(stop.note.text));
    }
  }

  /** @param {NonNullable<Chapter["ask"]>} ask */
  #choices(ask) {
    return [
      node("legend", {}, ...marked(ask.question)),
      ...ask.choices.map(({ name, label, path }) => {
        const button = node("button", { type: "button" });
        if (path.length) {
          const picture = sketch(button, WIDTH, HEIGHT, path);
          picture.prepend(make(picture, "path", { class: "aim", d: `M0 ${HEIGHT / 2}h${WIDTH}` }));
        }
        button.append(label);
        button.addEventListener("click", () => this.act("pick", name));
        return button;
      }),
    ];
  }

  /** What makes the story go on to the next stop by itself. */
  get until() {
    return this.chapter?.stops[this.stop]?.until;
  }

  /** What this stop asks for, if it has yet to be done. */
  #asked() {
    const { until } = this;
    return until && this.open(until) ? until : null;
  }

  /** @param {number} way */
  #go(way) {
    const chapter = /** @type {Chapter} */ (this.chapter);
    const stop = this.stop + way;
    const asked = way > 0 && stop < chapter.stops.length && this.#asked();
    if (asked) this.fulfil(asked);
    else if (stop < 0) this.act("chapter", `${chapter.before} ${chapter.back}`);
    else if (stop >= chapter.stops.length) this.act("chapter", chapter.after);
    else this.act("stop", `${chapter.name} ${stop}`);
  }

  /**
   * The reader has done something: go on to the next stop if this one asks for just that.
   * @param {string} what
   */
  did(what) {
    const last = this.stop === (this.chapter?.stops.length ?? 0) - 1;
    if (this.until?.what !== what || this.#asked() || last) return;
    this.act("stop", `${this.chapter?.name} ${this.stop + 1}`);
  }

  /** @param {Record<string, number>} settings to show in the text */
  paint(settings) {
    for (const place of this.root.querySelectorAll("[data-sets]")) {
      place.textContent = given(settings[/** @type {HTMLElement} */ (place).dataset.sets ?? ""]);
    }
  }
}

/**
 * Turn a text's marks into elements: coloured `{weight:words}`, `code`, *term*, sums and numbers.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function marked(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, kind, words, code, term, sum] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    const tag = code ? "code" : term ? "em" : sum ? "bdi" : "b";
    const element = node(tag, {}, code ?? term ?? sum ?? words);
    if (kind === "drag") {
      element.dataset.sets = words;
      element.className = `drag ${words}`;
      element.ariaLabel = `${DRAGGED[words]}, in the text`;
    } else if (kind) element.className = kind;
    if (code || sum || kind === "drag") element.translate = false; // translation could alter it
    parts.push(element);
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}

/**
 * The rows of a table, the header first.
 * @param {string[][]} cells
 */
function rows(cells) {
  return cells.map((row, index) =>
    node("tr", {}, ...row.map((text) => node(index ? "td" : "th", {}, ...marked(text)))),
  );
}
