// The controls that save the stage's pictures.

import { finder } from "./dom.js";
import { asPng, asSvg, download } from "./export.js";
import { instancePerRoot } from "./scene.js";

class Pictures {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.find = finder(root);
    this.name = "";
    for (const button of root.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => this.#save(button.getAttribute("data-save") ?? ""));
      button.removeAttribute("disabled"); // a click before now would have been lost
    }
  }

  /** @param {string} ending */
  async #save(ending) {
    const chosen = (/** @type {string} */ name) => this.find(`[name=${name}]:checked`).value;
    const [what, theme] = [chosen("what"), chosen("theme")];
    const svg = asSvg(what, theme);
    if (!svg) {
      this.find(".said").textContent = "This chapter does not show that picture.";
      return;
    }
    download(
      `${this.name}_${what}_${theme}.${ending}`,
      ending === "svg" ? svg.file : await asPng(svg),
    );
    this.find(".said").textContent = "Saved.";
  }

  dispose() {}
}

const picturesIn = instancePerRoot(Pictures, ".pictures-to-save");

export default (/** @type {import("./types").Mount} */ { parentElement, data }) => {
  const { one, unmount } = picturesIn(parentElement);
  one.name = data.name;
  return unmount;
};
