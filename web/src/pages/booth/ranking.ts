// An order of the answers: those that are ranked in one list, the others below. Buttons move an answer up, down, in and
// out; a pointer drags it. Where several answers may share a rank, an answer can be put beside the one above it.
import type { CountingMethod, NumbersQuestion } from "../../protocol/election.ts";
import { t } from "../texts.ts";
import { button, h, p } from "./dom.ts";
import { blankRow, type Editor, type EditorOptions } from "./question.ts";

/** An answer that is in the order. */
interface Ranked {
  answer: number;
  /** Whether it has the rank of the one above. */
  isTied: boolean;
}

export function rankingEditor(question: NumbersQuestion, method: CountingMethod, options: EditorOptions): Editor {
  return new Ranking(question, method, options);
}

class Ranking implements Editor {
  readonly element = h("div", { class: "ranking" });
  readonly hint: string;
  readonly #names: readonly string[];
  readonly #takesTies: boolean;
  readonly #options: EditorOptions;
  readonly #order: Ranked[] = [];
  readonly #rows: HTMLLIElement[];
  readonly #ranked = h("ol", { class: "answers", "aria-label": t("js-booth-order") });
  readonly #others = h("ul", { class: "answers", "aria-label": t("js-booth-others") });
  readonly #noneYet = p(t("js-booth-order-empty"), { class: "hint" });
  readonly #othersHeading = h("h2", { class: "small-heading" }, t("js-booth-others"));
  readonly #blank: HTMLInputElement | undefined;

