// One list, and candidates on it. The candidates of a list are shown when it is chosen.
import type { ListsQuestion } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { h, newId } from "./dom.ts";
import { type Editor, type EditorOptions, row } from "./question.ts";

export function listsEditor({ lists }: ListsQuestion, { given, changed }: EditorOptions): Editor {
  const name = newId();
  const made = lists.map(({ name: listName, candidates }, list) => {
    const isGiven = given?.kind === "lists" && given.list === list;
    const radio = h("input", { type: "radio", name, id: newId() });
    radio.checked = isGiven;
    radio.addEventListener("change", () => {
      show();
      changed();
    });
    const boxes = candidates.map((_, at) => {
      const box = h("input", { type: "checkbox", id: newId(), change: changed });
      box.checked = isGiven && given.candidates[at] === true;
      return box;
    });
    const legend = h("legend", {}, t("js-booth-candidates", { list: listName }));
    const of = h("fieldset", { class: "candidates" }, legend, ...boxes.map((box, at) => row(box, candidates[at]!)));
    return { radio, boxes, of, head: row(radio, listName) };
  });
  const show = () => made.forEach(({ radio, of }) => (of.hidden = !radio.checked));
  show();
  const chosen = () => made.findIndex(({ radio }) => radio.checked);
  return {
    element: h("div", {}, ...made.flatMap(({ head, of }) => [head, of])),
    hint: t("js-booth-list"),
    answer: () => {
      const list = chosen();
      return list < 0 ? undefined : { kind: "lists", list, candidates: made[list]!.boxes.map((box) => box.checked) };
    },
    field: () => (chosen() < 0 ? made[0]?.radio : made[chosen()]!.boxes[0]),
  };
}
