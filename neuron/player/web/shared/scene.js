// What all animated parts of the page share: charts, the theme's colours, resizing and printing.

import { Chart } from "./charts.js";
import { finder } from "./dom.js";
import { loadPlotly } from "./plotly.js";

/** @typedef {import("../types").Mount} Mount */
/** @typedef {import("../types").Palette} Palette */

/**
 * A component's default export, with one scene per element, from its first mount until it has left
 * the page. Streamlit may unmount a component and mount it again in the same element, where a first
 * scene would go on listening next to a second.
 * @template {Scene} S
 * @param {new (root: HTMLElement) => S} SceneClass
 * @param {string} selector of the scene's root
 */
export function mountScene(SceneClass, selector) {
  /** @type {WeakMap<HTMLElement, S>} */
  const made = new WeakMap();
  return (/** @type {Mount} */ mount) => {
    const root = /** @type {HTMLElement} */ (mount.parentElement.querySelector(selector));
    const scene = made.get(root) ?? new SceneClass(root);
    made.set(root, scene);
    scene.mount = mount;
    scene.show(mount.data.payload);
    return () => {
      setTimeout(() => {
        if (!root.isConnected && made.delete(root)) scene.dispose();
      });
    };
  };
}

/** Subclasses define how to begin a new payload, which charts there are, and how to paint. */
export class Scene {
  /** @type {Mount} what connects it with Python */
  mount;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root);
    const places = root.querySelectorAll(/** @type {"div"} */ ("[data-picture]"));
    /** @type {Record<string, HTMLElement>} */
    this.places = Object.fromEntries([...places].map((place) => [place.dataset.picture, place]));
    this.trouble = this.find(".trouble");
    this.waiting = false; // for Plotly, or for the charts that are still to be drawn
    /** @type {Chart[]} */
    this.charts = [];
    /** @type {any} what Python sent */
    this.payload = undefined;
    this.text = "";
    this.dark = false;
    this.theme = ""; // "light" or "dark" while printing or saving a picture
    root.addEventListener("theme", (event) => {
      this.setTheme(/** @type {CustomEvent} */ (event).detail);
    });
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    addEventListener("beforeprint", () => this.setPrinting(true), { signal });
    addEventListener("afterprint", () => this.setPrinting(false), { signal });
    this.resizing = new ResizeObserver(() => {
      for (const chart of this.charts) chart.resize();
      this.resized();
      this.paint();
    });
    for (const place of [root, ...Object.values(this.places)]) this.resizing.observe(place);
  }

  /**
   * Show a payload; for the same one again, only update the colours.
   * @param {string} text
   */
  show(text) {
    const dark = isDark(this.root);
    const same = text === this.text;
    if (same && dark === this.dark) return;
    this.dark = dark;
    this.text = text;
    if (!same) this.payload = JSON.parse(text);
    this.#colour();
    if (!same) {
      this.begin();
      this.name();
    }
    this.load(this.palette());
    this.paint();
    if (!this.waiting && !this.charts.length) this.#draw();
  }

  #colour() {
    for (const [name, colour] of Object.entries(this.palette())) {
      this.root.style.setProperty(`--${name}`, colour);
    }
  }

  /**
   * Use other colours than the page's for a while.
   * @param {string} theme "light", "dark", or "" for the page's own
   */
  setTheme(theme) {
    this.theme = theme;
    this.root.dataset.theme = theme;
    for (const chart of this.charts) chart.resize();
    this.resized();
    this.paint(); // a chart may only now be visible, and keeps its points when it is redrawn
    this.#colour();
    for (const chart of this.charts) {
      chart.text = ""; // forces it to be redrawn now, not a frame later
      chart.onlyColoursChange = true;
    }
    this.load(this.palette());
    for (const chart of this.charts) chart.onlyColoursChange = false;
    this.paint();
  }

  /**
   * Switch to the layout for print, light and as wide as the paper, or back.
   * @param {boolean} on
   */
  setPrinting(on) {
    document.documentElement.toggleAttribute("data-paper", on);
    if (!this.payload) return;
    this.setTheme(on ? "light" : "");
  }

  /**
   * Once plotly.js has loaded, draw the charts for the first time, one per frame, so that the first
   * appears early. If it fails or is late, tell the reader.
   */
  async #draw() {
    const complain = () => {
      this.trouble.hidden = false;
    };
    this.waiting = true;
    const Plotly = await loadPlotly(complain).catch(complain);
    this.waiting = Boolean(Plotly);
    if (!Plotly) return;
    this.trouble.hidden = true;
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

  /** @returns {Palette} the colours of the current theme */
  palette() {
    return this.payload.palette[this.theme || (this.dark ? "dark" : "light")];
  }

  dispose() {
    this.resizing.disconnect();
    this.listeners.abort();
    for (const chart of this.charts) chart.dispose();
    this.charts = [];
  }

  /** Called when the pictures may have changed size. */
  resized() {}

  /** Called when a new payload has arrived. */
  begin() {}

  /** Give the pictures their accessible names. */
  name() {
    for (const [name, words] of Object.entries(this.payload.words)) {
      this.places[name].setAttribute("aria-label", words);
    }
  }

  /**
   * Create the scene's charts: one for each of the payload's figures.
   * @param {any} Plotly
   * @returns {Chart[]}
   */
  make(Plotly) {
    const names = Object.keys(this.payload.figures ?? {});
    return names.map((name) => new Chart(Plotly, this.places[name]));
  }

  /**
   * Draw the payload's figures in the charts that exist so far.
   * @param {Palette} palette
   */
  load(palette) {
    const figures = Object.values(this.payload.figures ?? {});
    for (const [k, chart] of this.charts.entries()) chart.draw(figures[k], palette);
  }

  /** Draw the moment at the play head. */
  paint() {}
}

/**
 * Whether the page's theme is dark, going by how light its text is.
 * @param {HTMLElement} element
 */
function isDark(element) {
  const [red, green, blue] = getComputedStyle(element)
    .color.match(/[\d.]+/g)
    ?.map(Number) ?? [0, 0, 0];
  return red + green + blue > 3 * 127;
}
