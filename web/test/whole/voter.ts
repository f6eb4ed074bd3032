// A voter at the booth, and who looks for her ballot later.
import assert from "node:assert/strict";

import type { Person } from "./people.ts";
import { CANDIDATES, PLACES, QUESTIONS, type Vote } from "./votes.ts";

/** Opens the booth with a code in the address, or types it, and answers the questions. */
export async function answer(voter: Person, uuid: string, code: string, { chosen, order }: Vote, types = false): Promise<void> {
  const page = await voter.open(`/e/${uuid}/vote${types ? "" : `#${code}`}`);
  if (types) await voter.fill(page.getByLabel("Your secret voting code"), code.replaceAll("-", " "));
  else await page.getByText("Your voting code is right.", { exact: false }).waitFor();
  assert.ok(!page.url().includes("#"), "the code stays in the address");
  await voter.press("Begin");
  await voter.heading(QUESTIONS[0]);
  for (const at of chosen) await voter.check(page.getByLabel(CANDIDATES[at]!, { exact: true }));
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

/** What "Check my ballot" says of a tracker in the address, or of one that is typed: its heading. */
export async function whatBecame(voter: Person, uuid: string, tracker: string, types = false): Promise<string> {
  const page = await voter.open(`/e/${uuid}/ballot${types ? "" : `#${tracker}`}`);
  if (types) {
    await voter.fill(page.getByLabel("Tracker"), tracker);
    await voter.press("Look");
  }
  await page.locator("main .notice").first().waitFor();
  return await page.locator("h1").innerText();
}
