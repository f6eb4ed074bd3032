// The keyboard alone. Whatever is wanted is reached by the tabulator key from where the focus is, among radio buttons by
// arrow keys, and then Enter, Space or letters act on it. What has the focus on the way must show it, and must be in sight; a
// step must not lose the focus; and what takes too many keys to reach is out of reach.
import assert from "node:assert/strict";

import type { ElementHandle, Locator } from "playwright-core";

import type { Chosen, Hand } from "./hand.ts";
import { lookAt, pressingOf, type Sight } from "./sight.ts";

/** So many keys lead to any element of any page; more are a trap. */
const MOST_KEYS = 150;

/** An element that waits for somebody. */
type Wanted = ElementHandle<HTMLElement | SVGElement>;

export class Keyboard implements Hand {
  /** The document in which the last key was pressed. */
  #document = 0;
  /** What was reached last. */
  #last = "";

  async press(target: Locator): Promise<void> {
    const element = await this.#reach(target);
    const { key, leaves } = await element.evaluate(pressingOf);
    // A click of the mouse waits for the page to which it leads; so does this.
    const left = leaves ? target.page().waitForEvent("domcontentloaded") : undefined;
    await target.page().keyboard.press(key);
    await left;
  }

  async fill(target: Locator, text: string): Promise<void> {
    const element = await this.#reach(target);
    const { keyboard } = target.page();
    const isMoment = await element.evaluate((field) => field instanceof HTMLInputElement && field.type === "datetime-local");
    if (isMoment) await this.#typeMoment(target, text);
    else {
      await keyboard.press("Control+A");
      await keyboard.type(text);
    }
    assert.equal(await target.inputValue(), text, `${target} takes other letters than were typed`);
  }

  async check(target: Locator): Promise<void> {
    await this.#reach(target);
    if (!(await target.isChecked())) await target.page().keyboard.press("Space");
    assert.ok(await target.isChecked(), `${target} is not ticked by the space bar`);
  }

  async select(target: Locator, label: string): Promise<void> {
    await this.#reach(target);
    const labels = await target.locator("option").allInnerTexts();
    const chosen = () => target.evaluate((list) => (list as HTMLSelectElement).selectedIndex);
    const at = labels.indexOf(label);
    const way = at - (await chosen());
    for (let left = Math.abs(way); left > 0; left--) await target.page().keyboard.press(way < 0 ? "ArrowUp" : "ArrowDown");
    assert.equal(labels[await chosen()], label, `${target} has another entry chosen`);
  }

  async choose(target: Locator, file: Chosen): Promise<void> {
    await this.#reach(target);
    const opened = target.page().waitForEvent("filechooser", { timeout: 10_000 });
    await target.page().keyboard.press("Space");
    await (await opened).setFiles(file);
  }

  /** The parts of a moment in the order that Chromium has for "en": month, day, year, hour, minute, half of the day. */
  async #typeMoment(target: Locator, moment: string): Promise<void> {
    const { keyboard } = target.page();
    const [year, month, day, hour, minute] = moment.split(/[-T:]/) as [string, string, string, string, string];
    await keyboard.type(month + day + year);
    await keyboard.press("ArrowRight");
    await keyboard.type(String((Number(hour) + 11) % 12 + 1).padStart(2, "0") + minute + (Number(hour) < 12 ? "A" : "P"));
  }

  /** Moves the focus to an element. */
  async #reach(target: Locator): Promise<Wanted> {
    const page = target.page();
    let element = await ready(target);
    const way: string[] = [];
    for (;;) {
      const sight: Sight = await element.evaluate(lookAt);
      const say = (what: string) => `${new URL(page.url()).pathname}: ${what}; wanted: ${target}; the focus has been on: ${way.slice(-12).join(", ")}`;
      if (way.length === 0 && sight.document === this.#document) assert.ok(!sight.isLost, say(`the focus was lost after ${this.#last} was used`));
      [this.#document, this.#last] = [sight.document, String(target)];
      way.push(sight.focused);
      assert.equal(sight.fault, "", say(sight.fault));
      if (sight.isThere) return element;
      assert.ok(way.length <= MOST_KEYS, say(`not reached with ${MOST_KEYS} keys`));
      if (sight.isGone) element = await ready(target);
      else await page.keyboard.press(sight.key);
    }
  }
}

/** The element once it is seen and can be used. */
async function ready(target: Locator): Promise<Wanted> {
  await target.waitFor();
  const element = (await target.elementHandle()) as Wanted;
  await target.page().waitForFunction((own) => !own.isConnected || !own.matches(":disabled, [aria-disabled=true]"), element);
  return element;
}
