// What a voter answers, before it is encrypted, and which answers a question takes (docs/spec/plan.md, "A voter's
// answers"). Faults are values with a code, for the page that puts them into words.
import type { ChoicesQuestion, Election, ListsQuestion, NumbersQuestion, Question } from "./election.ts";

/** The answer to one question. */
export type Answer =
  /** Which answers are chosen, one flag for each. */
  | { kind: "choices"; chosen: boolean[] }
  /** A rank or a grade for each answer, 0 for none. */
  | { kind: "numbers"; numbers: number[] }
  /** One list, from 0, and which of its candidates are chosen, one flag for each. */
  | { kind: "lists"; list: number; candidates: boolean[] }
  /** A blank vote, of choices or of numbers. */
  | { kind: "blank" };

/** What is wrong with an answer. */
export type AnswerProblem =
  /** Another kind of answer than the question's. */
  | { code: "kind" }
  /** Another number of places. */
  | { code: "length"; found: number; expected: number }
  /** Other numbers than 0 and 1 for choices. */
  | { code: "not-zero-or-one" }
  /** Too few or too many are chosen. */
  | { code: "range"; chosen: number; min: number; max: number }
  /** A blank vote that chooses something. */
  | { code: "blank-with-choices" }
  /** A blank vote where the question takes none. */
  | { code: "no-blank" }
  /** A rank above the number of answers. */
  | { code: "rank-range"; most: number }
  /** Two answers of one rank, where every rank is given once. */
  | { code: "rank-twice"; rank: number }
  /** A rank is left out, where ranks are 1, 2, 3 and so on. */
  | { code: "rank-gap"; rank: number }
  /** A grade that there is not. */
  | { code: "grade-range"; most: number }
  /** An answer without a grade, from 1, where others have one. */
  | { code: "grade-missing"; answer: number }
  /** A number that no ballot holds. */
  | { code: "number-range" }
  /** Not exactly one list. */
  | { code: "list-count"; chosen: number }
  /** A list without one of its candidates. */
  | { code: "no-candidate" }
  /** A candidate of a list that is not chosen. */
  | { code: "candidate-of-another-list" }
  /** Another number of answers than of questions. */
  | { code: "question-count"; found: number; expected: number };

/** An answer that a question does not take: the voter's to mend. */
export class AnswerFault extends Error {
  readonly problem: AnswerProblem;
  /** The question, from 0; none where the answers cannot be told apart. */
  readonly question: number | undefined;

  constructor(problem: AnswerProblem, question?: number) {
    super(question === undefined ? problem.code : `question ${question + 1}: ${problem.code}`);
    this.problem = problem;
    this.question = question;
  }
}

/** What is wrong with an answer, or nothing. */
export function problemOf(question: Question, answer: Answer): AnswerProblem | undefined {
  switch (question.kind) {
    case "choices":
      return ofChoices(question, answer);
    case "numbers":
      return ofNumbers(question, answer);
    case "lists":
      return ofLists(question, answer);
  }
}

/** Checks the answers to all questions.
 * @throws AnswerFault */
export function checkAnswers(election: Election, answers: readonly Answer[]): void {
  const [found, expected] = [answers.length, election.questions.length];
  if (found !== expected) throw new AnswerFault({ code: "question-count", found, expected });
  for (const [at, question] of election.questions.entries()) {
    const problem = problemOf(question, answers[at]!);
    if (problem) throw new AnswerFault(problem, at);
  }
}

function ofChoices({ answers, blank, min, max }: ChoicesQuestion, answer: Answer): AnswerProblem | undefined {
  if (answer.kind === "blank") return blank ? undefined : { code: "no-blank" };
  if (answer.kind !== "choices") return { code: "kind" };
  if (answer.chosen.length !== answers.length) return { code: "length", found: answer.chosen.length, expected: answers.length };
  const chosen = count(answer.chosen);
  return chosen < min || chosen > max ? { code: "range", chosen, min, max } : undefined;
}

function ofNumbers({ answers, method }: NumbersQuestion, answer: Answer): AnswerProblem | undefined {
  if (answer.kind === "blank") return method && !method.blank ? { code: "no-blank" } : undefined;
  if (answer.kind !== "numbers") return { code: "kind" };
  const { numbers } = answer;
  if (numbers.length !== answers.length) return { code: "length", found: numbers.length, expected: answers.length };
  if (!numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 256)) return { code: "number-range" };
  if (!method) return undefined;
  if (numbers.every((number) => number === 0)) return method.blank ? undefined : { code: "no-blank" };
  if (method.method === "MajorityJudgment") {
    const most = method.grades.length;
    if (numbers.some((grade) => grade > most)) return { code: "grade-range", most };
    const missing = numbers.indexOf(0);
    return missing < 0 ? undefined : { code: "grade-missing", answer: missing + 1 };
  }
  const most = numbers.length;
  if (numbers.some((rank) => rank > most)) return { code: "rank-range", most };
  return method.method === "STV" ? ofOrder(numbers) : undefined;
}

