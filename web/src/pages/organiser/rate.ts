// The drawing of ballots over time, and the numbers above it, read again every 30 seconds while the page is seen.

interface Bar {
  x: string;
  y: string;
  width: string;
  height: string;
  when: string;
  ballots: number;
  burst: boolean;
}

interface Rate {
  bars: Bar[];
  from: string;
  to: string;
  ballots: number;
  voted: number;
  set_aside: number;
}

const SECONDS = 30;
const SVG = "http://www.w3.org/2000/svg";

/** Draws anew as long as the page is open. */
export function keepRateFresh(drawing: SVGSVGElement): void {
  const address = drawing.dataset["rate"] ?? "";
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address);
      if (answer.ok) draw(drawing, (await answer.json()) as Rate);
    } catch {
      // Without a connection the drawing stays as it is.
    }
  }, SECONDS * 1000);
}

function draw(drawing: SVGSVGElement, rate: Rate): void {
  const bars = rate.bars.map((bar) => {
    const box = document.createElementNS(SVG, "rect");
    for (const name of ["x", "y", "width", "height"] as const) box.setAttribute(name, bar[name]);
    box.setAttribute("class", bar.burst ? "bar burst" : "bar");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${bar.when}: ${bar.ballots}`;
    box.append(title);
    return box;
  });
  drawing.querySelector("g.bars")?.replaceChildren(...bars);
  const [from, to] = drawing.parentElement?.querySelectorAll(".chart-labels span") ?? [];
  if (from) from.textContent = rate.from;
  if (to) to.textContent = rate.to;
  for (const name of ["ballots", "voted", "set_aside"] as const) {
    const cell = document.querySelector(`[data-live="${name}"]`);
    if (cell) cell.textContent = String(rate[name]);
  }
}
