// The three Plotly charts of the stage: loaded once a run, then only revealed step by step.

/** @typedef {import("./types").Film} Film */
/** @typedef {import("./types").Picture} Picture */
/** @typedef {import("./types").Palette} Palette */
/** @typedef {{ ys: Float64Array, drawn: number[], text: string[] }} Line one y of a chart */
/** @typedef {{ picture: Picture, gd: any, text: string, view: number, xs: Float64Array,
 *   drawn: number[], lines: Line[] }} Chart */

/** For so many seconds at least a view of the error bowl lasts while it plays. */
const SHORTEST_VIEW = 0.2;

const AT_ONCE = {
  mode: "immediate",
  frame: { duration: 0, redraw: false },
  transition: { duration: 0 },
};

/** In pixels; a shorter one would only peep out from behind the ball. */
const SHORTEST_ARROW = 16;

/** @type {Promise<any> | undefined} */
let plotly;

/**
 * plotly.js from the installed plotly package, fetched once a page.
 * @returns {Promise<any>}
 */
export function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../neuron.player.plotlyjs/plotly.min.js", import.meta.url).href;
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => reject(new Error("plotly.js could not be loaded"));
    document.head.append(script);
  });
  return plotly;
}

export class Charts {
  /**
   * @param {any} Plotly
   * @param {Record<string, HTMLElement>} places an element for each picture
   */
  constructor(Plotly, places) {
    this.Plotly = Plotly;
    this.places = places;
    /** @type {Chart[]} */
    this.charts = [];
    this.font = getComputedStyle(places.bowl).fontFamily;
  }

  /**
   * Take another run, or the same one in other colours. A chart whose axes, curves and colours stay
   * as they were is not drawn anew: its lines change with the next `paint`.
   * @param {Film} film
   * @param {Palette} palette
   */
  load(film, palette) {
    this.charts = Object.entries(film.pictures).map(([name, picture], index) => {
      const xs = column(film, picture.x);
      const text = coloured(picture.figure, palette);
      const before = this.charts[index];
      /** @type {Chart} */
      const chart = {
        picture,
        gd: this.places[name],
        text,
        view: 0,
        xs,
        drawn: picture.drawn.map((k) => xs[k]),
        lines: picture.y.map((y) => {
          const ys = film.columns[y];
          const exact = film.columns[y.replace(/_log$/, "")];
          return {
            ys,
            drawn: picture.drawn.map((k) => ys[k]),
            text: picture.drawn.map((k) => String(exact[k]).replaceAll("-", "−")),
          };
        }),
      };
      if (before?.text !== text || before.view !== 0) {
        const { data, layout } = JSON.parse(text);
        Object.assign(layout, sizeOf(chart.gd), { autosize: false });
        layout.font.family = this.font;
        // Plotly leaves the last shape of this layer behind when there is none any more.
        for (const shape of chart.gd.querySelectorAll(".shapelayer path")) shape.remove();
        this.Plotly.react(chart.gd, data, layout, {
          displayModeBar: false,
          doubleClick: false,
          responsive: false,
        });
      }
      if (!picture.views.length) drawWhole(chart);
      return chart;
    });
  }

  /**
   * Show the run as it is `part` of the way (0 to 1) from step k to step k + 1.
   * @param {number} k
   * @param {number} part
   * @param {number} pace steps a second, or 0 at rest
   */
  paint(k, part, pace) {
    for (const chart of this.charts) {
      const { picture, gd, xs } = chart;
      this.#turnTo(chart, k, pace);
      const count = countUpTo(picture.drawn, k);
      const x = part > 0 ? xs[k] + part * (xs[k + 1] - xs[k]) : xs[k];
      /** @type {{ x: number[], y: number[], text?: string[] }[]} */
      const data = chart.lines.flatMap(({ ys, drawn, text }) => {
        const past = {
          x: chart.drawn.slice(0, count),
          y: drawn.slice(0, count),
          text: text.slice(0, count),
        };
        if (picture.drawn[count - 1] !== k) {
          past.x.push(xs[k]);
          past.y.push(ys[k]);
        }
        let y = part > 0 ? ys[k] + part * (ys[k + 1] - ys[k]) : ys[k];
        if (part > 0 && picture.curve) {
          const [steepness, bottom, floor] = picture.curve;
          y = floor + steepness * (x - bottom) ** 2;
        } else if (part > 0) {
          past.x.push(x);
          past.y.push(y);
        }
        return [past, { x: [x], y: [y], text: [text[count - 1]] }];
      });
      if (picture.arrow) {
        const [{ ys }] = chart.lines;
        const next = Math.min(k + 1, xs.length - 1);
        const { width, margin, xaxis } = gd.layout;
        const [low, high] = xaxis.range;
        const length = Math.abs(xs[next] - xs[k]) / (high - low);
        const moves = length * (width - margin.l - margin.r) > SHORTEST_ARROW;
        // NaN and not an empty list, for that would leave the last arrow's head behind.
        data.push({ x: moves ? [xs[k], xs[next]] : [NaN], y: moves ? [ys[k], ys[k]] : [NaN] });
      }
      const traces = [...data.keys()];
      // Its promise may stay pending when the next frame interrupts it, so nobody waits for it.
      this.Plotly.animate(gd, { data, traces }, AT_ONCE)?.catch?.(() => {});
    }
  }

  resize() {
    for (const { gd } of this.charts) {
      const size = sizeOf(gd);
      if (size.width && size.height) this.Plotly.relayout(gd, size);
    }
  }

  dispose() {
    for (const { gd } of this.charts) this.Plotly.purge(gd);
    this.charts = [];
  }

  /**
   * Turn to the view that holds at step k, where a chart has several. A turn costs a frame, so when
   * steps fly by, it is to the view that holds for the next moment too.
   * @param {Chart} chart
   * @param {number} k
   * @param {number} pace
   */
  #turnTo(chart, k, pace) {
    const { views } = chart.picture;
    const stretch = Math.max(1, Math.round(pace * SHORTEST_VIEW));
    const until = Math.ceil((k + 1) / stretch) * stretch - 1;
    let view = 0;
    while (view + 1 < views.length && views[view + 1].from <= until) view++;
    if (view === chart.view) return;
    chart.view = view;
    const { path, x_axis, y_axis } = views[view];
    // All at once: new points or a new curve on old axes would lie beyond what SVG can hold.
    const { data, layout } = chart.gd;
    const empty = data.map((/** @type {any} */ trace) => ({ ...trace, x: [], y: [] }));
    this.Plotly.react(chart.gd, empty, {
      ...layout,
      shapes: [{ ...layout.shapes[0], path }],
      xaxis: { ...layout.xaxis, ...x_axis },
      yaxis: { ...layout.yaxis, ...y_axis },
    });
  }
}

/**
 * @param {Film} film
 * @param {string} name
 */
function column(film, name) {
  return name === "step"
    ? Float64Array.from({ length: film.last + 1 }, (_, k) => k)
    : film.columns[name];
}

const SVG = "http://www.w3.org/2000/svg";

/** The units of a chart's overlay, whatever its numbers and its size. */
const UNITS = 1000;

/**
 * Draw the whole of each line, dotted, over the plot's area. Its axes' ranges and margins are
 * explicit, so it needs nothing of Plotly, and stretches with the chart.
 * @param {Chart} chart
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
 * @param {{ data: any[], layout: any }} figure
 * @param {Palette} palette
 */
function coloured(figure, palette) {
  return JSON.stringify(figure).replace(/"\$(\w+)"/g, (_, name) => JSON.stringify(palette[name]));
}
