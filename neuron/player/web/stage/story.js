// The story on the stage, one stop at a time, with its text, question and table.

import { given } from "../shared/digits.js";
import { make, node, sketch } from "../shared/dom.js";

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

/**
 * What the story needs from the stage.
 * @typedef {object} Does
 * @property {(name: string, what: string) => void} act reports what the reader did
 * @property {(number: HTMLElement) => void} makeHandle of a number in a sentence
 * @property {(until: Until) => boolean} isOpen whether the reader has yet to do what a stop asks for
 * @property {(until: Until) => void} fulfil does it when the reader asks to be shown
 */

export class Story {
  drawn = "";
  /** @type {Chapter | null} */
  chapter = null;
  stop = 0;
  /** @type {{ name: string, source: string, asked: string } | undefined} what was last announced */
  known;

  /**
   * @param {(what: string) => any} find finds elements of the stage
   * @param {Does} does
   */
  constructor(find, does) {
    this.find = find;
    this.does = does;
    this.root = find(".story");
    this.text = find(".text");
    this.backButton = find("[data-go=back]");
    this.nextButton = find("[data-go=next]");
    this.freeButton = find("[data-go=free]");
    this.asked = find(".ask");
    this.table = find(".figure");
    this.backButton.addEventListener("click", () => this.#go(-1));
    this.nextButton.addEventListener("click", () => this.#go(1));
    this.freeButton.addEventListener("click", () => does.act("chapter", ""));
  }

  /**
   * @param {Chapter | null} chapter
   * @param {number} stop
   */
  show(chapter, stop) {
    const drawn = JSON.stringify([chapter, stop]);
    if (drawn === this.drawn) return;
    if (chapter?.name !== this.chapter?.name) this.find(".note").open = false;
    this.drawn = drawn;
    this.chapter = chapter;
    this.root.hidden = !chapter;
    this.stop = Math.min(stop, (chapter?.stops.length ?? 1) - 1);
    if (chapter) this.#write(chapter);
    this.#ask(chapter?.ask?.stop === this.stop ? chapter.ask : null);
    this.#tabulate(chapter?.stops[this.stop]);
  }

  /** What is new in the story since the last call, to be announced; "" at the first call. */
  news() {
    const { chapter, stop, known } = this;
    const name = chapter?.title ?? "Free play";
    const stops = chapter?.stops ?? [];
    const part = stops.length > 1 ? `${partOf(stop, stops)}. ` : "";
    const asked = this.asked.querySelector("legend")?.textContent ?? "";
    const text = chapter ? `${part}${this.text.textContent} ${asked}`.trim() : "";
    // Dragging a number in the text and answering a question are not news.
    const source = `${name} ${stop} ${chapter?.stops[stop].text}`;
    const same = known?.source === source && (!asked || known.asked === asked);
    this.known = { name, source, asked };
    if (!known || same) return "";
    return known.name === name || !name ? text : `${name}. ${text}`.trim();
  }

  /**
   * Write the text of a stop, and what leads on from it.
   * @param {Chapter} chapter
   */
  #write(chapter) {
    const { find, text, backButton, nextButton, freeButton } = this;
    const { stops, ask } = chapter;
    const stop = stops[this.stop];
    find(".chapter-name").textContent = chapter.title;
    find(".chapter-name").hidden = !chapter.title;
    text.replaceChildren(...marked(stop.text));
    for (const place of text.querySelectorAll(".drag")) this.does.makeHandle(place);
    // As high as the longest text, so that nothing below moves.
    find(".room").replaceChildren(...stops.map((each) => node("p", {}, ...marked(each.text))));
    const dots = stops.map((_, k) =>
      node("i", { title: partOf(k, stops), className: k <= this.stop ? "on" : "" }),
    );
    find(".dots").replaceChildren(...dots);
    find(".dots").setAttribute("aria-label", partOf(this.stop, stops));
    const last = this.stop === stops.length - 1;
    const waits = ask?.stop === this.stop;
    const asked = this.#asked();
    const shows = asked?.what === "played" ? "To the end" : "Show me";
    const next = last ? chapter.next || "Free play" : asked ? shows : "Next";
    nextButton.textContent = waits ? "Pick first" : next;
    nextButton.disabled = waits;
    backButton.disabled = this.stop === 0 && !chapter.before;
    freeButton.style.visibility = last && !chapter.after ? "hidden" : ""; // Next says the same
    this.root.toggleAttribute("data-single", stops.length < 2);
    find(".note").hidden = stops.every(({ note }) => !note);
    this.root.toggleAttribute("data-noted", Boolean(stop.note));
    find(".note summary").textContent = stop.note?.title ?? "";
    find(".note p").replaceChildren(...marked(stop.note?.text ?? ""));
  }

  /** @param {Chapter["ask"]} ask the question that is open here, if any */
  #ask(ask) {
    this.asked.hidden = !ask;
    this.asked.replaceChildren();
    if (!ask) return;
    this.asked.append(node("legend", {}, ...marked(ask.question)));
    for (const { name, label, path } of ask.choices) {
      const button = node("button", { type: "button" });
      if (path.length) {
        const picture = sketch(button, WIDTH, HEIGHT, path);
        picture.prepend(make(picture, "path", { class: "aim", d: `M0 ${HEIGHT / 2}h${WIDTH}` }));
      }
      button.append(label);
      button.addEventListener("click", () => this.does.act("pick", name));
      this.asked.append(button);
    }
  }

