// The beginning: which election it is, and the code.
import { CodeFault, readCode } from "../../protocol/credential.ts";
import { t } from "../texts.ts";
import { button, type Child, grouped, h, moment, newId, p } from "./dom.ts";
import type { Flow } from "./flow.ts";
import type { View } from "./frame.ts";
import { ofCode, ofFailure } from "./words.ts";

/** What a code turned out to be. */
type Outcome = { isVoter: true } | { isVoter: false; message: string };

export function startView(flow: Flow): View {
  const { election, data } = flow.parts;
  const body: Child[] = [];
  if (election.description.trim() !== "") body.push(h("p", { class: "description" }, election.description));
  const facts = [t("js-booth-facts", { count: election.questions.length })];
  if (data.closes) facts.push(t("js-booth-closes", { when: moment(data.closes) }));
  body.push(p(facts.join(" ")));
  body.push(flow.isPreview ? previewStart(flow) : codePart(flow));
  body.push(fingerprints(flow));
  return { heading: election.name, body };
}

function previewStart(flow: Flow): HTMLElement {
  const begin = () => {
    flow.code = flow.parts.previewCode;
    flow.go(1);
  };
  return h("div", { class: "actions" }, button(t("js-booth-begin"), begin));
}

/** The field for the code, and in its place a word that it has come with the address where it has. */
function codePart(flow: Flow): HTMLElement {
  const { frame } = flow.parts;
  const hint = newId();
  const input = h("input", {
    id: newId(),
    class: "code",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": hint,
  });
  const place = h("div");
  const submit = h("button", { class: "button" }, t("js-booth-begin"));
  const field = h(
    "div",
    { class: "field" },
    h("label", { for: input.id }, t("js-booth-code")),
    h("span", { class: "hint", id: hint }, t("js-booth-code-hint")),
    input,
  );
  const form = h("form", { novalidate: true }, field, h("div", { class: "actions" }, submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    frame.accept();
    submit.setAttribute("aria-disabled", "true");
    const outcome = await check(flow, input.value);
    submit.removeAttribute("aria-disabled");
    if (!outcome.isVoter) return frame.refuse(outcome.message, input);
    input.value = "";
    flow.go(1);
  });
  const type = () => {
    place.replaceChildren(form);
    input.focus();
  };
  const known = () => {
    const weight = flow.weight === "1" ? [] : [p(t("js-booth-weight", { weight: flow.weight }))];
    place.replaceChildren(
      h("div", { class: "notice good", role: "status" }, p(t("js-booth-code-known")), ...weight),
      h(
        "div",
        { class: "actions" },
        button(t("js-booth-begin"), () => flow.go(1)),
        button(t("js-booth-other-code"), () => (forget(flow), type()), { class: "button link" }),
      ),
    );
  };
  if (flow.code !== undefined) known();
  else if (flow.parts.code === undefined) place.append(form);
  else {
    place.append(h("p", { role: "status" }, t("js-booth-code-checking")));
    void check(flow, flow.parts.code).then((outcome) => {
      if (outcome.isVoter) return known();
      place.replaceChildren(form);
      input.value = flow.parts.code ?? "";
      frame.refuse(outcome.message, input);
    });
  }
  return place;
}

function forget(flow: Flow): void {
  flow.code = undefined;
  delete flow.parts.code;
}

/** Checks a code: its form in the page, and by its public credential whether it is a voter's. */
async function check(flow: Flow, typed: string): Promise<Outcome> {
  const no = (message: string): Outcome => ({ isVoter: false, message });
  const { api, sealer } = flow.parts;
  try {
    if (typed.trim() === "") return no(t("js-booth-code-missing"));
    const code = readCode(typed);
    const { state, weight } = await api.credential(await sealer.credential(code));
    if (state !== "voter") return no(t(`js-booth-code-${state}`));
    flow.code = code;
    delete flow.parts.code;
    flow.weight = weight ?? "1";
    return { isVoter: true };
  } catch (fault) {
    return no(fault instanceof CodeFault ? ofCode(fault.problem) : ofFailure(fault));
  }
}

/** What the voter compares with her letter. */
function fingerprints(flow: Flow): HTMLElement {
  const { election, data } = flow.parts;
  const line = (name: string, text: string) => [h("dt", {}, name), h("dd", { class: "code" }, text)];
  return h(
    "details",
    {},
    h("summary", {}, t("js-booth-compare")),
    p(t("js-booth-compare-why")),
    h(
      "dl",
      {},
      ...line(t("js-booth-identifier"), election.uuid),
      ...line(t("js-booth-fingerprint"), grouped(election.fingerprint)),
      ...(data.credentials ? line(t("js-booth-credentials"), grouped(data.credentials)) : []),
    ),
  );
}
