// The stage: transport and play head. It plays a run that Python computed, and asks the server
// for nothing while it does.

import { Charts, loadPlotly } from "./charts.js";
import { Diagram } from "./diagram.js";
import { digitsToResolve, number, stepSentence } from "./words.js";

/** @typedef {import("./types").Film} Film */
/** @typedef {import("./types").Mount} Mount */

/** Steps a second from which on the play head jumps from step to step instead of gliding. */
const TOO_FAST_TO_EASE = 12;

/** The fastest speed shows every run within about so many seconds. */
const LONGEST_FILM = 8;

const ICONS = { Play: "M8 5v14l11-7z", Pause: "M8 5v14M16 5v14" };

/** @type {WeakMap<HTMLElement, Player>} one player an element: it outlives reruns of the page */
const players = new WeakMap();

/** @param {Mount} mount */
export default function mount({ parentElement, data }) {
  let player = players.get(parentElement);
  if (!player) {
    player = new Player(/** @type {HTMLElement} */ (parentElement.querySelector(".stage")));
    players.set(parentElement, player);
  }
  player.show(data.reel, data.play);
  if (data.to_top) parentElement.closest("[data-testid=stMain]")?.scrollTo({ top: 0 });
  return () => {
    player.dispose();
    players.delete(parentElement);
  };
}

class Player {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {(what: string) => any} */
    const find = (what) => root.querySelector(what);
    this.playButton = find("[data-do=play]");
    this.range = find("input[type=range]");
    this.output = find("output");
    this.speed = find("select");
    this.arithmetic = find(".arithmetic");
    this.test = find(".test");
    this.status = find("[role=status]");
    this.trouble = find(".trouble");
    /** @type {Record<string, HTMLElement>} */
    this.places = {};
    for (const place of root.querySelectorAll("[data-picture]")) {
      const element = /** @type {HTMLElement} */ (place);
      this.places[element.dataset.picture ?? ""] = element;
    }
    this.diagram = new Diagram(this.places.neuron);
    /** @type {Charts | null} */
    this.charts = null;
    /** @type {Film | null} */
    this.film = null;
    this.data = "";
    this.dark = false;
    this.head = 0; // in steps; the part behind the point is on the way to the next
    this.said = -1; // the step whose numbers are on screen
    this.playing = false;
    this.frame = 0;
    this.stillness = matchMedia("(prefers-reduced-motion: reduce)");

