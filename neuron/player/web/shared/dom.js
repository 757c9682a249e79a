// Elements of HTML and SVG: made in one expression, and written only when they change.

export const SVG = "http://www.w3.org/2000/svg";

/**
 * Finds the elements in a root by their selectors.
 * @param {ParentNode} root
 * @returns {(what: string) => any}
 */
export function finder(root) {
  return (what) => root.querySelector(what);
}

/**
 * The elements in a root that have a `data-name`, by it.
 * @param {ParentNode} root
 * @returns {Record<string, any>}
 */
export function named(root) {
  const elements = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-name]"));
  return Object.fromEntries([...elements].map((element) => [element.dataset.name, element]));
}

/**
 * A new HTML element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {...(Node | string)} children
 */
export function node(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * Append a new SVG element to a parent.
 * @param {ParentNode} parent
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @returns {any}
 */
export function make(parent, name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  parent.append(element);
  return element;
}

/**
 * Append a small picture of an outcome to a button.
 * @param {HTMLElement} button
 * @param {number} width in pixels
 * @param {number} height
 * @param {number[]} path the weight by step, each from 0 at the bottom to 1 at the top
 * @returns {any} the picture
 */
export function sketch(button, width, height, path) {
  const viewBox = `-2 -2 ${width + 4} ${height + 4}`;
  const svg = make(button, "svg", { viewBox, width, height, "aria-hidden": "true" });
  const apart = width / Math.max(1, path.length - 1);
  const points = path.map((y, k) => `${k * apart} ${(1 - y) * height}`);
  make(svg, "path", { d: points.length ? `M${points.join("L")}` : "" });
  return svg;
}

/**
 * Write those attributes that have changed.
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/**
 * Write an element's text, if it has changed.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Copy a text; false if the browser does not allow it, as in some frames.
 * @param {string} text
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @type {(value: number, low: number, high: number) => number} */
export function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

/** @type {(from: number, to: number, part: number) => number} */
export function mix(from, to, part) {
  return from + (to - from) * part;
}
