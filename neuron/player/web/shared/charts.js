// Plotly charts that are drawn once and then only animated, because redrawing costs a frame.

/** @typedef {import("../types").Figure} Figure */
/** @typedef {import("../types").Palette} Palette */
/** @typedef {{ x: number[], y: number[], text?: string[] }} Points of a trace */

const AT_ONCE = {
  mode: "immediate",
  frame: { duration: 0, redraw: false },
  transition: { duration: 0 },
};

/** Milliseconds after which Plotly has surely finished drawing a chart. */
const LONGEST_DRAWING = 2000;

/** A Plotly chart that is drawn once per payload; after that, its traces are animated. */
export class Chart {
  /**
   * @param {any} Plotly
   * @param {any} gd the element it is drawn in
   */
  constructor(Plotly, gd) {
    this.Plotly = Plotly;
    this.gd = gd;
    this.text = "";
    /** @type {Points[]} the points of each animated trace */
    this.points = [];
    this.first = 0;
    this.visible = sizeOf(gd).width > 0; // measuring in every frame would force a layout
    this.onlyColoursChange = false; // whether the next figure differs only in its colours
    this.font = getComputedStyle(gd).fontFamily;
  }

  /**
   * Draw a figure, unless it is there already.
   * @param {Figure} figure
   * @param {Palette} palette
   * @returns {boolean} whether it was drawn
   */
  draw(figure, palette) {
    const text = coloured(figure, palette);
    if (text === this.text) return false;
    this.text = text;
    const { data, layout } = JSON.parse(text);
    // Only the colours change: keep the points, which would otherwise be missing for a frame.
    if (this.onlyColoursChange) {
      for (const [k, points] of this.points.entries()) Object.assign(data[k + this.first], points);
    }
    this.points = [];
    // Keep surplus traces, hidden: a pending animation would fail if one of its traces were gone.
    while (data.length < this.gd.data?.length) data.push({ visible: false });
    Object.assign(layout, sizeOf(this.gd), { autosize: false });
    layout.font.family = this.font;
    // Plotly does not remove the last shape of this layer when the new figure has none.
    for (const shape of this.gd.querySelectorAll(".shapelayer path")) shape.remove();
    this.Plotly.react(this.gd, data, layout, {
      displayModeBar: false,
      doubleClick: false,
      responsive: false,
    });
    return true;
  }

  /**
   * Give traces new points, skipping those that already have them.
   * @param {Points[]} points
   * @param {number} [first] the trace that the first of the points are for
   */
  animate(points, first = 0) {
    const changed = [...points.keys()].filter((k) => !isSame(points[k], this.points[k]));
    if (!changed.length) return;
    this.points = points;
    this.first = first;
    const traces = changed.map((k) => k + first);
    const data = traces.map((trace) => this.pointsOf(trace));
    // Not awaited: the promise may stay pending if the next frame interrupts the animation.
    this.Plotly.animate(this.gd, { data, traces }, AT_ONCE)?.catch?.(() => {});
  }

  /**
   * The points of a trace at the time they are read; undefined if it is no longer animated. Plotly
   * reads them after any animation in progress, and by then the figure may have changed.
   * @param {number} trace
   */
  pointsOf(trace) {
    const points = () => this.points[trace - this.first];
    return {
      get x() {
        return points()?.x;
      },
      get y() {
        return points()?.y;
      },
      get text() {
        return points()?.text;
      },
    };
  }

  /** Adapt to the size of the element, if it has changed. */
  resize() {
    const { width, height } = sizeOf(this.gd);
    const drawn = this.gd.layout;
    this.visible = width > 0;
    if (!width || !height || (width === drawn?.width && height === drawn?.height)) return;
    this.resized();
    this.Plotly.relayout(this.gd, { width, height });
  }

  /** Called before the chart gets a new size. */
  resized() {}

  /** Wait before purging, because Plotly fails if it is still drawing the chart. */
  dispose() {
    setTimeout(() => {
      if (!this.gd.isConnected) this.Plotly.purge(this.gd);
    }, LONGEST_DRAWING);
  }
}

/**
 * Whether two traces have the same points.
 * @param {Points} one
 * @param {Points} [other]
 */
function isSame(one, other) {
  const same = (/** @type {unknown[]} */ a = [], /** @type {unknown[]} */ b = []) =>
    a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
  return same(one.x, other?.x) && same(one.y, other?.y) && same(one.text, other?.text);
}

/** @param {HTMLElement} element */
function sizeOf(element) {
  return { width: element.clientWidth, height: element.clientHeight };
}

/**
 * A figure as JSON, with the palette's colours in place of their names.
 * @param {Figure} figure
 * @param {Palette} palette
 */
function coloured(figure, palette) {
  return JSON.stringify(figure).replace(/"\$(\w+)"/g, (_, name) => JSON.stringify(palette[name]));
}
