// The frame of a role's page: where its content goes, what is shown when something fails, and waiting.
import { loadTexts, t } from "../texts.ts";
import { button, h, notice, show } from "./dom.ts";
import { told } from "./fault-texts.ts";

/** The place of the page's content, with what the server wrote on it. */
export interface Place {
  root: HTMLElement;
  uuid: string;
  /** The trustee's number; 0 on other pages. */
  number: number;
}

/** Loads texts and begins; what fails is said on the page. */
export async function begin(run: (place: Place) => Promise<void>): Promise<void> {
  await loadTexts();
  const root = document.querySelector<HTMLElement>("#role");
  const uuid = root?.dataset["uuid"];
  if (!root || uuid === undefined) return;
  const attempt = async () => {
    try {
      await run({ root, uuid, number: Number(root.dataset["number"] ?? 0) });
    } catch (fault) {
      show(root, failure(fault), button(t("js-roles-again"), attempt));
    }
  };
  await attempt();
}

/** A notice of what failed; `then` says what is to be done, `names` are those of the trustees. */
export function failure(fault: unknown, { then, names }: { then?: string; names?: readonly string[] } = {}): HTMLElement {
  const { texts, detail } = told(fault, names);
  const paragraphs = [...texts, ...(then === undefined ? [] : [then])].map((text) => h("p", {}, text));
  return notice("bad", ...paragraphs, detail !== undefined && h("p", { class: "hint" }, t("js-roles-details", { detail })));
}

/** Runs, and puts a notice into `state` where that fails. */
export async function reporting(state: Element, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (fault) {
    state.replaceChildren(failure(fault));
  }
}

/** Looks again every few seconds until `look` says that it is enough; not while the page is hidden. Gives a stop. */
export function poll(look: () => Promise<boolean>, milliseconds = 5000): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const next = () => {
    clearTimeout(timer);
    if (!stopped && document.visibilityState === "visible") timer = setTimeout(turn, milliseconds);
  };
  const turn = async () => {
    // A server that cannot be reached for a moment is asked again.
    const enough = await look().catch(() => false);
    if (enough) stop();
    else next();
  };
  const changed = () => {
    if (document.visibilityState === "visible" && !stopped) void turn();
    else clearTimeout(timer);
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", changed);
  };
  document.addEventListener("visibilitychange", changed);
  next();
  return stop;
}

/** Asks before the page is left, until the returned function is called: something would be lost. */
export function guardLeaving(): () => void {
  const guard = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener("beforeunload", guard);
  return () => removeEventListener("beforeunload", guard);
}

/** A list of steps of which one is now. */
export function steps(labels: readonly string[], now: number): HTMLElement {
  const item = (label: string, at: number) => {
    const state = at < now ? "done" : at === now ? "now" : "later";
    const current = at === now ? "step" : undefined;
    const hidden = at < now ? h("span", { class: "visually-hidden" }, ` (${t("js-roles-step-done")})`) : undefined;
    return h("li", { class: state, "aria-current": current }, label, hidden);
  };
  return h("ol", { class: "steps way" }, ...labels.map(item));
}
