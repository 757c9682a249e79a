// Writes neuron/player/plotly_ranges.json: which bytes of plotly.min.js a page of scatter charts
// needs. To be run once for each new version of the plotly package, with node and npm:
//
//     node tests/tools/plotly_ranges.mjs .venv/lib/python3.*/site-packages/plotly/package_data/plotly.min.js
//
// The file is one function of some 2,500 statements. Nearly all of them are modules that do nothing
// until another one asks for them: functions, variables, `var name = W((exports, module) => ...)`.
// The last module asks for every chart type, in one list; lines and markers ("scatter") are not in
// it, for they are in every bundle. That list is emptied. Then what the rest can reach is kept: from
// each kept statement every name that it mentions, whether it would ever be used or not, even
// if it only has the spelling of a top-level name. A statement of any kind that this does not know
// is kept, with all that it mentions. So what is cut is what no running code can name.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ACORN = "acorn@8.15.0"; // a parser of JavaScript
const RANGES = new URL("../../neuron/player/plotly_ranges.json", import.meta.url);
const ACTS = /^(Call|New|Assignment|Update|Await|Yield|TaggedTemplate|Import)Expression$|^Class/;

/** The parser, installed for as long as it takes to load it. */
function parser() {
  const folder = mkdtempSync(join(tmpdir(), "plotly-"));
  try {
    const command = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, ACORN];
    execFileSync("npm", command, { shell: process.platform === "win32" });
    return createRequire(join(folder, "here.js"))("acorn");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each node of a syntax tree, and all below it. */
function* within(node) {
  yield node;
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) {
      if (typeof child?.type === "string") yield* within(child);
    }
  }
}

/** The code of a node, or its first thousand characters. */
function textOf({ start, end }) {
  return code.slice(start, Math.min(end, start + 1000));
}

/** Whether to evaluate an expression may do anything besides giving its value. */
function acts({ type, callee, ...parts }) {
  if (/Function/.test(type)) return false; // it only runs when it is called
  if (type === "CallExpression" && ["W", "Ea"].includes(callee.name)) return false; // a module
  if (ACTS.test(type)) return true;
  const children = Object.values(parts).flat();
  return children.some((child) => typeof child?.type === "string" && acts(child));
}

/** @returns {Map} from each value of `key` to the items that have it, in order */
function groups(items, key) {
  const found = new Map();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

/** All names that are mentioned in a node. */
function mentioned(node, except) {
  const names = new Set();
  for (const part of within(node)) {
    if (part.type === "Identifier" && !(part.start >= except.start && part.end <= except.end)) {
      names.add(part.name);
    }
  }
  return names;
}

const file = readFileSync(process.argv[2]);
const code = file.toString("latin1"); // one character a byte, so that places are places of bytes
const tree = parser().parse(code, { ecmaVersion: "latest" });

// "use strict"; var Plotly = (() => { statements })(); ... in the function that the file calls.
const factory = tree.body[0].expression.arguments[1].body.body;
const plotly = factory.find((statement) => statement.type === "VariableDeclaration");
const statements = plotly.declarations[0].init.callee.body.body;

// The list of chart types, in the last `x.register([a(), b(), ...])`.
const registered = [...within(statements.at(-2))].findLast(
  (node) => node.type === "CallExpression" && node.callee.property?.name === "register",
).arguments[0].elements;
const list = { start: registered[0].start, end: registered.at(-1).end };
if (registered.length < 40 || /[^\w$(),]/.test(code.slice(list.start, list.end))) {
  throw new Error("This plotly.js does not end with its list of chart types.");
}

/** What is kept or cut as a whole: {start, end, names it makes, names it needs, whether a root}. */
const parts = [];
for (const statement of statements) {
  const { type } = statement;
  if (type === "VariableDeclaration") {
    for (const declared of statement.declarations) {
      const root = declared.init !== null && acts(declared.init);
      parts.push({ node: declared, statement, makes: declared.id.name, root });
    }
  } else if (type === "FunctionDeclaration") {
    parts.push({ node: statement, statement, makes: statement.id.name, root: false });
  } else if (type === "ExpressionStatement" && statement.expression.callee?.name === "Fp") {
    // Fp(exports, { name: () => value }): for who has the exports
    const makes = statement.expression.arguments[0].name;
    parts.push({ node: statement, statement, makes, root: false });
  } else {
    parts.push({ node: statement, statement, makes: "", root: true });
  }
}
const makers = groups(parts, (part) => part.makes);
// A style sheet for maps, which only a map asks for: its module is kept, with nothing in it.
const sheet = parts.find(({ node }) => {
  return node.init?.callee?.name === "W" && /textContent='\.maplibregl-map/.test(textOf(node));
})?.node.init.arguments[0].body.body;
const kept = new Set();
const reached = parts.filter((part) => part.root);
for (let part = reached.pop(); part; part = reached.pop()) {
  if (kept.has(part)) continue;
  kept.add(part);
  for (const name of mentioned(part.node, list)) reached.push(...(makers.get(name) ?? []));
}

// What is cut: what is named above; whole statements, and of `var a = 1, b = 2, c = 3;` what is not kept with its comma.
const cuts = [[list.start, list.end]];
if (sheet?.length) cuts.push([sheet[0].start, sheet.at(-1).end]);
for (const [statement, all] of groups(parts, (part) => part.statement)) {
  if (!all.some((part) => kept.has(part))) {
    cuts.push([statement.start, statement.end]);
    continue;
  }
  const first = all.findIndex((part) => kept.has(part));
  if (first > 0) cuts.push([all[0].node.start, all[first].node.start]);
  for (let k = first + 1; k < all.length; k++) {
    if (!kept.has(all[k])) cuts.push([all[k - 1].node.end, all[k].node.end]);
  }
}
cuts.sort(([a], [b]) => a - b);

// As lengths: keep so many bytes, cut so many, keep so many, ...; neighbouring cuts are one.
const lengths = [];
let place = 0;
for (const [start, end] of cuts) {
  if (start === place && lengths.length) lengths[lengths.length - 1] += end - start;
  else lengths.push(start - place, end - start);
  place = end;
}
lengths.push(file.length - place);
const sha256 = createHash("sha256").update(file).digest("hex");
const lines = JSON.stringify(lengths).replace(/(.{1,95})(,|$)/g, "$1$2\n");
writeFileSync(RANGES, `{"sha256": "${sha256}",\n"keep_and_cut":\n${lines.trimEnd()}}\n`);
const left = lengths.reduce((sum, length, k) => sum + (k % 2 ? 0 : length), 0);
console.log(`${kept.size} of ${parts.length} names kept, ${left} of ${file.length} bytes.`);
