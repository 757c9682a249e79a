// Plotly charts that are drawn once, and then only move.

/** @typedef {import("./types").Figure} Figure */
/** @typedef {import("./types").Picture} Picture */
/** @typedef {import("./types").Palette} Palette */
/** @typedef {{ x: number[], y: number[], text?: string[] }} Points of a trace */
/** @typedef {{ ys: Float64Array, drawn: number[], text: string[] }} Line one y of a chart */

/** For so many seconds at least a view of the error bowl lasts while it plays. */
const SHORTEST_VIEW = 0.2;

const AT_ONCE = {
  mode: "immediate",
  frame: { duration: 0, redraw: false },
  transition: { duration: 0 },
};

/** In pixels; a shorter one would only peep out from behind the ball. */
const SHORTEST_ARROW = 16;

/** How many stairs of a cobweb are drawn; those before are far smaller, or the same again. */
const MOST_STAIRS = 240;

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
    /** @type {Points[]} what each trace shows */
    this.points = [];
    this.font = getComputedStyle(gd).fontFamily;
  }

  /**
   * Draw a figure, unless it is the one that is there.
   * @param {Figure} figure
   * @param {Palette} palette
   */
  draw(figure, palette) {
    const text = coloured(figure, palette);
    if (text === this.text) return;
    this.text = text;
    this.points = [];
    const { data, layout } = JSON.parse(text);
    Object.assign(layout, sizeOf(this.gd), { autosize: false });
    layout.font.family = this.font;
    // Plotly leaves the last shape of this layer behind when there is none any more.
    for (const shape of this.gd.querySelectorAll(".shapelayer path")) shape.remove();
    this.Plotly.react(this.gd, data, layout, {
      displayModeBar: false,
      doubleClick: false,
      responsive: false,
    });
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
    const data = changed.map((k) => points[k]);
    const traces = changed.map((k) => k + first);
    // Its promise may stay pending when the next frame interrupts it, so nobody waits for it.
    this.Plotly.animate(this.gd, { data, traces }, AT_ONCE)?.catch?.(() => {});
  }

  resize() {
    const size = sizeOf(this.gd);
    if (size.width && size.height) this.Plotly.relayout(this.gd, size);
  }

  dispose() {
    this.Plotly.purge(this.gd);
  }
}

/** A chart in which a run is revealed step by step: see `Picture` in neuron/picture.py. */
export class RevealChart extends Chart {
  /**
   * @param {any} Plotly
   * @param {any} gd
   */
  constructor(Plotly, gd) {
    super(Plotly, gd);
    /** @type {Picture} */
    this.picture = { figure: { data: [], layout: {} }, x: "", y: [], drawn: [], views: [] };
    this.view = 0;
    /** @type {Float64Array} */
    this.xs = new Float64Array();
    /** @type {Line[]} */
    this.lines = [];
    /** @type {number[]} */
    this.drawn = [];
  }

  /**
   * Take another run, or the same one in other colours. A chart whose axes, curves and colours stay
   * as they were is not drawn anew: its lines change with the next `paint`.
   * @param {Picture} picture
   * @param {Record<string, Float64Array>} columns
   * @param {Palette} palette
   */
  load(picture, columns, palette) {
    if (this.view !== 0) this.text = "";
    this.view = 0;
    this.picture = picture;
    const count = columns[picture.y[0]].length;
    const xs = columns[picture.x] ?? Float64Array.from({ length: count }, (_, k) => k);
    this.xs = xs;
    this.drawn = picture.drawn.map((k) => xs[k]);
    this.lines = picture.y.map((y) => {
      const ys = columns[y];
      const exact = columns[y.replace(/_log$/, "")];
      return {
        ys,
        drawn: picture.drawn.map((k) => ys[k]),
        text: picture.drawn.map((k) => String(exact[k]).replaceAll("-", "−")),
      };
    });
    this.draw(picture.figure, palette);
    if (!picture.views.length) drawWhole(this);
  }

  /**
   * Show the run as it is `part` of the way (0 to 1) from step k to step k + 1.
   * @param {number} k
   * @param {number} part
   * @param {number} pace steps a second, or 0 at rest
   */
  paint(k, part, pace) {
    const { picture } = this;
    this.#turnTo(k, pace);
    const count = countUpTo(picture.drawn, k);
    /** @type {Points[]} */
    const data = this.lines.flatMap((line) => {
      const past = this.#past(line, k, count);
      const { x, y } = this.#between(line.ys, k, part);
      if (part > 0 && !picture.curve) {
        past.x.push(x);
        past.y.push(y);
      }
      return [past, { x: [x], y: [y], text: [line.text[count - 1]] }];
    });
    if (picture.arrow) data.push(this.#arrow(k));
    this.animate(data);
  }

  /**
   * The points of a line up to step k.
   * @param {Line} line
   * @param {number} k
   * @param {number} count how many of the drawn points that are
   */
  #past({ ys, drawn, text }, k, count) {
    const { picture, xs } = this;
    if (picture.stairs) {
      const first = Math.max(0, k - MOST_STAIRS);
      return { x: [...xs.subarray(first, k + 1)], y: [...ys.subarray(first, k + 1)] };
    }
    const past = {
      x: this.drawn.slice(0, count),
      y: drawn.slice(0, count),
      text: text.slice(0, count),
    };
    if (picture.drawn[count - 1] !== k) {
      past.x.push(xs[k]);
      past.y.push(ys[k]);
    }
    return past;
  }

