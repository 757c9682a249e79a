// A line of arithmetic as MathML, which browsers typeset without a library.

import { set } from "./dom.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @type {(name: string, ...content: (string | Element)[]) => Element} */
function make(name, ...content) {
  const element = document.createElementNS(MATHML, name);
  element.append(...content);
  return element;
}

/**
 * The element for a number, a name or an operator.
 * @param {string} token
 * @returns {Element}
 */
function piece(token) {
  if (/^[=≈+−×÷²]$/.test(token)) return make("mo", token);
  if (token.startsWith("(")) {
    return make("mrow", make("mo", "("), piece(token.slice(1, -1)), make("mo", ")"));
  }
  if (/^[−\d∞]/.test(token)) return make("mn", token);
  const word = make("mi", token);
  word.setAttribute("mathvariant", "normal");
  word.setAttribute("class", token); // which may colour it
  return word;
}

/**
 * Typeset a line such as `delta = prediction − goal`, with spaces between its tokens. It becomes an
 * element per operator, because browsers do not break lines within mathematics.
 * @param {string} line
 * @returns {(Element | string)[]}
 */
export function typeset(line) {
  return line.split(/ (?=[=≈+−×÷] )/).flatMap((part, k) => {
    const tokens = part.split(" ").map(piece);
    const math = make("math", make("mrow", ...tokens));
    if (!k) return [math];
    // Space a leading operator explicitly: it would be set tight, as a prefix, otherwise.
    set(tokens[0], { lspace: "0", rspace: "0.28em" });
    return [" ", math];
  });
}
