// Keeps the page's address true, without an entry in the browser's history.

/** In milliseconds: by then Streamlit has written what it was told to write. */
const SETTLED = 400;

let timer = 0;

/**
 * An address may be written after the reader has gone back from it: then it is not that of the page.
 * @param {{ data: { query: string, now: boolean } }} mount
 */
export default ({ data }) => {
  clearTimeout(timer);
  const write = () => {
    // Streamlit's own embed options come first, as it has them: another order is another address.
    const query = new URLSearchParams(location.search);
    for (const name of [...query.keys()]) if (!name.startsWith("embed")) query.delete(name);
    for (const [name, value] of new URLSearchParams(data.query)) query.append(name, value);
    const search = `?${query}`;
    if (search !== location.search) history.replaceState(history.state, "", search);
  };
  if (data.now) write();
  else timer = setTimeout(write, SETTLED);
};

// The reader goes back or forward: the page follows.
addEventListener("popstate", () => clearTimeout(timer));
