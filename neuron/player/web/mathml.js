// A line of arithmetic as MathML, which browsers typeset themselves.

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** What each name is coloured as. @type {Record<string, string>} */
const COLOURS = {
  weight: "weight",
  goal: "goal",
  delta: "error",
  error: "error",
  weight_delta: "error",
  derivative: "error",
};

const OPERATORS = "= ≈ + − × ÷ ²".split(" ");

/**
 * @param {string} name
 * @param {string | Element[]} content
 */
function make(name, content) {
  const element = document.createElementNS(MATHML, name);
  if (typeof content === "string") element.textContent = content;
  else element.append(...content);
  return element;
}

/**
 * A number, a name or a sign.
 * @param {string} token
 * @returns {Element}
 */
function piece(token) {
  if (OPERATORS.includes(token)) return make("mo", token);
  if (token.startsWith("(")) {
    return make("mrow", [make("mo", "("), piece(token.slice(1, -1)), make("mo", ")")]);
  }
  if (/^[−\d∞]/.test(token)) return make("mn", token);
  const word = make("mi", token);
  word.setAttribute("mathvariant", "normal");
  if (token in COLOURS) word.setAttribute("class", COLOURS[token]);
  return word;
}

/**
 * `delta = prediction − goal`, as it is typeset: words, numbers and signs with a space between. It
 * comes in pieces, one a sign, because browsers do not break a line within mathematics.
 * @param {string} line
 * @returns {(Element | string)[]}
 */
export function typeset(line) {
  return line.split(/ (?=[=≈+−×÷] )/).flatMap((part, k) => {
    const tokens = part.split(" ").map(piece);
    // A sign begins its piece, but not the line: else it would stand close to what follows.
    if (k) tokens[0].setAttribute("lspace", "0");
    if (k) tokens[0].setAttribute("rspace", "0.28em");
    return [...(k ? [" "] : []), make("math", [make("mrow", tokens)])];
  });
}
