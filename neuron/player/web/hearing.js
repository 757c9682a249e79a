// What is said to those who hear the page: in one place that stays, whose text changes.

/** In milliseconds: what happens together is said together. */
const TOGETHER = 120;

/** In milliseconds: by then it was said, and whoever reads the page does not meet it again. */
const HEARD = 5000;

/** @type {string[]} */
let waiting = [];
let timer = 0;

/**
 * Say something.
 * @param {string} text
 */
export function announce(text) {
  if (!text || waiting.includes(text)) return;
  waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const place = document.querySelector(".stage .announced");
    place?.replaceChildren(
      ...waiting.map((said) => {
        const line = document.createElement("span");
        line.textContent = `${spoken(said)} `;
        return line;
      }),
    );
    waiting = [];
    timer = setTimeout(() => {
      place?.replaceChildren();
    }, HEARD);
  }, TOGETHER);
}

/**
 * A text as it is to be read aloud: powers of ten in words, groups of digits as one number.
 * @param {string} text
 */
export function spoken(text) {
  return text
    .replace(/\u00a0?×\u00a010([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, power) => ` times ten to the ${plain(power)}`)
    .replace(/(\d)\u202f(?=\d)/g, "$1");
}

/** @param {string} power */
function plain(power) {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return power.replace(/./g, (c) => (c === "⁻" ? "minus " : String(digits.indexOf(c))));
}