/** Ranks that are 1, 2, 3 and so on, each once. */
function ofOrder(numbers: readonly number[]): AnswerProblem | undefined {
  const given = numbers.filter((rank) => rank > 0).sort((a, b) => a - b);
  for (const [at, rank] of given.entries()) {
    if (rank <= at) return { code: "rank-twice", rank };
    if (rank > at + 1) return { code: "rank-gap", rank: at + 1 };
  }
  return undefined;
}

function ofLists({ lists }: ListsQuestion, answer: Answer): AnswerProblem | undefined {
  if (answer.kind === "blank") return { code: "no-blank" };
  if (answer.kind !== "lists") return { code: "kind" };
  const list = lists[answer.list];
  if (!list) return { code: "list-count", chosen: 0 };
  const [found, expected] = [answer.candidates.length, list.candidates.length];
  if (found !== expected) return { code: "length", found, expected };
  return count(answer.candidates) === 0 ? { code: "no-candidate" } : undefined;
}

function count(flags: readonly boolean[]): number {
  return flags.filter((flag) => flag).length;
}

/** The numbers that are encrypted, in the order of the ballot's ciphertexts: for choices 0 or 1 for each answer, before
 * them the blank vote where there is one; ranks or grades; for lists 0 or 1 for each list and then its candidates, list
 * after list. The answer is one that the question takes. */
export function numbersOf(question: Question, answer: Answer): number[] {
  const bit = (flag: boolean | undefined) => (flag ? 1 : 0);
  switch (question.kind) {
    case "choices": {
      const chosen = answer.kind === "choices" ? answer.chosen.map(bit) : question.answers.map(() => 0);
      return question.blank ? [bit(answer.kind === "blank"), ...chosen] : chosen;
    }
    case "numbers":
      return answer.kind === "numbers" ? [...answer.numbers] : question.answers.map(() => 0);
    case "lists":
      return question.lists.flatMap(({ candidates }, list) => {
        const isChosen = answer.kind === "lists" && answer.list === list;
        return [bit(isChosen), ...candidates.map((_, at) => bit(isChosen && answer.candidates[at]))];
      });
  }
}

/** The answers that lists of numbers give, as the deployed tools take them: `[[1,0,0],[2,1,3]]`, and for lists
 * `[[[1,1,0],[0,0]]]`.
 * @throws AnswerFault */
export function readAnswers(election: Election, lists: readonly unknown[]): Answer[] {
  const [found, expected] = [lists.length, election.questions.length];
  if (found !== expected) throw new AnswerFault({ code: "question-count", found, expected });
  const answers = election.questions.map((question, at) => {
    const read = question.kind === "lists" ? readLists(question, lists[at]) : readNumbers(question, lists[at]);
    if ("code" in read) throw new AnswerFault(read, at);
    return read;
  });
  checkAnswers(election, answers);
  return answers;
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((number) => typeof number === "number");
}

function readNumbers(question: ChoicesQuestion | NumbersQuestion, value: unknown): Answer | AnswerProblem {
  if (!isNumbers(value)) return { code: "kind" };
  if (question.kind === "numbers") return { kind: "numbers", numbers: [...value] };
  const expected = question.answers.length + (question.blank ? 1 : 0);
  if (value.length !== expected) return { code: "length", found: value.length, expected };
  if (value.some((number) => number !== 0 && number !== 1)) return { code: "not-zero-or-one" };
  const chosen = value.slice(question.blank ? 1 : 0).map((number) => number === 1);
  if (!question.blank || value[0] === 0) return { kind: "choices", chosen };
  return chosen.includes(true) ? { code: "blank-with-choices" } : { kind: "blank" };
}

function readLists({ lists }: ListsQuestion, value: unknown): Answer | AnswerProblem {
  if (!Array.isArray(value) || !value.every(isNumbers)) return { code: "kind" };
  if (value.length !== lists.length) return { code: "length", found: value.length, expected: lists.length };
  for (const [at, { candidates }] of lists.entries()) {
    const [found, expected] = [value[at]!.length, candidates.length + 1];
    if (found !== expected) return { code: "length", found, expected };
    if (value[at]!.some((number) => number !== 0 && number !== 1)) return { code: "not-zero-or-one" };
  }
  const chosen = value.flatMap((numbers, at) => (numbers[0] === 1 ? [at] : []));
  const [list] = chosen;
  if (list === undefined || chosen.length > 1) return { code: "list-count", chosen: chosen.length };
  if (value.some((numbers, at) => at !== list && numbers.includes(1))) return { code: "candidate-of-another-list" };
  return { kind: "lists", list, candidates: value[list]!.slice(1).map((number) => number === 1) };
}