  /** @param {import("../types").Stop} [stop] whose table, if it has one, is to be shown */
  #tabulate(stop) {
    const { act } = this.does;
    const { table } = this;
    const cells = stop?.table ?? [];
    table.hidden = !cells.length;
    table.parentElement.scrollTop = 0;
    table.parentElement.tabIndex = cells.length ? 0 : -1; // for keyboard scrolling
    table.replaceChildren(
      ...cells.map((row, k) =>
        node("tr", {}, ...row.map((text) => node(k ? "td" : "th", {}, ...marked(text)))),
      ),
    );
    stop?.doors.forEach((to, k) => {
      const [place] = table.rows[k + 1].cells;
      const door = node("button", { type: "button" }, ...place.childNodes);
      door.addEventListener("click", () => (to ? act("look", to) : act("chapter", "")));
      place.append(door);
    });
  }

  /** What makes the story go on to the next stop by itself. */
  get until() {
    return this.chapter?.stops[this.stop]?.until;
  }

  /** What this stop asks for, if it has yet to be done. */
  #asked() {
    const { until } = this;
    return until && this.does.isOpen(until) ? until : null;
  }

  /** @param {number} way */
  #go(way) {
    const chapter = /** @type {Chapter} */ (this.chapter);
    const stop = this.stop + way;
    const asked = way > 0 && stop < chapter.stops.length && this.#asked();
    const { act } = this.does;
    if (asked) this.does.fulfil(asked);
    else if (stop < 0) act("chapter", `${chapter.before} ${chapter.back}`);
    else if (stop >= chapter.stops.length) act("chapter", chapter.after);
    else act("stop", `${chapter.name} ${stop}`);
  }

  /**
   * The reader has done something: go on to the next stop if this one asks for just that.
   * @param {string} what
   */
  did(what) {
    const last = this.stop === (this.chapter?.stops.length ?? 0) - 1;
    if (this.until?.what !== what || this.#asked() || last) return;
    this.does.act("stop", `${this.chapter?.name} ${this.stop + 1}`);
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
      element.setAttribute("aria-label", `${DRAGGED[words]}, in the text`);
    } else if (kind) element.className = kind;
    if (code || sum || kind === "drag") element.translate = false; // translation could alter it
    parts.push(element);
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}

/**
 * @param {number} k
 * @param {unknown[]} all
 */
function partOf(k, all) {
  return `Part ${k + 1} of ${all.length}`;
}
