// A page must stay alive while it works: long work stops for a moment again and again.

const WORK_MS = 40;
let since = 0;

/** Gives way to everything else that waits, if it has waited long enough. */
export async function breathe(): Promise<void> {
  const now = performance.now();
  if (now - since < WORK_MS) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  since = performance.now();
}
