// A link to what is shown or to a page for a class: as text, as a frame to embed and as a QR code.

import { copied, finder, set } from "../shared/dom.js";
import { head } from "../shared/playhead.js";

/**
 * @param {import("../types").Mount} mount its data: `query`, that of a page for a class, or null for
 *   what is shown; `of`, the link that the QR code encodes; `side`, the code's width in squares;
 *   `code`, the path of its dark squares, or "" if the link is too long
 */
export default function mount({ parentElement, data, setStateValue }) {
  const find = finder(parentElement);
  const { query, of, side, code } = data;
  const link = linkTo(query);
  const framed = new URL(link);
  framed.searchParams.set("embed", "true");
  const local = /^(localhost|127\.|\[::1)/.test(location.hostname);
  find(".local").hidden = !local;
  find(".scan p").hidden = local;
  find(".link").value = link;
  // A frame of this size shows the stage without scrolling.
  find(".frame").value =
    `<iframe src="${framed.href.replaceAll("&", "&amp;")}" width="800" height="600" ` +
    'style="border: 0" title="One neuron, learning" allow="clipboard-write; fullscreen"></iframe>';
  for (const name of ["link", "frame"]) {
    const [field, button] = [find(`.${name}`), find(`[data-copy=${name}]`)];
    field.onfocus = () => field.select();
    button.onclick = async () => {
      const done = await copied(field.value);
      if (!done) field.focus(); // which selects it
      find(".said").textContent = done ? "Copied." : "Press Ctrl+C (⌘C on a Mac) to copy.";
    };
    button.disabled = false; // a click before now would have been lost
  }
  if (of !== link) setStateValue("link", link); // Python answers with its QR code
  find(".scan").hidden = !code;
  find(".too-long").hidden = !of || Boolean(code);
  set(find(".scan svg"), { viewBox: `0 0 ${side} ${side}` });
  set(find(".scan path"), { d: code });
}

/**
 * The link that readers open: with a query or, without one, to what is shown, with the step and the
 * speed added, which only the stage knows.
 * @param {string | null} query
 */
function linkTo(query) {
  const link = new URL(location.href);
  link.hash = "";
  link.pathname = link.pathname.replace("/~/+/", "/"); // as Streamlit Community Cloud frames it
  if (query !== null) link.search = query;
  else {
    const speed = finder(document)(".stage .speed select")?.value;
    const shown = { step: head.moment?.step, speed: speed === "normal" ? "" : speed };
    for (const [name, value] of Object.entries(shown)) {
      link.searchParams.delete(name);
      if (value) link.searchParams.append(name, String(value));
    }
  }
  return link.href.replaceAll("%3A", ":").replaceAll("%2C", ",");
}
