// One step of the voter's way at a time: each has one heading, which has the focus when the step begins, so that whoever
// listens to the page hears where she is.
import { type Child, h, newId } from "./dom.ts";
import { t } from "../texts.ts";

/** A step as it is shown. */
export interface View {
  /** A word or two above the heading, and part of it. */
  kicker?: string;
  heading: string;
  body: readonly Child[];
}

/** The place on the page where steps are shown. */
export class Frame {
  readonly #root: HTMLElement;
  readonly #title = document.title;
  readonly #told = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  readonly #step = h("div");
  #isFirst = true;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  show({ kicker, heading, body }: View): void {
    if (this.#isFirst) this.#root.replaceChildren(this.#step, this.#told);
    const above = kicker ? [h("span", { class: "kicker" }, kicker), " "] : [];
    const h1 = h("h1", { tabindex: -1 }, ...above, heading);
    this.#told.textContent = "";
    this.#step.replaceChildren(h1, ...body.filter((child) => child !== undefined));
    document.title = `${kicker ? `${kicker}: ` : ""}${heading} – ${this.#title}`;
    // A page that has just been opened is read from its beginning.
    if (!this.#isFirst) {
      h1.focus({ preventScroll: true });
      window.scrollTo({ top: 0, behavior: "instant" });
    }
    this.#isFirst = false;
  }

  /** Says something to those who listen. */
  tell(text: string): void {
    this.#told.textContent = text;
  }

  /** Says what is wrong in the step that is shown; `field` is where it can be mended. */
  refuse(text: string, field?: HTMLElement): void {
    this.accept();
    if (field && field.id === "") field.id = newId();
    const message = field ? h("a", { href: `#${field.id}`, click: (event) => (event.preventDefault(), field.focus()) }, text) : text;
    const summary = h("div", { class: "error-summary", tabindex: -1, role: "alert" }, h("h2", {}, t("js-booth-wrong")), h("p", {}, message));
    this.#step.querySelector("h1")?.after(summary);
    field?.setAttribute("aria-invalid", "true");
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  }

  /** Takes back what `refuse` said. */
  accept(): void {
    for (const old of this.#step.querySelectorAll(".error-summary")) old.remove();
    for (const field of this.#step.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }
}
