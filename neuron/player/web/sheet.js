// A sheet of exercises for paper: questions on the first page, answers on the second.

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

/**
 * @param {Document} paper
 * @param {{ title: string, lines: string[] }[]} parts
 */
function sections(paper, parts) {
  return parts.map(({ title, lines }) => {
    const section = paper.createElement("section");
    const head = paper.createElement("h2");
    head.textContent = title;
    section.append(head);
    for (const text of lines) {
      const line = paper.createElement("p");
      line.textContent = text;
      if (text.endsWith(" = ")) {
        line.className = "gap";
        line.append(paper.createElement("i"));
      }
      section.append(line);
    }
    return section;
  });
}

/**
 * @param {Document} paper
 * @param {any} sheet
 */
export function fill(paper, sheet) {
  const style = paper.createElement("style");
  style.textContent = STYLE;
  paper.head.replaceChildren(style);
  paper.title = sheet.title;
  const part = (
    /** @type {string} */ title,
    /** @type {string[]} */ rule,
    /** @type {any[]} */ parts,
  ) => {
    const article = paper.createElement("article");
    const head = paper.createElement("h1");
    head.textContent = title;
    article.append(head);
    for (const text of rule) {
      const line = paper.createElement("p");
      line.className = "rule";
      line.textContent = text;
      article.append(line);
    }
    article.append(...sections(paper, parts));
    return article;
  };
  const asked = part(sheet.title, sheet.rule, sheet.asked);
  const answers = part("Answers", [], sheet.answers);
  answers.className = "answers";
  paper.body.replaceChildren(asked, answers);
}

/** @param {import("./types").Mount} mount */
export default function mount({ parentElement, data }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".sheet"));
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("button"));
  button.onclick = () => {
    root.querySelector("iframe")?.remove();
    const frame = document.createElement("iframe");
    frame.title = "Worksheet";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    root.append(frame);
    const paper = /** @type {Document} */ (frame.contentDocument);
    fill(paper, JSON.parse(data.sheet));
    frame.contentWindow?.print();
  };
}
