// Which parts of the stage are shown, and which can be grabbed: in free play all, in a chapter those
// that it has come to.

/**
 * @param {import("./types").Payload} payload
 * @param {number} stop of the chapter
 * @param {boolean} seen whether the run has been played to its end
 * @returns {{ parts: Set<string>, ever: Set<string>, handles: Set<string>, lights: string[] }}
 *   ever: the parts that the chapter shows sooner or later, for which space is reserved so that the
 *   layout does not jump; lights: what this stop points at
 */
export function partsOf({ chapter, answer, hidden, locked, ...free }, stop, seen) {
  const stops = chapter?.stops ?? [{ ...free, lights: [] }];
  const last = stops[stops.length - 1];
  const at = stops[stop] ?? last;
  const parts = new Set(at.parts);
  // After a prediction, the end of the run stays hidden until it has been played.
  if (!chapter && (seen || !answer)) parts.add("whole");
  const handles = new Set(locked ? [] : at.handles);
  if (handles.has("weight") && parts.has("bowl")) parts.add("start");
  const ever = new Set([...parts, ...last.parts]);
  for (const part of hidden) parts.delete(part) && ever.delete(part);
  return { parts, ever, handles, lights: at.lights };
}
