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
  witnesses: Witness[];
}

interface Witness {
  name: string;
  state: "cosigned" | "unanswered" | "refused" | "behind" | "fork";
  size: number;
  /** Seconds since 1970. */
  time: number | null;
}

const SHOWN = ["entries", "ballots", "voters", "voters_with_ballot", "set_aside"] as const;

/** The number as the page's language writes it. */
function written(number: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(number);
}

function inUtc(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC";
}

/** What a witness has said, in words. */
function told({ name, state, size, time }: Witness): string {
  const cosigned =
    size > 0 && time !== null
      ? t("js-board-witness-cosigned", { name, size: written(size), time: inUtc(time) })
      : t("js-board-witness-nothing", { name });
  return state === "cosigned" ? cosigned : `${cosigned} ${t(`js-board-witness-${state}`)}`;
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
    minute.textContent = inUtc(counts.minute * 60);
  }
  const witnesses = document.querySelector("[data-witnesses]");
  witnesses?.replaceChildren(
    ...counts.witnesses.map((witness) => {
      const item = document.createElement("li");
      item.textContent = told(witness);
      return item;
    }),
  );
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
