// Fetches plotly.js, once, from the page's own server.

import { node } from "./dom.js";

const PATIENCE = 10_000; // milliseconds before the reader is told that it is late

/** @type {Promise<any> | undefined} */
let coming;

/**
 * @param {() => void} late called if it is still loading after ten seconds
 * @returns {Promise<any>} the library; rejects if it cannot be fetched
 */
export async function loadPlotly(late) {
  const timer = setTimeout(late, PATIENCE);
  try {
    coming ??= fetched();
    return await coming;
  } catch (error) {
    coming = undefined; // so that the next call tries again
    throw error;
  } finally {
    clearTimeout(timer);
  }
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
