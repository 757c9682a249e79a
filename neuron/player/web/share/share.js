// A link to what is shown or to a page for a class: as text, as a frame to embed and as a QR code.

import { copied, finder, make, node } from "../shared/dom.js";
import { head } from "../shared/playhead.js";

/** A frame of this size shows the stage without scrolling. */
const FRAME = { width: 800, height: 600 };

/**
 * @param {import("../types").Mount} mount its data: `query`, that of a page for a class, or null for
 *   what is shown; `of`, the link that the QR code encodes; `side`, the code's width in squares;
 *   `code`, the path of its dark squares, or "" if the link is too long
 */
export default function mount({ parentElement, data, setStateValue }) {
  const find = finder(/** @type {HTMLElement} */ (parentElement.querySelector(".share")));
  const { query, of, side, code } = data;
  const link = query === null ? currentUrl() : urlWith(query);
  find(".local").hidden = !/^(localhost|127\.|\[::1)/.test(location.hostname);
  const framed = new URL(link);
  framed.searchParams.set("embed", "true");
  find(".link").value = link;
  find(".frame").value =
    `<iframe src="${framed.href.replaceAll("&", "&amp;")}" width="${FRAME.width}" height="${FRAME.height}" ` +
    'style="border: 0" title="One neuron, learning" allow="clipboard-write; fullscreen"></iframe>';
  for (const name of ["link", "frame"]) {
    const [field, button] = [find(`.${name}`), find(`[data-copy=${name}]`)];
    field.onfocus = () => field.select();
    button.onclick = async () => {
      const done = await copied(field.value);
      if (!done) field.focus(); // which selects it
      find(".said").textContent = done ? "Copied." : "Press Ctrl+C (⌘C on a Mac) to copy.";
    };
    button.disabled = false; // a click before now would have been lost
  }
  if (of === link) draw(find(".qr"), Number(side), code);
  else setStateValue("link", link); // Python answers with its QR code
}

/**
 * Draw a QR code, dark on light in any theme, so that it can be scanned.
 * @param {HTMLElement} place
 * @param {number} side
 * @param {string} code
 */
function draw(place, side, code) {
  place.textContent = code ? "" : "This link is too long for a QR code.";
  if (!code) return;
  const svg = make(place, "svg", { viewBox: `0 0 ${side} ${side}` });
  make(svg, "rect", { width: side, height: side, fill: "#fff" });
  make(svg, "path", { d: code, fill: "#000", "shape-rendering": "crispEdges" });
  place.append(node("p", {}, "Scan the code to open the link."));
}

/** The page's address, with the step and the speed added, which only the stage knows. */
function currentUrl() {
  const link = new URL(location.href);
  const step = head.moment?.step;
  const speed = /** @type {HTMLSelectElement | null} */ (
    document.querySelector(".stage .speed select")
  );
  for (const name of ["step", "speed"]) link.searchParams.delete(name);
  if (step) link.searchParams.set("step", String(step));
  if (speed && speed.value !== "normal") link.searchParams.set("speed", speed.value);
  return publicUrl(link);
}

/** @param {string} query */
function urlWith(query) {
  const link = new URL(location.href);
  link.search = query;
  return publicUrl(link);
}

/**
 * The address that readers open: Streamlit Community Cloud serves the page in a frame, at `/~/+/`.
 * @param {URL} link
 */
function publicUrl(link) {
  link.hash = "";
  link.pathname = link.pathname.replace("/~/+/", "/");
  return link.href.replaceAll("%3A", ":").replaceAll("%2C", ",");
}