    const doings = {
      play: () => (this.playing ? this.pause() : this.play()),
      restart: () => this.seek(0),
      back: () => this.seek(Math.ceil(this.head) - 1),
      forward: () => this.seek(Math.floor(this.head) + 1),
    };
    for (const [name, act] of Object.entries(doings)) {
      find(`[data-do=${name}]`).addEventListener("click", act);
    }
    this.range.addEventListener("input", () => this.seek(Number(this.range.value), false));
    this.resizing = new ResizeObserver(() => {
      this.charts?.resize();
      this.paint();
    });
    this.resizing.observe(root);
  }

  /**
   * Show a run; the same run again only takes up the page's colours.
   * @param {string} data
   * @param {boolean} play whether a new run starts to play at once
   */
  show(data, play) {
    const dark = isDark(this.root);
    const same = data === this.data;
    if (same && dark === this.dark) return;
    this.dark = dark;
    this.data = data;
    const film = same && this.film ? this.film : unpack(data);
    this.film = film;
    const palette = film.palette[dark ? "dark" : "light"];
    for (const [name, colour] of Object.entries(palette)) {
      this.root.style.setProperty(`--${name}`, colour);
    }
    if (!same) {
      this.head = 0;
      this.range.max = String(film.last);
      this.root.toggleAttribute("data-untrained", film.last === 0);
      for (const control of this.root.querySelectorAll(".transport button, .step input")) {
        /** @type {HTMLButtonElement} */ (control).disabled = film.last === 0;
      }
      for (const [name, words] of Object.entries(film.words)) {
        this.places[name].setAttribute("aria-label", words);
      }
      this.test.hidden = !film.test.length;
      if (play && !this.playing) this.play();
    }
    this.said = -1;
    if (this.charts) {
      this.charts.load(film, palette);
      this.paint();
      return;
    }
    this.paint();
    loadPlotly().then(
      (Plotly) => {
        this.charts ??= new Charts(Plotly, this.places);
        this.root.dataset.ready = "";
        if (this.film) this.charts.load(this.film, this.film.palette[this.dark ? "dark" : "light"]);
        this.paint();
      },
      () => {
        this.trouble.textContent =
          "The three charts could not be loaded. The neuron, the numbers and the tables still work; " +
          "reload the page to try again.";
        this.trouble.hidden = false;
      },
    );
  }

  play() {
    if (!this.film) return;
    if (this.head >= this.film.last) this.head = 0;
    this.playing = true;
    this.#label("Pause");
    let before = performance.now();
    const tick = (/** @type {number} */ now) => {
      if (!this.playing || !this.film) return;
      this.head = Math.min(
        this.film.last,
        this.head + (Math.max(0, now - before) / 1000) * this.rate(),
      );
      before = now;
      if (this.head >= this.film.last) this.pause();
      else this.frame = requestAnimationFrame(tick);
      this.paint();
    };
    this.frame = requestAnimationFrame(tick);
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.#label("Play");
    this.head = Math.round(this.head);
    this.paint();
    this.#announce();
    document.querySelector(".verdict[data-answer]")?.removeAttribute("data-answer");
  }

  /**
   * Stop at a step.
   * @param {number} step
   * @param {boolean} [announce] a range says its own value
   */
  seek(step, announce = true) {
    if (!this.film) return;
    if (this.playing) this.pause();
    this.head = Math.max(0, Math.min(this.film.last, step));
    this.paint();
    if (announce) this.#announce();
  }

  /** Steps a second. */
  rate() {
    const rate = Number(this.speed.value);
    const fastest = this.speed.selectedIndex === this.speed.options.length - 1;
    return fastest ? Math.max(rate, (this.film?.last ?? 0) / LONGEST_FILM) : rate;
  }

  paint() {
    const { film } = this;
    if (!film) return;
    const k = Math.floor(this.head);
    this.charts?.paint(k, this.#glide(this.head - k), this.playing ? this.rate() : 0);
    if (k === this.said) return;
    this.said = k;
    this.range.value = String(k);
    this.range.setAttribute("aria-valuetext", `${k} of ${film.last}`);
    this.output.textContent = `${k} of ${film.last}`;
    this.diagram.paint(film, k);
    this.arithmetic.replaceChildren(...clauses(stepSentence(film, k)));
    this.test.replaceChildren(...film.test.map((example) => asked(example, film.at(k).weight)));
  }

  dispose() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.resizing.disconnect();
    this.charts?.dispose();
  }

  /**
   * Where between two steps the pictures are: at rest first, so that each step can be read.
   * @param {number} part
   */
  #glide(part) {
    if (this.stillness.matches) return 0;
    if (this.rate() > TOO_FAST_TO_EASE) return part;
    const moving = Math.max(0, (part - 0.3) / 0.7);
    return moving * moving * (3 - 2 * moving);
  }

  /** @param {"Play" | "Pause"} name */
  #label(name) {
    this.playButton.querySelector("span").textContent = name;
    this.playButton.querySelector("path").setAttribute("d", ICONS[name]);
  }

  #announce() {
    this.status.textContent = this.arithmetic.textContent;
  }
}

/**
 * A sentence as one element a clause, so that lines break between clauses only.
 * @param {string} sentence
 */
function clauses(sentence) {
  return sentence.split(/(?<=[:;] )/).map((text) => {
    const clause = document.createElement("span");
    clause.textContent = text;
    return clause;
  });
}

/**
 * What the neuron answers to a test example.
 * @param {import("./types").Example} example
 * @param {number} weight
 */
function asked({ input, goal }, weight) {
  const item = document.createElement("li");
  const prediction = input * weight;
  const delta = prediction - goal;
  const shown = number(prediction, digitsToResolve(prediction, delta));
  item.textContent =
    `${number(input)} × ${weight < 0 ? `(${number(weight)})` : number(weight)} = ${shown}, ` +
    `goal ${number(goal)}, error ${number(delta * delta)}`;
  return item;
}

/**
 * @param {string} data
 * @returns {Film}
 */
function unpack(data) {
  /** @type {import("./types").Reel} */
  const reel = JSON.parse(data);
  /** @type {Record<string, Float64Array>} */
  const columns = {};
  for (const [name, packed] of Object.entries(reel.columns)) {
    columns[name] = new Float64Array(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)).buffer);
  }
  const { weight, prediction, delta, error, weight_delta } = columns;
  return {
    ...reel,
    columns,
    strongest: columns[reel.pictures.weight.y[0]].reduce(
      (most, w) => Math.max(most, Math.abs(w)),
      0,
    ),
    at: (k) => ({
      ...reel.examples[k % reel.examples.length],
      weight: weight[k],
      prediction: prediction[k],
      delta: delta[k],
      error: error[k],
      weight_delta: weight_delta[k],
    }),
  };
}

/**
 * Whether the page's text is light, so its background dark.
 * @param {HTMLElement} element
 */
function isDark(element) {
  const [red, green, blue] = getComputedStyle(element)
    .color.match(/[\d.]+/g)
    ?.map(Number) ?? [0, 0, 0];
  return red + green + blue > 3 * 127;
}
