// Keeps the page's address true, without an entry in the browser's history.

/** In milliseconds: a page that has not followed by then does not, and the address follows it. */
const PATIENCE = 2000;

let timer = 0;

/** @type {string | undefined} where the reader has gone back to, until the page follows */
let gone;

/**
 * The part of an address that is the page's, or, with embeds, Streamlit's own embed options.
 * @param {string} search
 * @param {boolean} [embeds]
 */
function settingsOf(search, embeds = false) {
  const all = [...new URLSearchParams(search)];
  return new URLSearchParams(
    all.filter(([name]) => name.startsWith("embed") === embeds),
  ).toString();
}

/**
 * What Streamlit has not written is written here. The address may be another one even if nothing
 * has changed: Streamlit may have written an older one after the reader had gone back from it.
 * @param {{ data: { query: string, at: string, written: boolean } }} mount at: the address that the
 *   page was at when it was made; written: whether Streamlit writes the query
 */
export default ({ data }) => {
  clearTimeout(timer);
  const at = settingsOf(data.at);
  const follows = gone === undefined || [gone, settingsOf(location.search)].includes(at);
  // What Streamlit has written may have been overwritten by what was asked for before, and came late.
  if (data.written ? gone === undefined : follows) write(data.query);
  else if (!data.written) timer = setTimeout(() => write(data.query), PATIENCE);
};

/** @param {string} settings the query that the page is shown for */
function write(settings) {
  gone = undefined;
  // Embed options come first, as Streamlit has them: another order is another address.
  const parts = [settingsOf(location.search, true), settingsOf(settings)];
  const search = `?${parts.filter(Boolean).join("&")}`;
  if (search !== location.search) history.replaceState(history.state, "", search);
}

addEventListener("popstate", () => {
  gone = settingsOf(location.search);
});
