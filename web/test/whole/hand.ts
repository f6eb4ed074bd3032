// How somebody acts on a page, so that the steps of an election are written once: with a mouse here, by the keyboard alone in
// keyboard.ts.
import type { Locator } from "playwright-core";

import { Keyboard } from "./keyboard.ts";

/** What somebody has to act with. */
export type Means = "mouse" | "keyboard";

/** A file of the disk, or one that there is none of yet. */
export type Chosen = string | { name: string; mimeType: string; buffer: Buffer };

export interface Hand {
  /** Presses a button, follows a link, opens details. */
  press(target: Locator): Promise<void>;
  /** Puts a text in the place of what stands in a field. A moment is given as `2026-11-26T04:30`. */
  fill(target: Locator, text: string): Promise<void>;
  /** Ticks a box, or one of several. */
  check(target: Locator): Promise<void>;
  /** Chooses what a list has under a name. */
  select(target: Locator, label: string): Promise<void>;
  /** Chooses a file. */
  choose(target: Locator, file: Chosen): Promise<void>;
}

class Mouse implements Hand {
  press = (target: Locator) => target.click();
  fill = (target: Locator, text: string) => target.fill(text);
  check = (target: Locator) => target.check();
  select = (target: Locator, label: string) => target.selectOption({ label }).then(() => {});
  choose = (target: Locator, file: Chosen) => target.setInputFiles(file);
}

export function handOf(means: Means): Hand {
  return means === "mouse" ? new Mouse() : new Keyboard();
}
