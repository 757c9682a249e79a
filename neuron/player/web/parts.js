// Which parts of the stage are shown, and which can be grabbed: in free play all, in a chapter those
// that it has come to.

/** Every part of the stage. */
const PARTS = ["goal", "delta", "error", "correction", "test", "program", "bowl", "weight_chart"];
PARTS.push("error_chart", "transport", "ruler", "verdict", "start", "alpha");

/** What can be grabbed in free play. */
const HANDLES = ["weight", "goal", "input", "alpha"];

/**
 * @param {import("./types").Payload} payload
 * @param {number} stop of the chapter
 * @param {boolean} seen whether the run has been played to its end
 * @returns {{ parts: Set<string>, ever: Set<string>, handles: Set<string>, lights: string[] }}
 *   ever: the parts that the chapter shows sooner or later, for which space is reserved so that the
 *   layout does not jump; lights: what this stop points at
 */
export function partsOf({ chapter, answer, hidden, locked }, stop, seen) {
  const stops = chapter?.stops.slice(0, stop + 1) ?? [];
  const parts = new Set(
    chapter ? [...chapter.parts, ...stops.flatMap((each) => each.parts)] : PARTS,
  );
  // After a prediction, the end of the run stays hidden until it has been played.
  if (!chapter && (seen || !answer)) parts.add("whole");
  const own = chapter ? [...chapter.handles, ...stops.flatMap((each) => each.handles)] : HANDLES;
  const handles = new Set(locked ? [] : own);
  if (handles.has("weight") && parts.has("bowl")) parts.add("start");
  const ever = new Set([...parts, ...(chapter?.stops.flatMap((each) => each.parts) ?? [])]);
  for (const part of hidden) parts.delete(part) && ever.delete(part);
  return { parts, ever, handles, lights: stops.at(-1)?.lights ?? [] };
}
