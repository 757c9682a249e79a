// Keeps the page's address true, without an entry in the browser's history.

/** In milliseconds: by then Streamlit has written what it was told to write. */
const SETTLED = 400;

let timer = 0;

/** @type {string | undefined} where the reader has gone back to, until the page follows */
let gone;

/**
 * An address without Streamlit's own embed options.
 * @param {string} search
 */
function settingsOf(search) {
  const query = new URLSearchParams(search);
  for (const name of [...query.keys()]) if (name.startsWith("embed")) query.delete(name);
  return query.toString();
}

/**
 * An address may be written after the reader has gone back from it: then it is not that of the page.
 * @param {{ data: { query: string, at: string, now: boolean } }} mount at: the address that the
 *   page was at when it was made
 */
export default ({ data }) => {
  clearTimeout(timer);
  const at = settingsOf(data.at);
  if (gone !== undefined && ![gone, settingsOf(location.search)].includes(at)) return;
  gone = undefined;
  const write = () => {
    // Embed options come first, as Streamlit has them: another order is another address.
    const query = new URLSearchParams(location.search);
    for (const name of [...query.keys()]) if (!name.startsWith("embed")) query.delete(name);
    for (const [name, value] of new URLSearchParams(data.query)) query.append(name, value);
    const search = `?${query}`;
    if (search !== location.search) history.replaceState(history.state, "", search);
  };
  if (data.now) write();
  else timer = setTimeout(write, SETTLED);
};

addEventListener("popstate", () => {
  clearTimeout(timer);
  gone = settingsOf(location.search);
});
