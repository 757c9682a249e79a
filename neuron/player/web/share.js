// A link to what is shown or to a page for a class: as text, as a frame to embed and as a QR code.

import { copied, finder, make, node } from "./dom.js";
import { head } from "./playhead.js";
import { instancePerRoot } from "./scene.js";

/** A frame of this size shows the stage without scrolling. */
const FRAME = { width: 800, height: 600 };

class Share {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.find = finder(root);
    for (const button of root.querySelectorAll("[data-copy]")) {
      const name = button.getAttribute("data-copy") ?? "";
      button.addEventListener("click", () => this.#copy(name));
      button.removeAttribute("disabled"); // a click before now would have been lost
    }
    for (const field of root.querySelectorAll("input")) {
      field.addEventListener("focus", () => field.select());
    }
  }

  /**
   * @param {{ query: string | null, of: string, side: string, code: string }} data query: that of
   *   a page for a class, or null for what is shown; of: the link that the code encodes; side: the
   *   code's width in squares
   * @param {(link: string) => void} tell tells Python the link, to get its QR code
   */
  show({ query, of, side, code }, tell) {
    const link = query === null ? currentUrl() : urlWith(query);
    const framed = new URL(link);
    framed.searchParams.set("embed", "true");
    this.find(".link").value = link;
    this.find(".frame").value =
      `<iframe src="${framed.href.replaceAll("&", "&amp;")}" width="${FRAME.width}" height="${FRAME.height}" ` +
      'style="border: 0" title="One neuron, learning" allow="clipboard-write; fullscreen"></iframe>';
    if (of === link) this.#draw(Number(side), code);
    else tell(link);
  }

  /**
   * Draw the code, dark on light in any theme, so that it can be scanned.
   * @param {number} side
   * @param {string} code the path of its dark squares, or "" if the link is too long
   */
  #draw(side, code) {
    const place = this.find(".qr");
    place.textContent = code ? "" : "This link is too long for a QR code.";
    if (!code) return;
    const svg = make(place, "svg", { viewBox: `0 0 ${side} ${side}` });
    make(svg, "rect", { width: side, height: side, fill: "#fff" });
    make(svg, "path", { d: code, fill: "#000", "shape-rendering": "crispEdges" });
    place.append(node("p", {}, "Scan the code to open the link."));
  }

  /** @param {string} name of the field */
  async #copy(name) {
    const field = this.find(`.${name}`);
    const done = await copied(field.value);
    if (!done) field.focus(); // which selects it
    this.find(".said").textContent = done ? "Copied." : "Press Ctrl+C (⌘C on a Mac) to copy.";
  }

  dispose() {}
}

/** The page's address, with the step and the speed added, which only the stage knows. */
function currentUrl() {
  const link = new URL(location.href);
  const { step } = head;
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

const shareIn = instancePerRoot(Share, ".share");

export default (/** @type {import("./types").Mount} */ mount) => {
  const { one, unmount } = shareIn(mount.parentElement);
  one.show(mount.data, (link) => mount.setStateValue("link", link));
  return unmount;
};
