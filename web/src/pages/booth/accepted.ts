// After casting: the tracker, the receipt, an address for notices, and how to vote once more.
import type { CastBallot } from "../../protocol/sealer.ts";
import { t } from "../texts.ts";
import type { Api, BoothData, Taken } from "./api.ts";
import { button, download, h, newId, p } from "./dom.ts";
import type { Frame, View } from "./frame.ts";
import { receiptBlock, trackerBlock } from "./log-receipt.ts";
import { secondFactor } from "./second-factor.ts";
import { ofFailure } from "./words.ts";

export function acceptedView({ ballot, tracker }: CastBallot, taken: Taken, data: BoothData, api: Api, frame: Frame): View {
  const board = `/e/${encodeURIComponent(api.uuid)}`;
  const isOurs = taken.tracker === tracker;
  return {
    heading: t("js-booth-accepted"),
    body: [
      h("div", { class: "notice good" }, p(t("js-booth-accepted-lead"))),
      h("h2", {}, t("js-booth-tracker")),
      p(t("js-booth-tracker-why")),
      trackerBlock(tracker),
      ...receiptBlock(taken, tracker, data.log_key, isOurs ? ballot : ""),
      h(
        "div",
        { class: "actions" },
        h("a", { class: "button secondary", href: `${board}/ballot#${tracker}` }, t("js-booth-to-check")),
        h("a", { href: board }, t("js-booth-to-board")),
      ),
      taken.notice && data.can_notify ? notices(taken.notice, api, frame) : undefined,
      h("h2", {}, t("js-booth-once-more")),
      p(t("js-booth-once-more-why")),
    ],
  };
}

/** The ballot was taken, and the answer of the server cannot be shown: what the page knows itself. */
export function notShownView({ ballot, tracker }: CastBallot, uuid: string): View {
  const board = `/e/${encodeURIComponent(uuid)}`;
  return {
    heading: t("js-booth-not-shown"),
    body: [
      h("div", { class: "notice warn", role: "alert" }, p(t("js-booth-not-shown-why"))),
      h("h2", {}, t("js-booth-tracker")),
      trackerBlock(tracker),
      h(
        "div",
        { class: "actions" },
        h("a", { class: "button secondary", href: `${board}/ballot#${tracker}` }, t("js-booth-to-check")),
        download(t("js-booth-save-ballot"), `ballot-${uuid}.json`, ballot),
        h("a", { href: board }, t("js-booth-to-board")),
      ),
    ],
  };
}

/** The ballot is in the log, and does not count before its voter has proven a second time who she is. */
export function secondFactorView(cast: CastBallot, taken: Taken, data: BoothData, api: Api, frame: Frame, done: () => void): View {
  return {
    heading: t("js-booth-second"),
    body: [
      h("div", { class: "notice warn" }, p(t("js-booth-second-lead"))),
      secondFactor(api, frame, cast.tracker, taken.notice, done),
      h("h2", {}, t("js-booth-tracker")),
      p(t("js-booth-second-later")),
      trackerBlock(cast.tracker),
      ...receiptBlock(taken, cast.tracker, data.log_key, cast.ballot),
    ],
  };
}

/** The address to which a notice of every ballot under this code is sent; what that tells the server stands beside it. */
function notices(notice: string, api: Api, frame: Frame): HTMLElement {
  const hint = newId();
  const email = h("input", { id: newId(), type: "email", autocomplete: "email", "aria-describedby": hint });
  const place = h("section", { class: "panel narrow" });
  const form = h("form", { novalidate: true });
  form.append(
    h(
      "div",
      { class: "field" },
      h("label", { for: email.id }, t("js-booth-notice-email")),
      h("span", { class: "hint", id: hint }, t("js-booth-notice-cost")),
      email,
    ),
    h("div", { class: "actions" }, h("button", { class: "button secondary" }, t("js-booth-notice-leave"))),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    frame.accept();
    if (!/^[^\s@]+@[^\s@]+$/.test(email.value.trim())) return frame.refuse(t("js-booth-notice-form"), email);
    try {
      await api.leaveAddress(notice, email.value.trim());
    } catch (fault) {
      return frame.refuse(ofFailure(fault), email);
    }
    const left = h("p", { role: "status", tabindex: -1 }, t("js-booth-notice-left"));
    form.replaceWith(left);
    left.focus();
  });
  place.append(h("h2", {}, t("js-booth-notice")), p(t("js-booth-notice-why")), form);
  return place;
}

export function previewEndView(again: () => void): View {
  return {
    heading: t("js-booth-preview-end"),
    body: [
      h("div", { class: "notice" }, p(t("js-booth-preview-end-lead"))),
      h("div", { class: "actions" }, button(t("js-booth-preview-again"), again)),
    ],
  };
}
