// The second proof of who the voter is: a code of eight digits that is mailed to the address on the list.
import { t } from "../texts.ts";
import { type Api, NotReached } from "./api.ts";
import { button, h, newId, p } from "./dom.ts";
import type { Frame } from "./frame.ts";
import { ofFailure } from "./words.ts";

/** Asks for the voter's name on the list, then for the code; calls `done` when the ballot is accepted. `notice` shows that the
 * ballot was cast here. */
export function secondFactor(api: Api, frame: Frame, tracker: string, notice: string | undefined, done: () => void): HTMLElement {
  const place = h("div");
  const voter = h("input", { id: newId(), autocomplete: "email", autocapitalize: "none", spellcheck: "false" });
  const ask = h("form", { novalidate: true, submit: (event) => (event.preventDefault(), void mail()) });
  ask.append(field(voter, t("js-booth-second-voter"), t("js-booth-second-voter-hint")), actions(t("js-booth-second-mail")));
  place.append(p(t("js-booth-second-why")), ask);
  const code = h("input", { id: newId(), class: "short", inputmode: "numeric", autocomplete: "one-time-code", maxlength: 12 });

  const mail = async () => {
    frame.accept();
    if (voter.value.trim() === "") return frame.refuse(t("js-booth-second-voter-missing"), voter);
    try {
      await api.askForSecondFactor(tracker, voter.value.trim(), notice);
    } catch (fault) {
      return frame.refuse(ofFailure(fault), fault instanceof NotReached ? undefined : voter);
    }
    const form = h("form", { novalidate: true, submit: (event) => (event.preventDefault(), void accept()) });
    form.append(field(code, t("js-booth-second-code"), t("js-booth-second-code-hint")), actions(t("js-booth-second-accept")));
    const again = button(t("js-booth-second-again"), () => (place.replaceChildren(p(t("js-booth-second-why")), ask), voter.focus()), { class: "button link" });
    const sent = h("div", { class: "notice", role: "status" }, p(t("js-booth-second-sent")));
    place.replaceChildren(sent, form, h("div", { class: "actions" }, again));
    code.focus();
  };
  const accept = async () => {
    frame.accept();
    const digits = code.value.replace(/\s/g, "");
    if (!/^[0-9]{8}$/.test(digits)) return frame.refuse(t("js-booth-second-code-form"), code);
    try {
      await api.accept(tracker, voter.value.trim(), digits, notice);
    } catch (fault) {
      return frame.refuse(ofFailure(fault), code);
    }
    done();
  };
  return place;
}

function field(input: HTMLInputElement, label: string, hint: string): HTMLElement {
  const hintId = newId();
  input.setAttribute("aria-describedby", hintId);
  return h("div", { class: "field" }, h("label", { for: input.id }, label), h("span", { class: "hint", id: hintId }, hint), input);
}

function actions(text: string): HTMLElement {
  return h("div", { class: "actions" }, h("button", { class: "button" }, text));
}
