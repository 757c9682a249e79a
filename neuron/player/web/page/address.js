// Keeps the address in step with the page, without adding entries to the browser's history.

/** Milliseconds to wait for the page to follow Back or Forward before the address is reset. */
const PATIENCE = 2000;

let timer = 0;

/** @type {string | undefined} where Back or Forward has led, until the page has followed */
let historyTarget;

/**
 * The page's own settings in an address or, with `embeds`, Streamlit's embed options.
 * @param {string} search
 * @param {boolean} [embeds]
 */
function settingsOf(search, embeds = false) {
  const all = [...new URLSearchParams(search)];
  return String(new URLSearchParams(all.filter(([name]) => name.startsWith("embed") === embeds)));
}

/**
 * Write the address unless Streamlit does. It is checked even if nothing has changed: Streamlit may
 * have written an older one late, after the reader had gone back from it.
 * @param {{ data: { query: string, at: string, written: boolean } }} mount at: the address that the
 *   rerun came with; written: whether Streamlit writes the query itself
 */
export default ({ data }) => {
  clearTimeout(timer);
  const at = settingsOf(data.at);
  const follows =
    historyTarget === undefined || [historyTarget, settingsOf(location.search)].includes(at);
  // Even an address that Streamlit has written may have been overwritten by an older one since.
  if (data.written ? historyTarget === undefined : follows) write(data.query);
  else if (!data.written) timer = setTimeout(() => write(data.query), PATIENCE);
};

/** @param {string} settings the query that describes what the page shows */
function write(settings) {
  historyTarget = undefined;
  // Streamlit writes embed options first, and another order would count as another address.
  const parts = [settingsOf(location.search, true), settingsOf(settings)];
  const search = `?${parts.filter(Boolean).join("&")}`;
  if (search !== location.search) history.replaceState(history.state, "", search);
}

addEventListener("popstate", () => {
  historyTarget = settingsOf(location.search);
});
