// Which chapters the reader has finished: stored in this browser only, never on a server.

const KEY = "one-neuron-done";

/** @returns {Set<string>} their names */
export function finishedChapters() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set(); // storage may be blocked
  }
}

/** @param {string} name of a chapter that was read to its end */
export function markFinished(name) {
  const names = finishedChapters();
  if (names.has(name)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([...names, name]));
  } catch {}
}
