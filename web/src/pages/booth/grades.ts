// A grade for each answer: a row of radio buttons for each, which stand below each other on a telephone.
import type { CountingMethod, NumbersQuestion } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { h, newId } from "./dom.ts";
import { blankRow, type Editor, type EditorOptions } from "./question.ts";

export function gradesEditor(question: NumbersQuestion, method: CountingMethod, { given, changed }: EditorOptions): Editor {
  const grades = method.method === "MajorityJudgment" ? method.grades : [];
  const blank = method.blank
    ? blankRow(given?.kind === "blank", (isBlank) => {
        if (isBlank) for (const input of inputs.flat()) input.checked = false;
        changed();
      })
    : undefined;
  const inputs = question.answers.map((_, answer) => {
    const name = newId();
    return grades.map((_, grade) => {
      const input = h("input", { type: "radio", name, id: newId() });
      input.checked = given?.kind === "numbers" && given.numbers[answer] === grade + 1;
      input.addEventListener("change", () => {
        if (blank) blank.input.checked = false;
        changed();
      });
      return input;
    });
  });
  const rows = question.answers.map((answer, at) =>
    h(
      "fieldset",
      { class: "answer graded" },
      h("legend", {}, answer),
      h("div", { class: "grades" }, ...inputs[at]!.map((input, grade) => h("label", {}, input, grades[grade]!))),
    ));
  return {
    element: h("div", { class: "grading" }, ...rows, blank?.row),
    hint: t("js-booth-grade"),
    answer: () => {
      if (blank?.input.checked) return { kind: "blank" };
      const numbers = inputs.map((own) => own.findIndex((input) => input.checked) + 1);
      return numbers.every((grade) => grade === 0) ? undefined : { kind: "numbers", numbers };
    },
    field: () => inputs.find((own) => !own.some((input) => input.checked))?.[0] ?? inputs[0]?.[0],
  };
}
