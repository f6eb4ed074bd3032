// Where the steps of a trustee are shown: the way from the key to the result, the content of the step, the next one.
import { CeremonyFault } from "../../../protocol/trustee/fault.ts";
import { t } from "../../texts.ts";
import { h, notice, show } from "../dom.ts";
import { failure, steps } from "../frame.ts";
import type { TrusteeStep, TrusteeView } from "../views.ts";
import { RefusedStep } from "./work.ts";

/** See the file. */
export interface Stage {
  /** Where messages are handed in. */
  address: string;
  show(...content: Node[]): void;
  /** Asks the server again, and shows what comes next. */
  next(): Promise<void>;
}

/** The parts of the way, and the steps of each. */
const GROUP: readonly (readonly [string, readonly TrusteeStep[]])[] = [
  ["key", ["key", "wait-certificates"]],
  ["contribute", ["contribute", "wait-contributions"]],
  ["finish", ["finish", "wait-setup"]],
];
const SINGLE: typeof GROUP = [["key", ["key", "wait-setup"]]];
const ALL: typeof GROUP = [
  ["rehearse", ["rehearse", "wait-open"]],
  ["voting", ["voting"]],
  ["decrypt", ["wait-tally", "wait-shuffle", "shuffle", "wait-decrypt", "decrypt"]],
  ["done", ["done"]],
];

/** The stage of a place on the page. */
export function stageOf(root: HTMLElement, address: string, view: TrusteeView, next: () => Promise<void>): Stage {
  const way = [...(view.members === undefined ? SINGLE : GROUP), ...ALL];
  const now = way.findIndex(([, own]) => own.includes(view.step));
  const shown = steps(way.map(([name]) => t(`js-trustee-way-${name}`)), now);
  const who = h("p", { class: "hint" }, t("js-trustee-you", { name: view.name, number: view.number, trustees: view.names.length }));
  return { address, next, show: (...content) => show(root, who, shown, ...content) };
}

/** What failed in a step, in a sentence that names whose message it is. */
export function stepFailure(fault: unknown, view: TrusteeView): HTMLElement {
  if (fault instanceof RefusedStep) {
    // An older file is the trustee's to change; everything else is for all to know.
    const own = ["not-finished", "not-rehearsed", "older-file", "not-here"].includes(fault.refusal);
    const whatNow = own ? undefined : h("p", {}, t("js-trustee-refused-what-now"));
    return notice("bad", h("p", {}, t(`js-trustee-refused-${fault.refusal}`)), whatNow);
  }
  const isOfMember = fault instanceof CeremonyFault && fault.member !== undefined;
  return failure(fault, { names: view.names, ...(isOfMember && { then: t("js-trustee-refused-what-now") }) });
}
