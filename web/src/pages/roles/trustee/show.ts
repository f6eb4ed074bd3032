// What a trustee sees in each step.
import { base64Digest } from "../../../protocol/hash.ts";
import { ceremonyFingerprint } from "../../../protocol/trustee/certificate.ts";
import { t } from "../../texts.ts";
import { fetchBytes } from "../api.ts";
import { actions, button, h, notice, panel } from "../dom.ts";
import { forgetCopy, keptCopy } from "../files.ts";
import { questionList } from "../questions.ts";
import type { TrusteeView } from "../views.ts";
import { recordsOf } from "./board.ts";
import { decryptStep } from "./decrypt-step.ts";
import { keyStep } from "./key-step.ts";
import { trusteeFileName } from "./keeping.ts";
import { secretStep } from "./secret-step.ts";
import type { Stage } from "./stage.ts";
import { finishCeremony, makeContribution, rehearse, shuffle } from "./work.ts";

/** Shows the step that is to be done, or who is waited for. */
export async function showStep(stage: Stage, view: TrusteeView): Promise<void> {
  switch (view.step) {
    case "key":
      return keyStep(stage, view);
    case "contribute":
      return secretStep(stage, view, {
        heading: t("js-trustee-contribute"),
        action: t("js-trustee-contribute-action"),
        content: [h("p", {}, t("js-trustee-contribute-text")), ...readAloud("certificates", view.certificates)],
      }, (file) => makeContribution(view, file));
    case "finish":
      return secretStep(stage, view, {
        heading: t("js-trustee-finish"),
        action: t("js-trustee-finish-action"),
        content: [h("p", {}, t("js-trustee-finish-text")), ...readAloud("contributions", view.contributions)],
      }, (file) => finishCeremony(view, file));
    case "rehearse":
      return secretStep(stage, view, {
        heading: t("js-trustee-rehearse"),
        action: t("js-trustee-rehearse-action"),
        content: [h("p", {}, t("js-trustee-rehearse-text")), ...theSetup(view)],
      }, (file) => rehearse(view, file));
    case "shuffle":
      return shuffleStep(stage, view);
    case "decrypt":
      return decryptStep(stage, view);
    case "done":
      return doneStep(stage, view);
    default:
      return waiting(stage, view);
  }
}

/** Fingerprints that members read to each other: whoever carries the messages must have shown all of them the same. */
function readAloud(what: "certificates" | "contributions", messages: readonly string[]): Node[] {
  if (messages.length === 0) return [];
  return [h("p", {}, t(`js-trustee-aloud-${what}`)), h("p", { class: "code" }, ceremonyFingerprint(messages))];
}

function theSetup({ rehearsal, questions }: TrusteeView): Node[] {
  const own = [h("details", {}, h("summary", {}, t("js-roles-questions")), questionList(questions))];
  if (rehearsal === undefined) return own;
  const { election, credentials } = rehearsal;
  return [
    ...own,
    h("dl", { class: "facts" },
      h("dt", {}, t("js-trustee-election-fingerprint")), h("dd", { class: "code" }, base64Digest(election)),
      h("dt", {}, t("js-authority-fingerprint")), h("dd", { class: "code" }, base64Digest(credentials))),
  ];
}

function waiting(stage: Stage, view: TrusteeView): void {
  const names = view.waiting_for.map((number) => view.names[number - 1] ?? String(number));
  const list = names.length > 0 ? [h("p", {}, t("js-trustee-waiting-for")), h("ul", { class: "checklist" }, ...names.map((name) => h("li", { class: "waiting" }, name)))] : [];
  stage.show(
    panel(
      t(`js-trustee-${view.step}`),
      h("p", { role: "status" }, t(`js-trustee-${view.step}-text`)),
      ...list,
      h("p", { class: "hint" }, t("js-trustee-waiting-hint", { name: trusteeFileName(view.draft.uuid, view.number) })),
    ),
  );
}

/** The end; where the browser has a copy of the file, the trustee can delete it here, and nowhere else. */
async function doneStep(stage: Stage, view: TrusteeView): Promise<void> {
  const name = trusteeFileName(view.draft.uuid, view.number);
  const state = h("div", { tabindex: -1 });
  const forget = button(t("js-trustee-forget"), async () => {
    const isGone = await forgetCopy(name);
    if (isGone) forget.parentElement?.remove();
    state.replaceChildren(notice(isGone ? "good" : "bad", h("p", { role: "status" }, t(isGone ? "js-trustee-forgotten" : "js-trustee-not-forgotten"))));
    if (isGone) state.focus();
  }, "button secondary");
  const hasCopy = (await keptCopy(name)) !== undefined;
  stage.show(
    panel(
      t("js-trustee-done"),
      notice("good", h("p", {}, t("js-trustee-done-text"))),
      h("p", {}, h("a", { href: `/e/${view.draft.uuid}` }, t("js-trustee-board"))),
      ...(hasCopy ? [actions(forget), state] : []),
    ),
  );
}

function shuffleStep(stage: Stage, view: TrusteeView): Promise<void> {
  const content = [h("p", {}, t("js-trustee-shuffle-text"))];
  const texts = { heading: t("js-trustee-shuffle"), action: t("js-trustee-shuffle-action"), content, takeBack: true };
  return secretStep(stage, view, texts, async (file, say) => {
    say(t("js-trustee-fetching"));
    const board = await recordsOf(await fetchBytes(`/e/${view.draft.uuid}/election.bel`));
    return shuffle(view, file, board, say(t("js-trustee-shuffling")));
  });
}
