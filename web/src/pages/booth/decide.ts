// A ballot that is encrypted: it is cast, or it is opened to test the device, and then a new one is made.
import type { Answer } from "../../protocol/answers.ts";
import type { Election } from "../../protocol/election.ts";
import type { CastBallot } from "../../protocol/sealer.ts";
import { t } from "../texts.ts";
import { button, download, grouped, h, p } from "./dom.ts";
import type { View } from "./frame.ts";
import { answersBlock } from "./review.ts";

export function sealingView(progress: HTMLProgressElement): View {
  return { heading: t("js-booth-sealing"), body: [p(t("js-booth-sealing-why")), progress] };
}

export function decideView(commitment: string, isPreview: boolean, cast: () => void, open: () => void): View {
  let isDecided = false;
  const once = (act: () => void) => () => {
    if (isDecided) return;
    isDecided = true;
    act();
  };
  return {
    heading: t("js-booth-sealed"),
    body: [
      p(t("js-booth-sealed-lead")),
      h(
        "section",
        { class: "panel narrow" },
        h("h2", {}, t("js-booth-cast-heading")),
        p(t("js-booth-cast-why")),
        h("div", { class: "actions" }, button(t(isPreview ? "js-booth-cast-preview" : "js-booth-cast"), once(cast))),
      ),
      h(
        "section",
        { class: "panel narrow" },
        h("h2", {}, t("js-booth-test-heading")),
        p(t("js-booth-test-why")),
        h("p", {}, t("js-booth-commitment")),
        h("p", { class: "code groups" }, grouped(commitment)),
        h("div", { class: "actions" }, button(t("js-booth-test"), once(open), { class: "button secondary" })),
      ),
    ],
  };
}

/** What a ballot held that was opened. */
export function openedView(election: Election, commitment: string, answers: readonly Answer[], file: string, again: () => void): View {
  return {
    heading: t("js-booth-opened"),
    body: [
      p(t("js-booth-opened-lead")),
      p(t("js-booth-commitment")),
      h("p", { class: "code groups" }, grouped(commitment)),
      answersBlock(election, answers),
      h("h2", {}, t("js-booth-opened-check")),
      p(t("js-booth-opened-how")),
      h(
        "div",
        { class: "actions" },
        download(t("js-booth-opened-save"), `opened-ballot-${election.uuid}.json`, file),
        h("a", { href: `/e/${encodeURIComponent(election.uuid)}/election.bel`, download: true }, t("js-booth-opened-record")),
      ),
      h("pre", {}, h("code", {}, `adil check --audited-ballot opened-ballot-${election.uuid}.json election.bel`)),
      h("h2", {}, t("js-booth-opened-then")),
      p(t("js-booth-opened-again")),
      h("div", { class: "actions" }, button(t("js-booth-seal-again"), again)),
    ],
  };
}

/** The ballot was not taken, or nobody knows whether it was. `again` sends it once more. */
export function notTakenView(message: string, { ballot, tracker }: CastBallot, uuid: string, again?: () => void): View {
  return {
    heading: t(again ? "js-booth-unsure" : "js-booth-refused"),
    body: [
      h("div", { class: "notice bad", role: "alert" }, p(message)),
      again && p(t("js-booth-unsure-why")),
      p(t("js-booth-tracker-of")),
      h("p", { class: "code groups" }, grouped(tracker)),
      h(
        "div",
        { class: "actions" },
        again && button(t("js-booth-send-again"), again),
        download(t("js-booth-save-ballot"), `ballot-${uuid}.json`, ballot),
        h("a", { href: `/e/${encodeURIComponent(uuid)}` }, t("js-booth-to-board")),
      ),
    ],
  };
}
