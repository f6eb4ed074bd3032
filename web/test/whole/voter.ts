// A voter at the booth, with a mouse or by the keyboard alone.
import assert from "node:assert/strict";

import type { Person } from "./people.ts";
import { CANDIDATES, PLACES, QUESTIONS, type Vote } from "./votes.ts";

/** Opens the booth with a code in the address, or types it, and answers the questions. */
export async function answer(voter: Person, uuid: string, code: string, { chosen, order }: Vote, types = false): Promise<void> {
  const page = await voter.open(`/e/${uuid}/vote${types ? "" : `#${code}`}`);
  if (types) await page.getByLabel("Your secret voting code").fill(code.replaceAll("-", " "));
  else await page.getByText("Your voting code is right.", { exact: false }).waitFor();
  assert.ok(!page.url().includes("#"), "the code stays in the address");
  await voter.press("Begin");
  await voter.heading(QUESTIONS[0]);
  for (const at of chosen) await page.getByLabel(CANDIDATES[at]!, { exact: true }).check();
  await voter.press("Continue");
  await voter.heading(QUESTIONS[1]);
  for (const at of order) await voter.press(`Rank ${PLACES[at]} next`);
  await voter.press("Continue");
  await voter.heading("Check your answers");
}

export async function seal(voter: Person): Promise<void> {
  await voter.press("Encrypt my ballot");
  await voter.heading("Your ballot is encrypted. Cast it now?");
}

/** Casts the ballot that is encrypted. Its tracker. */
export async function cast(voter: Person): Promise<string> {
  await voter.press("Cast my ballot");
  await voter.heading("Your ballot is in the ballot box");
  await voter.page.getByText("This page has checked the receipt", { exact: false }).waitFor();
  return (await voter.page.locator(".tracker").innerText()).replaceAll(/\s/g, "");
}

/** Votes. The tracker of the ballot. */
export async function vote(voter: Person, uuid: string, code: string, how: Vote, types = false): Promise<string> {
  await answer(voter, uuid, code, how, types);
  await seal(voter);
  return await cast(voter);
}

/** Votes by the keyboard alone, on a narrow screen. The tracker of the ballot. */
export async function voteByKeyboard(voter: Person, uuid: string, code: string, { chosen, order }: Vote): Promise<string> {
  const page = await voter.open(`/e/${uuid}/vote`);
  await page.getByLabel("Your secret voting code").waitFor();
  await reach(voter, "Your secret voting code");
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await voter.heading(QUESTIONS[0]);
  for (const at of chosen) await reach(voter, CANDIDATES[at]!, " ");
  await reach(voter, "Continue", "Enter");
  await voter.heading(QUESTIONS[1]);
  for (const at of order) await reach(voter, `Rank ${PLACES[at]} next`, "Enter");
  await reach(voter, "Continue", "Enter");
  await voter.heading("Check your answers");
  await reach(voter, "Encrypt my ballot", "Enter");
  await voter.heading("Your ballot is encrypted. Cast it now?");
  await reach(voter, "Cast my ballot", "Enter");
  await voter.heading("Your ballot is in the ballot box");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `the page scrolls sideways by ${wide} px`);
  return (await page.locator(".tracker").innerText()).replaceAll(/\s/g, "");
}

/** Goes by the tabulator key to what has a name, and presses a key there. */
async function reach(voter: Person, name: string, key?: string): Promise<void> {
  const { page } = voter;
  for (let left = 80; left > 0; left--) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
      return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
    });
    if (focused.trim() !== name) continue;
    if (key !== undefined) await page.keyboard.press(key);
    return;
  }
  assert.fail(`nothing named ${name} is reached by keyboard`);
}

/** What "Check my ballot" says of a tracker: its heading. */
export async function whatBecame(voter: Person, uuid: string, tracker: string): Promise<string> {
  const page = await voter.open(`/e/${uuid}/ballot#${tracker}`);
  await page.locator("main .notice").first().waitFor();
  return await page.locator("h1").innerText();
}
