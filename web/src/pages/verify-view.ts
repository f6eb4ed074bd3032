// What was found, for people: a sentence for the whole, one for each check with its numbers, the broken rules with their
// places, the result, and a field to compare a fingerprint or a tracker that somebody has in hand.
import type { BallotState, Broken, Finding, Findings } from "../verify/findings.ts";
import { element } from "./dom.ts";
import { ruleText } from "./rule-texts.ts";
import { t } from "./texts.ts";
import type { Failure, Progress } from "./verify-work.ts";

const NOTICE = { proven: "notice good", "so-far": "notice good", contradicted: "notice bad", unchecked: "notice warn" } as const;
const TAG = { proven: "tag good", contradicted: "tag bad", unchecked: "tag warn", later: "tag quiet" } as const;

/** Shows how far the work is: in a sentence, and on the bar where it is known how much there is. */
export function showProgress(bar: HTMLProgressElement, text: HTMLElement, { stage, done, of }: Progress): void {
  bar.hidden = text.hidden = false;
  text.textContent = of === undefined ? t(`js-verify-stage-${stage}`, { done }) : t(`js-verify-stage-${stage}-of`, { done, of });
  if (of === undefined || of === 0) bar.removeAttribute("value");
  else bar.value = done / of;
}

export function failureView({ failure, message }: Failure): HTMLElement {
  const text = t(`js-verify-failure-${failure}`);
  return element("div", { class: "notice bad", role: "alert" }, element("p", {}, text), element("p", { class: "hint" }, message));
}

export function findingsView(findings: Findings, milliseconds: number): HTMLElement {
  const view = element("div", { class: "findings" });
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  view.append(
    element("div", { class: NOTICE[findings.overall], role: "status" },
      element("h2", {}, t(`js-verify-overall-${findings.overall}`)),
      element("p", {}, findings.title),
      element("p", {}, t(`js-verify-overall-${findings.overall}-more`)),
      findings.hasLog ? undefined : element("p", {}, t("js-verify-no-log")),
      element("p", { class: "hint" }, t("js-verify-took", { seconds }))),
    ...receiptsView(findings),
    compareView(findings),
    element("h2", {}, t("js-verify-checks")),
    element("ul", { class: "checks" }, ...findings.findings.map((finding) => findingView(finding, findings.hasLog))),
  );
  if (findings.results.length > 0) view.append(...resultsView(findings));
  view.append(fingerprintsView(findings), element("p", { class: "hint" }, t("js-verify-not-shown")));
  return view;
}

function findingView(finding: Finding, hasLog: boolean): HTMLElement {
  const { id, verdict, numbers, broken, brokenCount } = finding;
  const isWithoutLog = !hasLog && id.startsWith("log-");
  const sentence =
    verdict === "proven" ? t(`js-verify-${id}-proven`, numbers)
    : verdict === "contradicted" ? t("js-verify-contradicted", { count: brokenCount })
    : verdict === "later" ? t(`js-verify-later`)
    : t(isWithoutLog ? "js-verify-no-log" : "js-verify-unchecked");
  const item = element("li", { class: "panel" },
    element("h3", {}, element("span", {}, t(`js-verify-${id}`)), " ", element("span", { class: TAG[verdict] }, t(`js-verify-verdict-${verdict}`))),
    element("p", {}, sentence));
  if (broken.length > 0) {
    item.append(element("ul", {}, ...broken.map(brokenView)));
    if (brokenCount > broken.length) {
      item.append(element("p", {}, t("js-verify-more", { count: brokenCount - broken.length })));
    }
  }
  return item;
}

function brokenView({ rule, place, found }: Broken): HTMLElement {
  const places = place.map(([name, value]) => t(`js-verify-place-${name}`, { value })).join(", ");
  return element("li", {},
    element("strong", {}, `${rule}: ${ruleText(rule, document.documentElement.lang)}`), ". ", places,
    found === "" ? undefined : `; ${t("js-verify-found")} `, found === "" ? undefined : element("span", { class: "code" }, found));
}

