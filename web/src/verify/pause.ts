// A page must stay alive while it works: long work stops for a moment again and again.
import { pause } from "../protocol/pace.ts";

const WORK_MS = 40;
let since = 0;

/** Gives way to everything else that waits, if it has waited long enough. */
export async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - since < WORK_MS) return;
  await pause();
  since = performance.now();
}
