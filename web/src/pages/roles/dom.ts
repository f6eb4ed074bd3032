// Elements of pages, made without markup in texts.

type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children. `true` sets an attribute without a value; `false` and undefined leave it out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(attribute, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** A button that does something. It cannot be pressed again while that runs. */
export function button(label: string, run: () => unknown, classes = "button"): HTMLButtonElement {
  const element = h("button", { type: "button", class: classes }, label);
  element.addEventListener("click", async () => {
    if (element.getAttribute("aria-disabled") === "true") return;
    element.setAttribute("aria-disabled", "true");
    try {
      await run();
    } finally {
      element.removeAttribute("aria-disabled");
    }
  });
  return element;
}

/** A row of buttons. */
export function actions(...buttons: readonly Child[]): HTMLElement {
  return h("div", { class: "actions" }, ...buttons);
}

/** A notice; a bad one is read out at once. */
export function notice(kind: "good" | "warn" | "bad" | "", ...content: readonly Child[]): HTMLElement {
  const role = kind === "bad" ? "alert" : undefined;
  return h("div", { class: `notice ${kind}`.trim(), role }, ...content);
}

/** A boxed part of a page with its heading. */
export function panel(heading: string, ...content: readonly Child[]): HTMLElement {
  return h("section", { class: "panel" }, h("h2", { tabindex: -1 }, heading), ...content);
}

/** What is said of a thing, in two columns. */
export function facts(rows: readonly (readonly [string, string])[]): HTMLElement {
  return h("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Puts content in the place of what is there, and the reader at its beginning. */
export function show(root: Element, ...content: readonly Child[]): void {
  const { activeElement: active, body } = document;
  // A page that has just been opened is read from its own beginning, and who is elsewhere on it stays there.
  const stays = !root.hasChildNodes() || (active !== null && active !== body && !root.contains(active));
  root.replaceChildren(...content.filter((child): child is Node | string => child !== undefined && child !== false));
  const first = root.querySelector<HTMLElement>("h2[tabindex]") ?? root.querySelector<HTMLElement>(".notice, p");
  if (first !== null && !stays) lead(first);
}

/** Puts the reader at an element: what had the focus is gone. */
export function lead(to: HTMLElement): void {
  to.tabIndex = -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

let fields = 0;

/** A field with its label and hint, and a place for what is wrong with it. */
export interface Field<E extends HTMLElement> {
  element: HTMLElement;
  input: E;
  /** Says what is wrong, or that nothing is. */
  complain(text: string | undefined): void;
}

/** A field around an input. */
export function field<E extends HTMLElement>(label: string, input: E, hint?: string): Field<E> {
  const id = `field-${++fields}`;
  input.id = id;
  const hintElement = hint === undefined ? undefined : h("p", { class: "hint", id: `${id}-hint` }, hint);
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  input.setAttribute("aria-describedby", hint === undefined ? `${id}-error` : `${id}-hint ${id}-error`);
  const complain = (text: string | undefined) => {
    error.textContent = text ?? "";
    error.hidden = text === undefined;
    if (text === undefined) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  };
  return { element: h("div", { class: "field" }, h("label", { for: id }, label), hintElement, input, error), input, complain };
}

/** A bar that shows how far a computation is. */
export class ProgressBar {
  private readonly bar = h("progress", { max: 1, value: 0 });
  private readonly share = h("span", { class: "share", "aria-hidden": "true" }, "0 %");
  readonly element: HTMLElement;

  constructor(label: string) {
    this.bar.setAttribute("aria-label", label);
    this.element = h("div", { class: "work" }, h("p", { role: "status" }, label), this.bar, this.share);
  }

  /** How much is done, from 0 to 1. */
  readonly set = (done: number): void => {
    this.bar.value = done;
    this.share.textContent = `${Math.floor(100 * done)} %`;
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of one dark path in a square. */
export function drawing(size: number, path: string, label: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const [ground, dark] = [document.createElementNS(SVG, "rect"), document.createElementNS(SVG, "path")];
  const set = (element: Element, attributes: Attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  };
  set(svg, { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges", class: "qr" });
  set(ground, { width: size, height: size, fill: "#fff" });
  set(dark, { d: path, fill: "#000" });
  svg.append(ground, dark);
  return svg;
}
