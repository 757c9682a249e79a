// The stage's first lines come with it, for its script may be long in coming, or never come.

const PATIENCE = 1500; // milliseconds that the rest of the page waits for the charts

const code = import(new URL("{address}", document.baseURI).href);
let waiting = false;
let told = false;

/** @param {import("./types").Mount} mount */
function tell({ setStateValue }) {
  if (!told) setStateValue("drawn", true);
  told = true;
}

/** @param {import("./types").Mount} mount */
export default async (mount) => {
  if (!waiting) setTimeout(() => tell(mount), PATIENCE);
  waiting = true;
  return (await code).default({ ...mount, drawn: () => tell(mount) });
};
