// Comfort on the organiser's pages; everything on them works without it. Answers become rows that can be added, moved and
// dragged, a link can be copied, and the drawing of ballots keeps itself up to date.
import { copyable } from "./organiser/copy.ts";
import { keepRateFresh } from "./organiser/rate.ts";
import { rowsOf } from "./organiser/rows.ts";
import { loadTexts } from "./texts.ts";

await loadTexts();
for (const field of document.querySelectorAll<HTMLElement>("[data-comfort]")) {
  const area = field.querySelector("textarea");
  if (!area) continue;
  if (field.dataset["comfort"] === "rows") rowsOf(area);
  if (field.dataset["comfort"] === "copy") copyable(area);
}
const drawing = document.querySelector<SVGSVGElement>("svg[data-rate]");
if (drawing) keepRateFresh(drawing);