  constructor(question: NumbersQuestion, method: CountingMethod, options: EditorOptions) {
    this.#names = question.answers;
    this.#takesTies = method.method === "Schulze";
    this.#options = options;
    this.hint = t(this.#takesTies ? "js-booth-rank-ties" : "js-booth-rank");
    const { given } = options;
    if (given?.kind === "numbers") {
      const ranked = given.numbers.map((rank, answer) => ({ rank, answer })).filter(({ rank }) => rank > 0).sort((a, b) => a.rank - b.rank);
      ranked.forEach(({ rank, answer }, at) => this.#order.push({ answer, isTied: at > 0 && ranked[at - 1]!.rank === rank }));
    }
    this.#rows = this.#names.map((_, answer) => this.#row(answer));
    const blank = method.blank ? blankRow(given?.kind === "blank", (isBlank) => this.#setBlank(isBlank)) : undefined;
    this.#blank = blank?.input;
    const orderHeading = h("h2", { class: "small-heading" }, t("js-booth-order"));
    this.element.append(orderHeading, this.#noneYet, this.#ranked, this.#othersHeading, this.#others);
    if (blank) this.element.append(blank.row);
    this.#draw();
  }

  answer() {
    if (this.#blank?.checked) return { kind: "blank" } as const;
    if (this.#order.length === 0) return undefined;
    const numbers = this.#names.map(() => 0);
    this.#ranks().forEach((rank, at) => (numbers[this.#order[at]!.answer] = rank));
    return { kind: "numbers", numbers } as const;
  }

  field(): HTMLElement | undefined {
    return this.#rows[0]?.querySelector<HTMLElement>("button:not([hidden])") ?? undefined;
  }

  /** The rank of each place: 1, 2, 3 and so on, shared by those that are tied. */
  #ranks(): number[] {
    let rank = 0;
    return this.#order.map(({ isTied }) => (isTied ? rank : ++rank));
  }

  #row(answer: number): HTMLLIElement {
    const name = this.#names[answer]!;
    const act = (key: string, sign: string, className: string, press: () => void) =>
      button(sign, press, { class: `button secondary small ${className}`, "aria-label": t(key, { answer: name }), title: t(key, { answer: name }) });
    const handle = h("span", { class: "handle", "aria-hidden": "true" }, "⠿");
    handle.addEventListener("pointerdown", (event) => this.#drag(event, answer));
    const tie = h("input", { type: "checkbox", class: "tie", "aria-label": t("js-booth-tie-name", { answer: name }) });
    tie.addEventListener("change", () => {
      const own = this.#order.find((ranked) => ranked.answer === answer);
      if (own) own.isTied = tie.checked;
      this.#changed();
    });
    return h(
      "li",
      { class: "answer" },
      handle,
      h("span", { class: "place" }),
      h("span", { class: "answer-text" }, name),
      this.#takesTies ? h("label", { class: "choice tied" }, tie, t("js-booth-tie")) : undefined,
      h(
        "span",
        { class: "moves" },
        act("js-booth-up", "↑", "up", () => this.#move(answer, -1)),
        act("js-booth-down", "↓", "down", () => this.#move(answer, 1)),
        act("js-booth-out", "✕", "out", () => this.#take(answer)),
        button(t("js-booth-in"), () => this.#put(answer), { class: "button secondary small in", "aria-label": t("js-booth-in-name", { answer: name }) }),
      ),
    );
  }

  #place(answer: number): number {
    return this.#order.findIndex((ranked) => ranked.answer === answer);
  }

  #put(answer: number): void {
    if (this.#blank) this.#blank.checked = false;
    this.#order.push({ answer, isTied: false });
    this.#changed(answer);
    // The button that was pressed is gone: the next answer that can be ranked, or the one just ranked.
    const next = this.#others.querySelector<HTMLElement>(".in") ?? this.#rows[answer]!.querySelector<HTMLElement>(".up");
    next?.focus();
  }

  #take(answer: number): void {
    const place = this.#place(answer);
    this.#order.splice(place, 1);
    this.#changed();
    this.#options.tell(t("js-booth-taken-out", { answer: this.#names[answer]! }));
    this.#rows[answer]!.querySelector<HTMLElement>(".in")?.focus();
  }

  #move(answer: number, by: -1 | 1): void {
    const place = this.#place(answer);
    if (this.#shift(place, place + by)) this.#changed(answer);
  }

  /** Moves what is at a place; who shared a rank there no longer does. */
  #shift(from: number, to: number): boolean {
    if (to < 0 || to >= this.#order.length || from === to) return false;
    const [own] = this.#order.splice(from, 1);
    own!.isTied = false;
    this.#order.splice(to, 0, own!);
    const below = this.#order[Math.max(from, to) + 1];
    if (below && from < to) below.isTied = false;
    return true;
  }

  #setBlank(isBlank: boolean): void {
    if (isBlank) this.#order.length = 0;
    this.#changed();
  }

  /** Draws, and tells the page; `moved` is the answer whose place is said. */
  #changed(moved?: number): void {
    this.#draw();
    if (moved !== undefined) {
      const rank = this.#ranks()[this.#place(moved)]!;
      this.#options.tell(t("js-booth-moved", { answer: this.#names[moved]!, rank, count: this.#order.length }));
    }
    this.#options.changed();
  }

  /** Brings the rows into their order. A row that is in its place is not touched, so that it keeps focus and pointer. */
  #draw(): void {
    if (this.#order[0]) this.#order[0].isTied = false;
    const ranks = this.#ranks();
    const isRanked = (answer: number) => this.#place(answer) >= 0;
    arrange(this.#ranked, this.#order.map(({ answer }) => this.#rows[answer]!));
    arrange(this.#others, this.#rows.filter((_, answer) => !isRanked(answer)));
    this.#noneYet.hidden = this.#order.length > 0;
    this.#othersHeading.hidden = this.#others.hidden = this.#others.children.length === 0;
    this.#rows.forEach((row, answer) => {
      const at = this.#place(answer);
      const find = (selector: string) => row.querySelector<HTMLElement>(selector);
      row.classList.toggle("chosen", at >= 0);
      find(".place")!.textContent = at >= 0 ? `${ranks[at]}.` : "";
      for (const selector of [".handle", ".place", ".up", ".down", ".out"]) find(selector)!.hidden = at < 0;
      find(".in")!.hidden = at >= 0;
      // Not `disabled`: a button that had the focus must keep it.
      find(".up")!.setAttribute("aria-disabled", String(at === 0));
      find(".down")!.setAttribute("aria-disabled", String(at === this.#order.length - 1));
      const tied = find(".tied");
      if (tied) {
        tied.hidden = at < 1;
        tied.querySelector("input")!.checked = this.#order[at]?.isTied ?? false;
      }
    });
  }

  /** Follows the pointer until it is let go. */
  #drag(event: PointerEvent, answer: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const row = this.#rows[answer]!;
    row.classList.add("dragged");
    getSelection()?.removeAllRanges();
    let hasMoved = false;
    const middle = (at: number) => {
      const other = this.#order[at];
      const box = other && this.#rows[other.answer]!.getBoundingClientRect();
      return box && box.top + box.height / 2;
    };
    const follow = ({ clientY }: PointerEvent) => {
      // A fast pointer passes several rows at once, but never all of them twice.
      for (let left = this.#order.length; left > 0; left--) {
        const place = this.#place(answer);
        const [above, below] = [middle(place - 1), middle(place + 1)];
        const to = above !== undefined && clientY < above ? place - 1 : below !== undefined && clientY > below ? place + 1 : place;
        if (!this.#shift(place, to)) return;
        hasMoved = true;
        this.#draw();
      }
    };
    const end = () => {
      row.classList.remove("dragged");
      for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, end);
      document.removeEventListener("pointermove", follow);
      if (hasMoved) this.#changed(answer);
    };
    document.addEventListener("pointermove", follow);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
  }
}

/** Brings children into an order. Of two neighbours that change places it moves the one that has no focus and is not
 * dragged. */
function arrange(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  for (const child of [...list.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
  const kept = (row: HTMLElement) => row.classList.contains("dragged") || row.contains(document.activeElement);
  for (let at = 0; at < wanted.length; at++) {
    const [own, there] = [wanted[at]!, list.children[at] as HTMLElement | undefined];
    if (own === there) continue;
    if (there && kept(own) && own.parentElement === list) {
      // What stands in its way goes behind it.
      let before: Element | undefined = there;
      while (before && before !== own) {
        const next: Element | null = before.nextElementSibling;
        own.after(before);
        before = next ?? undefined;
        if (list.children[at] === own) break;
      }
    } else list.insertBefore(own, there ?? null);
  }
}
