// Where the browser's history leads in the booth.

/** The step that is to be shown when the browser has come to an entry of its history with this state. `now` is the step that
 * is shown, and `furthest` the last one that can be. Nothing is to be done where the entry is not the booth's own, as that of
 * a link inside the page, or is that of the step that is shown: an encrypted ballot would be forgotten. */
export function stepAfter(state: unknown, now: number, furthest: number): number | undefined {
  const step = (state as { step?: unknown } | null)?.step;
  if (typeof step !== "number" || step === now) return undefined;
  return Math.min(step, furthest);
}
