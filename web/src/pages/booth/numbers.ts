// A number for each answer, in elections that do not say how they are counted.
import type { NumbersQuestion } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { h, newId } from "./dom.ts";
import type { Editor, EditorOptions } from "./question.ts";

export function numbersEditor({ answers }: NumbersQuestion, { given, changed }: EditorOptions): Editor {
  const inputs = answers.map((_, at) =>
    h("input", { type: "number", min: 0, max: 255, step: 1, id: newId(), input: changed, value: given?.kind === "numbers" ? given.numbers[at] : 0 }));
  return {
    element: h("div", {}, ...inputs.map((input, at) => h("div", { class: "answer" }, h("label", { for: input.id }, answers[at]!), input))),
    hint: t("js-booth-numbers"),
    answer: () => ({ kind: "numbers", numbers: inputs.map(({ value }) => (value === "" ? 0 : Number(value))) }),
    field: () => inputs[0],
  };
}
