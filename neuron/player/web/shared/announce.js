// Announcements for screen readers, all in one live region that stays on the page: a region that is
// added together with its text may not be announced.

import { exponentOf } from "./digits.js";
import { node } from "./dom.js";

/** Milliseconds within which messages are collected into one announcement. */
const TOGETHER = 120;

/** Milliseconds until an announcement is cleared, so that nobody comes across it later. */
const HEARD = 5000;

/** @type {string[]} */
let waiting = [];
let timer = 0;

/**
 * Announce a text to screen readers.
 * @param {string} text
 */
export function announce(text) {
  if (!text || waiting.includes(text)) return;
  waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const place = document.querySelector(".stage .announced");
    place?.replaceChildren(...waiting.map((said) => node("span", {}, `${spoken(said)} `)));
    waiting = [];
    timer = setTimeout(() => {
      place?.replaceChildren();
    }, HEARD);
  }, TOGETHER);
}

/**
 * A text as it should be read aloud: powers of ten in words, digits without gaps between groups.
 * @param {string} text
 */
export function spoken(text) {
  return text
    .replace(/\u00a0?×\u00a010([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, power) => {
      return ` times ten to the ${exponentOf(power)}`.replace("-", "minus ");
    })
    .replace(/(\d)\u202f(?=\d)/g, "$1");
}
