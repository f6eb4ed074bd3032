// The decryption. First the record is verified, then the trustee compares what it comes to with what others see, and only then
// is her file opened: a server that shows her a board of its own shows her other numbers.
import { base64Digest } from "../../../protocol/hash.ts";
import { download } from "../../download.ts";
import { t } from "../../texts.ts";
import { actions, button, facts, h, panel, ProgressBar } from "../dom.ts";
import type { TrusteeView } from "../views.ts";
import { type VerifiedBoard, verifiedBoard, type VerifyingProgress } from "./board.ts";
import { secretStep } from "./secret-step.ts";
import { type Stage, stepFailure } from "./stage.ts";
import { checkBoard, decrypt } from "./work.ts";

/** The share of the bar that the archive's verification has. */
const OF_ARCHIVE = 0.8;

/** Verifies, has the numbers confirmed, decrypts. */
export function decryptStep(stage: Stage, view: TrusteeView): void {
  const state = h("div", {});
  const checks = h("ul", {}, ...[1, 2, 3, 4, 5, 6].map((at) => h("li", {}, t(`js-trustee-decrypt-check-${at}`))));
  const verify = button(t("js-trustee-decrypt-verify"), async () => {
    try {
      state.replaceChildren(new ProgressBar(t("js-trustee-fetching")).element);
      const files = await download(`/e/${view.draft.uuid}`);
      const bar = new ProgressBar(t("js-trustee-verifying"));
      state.replaceChildren(bar.element);
      const board = await verifiedBoard(files, (progress) => bar.set(shareOf(progress, files.bytes)));
      checkBoard(view, board);
      await confirmStep(stage, view, board);
    } catch (fault) {
      state.replaceChildren(stepFailure(fault, view));
    }
  });
  stage.show(panel(t("js-trustee-decrypt"), h("p", {}, t("js-trustee-decrypt-text")), checks, actions(verify), state));
}

/** How much of the archive and the log is verified, from 0 to 1: most of the work are the archive's ballots. */
function shareOf(progress: VerifyingProgress, bytes: number): number {
  if ("bytes" in progress) return OF_ARCHIVE * (progress.bytes / bytes);
  return OF_ARCHIVE + (1 - OF_ARCHIVE) * (progress.entries / Math.max(1, progress.of));
}

/** The numbers of the verified record, to be compared, and the file. */
function confirmStep(stage: Stage, view: TrusteeView, board: VerifiedBoard): Promise<void> {
  const { ballots, voters, log } = board;
  const same = h("input", { type: "checkbox", id: "same-numbers", "aria-describedby": "same-numbers-error" });
  const error = h("p", { class: "field-error", id: "same-numbers-error", hidden: true }, t("js-trustee-compare-missing"));
  const isConfirmed = () => {
    error.hidden = same.checked;
    if (same.checked) same.removeAttribute("aria-invalid");
    else same.setAttribute("aria-invalid", "true");
    if (!same.checked) same.focus();
    return same.checked;
  };
  const content = [
    h("p", {}, t("js-trustee-compare-text")),
    facts([[t("js-trustee-compare-ballots"), String(ballots)], [t("js-trustee-compare-voters"), String(voters)], [t("js-trustee-compare-entries"), String(log.entries)]]),
    h("dl", { class: "facts" },
      h("dt", {}, t("js-trustee-compare-root")), h("dd", { class: "code" }, log.root),
      h("dt", {}, t("js-trustee-compare-tally")), h("dd", { class: "code" }, base64Digest(board.tally))),
    h("p", { class: "hint" }, t("js-trustee-compare-how")),
    h("p", { class: "choice" }, same, " ", h("label", { for: "same-numbers" }, t("js-trustee-compare-same"))),
    error,
  ];
  const texts = { heading: t("js-trustee-compare"), action: t("js-trustee-decrypt-action"), content, ready: isConfirmed };
  return secretStep(stage, view, texts, (file, say) => decrypt(view, file, board, say(t("js-trustee-decrypting", { ballots, voters }))));
}
