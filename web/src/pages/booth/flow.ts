// The voter's way through the booth: begin, questions, review, encryption, casting or testing, receipt.
//
// The browser's history has one entry for each step up to the encrypted ballot, so that "back" goes one step back. It
// holds numbers of steps alone; code and answers are in the page's memory and go with it.
import { type Answer, AnswerFault, problemOf } from "../../protocol/answers.ts";
import type { Election } from "../../protocol/election.ts";
import type { CastBallot, Sealed, Sealer } from "../../protocol/sealer.ts";
import { t } from "../texts.ts";
import { acceptedView, notShownView, previewEndView, secondFactorView } from "./accepted.ts";
import { Api, type BoothData, Refused, type Taken } from "./api.ts";
import { button, h, newId, p } from "./dom.ts";
import { decideView, notTakenView, openedView, sealingView } from "./decide.ts";
import type { Frame, View } from "./frame.ts";
import { editorOf } from "./question.ts";
import { reviewView } from "./review.ts";
import { startView } from "./start.ts";
import { stepAfter } from "./steps.ts";
import { ofAnswer, ofFailure } from "./words.ts";

/** What a booth is made of. */
export interface Parts {
  election: Election;
  data: BoothData;
  api: Api;
  sealer: Sealer;
  frame: Frame;
  /** A code for a preview, in which nothing is sent. */
  previewCode?: string;
  /** The code from the address. */
  code?: string;
}

export class Flow {
  readonly parts: Parts;
  /** The code, when it is known to be a voter's. */
  code: string | undefined;
  weight = "1";
  readonly answers: (Answer | undefined)[];
  #sealed: Sealed | undefined;
  #isOver = false;
  /** The step that is shown; the one after the review is the encrypted ballot. */
  #at = 0;
  /** Counts the views: what comes back late from an older one is dropped. */
  #turn = 0;

