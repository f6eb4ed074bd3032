// The receipt of a ballot on a page: the tracker, what the page's own check of the receipt says, and the files.
import { fromBase64 } from "../../protocol/hash.ts";
import { t } from "../texts.ts";
import type { InLog } from "./api.ts";
import { button, type Child, download, grouped, h, moment, p } from "./dom.ts";
import { isEntryOf, trackerOfEntry, verifyReceipt } from "./receipt.ts";

/** The tracker in groups, with a button that copies it. */
export function trackerBlock(tracker: string): HTMLElement {
  const said = h("span", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(tracker);
      said.textContent = t("js-booth-copied");
    } catch {
      said.textContent = t("js-booth-not-copied");
    }
  };
  return h(
    "div",
    {},
    h("p", { class: "code large tracker" }, grouped(tracker)),
    h("div", { class: "actions" }, button(t("js-booth-copy"), () => void copy(), { class: "button secondary" }), said),
  );
}

/** Whether the page finds that the receipt holds, of an entry that is the ballot with the tracker, in a notice; and the files
 * to be kept. `ballot` is given where the page made it itself. */
export function receiptBlock(inLog: InLog, tracker: string, logKey: string, ballot?: string): Child[] {
  let values: Record<string, string | number> = { entry: inLog.entry, when: "–" };
  let entry: Uint8Array<ArrayBuffer> | undefined;
  let holds = false;
  try {
    values = { ...values, when: moment(inLog.minute * 60) };
    entry = fromBase64(inLog.entry_base64);
    if (entry !== undefined && trackerOfEntry(entry) === tracker && (ballot === undefined || isEntryOf(entry, ballot))) {
      holds = verifyReceipt(inLog.proof, entry, logKey) === inLog.entry;
    }
  } catch {
    holds = false;
  }
  const notice = holds
    ? h("div", { class: "notice good" }, p(t("js-booth-receipt-holds", values)))
    : h("div", { class: "notice bad" }, p(t("js-booth-receipt-fails", values)));
  const name = `receipt-${tracker.replace(/[^A-Za-z0-9]/g, "").slice(0, 8)}`;
  const files = h(
    "div",
    { class: "actions" },
    download(t("js-booth-receipt-proof"), `${name}.tlog-proof`, inLog.proof),
    entry && download(t("js-booth-receipt-entry"), `${name}.entry`, entry),
  );
  return [notice, h("h2", {}, t("js-booth-receipt")), p(t("js-booth-receipt-why")), files];
}
