// The controls that save the stage's pictures.

import { finder } from "../shared/dom.js";
import { asPng, asSvg, download } from "./export.js";

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  const find = finder(parentElement);
  const chosen = (/** @type {string} */ name) => find(`[name=${name}]:checked`).value;
  for (const ending of ["svg", "png"]) {
    const button = find(`[data-save=${ending}]`);
    button.onclick = async () => {
      const [what, theme] = [chosen("what"), chosen("theme")];
      const svg = asSvg(what, theme);
      const name = `${data.name}_${what}_${theme}.${ending}`;
      if (svg) download(name, ending === "svg" ? svg.file : await asPng(svg));
      find(".said").textContent = svg ? "Saved." : "This chapter does not show that picture.";
    };
    button.disabled = false; // a click before now would have been lost
  }
}
