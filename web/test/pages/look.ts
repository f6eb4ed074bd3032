// What is looked for on every page: rules of WCAG 2.2 A and AA (axe-core), one h1, nothing that scrolls sideways at 320 px
// (which is 1280 px at 400 % zoom), no key in place of a text, no English word on a page in another language, no link
// that leads nowhere, nothing that the browser complains of; in English, also a tour by keyboard (tour.ts). With a folder for
// pictures, also pictures: telephone and desk, light and dark.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import axe from "axe-core";
import type { BrowserContext, Page } from "playwright-core";

import { faultsOfTour } from "./tour.ts";
import { TITLES } from "./walk-organiser.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Latin words that texts in other languages have: names, formats, columns of tables, what the sample's people are called. */
const NAMES =
  /^(?:en|ru|kk|Cookie|voter|nonsense|adil|Belenios|JavaScript|WCAG|AA|check|UTF|CSV|SHA|TOML|JSON|ZIP|zip|bel|cookie|weight|id|name|email|language|election|record|tlog|proof|entry|json|example|org|https?|localhost|English|UTC|GMT|Trustee|Voter|sample|trustee|passphrase|of|Shift|Tab|QR|PDF|Sample|Finished)$/;

export type Language = "en" | "ru" | "kk";

export interface Options {
  pictures?: string | undefined;
  /** Whether axe-core looks as well. */
  isChecked: boolean;
}

