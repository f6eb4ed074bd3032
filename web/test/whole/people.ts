// People at their browsers: everybody has a browser context of her own, and whatever a browser complains about is kept.
import { join } from "node:path";

import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

import { type Chosen, type Hand, handOf, type Means } from "./hand.ts";

export class People {
  /** Errors of scripts, what the policy forbids, and answers that say that the server failed. */
  readonly complaints: string[] = [];
  readonly #persons: Person[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly address: string,
    private readonly folder: string,
    readonly means: Means,
  ) {}

  /** Somebody with a browser of her own, who acts with what she has. */
  async somebody(name: string, { width = 1280, means = this.means } = {}): Promise<Person> {
    // A page that scrolls slowly shows for a moment less than it will.
    const motion = means === "keyboard" ? "reduce" : "no-preference";
    const context = await this.browser.newContext({ locale: "en", viewport: { width, height: 900 }, reducedMotion: motion });
    context.setDefaultTimeout(120_000);
    // Who has no mouse presses nothing with one: the page itself would complain.
    if (means === "keyboard") await context.addInitScript(() => addEventListener("pointerdown", () => console.error("a pointer was used"), true));
    const person = new Person(name, context, this.address, this.folder, this.complaints, handOf(means));
    this.#persons.push(person);
    return person;
  }

  /** Where everybody is, and what she sees: for whoever looks why a test failed. */
  async whereabouts(): Promise<string> {
    const seen = this.#persons.map(async (person) => `${person.name}, ${person.page.url()}\n${await person.text()}`);
    const told = (await Promise.allSettled(seen)).map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)));
    return [...told, ...this.complaints].join("\n\n");
  }
}

export class Person {
  #page: Page | undefined;

  constructor(
    readonly name: string,
    readonly context: BrowserContext,
    private readonly address: string,
    private readonly folder: string,
    private readonly complaints: string[],
    private readonly hand: Hand,
  ) {}

  get page(): Page {
    if (!this.#page) throw new Error(`${this.name} has opened no page`);
    return this.#page;
  }

  /** Opens an address of the server. */
  async open(address: string): Promise<Page> {
    this.#page ??= await this.#begin();
    // Where only the part after # is another, the browser would load nothing.
    if (address.includes("#")) await this.page.goto("about:blank");
    await this.page.goto(address.startsWith("http") ? address : this.address + address);
    return this.page;
  }

  async #begin(): Promise<Page> {
    const page = await this.context.newPage();
    const complain = (what: string) => this.complaints.push(`${this.name}, ${page.url()}: ${what}`);
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
    page.on("pageerror", (error) => complain(String(error)));
    // Files are chosen by the test from the beginning: a listener that comes with the key press may come too late, and then the
    // browser shows a dialog of its own, which nobody sees.
    page.on("filechooser", () => undefined);
    page.on("response", (answer) => answer.status() >= 400 && complain(`${answer.status()} ${answer.url()}`));
    return page;
  }

  /** Presses a button or follows a link by its whole name, or something else that can be pressed. */
  async press(target: string | Locator, at = 0): Promise<void> {
    if (typeof target !== "string") return this.hand.press(target);
    const button = this.page.getByRole("button", { name: target, exact: true });
    await this.hand.press(button.or(this.page.getByRole("link", { name: target, exact: true })).nth(at));
  }

  /** Fills in a field; a text that names it is a selector. */
  fill(field: string | Locator, text: string): Promise<void> {
    return this.hand.fill(this.#found(field), text);
  }

  /** Ticks a box or a radio button. */
  check(box: string | Locator): Promise<void> {
    return this.hand.check(this.#found(box));
  }

  /** Chooses what a list has under a name. */
  select(list: string | Locator, label: string): Promise<void> {
    return this.hand.select(this.#found(list), label);
  }

  /** Chooses a file. */
  choose(field: string | Locator, file: Chosen): Promise<void> {
    return this.hand.choose(this.#found(field), file);
  }

  #found(target: string | Locator): Locator {
    return typeof target === "string" ? this.page.locator(target) : target;
  }

  /** Waits for a heading that begins so. */
  async heading(name: string): Promise<void> {
    await this.page.getByRole("heading", { name }).first().waitFor();
  }

  /** What the page says. */
  text(): Promise<string> {
    return this.page.locator("main").innerText();
  }

  /** Files that the page gives out while something runs, saved under names of their own. */
  async saved(run: () => Promise<void>, count: number): Promise<string[]> {
    const files: Promise<string>[] = [];
    const done = new Promise<void>((resolve) => {
      this.page.on("download", (download) => {
        if (files.length >= count) return;
        const file = join(this.folder, `${Date.now()}-${this.name.replaceAll(" ", "-")}-${download.suggestedFilename()}`);
        files.push(download.saveAs(file).then(() => file));
        if (files.length === count) resolve();
      });
    });
    await run();
    await within(120_000, done, `${this.name} is not given ${count} files`);
    this.page.removeAllListeners("download");
    return Promise.all(files);
  }

  /** Chooses a new passphrase. */
  async choosePassphrase(label: string, passphrase: string, at = 0): Promise<void> {
    await this.fill(this.page.getByLabel(label, { exact: true }), passphrase);
    await this.fill(this.page.getByLabel("The same passphrase again").nth(at), passphrase);
  }

  /** Opens a sealed file, the chosen one or the browser's copy. */
  async unlock(passphrase: string, action: string, file?: string): Promise<void> {
    // The form of the step before looks alike.
    await this.page.getByRole("button", { name: action, exact: true }).waitFor();
    if (file !== undefined) await this.choose(this.page.getByLabel("The file that you saved"), file);
    await this.fill(this.page.getByLabel("Passphrase", { exact: true }), passphrase);
    await this.press(action);
  }
}

/** What is waited for, but not for ever. */
async function within(milliseconds: number, done: Promise<void>, otherwise: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(otherwise)), milliseconds)));
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}
