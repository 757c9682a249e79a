// plotly.js: fetched once, from this page's own server.

const PATIENCE = 10_000; // milliseconds until a reader is told that it does not come

/** @type {Promise<any> | undefined} */
let coming;

/** Why there is no plotly.js yet. Who asks again waits for it again. */
export class Late extends Error {}

/**
 * Fetch plotly.js.
 * @returns {Promise<any>} what it brings; Late if it is still on its way after ten seconds, another
 *   Error if it cannot be fetched
 */
export function loadPlotly() {
  coming ??= fetched().catch((error) => {
    coming = undefined; // the next one who wants to draw tries once more
    throw error;
  });
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Late("plotly.js has not come in time")), PATIENCE);
  });
  return Promise.race([coming, late]);
}

/** @returns {Promise<any>} */
async function fetched() {
  if (window.Plotly) return window.Plotly; // the page to keep has it within
  // A script element, because plotly.js is no module, and code within the page may be blocked.
  const preload = /** @type {HTMLLinkElement | null} */ (document.querySelector("[data-plotly]"));
  if (!preload) throw new Error("The page does not say where plotly.js is");
  const script = document.createElement("script");
  script.src = preload.href;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
    document.head.append(script);
  });
  if (!window.Plotly) throw new Error(`${script.src} has brought no Plotly`);
  return window.Plotly;
}
