// Faults and answers in words.
import type { Answer, AnswerProblem } from "../../protocol/answers.ts";
import type { CodeProblem } from "../../protocol/credential.ts";
import type { NumbersQuestion, Question } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { NotReached, Refused } from "./api.ts";

/** What is wrong with a code, without repeating it. */
export function ofCode(problem: CodeProblem): string {
  if (problem.code === "length") return t("js-booth-code-length", { found: problem.found, expected: problem.expected });
  return t("js-booth-code-character", { character: problem.character, place: problem.place });
}

/** What is wrong with an answer. */
export function ofAnswer(problem: AnswerProblem, question: Question): string {
  switch (problem.code) {
    case "range":
      if (problem.min === problem.max) return t("js-booth-answer-exactly", { chosen: problem.chosen, count: problem.min });
      return t(problem.chosen < problem.min ? "js-booth-answer-few" : "js-booth-answer-many", { ...problem });
    case "no-blank":
      return t(question.kind === "numbers" && question.method?.method === "MajorityJudgment" ? "js-booth-answer-no-grade" : "js-booth-answer-no-rank");
    case "grade-missing":
      return t("js-booth-answer-grade", { answer: question.kind === "numbers" ? question.answers[problem.answer - 1]! : problem.answer });
    case "list-count":
      return t("js-booth-answer-list");
    case "no-candidate":
      return t("js-booth-answer-candidate");
    case "number-range":
      return t("js-booth-answer-number");
    default:
      return t("js-booth-answer-none");
  }
}

/** A failure of the server or of the way to it. */
export function ofFailure(fault: unknown): string {
  if (fault instanceof Refused) return fault.message;
  return t(fault instanceof NotReached ? "js-booth-not-reached" : "js-booth-own-fault");
}

/** An answer, one line for each thing that was chosen. */
export function ofVote(question: Question, answer: Answer): string[] {
  switch (answer.kind) {
    case "blank":
      return [t("js-booth-blank")];
    case "choices": {
      const names = question.kind === "choices" ? question.answers : [];
      const chosen = names.filter((_, at) => answer.chosen[at]);
      return chosen.length > 0 ? chosen : [t("js-booth-nothing-chosen")];
    }
    case "numbers":
      return question.kind === "numbers" ? ofNumbers(question, answer.numbers) : [];
    case "lists": {
      const list = question.kind === "lists" ? question.lists[answer.list] : undefined;
      return list ? [`${list.name}: ${list.candidates.filter((_, at) => answer.candidates[at]).join(", ")}`] : [];
    }
  }
}

function ofNumbers({ answers, method }: NumbersQuestion, numbers: readonly number[]): string[] {
  if (method?.method === "MajorityJudgment") return answers.map((answer, at) => `${answer}: ${method.grades[numbers[at]! - 1] ?? "–"}`);
  if (!method) return answers.map((answer, at) => `${answer}: ${numbers[at]}`);
  const ranked = answers.map((answer, at) => ({ answer, rank: numbers[at]! })).filter(({ rank }) => rank > 0);
  const lines = ranked.sort((a, b) => a.rank - b.rank).map(({ answer, rank }) => `${rank}. ${answer}`);
  const rest = answers.filter((_, at) => numbers[at] === 0);
  return rest.length > 0 ? [...lines, t("js-booth-not-ranked", { answers: rest.join(", ") })] : lines;
}
