// What every animated part of the page has: charts, the page's colours, and room that changes.

import { Late, loadPlotly } from "./plotly.js";

/** @typedef {import("./types").Mount} Mount */
/** @typedef {import("./types").Palette} Palette */

/**
 * One thing a root element, from its first mount until it is gone from the page. Streamlit may
 * unmount a component and mount it again in the same element, where what was made for it before
 * would go on listening.
 * @template {{ dispose(): void }} T
 * @param {new (root: HTMLElement) => T} Kind
 * @param {string} selector of the root
 * @returns {(parent: HTMLElement) => { one: T, leave: () => void }} to be called at each mount;
 *   leave is for the unmount
 */
export function onePerRoot(Kind, selector) {
  /** @type {WeakMap<HTMLElement, T>} */
  const made = new WeakMap();
  return (parent) => {
    const root = /** @type {HTMLElement} */ (parent.querySelector(selector));
    const one = made.get(root) ?? new Kind(root);
    made.set(root, one);
    const leave = () => {
      setTimeout(() => {
        if (!root.isConnected && made.delete(root)) one.dispose();
      });
    };
    return { one, leave };
  };
}

/**
 * A component's default export: one scene an element, which outlives reruns of the page.
 * @template {Scene} S
 * @param {new (root: HTMLElement) => S} Kind
 * @param {string} selector of the scene's root
 * @param {(scene: S, mount: Mount) => string} [take] takes what Python sent, returns the reel
 */
export function mounting(Kind, selector, take = (_scene, { data }) => data.reel) {
  const sceneIn = onePerRoot(Kind, selector);
  return (/** @type {Mount} */ mount) => {
    const { one: scene, leave } = sceneIn(mount.parentElement);
    scene.show(take(scene, mount));
    return leave;
  };
}

/** Subclasses say how to begin with a new reel, which charts there are, and how to paint. */
export class Scene {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Record<string, HTMLElement>} */
    this.places = {};
    for (const place of root.querySelectorAll("[data-picture]")) {
      const element = /** @type {HTMLElement} */ (place);
      this.places[element.dataset.picture ?? ""] = element;
    }
    this.trouble = /** @type {HTMLElement} */ (root.querySelector(".trouble"));
    this.waiting = false; // for Plotly, or for the charts that are still to be drawn
    /** @type {import("./charts").Chart[]} */
    this.charts = [];
    /** @type {any} what Python sent */
    this.reel = undefined;
    this.text = "";
    this.dark = false;
    this.theme = ""; // "light" or "dark" for a while: for paper, or a picture
    root.addEventListener("dress", (event) => {
      this.dress(/** @type {CustomEvent} */ (event).detail);
    });
    this.leaves = new AbortController();
    const { signal } = this.leaves;
    addEventListener("beforeprint", () => this.toPaper(true), { signal });
    addEventListener("afterprint", () => this.toPaper(false), { signal });
    this.resizing = new ResizeObserver(() => {
      for (const chart of this.charts) chart.resize();
      this.resized();
      this.paint();
    });
    for (const place of [root, ...Object.values(this.places)]) this.resizing.observe(place);
  }

  /**
   * Show a reel; the same one again only takes up the page's colours.
   * @param {string} text
   */
  show(text) {
    const dark = isDark(this.root);
    const same = text === this.text;
    if (same && dark === this.dark) return;
    this.dark = dark;
    this.text = text;
    if (!same) this.reel = this.unpack(JSON.parse(text));
    this.#colour();
    if (!same) {
      this.begin();
      this.name();
    }
    this.load(this.palette());
    this.paint();
    if (this.waiting || this.charts.length) return;
    this.waiting = true;
    this.#awaitPlotly();
  }

  #colour() {
    for (const [name, colour] of Object.entries(this.palette())) {
      this.root.style.setProperty(`--${name}`, colour);
    }
  }

  /**
   * Wear other colours than the page's for a while.
   * @param {string} theme "light", "dark", or "" for the page's own
   */
  dress(theme) {
    this.theme = theme;
    this.root.dataset.theme = theme;
    for (const chart of this.charts) chart.resize();
    this.resized();
    this.paint(); // a chart may be seen only now, and is drawn anew with the points it has
    this.#colour();
    for (const chart of this.charts) {
      chart.text = ""; // so that it is drawn now, and not a frame later
      chart.keeps = true;
    }
    this.load(this.palette());
    for (const chart of this.charts) chart.keeps = false;
    this.paint();
  }

  /**
   * The page is about to be printed, or was: light, and as wide as paper.
   * @param {boolean} on
   */
  toPaper(on) {
    document.documentElement.toggleAttribute("data-paper", on);
    if (!this.reel) return;
    this.dress(on ? "light" : "");
  }

  /** Draw when plotly.js is there. If it does not come, or not soon, a reader is told. */
  #awaitPlotly() {
    loadPlotly().then(
      (Plotly) => this.#draw(Plotly),
      (error) => {
        this.trouble.hidden = false;
        this.waiting = error instanceof Late && this.root.isConnected;
        if (this.waiting) this.#awaitPlotly();
      },
    );
  }

  /**
   * Draw the charts for the first time, each in a frame of its own: the first is soon there.
   * @param {any} Plotly
   */
  async #draw(Plotly) {
    this.trouble.hidden = true; // it may have come late
    for (const chart of this.make(Plotly)) {
      if (!this.root.isConnected) return;
      this.charts.push(chart);
      this.load(this.palette());
      this.paint();
      await new Promise(requestAnimationFrame);
    }
    this.waiting = false;
    document.querySelector("#js-plotly-tester")?.setAttribute("aria-hidden", "true");
    this.root.dataset.ready = "";
  }

  /** @returns {Palette} the colours of the theme that is on */
  palette() {
    return this.reel.palette[this.theme || (this.dark ? "dark" : "light")];
  }

  dispose() {
    this.resizing.disconnect();
    this.leaves.abort();
    for (const chart of this.charts) chart.dispose();
    this.charts = [];
  }

  /**
   * Make of a reel what playing needs.
   * @param {any} reel
   * @returns {any}
   */
  unpack(reel) {
    return reel.columns ? { ...reel, columns: unpacked(reel.columns) } : reel;
  }

  /** There is another room for the pictures. */
  resized() {}

  /** A new reel has come. */
  begin() {}

  /** Say what the pictures show, to those who cannot see them. */
  name() {
    for (const [name, words] of Object.entries(this.reel.words.captions ?? this.reel.words)) {
      this.places[name].setAttribute("aria-label", words);
    }
  }

  /**
   * The scene's charts.
   * @param {any} _Plotly
   * @returns {import("./charts").Chart[]}
   */
  make(_Plotly) {
    return [];
  }

  /**
   * Hand the reel to the charts that are there.
   * @param {Palette} _palette
   */
  load(_palette) {}

  /** Draw the moment at the play head. */
  paint() {}
}

/**
 * Columns of doubles, from base64.
 * @param {Record<string, string>} columns
 * @returns {Record<string, Float64Array>}
 */
export function unpacked(columns) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, packed]) => {
      const text = atob(packed);
      const bytes = new Uint8Array(text.length);
      // A plain loop: `Uint8Array.from` takes twenty times as long, a frame and more a long run.
      for (let k = 0; k < bytes.length; k++) bytes[k] = text.charCodeAt(k);
      return [name, new Float64Array(bytes.buffer)];
    }),
  );
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
