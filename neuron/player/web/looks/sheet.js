// A sheet of exercises for paper: questions on the first page, answers on the second.

import { finder, node } from "../shared/dom.js";

/** @param {{ title: string, lines: string[] }[]} parts */
function sections(parts) {
  return parts.map(({ title, lines }) => {
    const paragraphs = lines.map((text) =>
      text.endsWith(" = ")
        ? node("p", { className: "gap" }, text, node("i")) // to be filled in
        : node("p", {}, text),
    );
    return node("section", {}, node("h2", {}, title), ...paragraphs);
  });
}

/**
 * @param {Document} paper
 * @param {HTMLTemplateElement} template what is the same on every sheet
 * @param {any} sheet
 */
export function fill(paper, template, { title, rule, asked, answers }) {
  const find = finder(paper);
  paper.body.replaceChildren(paper.importNode(template.content, true));
  paper.title = title;
  find("h1").textContent = title;
  const lines = rule.map((/** @type {string} */ text) => node("p", { className: "rule" }, text));
  find(".asked").append(...lines, ...sections(asked));
  find(".answers").append(...sections(answers));
}

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  const find = finder(parentElement);
  find("button").onclick = () => {
    find("iframe")?.remove();
    const frame = node("iframe", { title: "Worksheet", ariaHidden: "true", tabIndex: -1 });
    find(".sheet").append(frame);
    const paper = /** @type {Document} */ (frame.contentDocument);
    fill(paper, find("template"), JSON.parse(data.sheet));
    frame.contentWindow?.print();
  };
}
