// The fields of one question, whatever its kind.
import type { Answer } from "../../protocol/answers.ts";
import type { Question } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { choicesEditor } from "./choices.ts";
import { h, newId } from "./dom.ts";
import { gradesEditor } from "./grades.ts";
import { listsEditor } from "./lists.ts";
import { numbersEditor } from "./numbers.ts";
import { rankingEditor } from "./ranking.ts";

/** Fields, and the answer that they hold now. */
export interface Editor {
  element: HTMLElement;
  /** How the question is answered. */
  hint: string;
  /** The answer as far as it goes; nothing where nothing has been entered. */
  answer(): Answer | undefined;
  /** Where a fault of the answer is mended. */
  field(): HTMLElement | undefined;
}

/** What an editor is told. */
export interface EditorOptions {
  /** The answer that was given before. */
  given: Answer | undefined;
  /** Is called when the voter has changed something. */
  changed: () => void;
  /** Says something to those who listen to the page. */
  tell: (text: string) => void;
}

/** The fields of a question. */
export function editorOf(question: Question, options: EditorOptions): Editor {
  switch (question.kind) {
    case "choices":
      return choicesEditor(question, options);
    case "lists":
      return listsEditor(question, options);
    case "numbers":
      if (!question.method) return numbersEditor(question, options);
      return question.method.method === "MajorityJudgment"
        ? gradesEditor(question, question.method, options)
        : rankingEditor(question, question.method, options);
  }
}

/** A row with a radio button or a box, which can be pressed anywhere. */
export function row(input: HTMLInputElement, text: string, className = "answer"): HTMLLabelElement {
  return h("label", { class: className }, input, h("span", { class: "answer-text" }, text));
}

/** A box for the blank vote. */
export function blankRow(isChecked: boolean, changed: (isBlank: boolean) => void): { row: HTMLLabelElement; input: HTMLInputElement } {
  const input = h("input", { type: "checkbox", id: newId() });
  input.checked = isChecked;
  input.addEventListener("change", () => changed(input.checked));
  return { row: row(input, t("js-booth-blank"), "answer blank"), input };
}
