// The board of an election: its numbers, asked for every few seconds as long as somebody looks. Without this script the
// page shows the numbers of the moment in which it was loaded.
import { loadTexts, t } from "./texts";

/** Between two questions, in milliseconds; twice as long after every failure, up to a minute. */
const EVERY = 5_000;
const AT_MOST = 60_000;

interface Counts {
  phase: string;
  entries: number;
  minute: number;
  ballots: number;
  voters: number;
  voters_with_ballot: number;
  set_aside: number;
  checkpoint: string;
}

const SHOWN = ["entries", "ballots", "voters", "voters_with_ballot", "set_aside"] as const;

/** The number as the page's language writes it. */
function written(number: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(number);
}

function show(board: HTMLElement, counts: Counts): void {
  for (const name of SHOWN) {
    const text = written(counts[name]);
    for (const place of document.querySelectorAll<HTMLElement>(`[data-count="${name}"]`)) {
      if (place.textContent !== text) place.textContent = text;
    }
  }
  // A checkpoint is origin, size and root, a line each.
  const root = document.querySelector("[data-root]");
  if (root !== null) root.textContent = counts.checkpoint.split("\n")[2] ?? "";
  const minute = document.querySelector("[data-minute]");
  if (minute !== null) {
    minute.textContent = new Date(counts.minute * 60_000).toISOString().slice(0, 16).replace("T", " ") + " UTC";
  }
  board.dataset["entries"] = String(counts.entries);
}

async function watch(board: HTMLElement, address: string): Promise<void> {
  await loadTexts();
  const live = board.querySelector<HTMLElement>("[data-live]");
  const say = (key: string, time: Date) => {
    const text = t(key, { time: time.toLocaleTimeString(document.documentElement.lang) });
    if (live !== null && live.textContent !== text) live.textContent = text;
  };
  // Numbers that change every few seconds are not read out; that they stop changing is.
  live?.setAttribute("aria-live", "off");
  let last = new Date();
  let wait = EVERY;
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const counts = (await answer.json()) as Counts;
      show(board, counts);
      last = new Date();
      wait = EVERY;
      if (`stage-${counts.phase}` === board.dataset["phase"]) {
        say("js-board-updated", last);
      } else {
        live?.setAttribute("aria-live", "polite");
        say("js-board-changed", last);
      }
    } catch {
      wait = Math.min(2 * wait, AT_MOST);
      live?.setAttribute("aria-live", "polite");
      say("js-board-broken", last);
    }
  };
  const next = () => setTimeout(async () => { await ask(); next(); }, wait);
  document.addEventListener("visibilitychange", () => void ask());
  await ask();
  next();
}

const board = document.querySelector<HTMLElement>("[data-board]");
const address = board?.dataset["board"];
if (board && address) void watch(board, address);
