// Shows and announces refused entries, selects a field's text when it gets the focus, and adds what
// Streamlit's own markup lacks: accessible names for groups, a focus that survives reruns, and a
// closer look that comes into view.

import { announce } from "../shared/announce.js";
import { finder, setText } from "../shared/dom.js";
import { keepFocus } from "../shared/focus.js";

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

let announced = "";

/** @type {HTMLElement | null} the part of the page that is watched over */
let watched = null;

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  setText(finder(parentElement)(".entries"), data.refused);
  if (data.heard !== announced) announce(data.heard);
  announced = data.heard;
  const main = /** @type {HTMLElement | null} */ (parentElement.closest("[data-testid=stMain]"));
  if (!main || main === watched) return;
  watched = main;
  keepFocus(main);
  nameParts(main);
  selectFields(main);
  showLook(main);
}

/**
 * Name the fields and the closer look as soon as they appear, so that screen readers list them.
 * @param {HTMLElement} main
 */
function nameParts(main) {
  const name = () => {
    for (const part of main.querySelectorAll(":is(.st-key-fields, .st-key-closer):not([role])")) {
      const fields = part.matches(".st-key-fields");
      part.setAttribute("role", fields ? "group" : "region");
      part.setAttribute("aria-label", fields ? "Numbers" : "Closer look");
    }
  };
  new MutationObserver(name).observe(main, { childList: true, subtree: true });
  name();
}

/**
 * Select a field's text when it gets the focus.
 * @param {HTMLElement} main
 */
function selectFields(main) {
  const fieldOf = (/** @type {Event} */ { target }) =>
    target instanceof HTMLInputElement && target.closest(".st-key-fields") ? target : null;
  main.addEventListener("focusin", (event) => fieldOf(event)?.select());
  main.addEventListener("mousedown", (event) => {
    const field = fieldOf(event);
    if (document.activeElement === field) return;
    // A press that gives a field the focus then moves the cursor, which undoes the selection.
    field?.addEventListener("click", () => field.select(), { once: true });
  });
}

/**
 * When a look that the reader picks would appear below the screen, scroll to it.
 * @param {HTMLElement} main
 */
function showLook(main) {
  let waiting = new MutationObserver(() => {});
  main.addEventListener("click", ({ target }) => {
    const row = /** @type {Element} */ (target).closest(".st-key-looks");
    const closer = row?.closest(".st-key-closer");
    if (!row || !closer) return;
    if (!(/** @type {Element} */ (target).closest("[role=radiogroup]"))) return;
    if (row.getBoundingClientRect().bottom < 0.6 * window.innerHeight) return;
    waiting.disconnect();
    waiting = new MutationObserver((changes) => {
      if (changes.every((change) => row.contains(change.target))) return;
      waiting.disconnect();
      // Wait a moment, because the look first has to get its height.
      setTimeout(() => row.scrollIntoView({ behavior: STILL.matches ? "auto" : "smooth" }), 300);
    });
    waiting.observe(closer, { childList: true, subtree: true });
  });
}
