// What was refused in the fields, said to those who hear; fields that are tapped; and what
// Streamlit's part of the page lacks: names of its groups, and a focus that does not get lost.

import { keepFocus } from "./focus.js";
import { announce } from "./hearing.js";

/** The elements that are listened to already. @type {WeakSet<Element>} */
const listening = new WeakSet();

let said = "";

/** @param {import("./types").Mount} mount */
export default function mount({ parentElement, data }) {
  const place = /** @type {HTMLElement} */ (parentElement.querySelector(".entries"));
  if (place.textContent !== data.refused) place.textContent = data.refused;
  if (data.heard !== said) announce(data.heard);
  said = data.heard;
  const fields = parentElement.closest(".st-key-fields");
  if (!fields || listening.has(fields)) return;
  listening.add(fields);
  fields.setAttribute("role", "group");
  fields.setAttribute("aria-label", "Numbers");
  fields.addEventListener("focusin", ({ target }) => {
    // Where the finger lands, the browser puts the cursor afterwards.
    if (!(target instanceof HTMLInputElement)) return;
    target.addEventListener("click", () => target.select(), { once: true }); // a tap moves the cursor
    setTimeout(() => {
      // A field that Tab has left meanwhile would take the keyboard back.
      if (document.activeElement === target) target.select();
    });
  });
  const main = /** @type {HTMLElement | null} */ (fields.closest("[data-testid=stMain]"));
  if (!main || listening.has(main)) return;
  listening.add(main);
  keepFocus(main);
  nameLook(main);
}

/**
 * Name the closer look, as soon as it is there, so that it can be gone to.
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
