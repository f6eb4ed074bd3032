// Some of the answers: radio buttons where at most one is chosen, boxes elsewhere.
import type { ChoicesQuestion } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { h, newId, p } from "./dom.ts";
import { type Editor, type EditorOptions, row } from "./question.ts";

export function choicesEditor(question: ChoicesQuestion, options: EditorOptions): Editor {
  return question.max === 1 ? one(question, options) : several(question, options);
}

function hintOf({ min, max }: ChoicesQuestion): string {
  if (max === 1) return t("js-booth-choose-one");
  return min === max ? t("js-booth-choose-exactly", { count: min }) : t("js-booth-choose-range", { min, max });
}

/** One answer, the blank vote, or no answer where the question takes that. */
function one(question: ChoicesQuestion, { given, changed }: EditorOptions): Editor {
  const name = newId();
  const radio = (isChecked: boolean) => {
    const input = h("input", { type: "radio", name, id: newId(), change: changed });
    input.checked = isChecked;
    return input;
  };
  const inputs = question.answers.map((_, at) => radio(given?.kind === "choices" && given.chosen[at] === true));
  const blank = question.blank ? radio(given?.kind === "blank") : undefined;
  const none = question.min === 0 ? radio(given?.kind === "choices" && !given.chosen.includes(true)) : undefined;
  const element = h(
    "div",
    {},
    ...inputs.map((input, at) => row(input, question.answers[at]!)),
    none && row(none, t("js-booth-none"), "answer blank"),
    blank && row(blank, t("js-booth-blank"), "answer blank"),
  );
  return {
    element,
    hint: hintOf(question),
    answer: () => {
      if (blank?.checked) return { kind: "blank" };
      const chosen = inputs.map((input) => input.checked);
      return chosen.includes(true) || none?.checked ? { kind: "choices", chosen } : undefined;
    },
    field: () => inputs[0],
  };
}

/** Several answers, or the blank vote, which takes the others away. */
function several(question: ChoicesQuestion, { given, changed, tell }: EditorOptions): Editor {
  const box = (isChecked: boolean) => {
    const input = h("input", { type: "checkbox", id: newId() });
    input.checked = isChecked;
    return input;
  };
  const inputs = question.answers.map((_, at) => box(given?.kind === "choices" && given.chosen[at] === true));
  const blank = question.blank ? box(given?.kind === "blank") : undefined;
  const counted = () => inputs.filter((input) => input.checked).length;
  const counter = p("", { class: "hint counter" });
  const words = () => t("js-booth-chosen", { chosen: counted(), max: question.max });
  counter.textContent = words();
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (blank && input.checked) blank.checked = false;
      counter.textContent = words();
      tell(words());
      changed();
    });
  }
  blank?.addEventListener("change", () => {
    if (blank.checked) for (const input of inputs) input.checked = false;
    counter.textContent = words();
    changed();
  });
  const element = h("div", {}, ...inputs.map((input, at) => row(input, question.answers[at]!)), blank && row(blank, t("js-booth-blank"), "answer blank"), counter);
  return {
    element,
    hint: hintOf(question),
    answer: () => (blank?.checked ? { kind: "blank" } : { kind: "choices", chosen: inputs.map((input) => input.checked) }),
    field: () => inputs[0],
  };
}