  constructor(parts: Parts) {
    this.parts = parts;
    this.answers = parts.election.questions.map(() => undefined);
    window.addEventListener("popstate", ({ state }) => this.#went(state));
    window.addEventListener("beforeunload", (event) => {
      if (!this.#isOver && !this.isPreview && (this.#sealed || this.answers.some((answer) => answer))) event.preventDefault();
    });
  }

  get isPreview(): boolean {
    return this.parts.previewCode !== undefined;
  }

  /** The step of the review; before it come the beginning, 0, and the questions, from 1. */
  get #review(): number {
    return this.parts.election.questions.length + 1;
  }

  begin(): void {
    history.replaceState({ step: 0 }, "");
    this.#show(0);
  }

  /** Goes to a step that follows. */
  go(step: number): void {
    history.pushState({ step }, "");
    this.#show(step);
  }

  /** The voter has gone back, or forward, in the browser. */
  #went(state: unknown): void {
    if (this.#isOver) return;
    const reached = this.answers.findIndex((answer) => answer === undefined);
    const furthest = this.code === undefined ? 0 : reached < 0 ? this.#review : reached + 1;
    const step = stepAfter(state, this.#at, Math.min(furthest, this.#review));
    if (step !== undefined) this.#show(step);
  }

  #show(step: number): void {
    this.#turn += 1;
    this.#at = step;
    this.#sealed?.forget();
    this.#sealed = undefined;
    const { frame } = this.parts;
    if (step === 0) frame.show(startView(this));
    else if (step < this.#review) this.#showQuestion(step - 1);
    else frame.show(reviewView(this.parts.election, this.answers as Answer[], (at) => this.go(at + 1), () => void this.seal()));
  }

  #showQuestion(at: number): void {
    const { election, frame } = this.parts;
    const question = election.questions[at]!;
    const editor = editorOf(question, {
      given: this.answers[at],
      changed: () => frame.accept(),
      tell: (text) => frame.tell(text),
    });
    const hint = newId();
    const next = () => {
      const answer = editor.answer();
      if (!answer) return frame.refuse(t("js-booth-answer-none"), editor.field());
      const problem = problemOf(question, answer);
      if (problem) return frame.refuse(ofAnswer(problem, question), editor.field());
      this.answers[at] = answer;
      const missing = this.answers.findIndex((given) => given === undefined);
      this.go(missing >= 0 ? missing + 1 : this.#review);
    };
    frame.show({
      kicker: t("js-booth-question", { number: at + 1, count: election.questions.length }),
      heading: question.title,
      body: [
        h("p", { class: "hint", id: hint }, editor.hint),
        h("div", { role: "group", "aria-label": question.title, "aria-describedby": hint, class: "narrow" }, editor.element),
        h(
          "div",
          { class: "actions" },
          button(t("js-booth-next"), next),
          button(t("js-booth-back"), () => history.back(), { class: "button secondary" }),
        ),
      ],
    });
  }

  /** Makes a ballot of the answers, and asks what is to be done with it. */
  async seal(): Promise<void> {
    const { frame, sealer } = this.parts;
    // A ballot after one that was opened is in the place of that one.
    if (this.#at <= this.#review) history.pushState({ step: this.#review + 1 }, "");
    this.#at = this.#review + 1;
    const turn = ++this.#turn;
    const progress = h("progress", { max: 100, value: 0, "aria-label": t("js-booth-sealing") });
    frame.show(sealingView(progress));
    try {
      const sealed = await sealer.seal(this.code!, this.answers as Answer[], (share) => (progress.value = 100 * share));
      if (turn !== this.#turn) return sealed.forget();
      this.#sealed = sealed;
      frame.show(decideView(sealed.commitment, this.isPreview, () => void this.#cast(sealed), () => void this.#open(sealed)));
    } catch (fault) {
      if (turn !== this.#turn) return;
      const at = fault instanceof AnswerFault ? fault.question : undefined;
      if (at !== undefined) return this.go(at + 1);
      this.#failed();
    }
  }

  /** The ballot was not made, or is lost with the worker that held it: nothing has been sent. */
  #failed(): void {
    this.#sealed = undefined;
    const again = button(t("js-booth-again"), () => history.back());
    this.parts.frame.show({ heading: t("js-booth-seal-failed"), body: [p(t("js-booth-not-sent")), p(t("js-booth-own-fault")), h("div", { class: "actions" }, again)] });
  }

  async #open(sealed: Sealed): Promise<void> {
    let file: string;
    try {
      file = await sealed.open();
    } catch {
      return this.#failed();
    }
    this.#sealed = undefined;
    this.parts.frame.show(openedView(this.parts.election, sealed.commitment, this.answers as Answer[], file, () => void this.seal()));
  }

  async #cast(sealed: Sealed): Promise<void> {
    const { frame } = this.parts;
    if (this.isPreview) {
      sealed.forget();
      this.#sealed = undefined;
      this.#isOver = true;
      return frame.show(previewEndView(() => location.reload()));
    }
    let cast: CastBallot;
    try {
      cast = await sealed.cast();
    } catch {
      return this.#failed();
    }
    await this.#send(cast);
  }

  /** Sends a ballot, as often as the voter asks: it is the same ballot, byte for byte. */
  async #send(cast: CastBallot): Promise<void> {
    const { api, frame } = this.parts;
    frame.show({ heading: t("js-booth-sending"), body: [h("progress", { "aria-label": t("js-booth-sending") })] });
    let taken: Taken;
    try {
      taken = await this.#taken(cast);
    } catch (fault) {
      // Only the server can say that it has not taken the ballot.
      const isRefused = fault instanceof Refused && !["too-many", "unavailable", "server"].includes(fault.code);
      if (isRefused) this.#isOver = true;
      return frame.show(notTakenView(ofFailure(fault), cast, api.uuid, isRefused ? undefined : () => void this.#send(cast)));
    }
    this.#accepted(cast, taken);
  }

  /** A ballot that was sent before, with its answer lost, is in the log already. */
  async #taken({ ballot, tracker }: CastBallot): Promise<Taken> {
    const { api, data } = this.parts;
    try {
      return await api.cast(ballot);
    } catch (fault) {
      if (!(fault instanceof Refused && fault.code === "again")) throw fault;
      const found = await api.whereabouts(tracker);
      return { ...found, tracker, acceptance: data.second_factor && found.state === "waiting" ? "needed" : "none" };
    }
  }

  #accepted(cast: CastBallot, taken: Taken): void {
    const { api, data, frame } = this.parts;
    this.#isOver = true;
    this.#sealed = undefined;
    this.code = undefined;
    // The ballot is taken, whatever the answer looks like: what cannot be shown of it does not make it a ballot that was not.
    const show = (view: () => View) => {
      try {
        frame.show(view());
      } catch {
        frame.show(notShownView(cast, api.uuid));
      }
    };
    // The tracker is the page's own: what the server says of the ballot is held to it.
    const accepted = () => show(() => acceptedView(cast, taken, data, api, frame));
    if (taken?.acceptance === "needed") show(() => secondFactorView(cast, taken, data, api, frame, accepted));
    else accepted();
  }
}
