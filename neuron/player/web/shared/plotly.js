// Fetches plotly.js, once, from the page's own server.

import { node } from "./dom.js";

const PATIENCE = 10_000; // milliseconds before the reader is told that it is late

/** @type {Promise<any> | undefined} */
let coming;

/** plotly.js is still loading; calling `loadPlotly` again waits for it again. */
export class PlotlyTimeout extends Error {}

/**
 * @returns {Promise<any>} the library; rejects with PlotlyTimeout if it is still loading after ten seconds,
 *   with another Error if it cannot be fetched
 */
export function loadPlotly() {
  coming ??= fetched().catch((error) => {
    coming = undefined; // so that the next call tries again
    throw error;
  });
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new PlotlyTimeout("plotly.js has not loaded in time")), PATIENCE);
  });
  return Promise.race([coming, late]);
}

/** @returns {Promise<any>} */
async function fetched() {
  if (window.Plotly) return window.Plotly; // the page to keep contains it
  // A script element, because plotly.js is not a module, and inline scripts may be blocked.
  const preload = /** @type {HTMLLinkElement | null} */ (document.querySelector("[data-plotly]"));
  if (!preload) throw new Error("The page does not say where plotly.js is");
  const script = node("script", { src: preload.href });
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
    document.head.append(script);
  });
  if (!window.Plotly) throw new Error(`${script.src} has brought no Plotly`);
  return window.Plotly;
}
