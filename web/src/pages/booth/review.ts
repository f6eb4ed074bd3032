// The answers once more, before they are encrypted.
import type { Answer } from "../../protocol/answers.ts";
import type { Election } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { button, h, p } from "./dom.ts";
import type { View } from "./frame.ts";
import { ofVote } from "./words.ts";

export function reviewView(election: Election, answers: readonly Answer[], change: (at: number) => void, seal: () => void): View {
  const items = answersBlock(election, answers, (at, title) =>
    button(t("js-booth-change"), () => change(at), { class: "button secondary small", "aria-label": t("js-booth-change-name", { question: title }) }));
  return {
    heading: t("js-booth-review"),
    body: [p(t("js-booth-review-lead")), items, p(t("js-booth-review-next")), h("div", { class: "actions" }, button(t("js-booth-seal"), seal))],
  };
}

/** Every question with its answer; `extra` is shown beside it. */
export function answersBlock(election: Election, answers: readonly Answer[], extra?: (at: number, title: string) => HTMLElement): HTMLElement {
  const of = (at: number) => {
    const question = election.questions[at]!;
    const lines = ofVote(question, answers[at]!).map((line) => h("li", {}, line));
    return h("section", { class: "panel" }, h("h2", {}, question.title), h("ul", { class: "vote" }, ...lines), extra?.(at, question.title));
  };
  return h("div", { class: "narrow" }, ...election.questions.map((_, at) => of(at)));
}
