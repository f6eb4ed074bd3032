// Elements of a page, made one by one: texts are always texts, and nothing is ever read as HTML.

export type Child = Node | string | undefined;

/** Attributes of an element; a function listens to the event of its name. `undefined` and `false` leave one out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

/** An element. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A button that does something on the page. */
export function button(text: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "button", ...attributes, click: press }, text);
}

/** A paragraph. */
export function p(text: string, attributes: Attributes = {}): HTMLParagraphElement {
  return h("p", attributes, text);
}

let last = 0;

/** An identifier that no other element of the page has. */
export function newId(): string {
  return `b${++last}`;
}

/** A link that saves bytes as a file. */
export function download(text: string, name: string, content: BlobPart, attributes: Attributes = {}): HTMLAnchorElement {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  return h("a", { class: "button secondary", ...attributes, href: address, download: name }, text);
}

/** A moment in seconds since 1970, in the language of the page and the place's own time, which is named. */
export function moment(seconds: number): string {
  const parts = { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
  const date = new Date(seconds * 1000);
  const text = new Intl.DateTimeFormat(document.documentElement.lang || "en", parts).format(date);
  // Some browsers have no names of months for a language, and write M11.
  return /\bM\d\d\b/.test(text) ? new Intl.DateTimeFormat("de", { ...parts, month: "2-digit" }).format(date) : text;
}

/** A text in groups of letters, which people compare and copy by hand. Whoever reads it leaves the spaces out. */
export function grouped(text: string, length = 4): string {
  return text.match(new RegExp(`.{1,${length}}`, "gu"))?.join(" ") ?? "";
}