/** A browser's window in one language. */
export class Window {
  readonly faults: string[] = [];
  private readonly followed = new Set<string>();
  private readonly seen = new Map<string, number>();
  private texts: Record<string, string> = {};

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly base: string,
    readonly language: Language,
    private readonly options: Options,
  ) {
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => this.fault(`script: ${error.message}`));
    page.on("console", (line) => {
      // What a page itself answers with is looked at where it is asked for.
      if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) this.fault(`console: ${line.text()}`);
    });
    page.on("response", (answer) => {
      const isPage = answer.request().resourceType() === "document";
      if (answer.status() >= (isPage ? 500 : 400)) this.fault(`${answer.status()} ${new URL(answer.url()).pathname}`);
    });
  }

  static async open(context: BrowserContext, base: string, language: Language, options: Options): Promise<Window> {
    await context.addCookies([{ name: "lang", value: language, url: base }]);
    const window = new Window(context, await context.newPage(), base, language, options);
    window.texts = (await (await fetch(`${base}/assets/texts-${language}.json`)).json()) as Record<string, string>;
    return window;
  }

  /** A text of the scripts in the language of the window, with its values. */
  text(key: string, values: Record<string, string | number> = {}): string {
    const text = this.texts[key];
    if (text === undefined) throw new Error(`there is no text ${key}`);
    return text.replace(/\{ \$(\w+) \}/g, (_, name: string) => String(values[name]));
  }

  private fault(text: string): void {
    this.faults.push(`[${this.language}] ${new URL(this.page.url()).pathname}: ${text}`);
  }

  /** Opens a path, and looks at the page where it is given a name. */
  async go(path: string, name?: string, status = 200): Promise<void> {
    const answer = await this.page.goto(this.base + path);
    // A change of the part after # alone loads nothing.
    if (answer && answer.status() !== status) this.fault(`status ${answer.status()}`);
    if (name !== undefined) await this.look(name);
  }

  /** Presses what a selector finds first, and waits for the page that comes. */
  async press(selector: string, name?: string): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), this.page.locator(selector).first().click()]);
    if (name !== undefined) await this.look(name);
  }

  /** Presses a button of a script by the key of its text. */
  async say(key: string): Promise<void> {
    await this.page.getByRole("button", { name: this.text(key), exact: true }).first().click();
  }

  /** Looks at the page as it is now. */
  async look(name: string): Promise<void> {
    const { page } = this;
    const number = (this.seen.get(name) ?? 0) + 1;
    this.seen.set(name, number);
    const own = number === 1 ? name : `${name}-${number}`;
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) this.fault(`${own} scrolls sideways by ${wide} px at ${width} px`);
    }
    await this.links(own);
    await this.pictures(own);
    for (const fault of await page.evaluate(faultsOfTexts, [this.language, NAMES.source, TITLES] as const)) this.fault(`${own}: ${fault}`);
    await this.tour(own);
    if (!this.options.isChecked) return;
    await page.evaluate(axe.source);
    const broken = await page.evaluate(async (rules) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join(" ")}`);
    }, RULES);
    for (const fault of broken) this.fault(`${own}: ${fault}`);
  }

  /** Goes round the page by keyboard, once and on a narrow screen: no language has other elements. */
  private async tour(name: string): Promise<void> {
    if (this.language !== "en") return;
    await this.page.setViewportSize({ width: 320, height: 800 });
    for (const fault of await faultsOfTour(this.page)) this.fault(`${name}: ${fault}`);
    await this.page.setViewportSize({ width: 1280, height: 800 });
  }

  /** Follows the links of the page to pages of ours, each once. */
  private async links(name: string): Promise<void> {
    const paths = await this.page.locator("a[href^='/']").evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
    for (const path of new Set(paths)) {
      // A personal link gives a role, and a link of a letter is for one use.
      if (this.followed.has(path) || /^\/(?:r|sign-in\/link|set-up)\//.test(path)) continue;
      this.followed.add(path);
      const answer = await this.page.request.fetch(this.base + path, { method: "HEAD" });
      if (answer.status() >= 400) this.fault(`${name} has a link to ${path}, which answers ${answer.status()}`);
    }
  }

  private async pictures(name: string): Promise<void> {
    const { pictures } = this.options;
    if (!pictures) return;
    const folder = join(pictures, this.language);
    mkdirSync(folder, { recursive: true });
    for (const colorScheme of ["light", "dark"] as const) {
      await this.page.emulateMedia({ colorScheme });
      for (const [view, width] of [["phone", 375], ["desk", 1280]] as const) {
        await this.page.setViewportSize({ width, height: 800 });
        await this.page.screenshot({ path: join(folder, `${name}-${view}-${colorScheme}.png`), fullPage: true });
      }
    }
    await this.page.emulateMedia({ colorScheme: "light" });
  }
}

/** What is wrong with the words of a page. It runs in the browser. */
function faultsOfTexts([language, names, titles]: readonly [string, string, readonly string[]]): string[] {
  const faults: string[] = [];
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`${headings} headings h1`);
  if (document.documentElement.lang !== language) faults.push(`the language is ${document.documentElement.lang}`);
  if (document.title.trim() === "") faults.push("no title");
  const texts: string[] = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const isForeign = (element: Element | null) => {
    const own = element?.closest("[lang]")?.getAttribute("lang");
    return element === null || (own !== null && own !== language) || element.closest("code, pre, kbd, .code, script, style, textarea, [translate=no]") !== null;
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (isForeign(node)) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) texts.push(node.getAttribute(name) ?? "");
      if (node instanceof HTMLInputElement && node.type === "submit") texts.push(node.value);
    } else if (!isForeign(node.parentElement) && node.parentElement?.checkVisibility()) texts.push(node.textContent ?? "");
  }
  const known = new RegExp(names);
  for (const text of texts) {
    const key = /(?<![\w./@-])(?:js|nav|site|front|failure|stage|organiser|item|plan|voters|refused|account|public|booth|check|verify|board|result|demo|roles|authority|spares|mail)(?:-[a-z0-9]+)+(?![\w./@-])/.exec(text);
    if (key) faults.push(`the key ${key[0]}`);
    if (/\{ ?\$|\$\w+ ?\}|\bundefined\b|\bNaN\b|\[object /.test(text)) faults.push(`a hole in a text: ${text.trim().slice(0, 120)}`);
    // What people wrote into an election is theirs, and the names of the plan's fields are English.
    if (language === "en" || titles.includes(text.trim()) || text.includes(" / ") || text.includes("`")) continue;
    const words = text.replace(/\S*[@/.0-9]\S*/g, " ").match(/[A-Za-z]{2,}/g) ?? [];
    const foreign = words.filter((word) => !known.test(word));
    if (foreign.length > 0) faults.push(`English: ${foreign.join(" ")} in: ${text.trim().slice(0, 120)}`);
  }
  return faults;
}