  /**
   * Where the head is, `part` of the way from step k to the next.
   * @param {Float64Array} ys
   * @param {number} k
   * @param {number} part
   */
  #between(ys, k, part) {
    const { xs, picture } = this;
    if (!(part > 0)) return { x: xs[k], y: ys[k] };
    const level = picture.stairs ? Math.max(0, 2 * part - 1) : part;
    const upright = picture.stairs ? Math.min(1, 2 * part) : part;
    const x = xs[k] + level * (xs[k + 1] - xs[k]);
    if (!picture.curve) return { x, y: ys[k] + upright * (ys[k + 1] - ys[k]) };
    const [steepness, bottom, floor] = picture.curve;
    return { x, y: floor + steepness * (x - bottom) ** 2 };
  }

  /**
   * From the head to where the next step is.
   * @param {number} k
   */
  #arrow(k) {
    const { gd, xs } = this;
    const [{ ys }] = this.lines;
    const next = Math.min(k + 1, xs.length - 1);
    const { width, margin, xaxis } = gd.layout;
    const [low, high] = xaxis.range;
    const length = Math.abs(xs[next] - xs[k]) / (high - low);
    const moves = length * (width - margin.l - margin.r) > SHORTEST_ARROW;
    // NaN and not an empty list, for that would leave the last arrow's head behind.
    return { x: moves ? [xs[k], xs[next]] : [NaN], y: moves ? [ys[k], ys[k]] : [NaN] };
  }

  /**
   * Turn to the view that holds at step k, where there are several. A turn costs a frame, so when
   * steps fly by, it is to the view that holds for the next moment too.
   * @param {number} k
   * @param {number} pace
   */
  #turnTo(k, pace) {
    const { views } = this.picture;
    const stretch = Math.max(1, Math.round(pace * SHORTEST_VIEW));
    const until = Math.ceil((k + 1) / stretch) * stretch - 1;
    let view = 0;
    while (view + 1 < views.length && views[view + 1].from <= until) view++;
    if (view === this.view) return;
    this.view = view;
    this.points = [];
    const { paths, x_axis, y_axis } = views[view];
    // All at once: new points or a new curve on old axes would lie beyond what SVG can hold.
    const { data, layout } = this.gd;
    const empty = data.map((/** @type {any} */ trace) => ({ ...trace, x: [null], y: [null] }));
    this.Plotly.react(this.gd, empty, {
      ...layout,
      shapes: paths.map((path, index) => ({ ...layout.shapes[index], path })),
      xaxis: { ...layout.xaxis, ...x_axis },
      yaxis: { ...layout.yaxis, ...y_axis },
    });
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
   * @param {Palette} palette
   */
  load(figure, palette) {
    /** @type {{ x: number[], y: number[] }[]} */
    this.runs = figure.data.slice(0, -1);
    this.draw(figure, palette);
  }

  /** @param {number} k the step; a run that is over stays at its end */
  paint(k) {
    const runs = this.runs ?? [];
    const at = runs.map(({ x }) => countUpTo(x, k) - 1);
    const heads = {
      x: runs.map(({ x }, run) => x[at[run]]),
      y: runs.map(({ y }, run) => y[at[run]]),
    };
    this.animate([heads], runs.length);
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** The units of a chart's overlay, whatever its numbers and its size. */
const UNITS = 1000;

/**
 * Draw the whole of each line, dotted, over the plot's area. Its axes' ranges and margins are
 * explicit, so it needs nothing of Plotly, and stretches with the chart.
 * @param {RevealChart} chart
 */
function drawWhole({ gd, drawn, lines }) {
  const { margin, xaxis, yaxis } = gd.layout;
  let overlay = gd.querySelector("svg.whole");
  if (!overlay) {
    overlay = document.createElementNS(SVG, "svg");
    overlay.classList.add("whole");
    overlay.setAttribute("viewBox", `0 0 ${UNITS} ${UNITS}`);
    overlay.setAttribute("preserveAspectRatio", "none");
    gd.append(overlay);
  }
  Object.assign(overlay.style, {
    left: `${margin.l}px`,
    top: `${margin.t}px`,
    width: `calc(100% - ${margin.l + margin.r}px)`,
    height: `calc(100% - ${margin.t + margin.b}px)`,
  });
  const place = (/** @type {number} */ value, /** @type {{ range: number[] }} */ { range }) =>
    ((UNITS * (value - range[0])) / (range[1] - range[0])).toFixed(1);
  overlay.replaceChildren(
    ...lines.map((line, index) => {
      const path = document.createElementNS(SVG, "path");
      const points = drawn.map(
        (x, i) => `${place(x, xaxis)} ${UNITS - Number(place(line.drawn[i], yaxis))}`,
      );
      path.setAttribute("d", `M${points.join("L")}`);
      path.setAttribute("stroke", gd.data[2 * index].line.color);
      return path;
    }),
  );
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
 * How many of the ascending numbers are at most k.
 * @param {number[]} numbers
 * @param {number} k
 */
function countUpTo(numbers, k) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= k) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A figure as JSON, with the palette's colours in place of their names.
 * @param {Figure} figure
 * @param {Palette} palette
 */
function coloured(figure, palette) {
  return JSON.stringify(figure).replace(/"\$(\w+)"/g, (_, name) => JSON.stringify(palette[name]));
}
