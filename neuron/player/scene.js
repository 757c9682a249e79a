// What every animated part of the page has: charts, the page's colours, and room that changes.

import { loadPlotly } from "./charts.js";

/** @typedef {import("./types").Mount} Mount */
/** @typedef {import("./types").Palette} Palette */

/**
 * A component's default export: one scene an element, which outlives reruns of the page.
 * @template {Scene} S
 * @param {new (root: HTMLElement) => S} Kind
 * @param {string} selector of the scene's root
 * @param {(scene: S, mount: Mount) => void} [also] what else to do with what Python sent
 */
export function mounting(Kind, selector, also) {
  /** @type {WeakMap<HTMLElement, S>} */
  const scenes = new WeakMap();
  return (/** @type {Mount} */ mount) => {
    const { parentElement, data } = mount;
    let scene = scenes.get(parentElement);
    if (!scene) {
      scene = new Kind(/** @type {HTMLElement} */ (parentElement.querySelector(selector)));
      scenes.set(parentElement, scene);
    }
    also?.(scene, mount);
    scene.show(data.reel);
    return () => {
      scenes.get(parentElement)?.dispose();
      scenes.delete(parentElement);
    };
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
    /** @type {any} Plotly, once it is loaded */
    this.plotly = undefined;
    /** @type {import("./charts").Chart[]} */
    this.charts = [];
    /** @type {any} what Python sent */
    this.reel = undefined;
    this.text = "";
    this.dark = false;
    this.resizing = new ResizeObserver(() => {
      for (const chart of this.charts) chart.resize();
      this.paint();
    });
    this.resizing.observe(root);
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
    for (const [name, colour] of Object.entries(this.palette())) {
      this.root.style.setProperty(`--${name}`, colour);
    }
    if (!same) {
      for (const [name, words] of Object.entries(this.reel.words)) {
        this.places[name].setAttribute("aria-label", words);
      }
      this.begin();
    }
    this.#draw();
    if (this.plotly) return;
    loadPlotly().then(
      (Plotly) => {
        this.plotly = Plotly;
        this.#draw();
        this.root.dataset.ready = "";
      },
      () => {
        this.trouble.hidden = false;
      },
    );
  }

  #draw() {
    if (this.plotly) {
      if (!this.charts.length) this.charts = this.make(this.plotly);
      this.load(this.palette());
    }
    this.paint();
  }

  /** @returns {Palette} the colours of the theme that is on */
  palette() {
    return this.reel.palette[this.dark ? "dark" : "light"];
  }

  dispose() {
    this.resizing.disconnect();
    for (const chart of this.charts) chart.dispose();
    this.charts = [];
  }

  /**
   * Make of a reel what playing needs.
   * @param {any} reel
   * @returns {any}
   */
  unpack(reel) {
    return { ...reel, columns: unpacked(reel.columns) };
  }

  /** A new reel has come. */
  begin() {}

  /**
   * The scene's charts.
   * @param {any} _Plotly
   * @returns {import("./charts").Chart[]}
   */
  make(_Plotly) {
    return [];
  }

  /**
   * Hand the reel to the charts.
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
      const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
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
