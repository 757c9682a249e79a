// Plotly charts that are drawn once, and then only move.

/** @typedef {import("./types").Figure} Figure */
/** @typedef {import("./types").Palette} Palette */
/** @typedef {{ x: number[], y: number[], text?: string[] }} Points of a trace */

const AT_ONCE = {
  mode: "immediate",
  frame: { duration: 0, redraw: false },
  transition: { duration: 0 },
};

/** In milliseconds: by then Plotly has finished with a chart. */
const LONGEST_DRAWING = 2000;

/** A Plotly chart that is drawn once a reel; what moves in it is animated trace by trace. */
export class Chart {
  /**
   * @param {any} Plotly
   * @param {any} gd the element it is drawn in
   */
  constructor(Plotly, gd) {
    this.Plotly = Plotly;
    this.gd = gd;
    this.text = "";
    /** @type {Points[]} what each trace that moves shows */
    this.points = [];
    this.first = 0;
    this.visible = sizeOf(gd).width > 0; // asking in every frame would cost a layout
    this.keeps = false; // whether the next figure is the same in other colours
    this.font = getComputedStyle(gd).fontFamily;
  }

  /**
   * Draw a figure, unless it is the one that is there.
   * @param {Figure} figure
   * @param {Palette} palette
   * @returns {boolean} whether it is another one
   */
  draw(figure, palette) {
    const text = coloured(figure, palette);
    if (text === this.text) return false;
    this.text = text;
    const { data, layout } = JSON.parse(text);
    // In other colours it is the same figure: its points come with it, not a frame later.
    if (this.keeps) {
      for (const [k, points] of this.points.entries()) Object.assign(data[k + this.first], points);
    }
    this.points = [];
    // A movement that comes late, when this is drawn, fails where one of its traces is gone.
    while (data.length < this.gd.data?.length) data.push({ visible: false });
    Object.assign(layout, sizeOf(this.gd), { autosize: false });
    layout.font.family = this.font;
    // Plotly leaves the last shape of this layer behind when there is none any more.
    for (const shape of this.gd.querySelectorAll(".shapelayer path")) shape.remove();
    this.Plotly.react(this.gd, data, layout, {
      displayModeBar: false,
      doubleClick: false,
      responsive: false,
    });
    return true;
  }

  /**
   * Give traces new points. Those that have them already cost nothing.
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
    // Its promise may stay pending when the next frame interrupts it, so nobody waits for it.
    this.Plotly.animate(this.gd, { data, traces }, AT_ONCE)?.catch?.(() => {});
  }

  /**
   * The points of a trace by the time that they are asked for, none if it does not move any more.
   * Plotly asks when it has done what it was at, and by then there may be another figure.
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

  /** Take up the room there is, if it is another. */
  resize() {
    const { width, height } = sizeOf(this.gd);
    const drawn = this.gd.layout;
    this.visible = width > 0;
    if (!width || !height || (width === drawn?.width && height === drawn?.height)) return;
    this.resized();
    this.Plotly.relayout(this.gd, { width, height });
  }

  /** The chart gets another size. */
  resized() {}

  /** Plotly may still be drawing what is gone from the page, and fails if it is purged meanwhile. */
  dispose() {
    setTimeout(() => {
      if (!this.gd.isConnected) this.Plotly.purge(this.gd);
    }, LONGEST_DRAWING);
  }
}

/** A chart that shows one row of a table at a time, each of them the points of its only line. */
export class RowsChart extends Chart {
  /**
   * @param {any} Plotly
   * @param {any} gd
   */
  constructor(Plotly, gd) {
    super(Plotly, gd);
    /** @type {Float64Array} */
    this.rows = new Float64Array();
    /** @type {number[]} */
    this.xs = [];
  }

  /**
   * @param {Figure} figure
   * @param {Float64Array} rows one after the other
   * @param {number} width how long each is
   * @param {Palette} palette
   */
  load(figure, rows, width, palette) {
    this.rows = rows;
    this.xs = Array.from({ length: width }, (_, k) => k);
    this.draw(figure, palette);
  }

  /** @param {number} k which row */
  paint(k) {
    const { length } = this.xs;
    this.animate([{ x: this.xs, y: [...this.rows.subarray(k * length, (k + 1) * length)] }]);
  }
}

/** Still lines, and one trace of heads, the last, that are on all of them at the same step. */
export class HeadsChart extends Chart {
  /**
   * @param {Figure} figure
   * @param {Float64Array[]} columns how high each line is at every step
   * @param {Palette} palette
   */
  load(figure, columns, palette) {
    this.columns = columns;
    this.draw(figure, palette);
  }

  /** @param {number} k the step; a run that is over stays at its end */
  paint(k) {
    const columns = this.columns ?? [];
    const x = columns.map((column) => Math.min(k, column.length - 1));
    const y = columns.map((column, run) => column[x[run]]);
    this.animate([{ x, y }], columns.length);
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
  const { x, y, text } = other ?? {};
  return same(one.x, x) && same(one.y, y) && same(one.text, text);
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
