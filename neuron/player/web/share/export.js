// Exports what is visible of the stage as one SVG, in which the words are text, line by line.

import { make, node, SVG, set } from "../shared/dom.js";

/** The width of a PNG in pixels: that of a slide. */
const PNG_WIDTH = 1920;

/** The margin around a picture, in pixels. */
const MARGIN = 12;

/** The style properties, besides its attributes, that an SVG element's look may depend on. */
const STYLES = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"],
  ...["stroke-linecap", "stroke-linejoin", "opacity", "visibility", "display", "paint-order"],
  ...["font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline"],
  ...["marker-end", "font-variant-numeric"],
];

/** The parts of the stage that its picture includes if they are visible. */
const STAGE = ".story .text, .hero, .ruler, .charts, .verdict > p";

/**
 * A picture of the stage, or of one of its pictures.
 * @param {string} what "stage", or the name of a picture
 * @param {string} theme "light" or "dark"
 * @returns {{ file: Blob, width: number, height: number } | null} null if it is not visible
 */
export function asSvg(what, theme) {
  const stage = /** @type {HTMLElement} */ (document.querySelector(".stage"));
  const whole = what === "stage";
  const turned = stage.dataset.chart;
  applyLayout(stage, whole, whole ? turned : what, theme); // a phone shows one chart at a time
  try {
    const parts = stage.querySelectorAll(whole ? STAGE : `figure:has([data-picture=${what}])`);
    const shown = [...parts].filter(
      (part) => part.checkVisibility({ visibilityProperty: true }) && part.clientHeight,
    );
    if (!shown.length) return null;
    const boxes = shown.map((part) => part.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
    const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
    const width = Math.max(...boxes.map((box) => box.right)) + MARGIN - left;
    const height = Math.max(...boxes.map((box) => box.bottom)) + MARGIN - top;
    const viewBox = `${left} ${top} ${width} ${height}`; // all is drawn where it is on the screen
    const svg = make(new DocumentFragment(), "svg", { xmlns: SVG, width, height, viewBox });
    const paper = getComputedStyle(stage).getPropertyValue("--paper");
    make(svg, "rect", { x: left, y: top, width, height, fill: paper });
    for (const part of shown) draw(part, svg);
    const text = new XMLSerializer().serializeToString(svg);
    return { file: new Blob([text], { type: "image/svg+xml" }), width, height };
  } finally {
    applyLayout(stage, false, turned, "");
  }
}

/**
 * Lay the stage out for a picture: for a slide, or with this chart in view.
 * @param {HTMLElement} stage
 * @param {boolean} slide
 * @param {string} [chart]
 * @param {string} [theme]
 */
function applyLayout(stage, slide, chart, theme) {
  for (const name of ["data-paper", "data-slide"]) {
    document.documentElement.toggleAttribute(name, slide);
  }
  stage.dataset.chart = chart;
  stage.dispatchEvent(new CustomEvent("theme", { detail: theme }));
}

/**
 * Render a picture as a PNG as wide as a slide.
 * @param {{ file: Blob, width: number, height: number }} svg
 * @returns {Promise<Blob>}
 */
export async function asPng({ file, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(await file.text())}`;
  await image.decode();
  const canvas = new OffscreenCanvas(PNG_WIDTH, Math.round((PNG_WIDTH * height) / width));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/png" });
}

/**
 * @param {string} name
 * @param {Blob} file
 */
export function download(name, file) {
  const link = node("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Draw an element and all in it: boxes, text line by line, and SVGs with their styles.
 * @param {Element} element
 * @param {SVGElement} svg
 */
function draw(element, svg) {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
  const { x, y, width, height } = element.getBoundingClientRect();
  const place = { x, y, width, height };
  if (element instanceof SVGSVGElement) {
    const copy = withInlineStyles(element);
    set(copy, place);
    svg.append(copy);
    return;
  }
  // Leave out controls, and text that is only for screen readers.
  if (element.matches("button, label, .unseen")) return;
  if (element instanceof HTMLInputElement) return thumb(element, svg, place);
  const style = getComputedStyle(element);
  if (!/^(rgba\(.*, 0\)|transparent)$/.test(style.backgroundColor)) {
    make(svg, "rect", {
      ...place,
      rx: Number.parseFloat(style.borderRadius) || 0,
      fill: style.backgroundColor,
    });
  }
  const edge = Number.parseFloat(style.borderLeftWidth);
  if (edge && style.borderLeftColor !== "rgba(0, 0, 0, 0)") {
    make(svg, "rect", { ...place, width: edge, fill: style.borderLeftColor });
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(child, svg);
    else if (child instanceof Text) write(child, style, svg);
  }
}

/**
 * Draw the thumb of the alpha ruler.
 * @param {HTMLInputElement} range
 * @param {SVGElement} svg
 * @param {{ x: number, y: number, width: number, height: number }} place
 */
function thumb(range, svg, { x, y, width, height }) {
  const [value, min, max] = [range.value, range.min, range.max].map(Number);
  const part = (value - min) / (max - min);
  const fill = getComputedStyle(range).getPropertyValue("--weight");
  make(svg, "rect", { x: x + part * width - 5, y, width: 10, height, rx: 5, fill });
}

/**
 * Draw a text with the line breaks that it has on the page.
 * @param {Text} text
 * @param {CSSStyleDeclaration} style
 * @param {SVGElement} svg
 */
function write(text, style, svg) {
  const range = document.createRange();
  /** @type {{ words: string, box: DOMRect, right: number }[]} */
  const lines = [];
  const list = text.parentElement?.closest("ol"); // the program's list may be scrolled
  const bottom = list ? list.getBoundingClientRect().bottom + 1 : Number.POSITIVE_INFINITY;
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*|^\s+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length || index + word.length);
    const box = range.getBoundingClientRect();
    if (!box.width || box.bottom > bottom) continue;
    const line = lines.at(-1);
    if (line && Math.abs(line.box.top - box.top) < 2) {
      line.words += word;
      line.right = box.right;
    } else lines.push({ words: word, box, right: box.right });
  }
  for (const { words, box, right } of lines) {
    const size = Number.parseFloat(style.fontSize);
    const line = make(svg, "text", {
      x: box.left,
      y: box.top + box.height / 2 + size * 0.35,
      fill: style.color,
      "font-family": style.fontFamily,
      "font-size": size,
      "font-weight": style.fontWeight,
      textLength: right - box.left,
      lengthAdjust: "spacingAndGlyphs",
      "xml:space": "preserve",
    });
    line.textContent = words.trimEnd();
  }
}

/**
 * A copy of an SVG that looks the same without the page's style sheets.
 * @param {SVGSVGElement} svg
 */
function withInlineStyles(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(originals[index]);
    const looks = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`);
    element.removeAttribute("class");
    element.setAttribute("style", looks.join(";"));
    element.removeAttribute("tabindex");
  });
  return copy;
}