const RECEIPT = { holds: "good", fork: "bad", "other-entry": "bad", "other-log": "warn", newer: "warn" } as const;

function receiptsView({ receipts, ballots }: Findings): HTMLElement[] {
  const states = new Map(ballots);
  return receipts.map(({ index, standing, tracker }) => {
    const state = tracker === undefined ? undefined : states.get(tracker)?.state;
    return element("div", { class: `notice ${RECEIPT[standing]}` },
      element("p", {}, t(`js-verify-receipt-${standing}`, { index })),
      tracker === undefined ? undefined : element("p", {}, element("span", { class: "code" }, tracker)),
      state === undefined ? undefined : element("p", {}, t(`js-verify-ballot-${state}`)));
  });
}

function resultsView({ results }: Findings): HTMLElement[] {
  return [
    element("h2", {}, t("js-verify-results")),
    ...results.map(({ question, rows, votes }) => {
      if (votes !== undefined) {
        return element("p", {}, element("strong", {}, question), " ", t("js-verify-votes", { votes }));
      }
      const body = element("tbody", {}, ...rows.map(([answer, number]) =>
        element("tr", {}, element("th", { scope: "row" }, answer === "" ? t("js-verify-blank") : answer), element("td", {}, number))));
      const head = element("thead", {}, element("tr", {}, element("th", { scope: "col" }, t("js-verify-answer")), element("th", { scope: "col" }, t("js-verify-number"))));
      return element("table", { class: "numbers" }, element("caption", {}, question), head, body);
    }),
  ];
}

function fingerprintsView({ fingerprints }: Findings): HTMLElement {
  const rows = fingerprints.flatMap(({ kind, of = "", text }) => [
    element("dt", {}, t(`js-verify-fingerprint-${kind}`, { of })),
    element("dd", { class: "code" }, text),
  ]);
  return element("details", { class: "panel" }, element("summary", {}, t("js-verify-fingerprints")), element("dl", {}, ...rows));
}

/** A field for a fingerprint or a tracker, and what it is of. */
function compareView(findings: Findings): HTMLElement {
  const states = new Map(findings.ballots);
  const input = element("input", { id: "compare", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": "compare-hint" });
  const answer = element("div", { role: "status" });
  input.addEventListener("input", () => {
    const typed = input.value.replace(/[\s=]/g, "");
    answer.replaceChildren(...(typed === "" ? [] : [comparison(findings, states, typed)]));
  });
  return element("div", { class: "field panel" },
    element("label", { for: "compare" }, t("js-verify-compare")),
    element("p", { class: "hint", id: "compare-hint" }, t("js-verify-compare-hint")), input, answer);
}

/** Fewer characters of a fingerprint than these say nothing. */
const FEWEST = 8;

function comparison({ fingerprints }: Findings, states: ReadonlyMap<string, BallotState>, typed: string): HTMLElement {
  const notice = (kind: string, text: string) => element("div", { class: `notice ${kind}` }, element("p", {}, text));
  const whole = fingerprints.find(({ text }) => text.replace(/=/g, "") === typed);
  if (whole !== undefined) {
    return notice("good", t("js-verify-compare-same", { what: t(`js-verify-fingerprint-${whole.kind}`, { of: whole.of ?? "" }) }));
  }
  const ballot = states.get(typed);
  if (ballot !== undefined) {
    const place = ballot.entry === undefined ? "" : ` ${t("js-verify-compare-entry", { entry: ballot.entry })}`;
    return notice(ballot.state === "counted" ? "good" : "warn", t(`js-verify-ballot-${ballot.state}`) + place);
  }
  const begins = [...fingerprints.map(({ text }) => text), ...states.keys()].some((text) => text.startsWith(typed));
  if (begins) return notice("", t(typed.length < FEWEST ? "js-verify-compare-short" : "js-verify-compare-begins"));
  return notice("bad", t("js-verify-compare-other"));
}
