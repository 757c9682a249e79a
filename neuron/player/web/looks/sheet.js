// A sheet of exercises for paper: questions on the first page, answers on the second.

import { finder, node } from "../shared/dom.js";

const STYLE = `
  body { margin: 0; font: 11pt/1.45 "Source Sans 3", "Source Sans Pro", sans-serif; color: #000; }
  h1 { font-size: 15pt; margin: 0 0 6pt; }
  h2 { font-size: 11pt; margin: 9pt 0 2pt; break-after: avoid; }
  section { break-inside: avoid; }
  p { margin: 0 0 2pt; font-variant-numeric: tabular-nums; }
  .gap { display: flex; gap: 4pt; min-height: 17pt; align-items: end; }
  .gap i { flex: 1; border-bottom: 0.5pt solid #000; }
  .answers { break-before: page; }
  .rule { font-family: monospace; font-size: 9.5pt; }
`;

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
 * @param {any} sheet
 */
export function fill(paper, sheet) {
  paper.head.replaceChildren(node("style", {}, STYLE));
  paper.title = sheet.title;
  const rule = sheet.rule.map((/** @type {string} */ text) =>
    node("p", { className: "rule" }, text),
  );
  const title = node("h1", {}, sheet.title);
  const answers = node("h1", {}, "Answers");
  paper.body.replaceChildren(
    node("article", {}, title, ...rule, ...sections(sheet.asked)),
    node("article", { className: "answers" }, answers, ...sections(sheet.answers)),
  );
}

/** @param {import("../types").Mount} mount */
export default function mount({ parentElement, data }) {
  const find = finder(parentElement);
  find("button").onclick = () => {
    find("iframe")?.remove();
    const frame = node("iframe", { title: "Worksheet", ariaHidden: "true", tabIndex: -1 });
    find(".sheet").append(frame);
    const paper = /** @type {Document} */ (frame.contentDocument);
    fill(paper, JSON.parse(data.sheet));
    frame.contentWindow?.print();
  };
}
