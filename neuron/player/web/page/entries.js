// Shows and announces refused entries, selects a field's text when it gets the focus, and adds what
// Streamlit's own markup lacks: accessible names for groups, a focus that survives reruns, and a
// closer look that comes into view.

import { announce } from "../shared/announce.js";
import { keepFocus } from "../shared/focus.js";

/** The elements that have their listeners already. @type {WeakSet<Element>} */
const listening = new WeakSet();

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

let announced = "";

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  const place = /** @type {HTMLElement} */ (parentElement.querySelector(".entries"));
  if (place.textContent !== data.refused) place.textContent = data.refused;
  if (data.heard !== announced) announce(data.heard);
  announced = data.heard;
  const fields = parentElement.closest(".st-key-fields");
  if (!fields || listening.has(fields)) return;
  listening.add(fields);
  fields.setAttribute("role", "group");
  fields.setAttribute("aria-label", "Numbers");
  fields.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLInputElement) target.select();
  });
  fields.addEventListener("mousedown", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || document.activeElement === target) return;
    // A press that gives a field the focus then moves the cursor, which undoes the selection.
    target.addEventListener("click", () => target.select(), { once: true });
  });
  const main = /** @type {HTMLElement | null} */ (fields.closest("[data-testid=stMain]"));
  if (!main || listening.has(main)) return;
  listening.add(main);
  keepFocus(main);
  nameLook(main);
  showLook(main);
}

/**
 * Make the closer look a named landmark as soon as it appears, so that screen readers list it.
 * @param {HTMLElement} main
 */
function nameLook(main) {
  const name = () => {
    const look = main.querySelector(".st-key-closer:not([role])");
    look?.setAttribute("role", "region");
    look?.setAttribute("aria-label", "Closer look");
  };
  new MutationObserver(name).observe(main, { childList: true, subtree: true });
  name();
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
