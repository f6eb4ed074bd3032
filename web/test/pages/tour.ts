// A tour of a page by the tabulator key alone, from where the focus is and round to where it has been: what gets the focus
// shows it and is in sight, whatever can be used gets it, and nothing keeps it.
import type { Page } from "playwright-core";

import { lookAt } from "../whole/sight.ts";

/** More keys than any page needs; a field for a moment takes as many for itself as it has parts. */
const [MOST_KEYS, MOST_ON_ONE] = [400, 10];

/** What is wrong with a page for whoever has a keyboard alone. */
export async function faultsOfTour(page: Page): Promise<string[]> {
  const faults = new Set<string>();
  const body = page.locator("body");
  let stays = 0;
  for (let keys = 0; ; keys++) {
    if (keys > MOST_KEYS) return [...faults, `the tabulator key does not come round in ${MOST_KEYS} presses`];
    await page.keyboard.press("Tab");
    const [sight, way] = [await body.evaluate(lookAt), await page.evaluate(step)];
    if (sight.fault !== "") faults.add(sight.fault);
    if (way === "round") break;
    stays = way === "same" ? stays + 1 : 0;
    if (stays > MOST_ON_ONE) return [...faults, `the focus does not leave ${sight.focused}`];
  }
  for (const missed of await page.evaluate(notReached)) faults.add(`no key leads to ${missed}`);
  return [...faults];
}

/** What the tour has come to, kept in the page. */
type Toured = { seen: Set<Element>; last: Element | null };

/** Notes where the focus is now. It runs in the browser. */
function step(): "new" | "same" | "round" {
  const kept = globalThis as unknown as { toured?: Toured };
  const toured = (kept.toured ??= { seen: new Set(), last: null });
  const active = document.activeElement;
  // Between its last and its first element a page has no focus.
  if (active === null || active === document.body) {
    toured.last = null;
    return "new";
  }
  const way = active === toured.last ? "same" : toured.seen.has(active) ? "round" : "new";
  toured.seen.add(active);
  toured.last = active;
  return way;
}

/** What can be used and was not reached; of radio buttons of one name one is enough. It runs in the browser. */
function notReached(): string[] {
  const kept = globalThis as unknown as { toured?: Toured };
  const seen = kept.toured?.seen ?? new Set();
  delete kept.toured;
  const groups = new Set([...seen].map((element) => element instanceof HTMLInputElement && element.type === "radio" && element.name));
  const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll<HTMLElement>(usable)]
    .filter((element) => !seen.has(element) && !element.matches(":disabled") && element.checkVisibility())
    .filter((element) => !(element instanceof HTMLInputElement && element.type === "radio" && groups.has(element.name)))
    .map((element) => element.outerHTML.slice(0, 160));
}
