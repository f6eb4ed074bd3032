// The organiser's way by the pages: from the first account to an election that is fixed, and what comes later.
import assert from "node:assert/strict";

import type { Person } from "./people.ts";
import { CANDIDATES, PLACES, QUESTIONS, TITLE } from "./votes.ts";

/** Where the people of the election get their mail. */
export const AUTHORITY = "authority@example.org";
export const SPARES = "spares@example.org";
export const trusteesMail = (number: number) => `trustee${number}@example.org`;
export const votersMail = (number: number) => `voter${number}@example.org`;
export const votersId = (number: number) => `v${number}`;

/** Makes the first account by the link that the server printed, and an election, up to its fixing. Its identifier. */
export async function setUp(organiser: Person, link: string, voters: number, trustees: number, needed: number): Promise<string> {
  const page = await organiser.open(link);
  await organiser.fill("#email", "organiser@example.org");
  await organiser.fill("#password", "seven quiet lanterns above");
  await submit(organiser);
  await organiser.open("/organiser/new");
  await organiser.fill("#title", TITLE);
  await submit(organiser);
  await organiser.heading(TITLE);
  const uuid = new URL(page.url()).pathname.split("/")[2]!;
  const at = (name: string) => organiser.open(`/organiser/${uuid}/${name}`);
  const save = async (lands: string) => {
    await submit(organiser);
    await page.waitForURL((url) => url.pathname === `/organiser/${uuid}${lands}`);
    assert.equal(await page.locator(".error-summary").count(), 0, await organiser.text());
  };

  await at("questions/new?kind=choices");
  await organiser.fill("#title", QUESTIONS[0]);
  await fillRows(organiser, CANDIDATES);
  await organiser.fill("#min", "0");
  await organiser.fill("#max", "2");
  await organiser.check(page.getByLabel("The totals are the result"));
  await save("/questions");
  await at("questions/new?kind=ranked");
  await organiser.fill("#title", QUESTIONS[1]);
  await fillRows(organiser, PLACES);
  await organiser.check("input[name=count][value=schulze]");
  await save("/questions");

  await at("voters/list");
  const rows = Array.from({ length: voters }, (_, at) => `${votersId(at + 1)},Voter ${at + 1},${votersMail(at + 1)}`);
  await organiser.choose("#file", { name: "voters.csv", mimeType: "text/csv", buffer: Buffer.from(`id,name,email\n${rows.join("\n")}\n`) });
  await save("/voters");

  await at("authority");
  await organiser.check("input[name=who][value=person]");
  await organiser.fill("#authority_name", "Authority 1");
  await organiser.fill("#authority_email", AUTHORITY);
  await organiser.fill("#spares_name", "Keeper 1");
  await organiser.fill("#spares_email", SPARES);
  await save("");

  await at("trustees");
  for (let number = 1; number <= trustees; number++) {
    // There are as many more rows as are asked for; what was typed stays.
    if ((await page.locator(`#trustee_${number}_name`).count()) === 0) await organiser.press("More rows");
    await organiser.fill(`#trustee_${number}_name`, `Trustee ${number}`);
    await organiser.fill(`#trustee_${number}_email`, trusteesMail(number));
  }
  await organiser.fill("#threshold", String(needed));
  await save("");

  await at("dates");
  await organiser.select("#zone", "UTC (+00:00)");
  await organiser.fill("#closes", new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 16));
  await save("");

  await organiser.press("Check and fix the election");
  await organiser.press("Fix the election");
  await page.getByText("The election is fixed.", { exact: false }).first().waitFor();
  return uuid;
}

/** The rows of answers that the page's script makes of the text field. */
async function fillRows(organiser: Person, answers: readonly string[]): Promise<void> {
  const rows = organiser.page.locator(".rows-editor input");
  while ((await rows.count()) < answers.length) await organiser.press("Add a row");
  for (const [at, text] of answers.entries()) await organiser.fill(rows.nth(at), text);
}

async function submit(organiser: Person): Promise<void> {
  await organiser.press(organiser.page.locator("main form button.button:not(.secondary)").first());
}

/** Goes to a page of the election, and confirms what it asks. */
export async function confirm(organiser: Person, uuid: string, name: string, button: string, told: string): Promise<void> {
  await organiser.open(`/organiser/${uuid}/${name}`);
  await organiser.press(button);
  await organiser.page.getByText(told).first().waitFor();
}

/** Declares that a voter's code has leaked. */
export async function declareLeak(organiser: Person, uuid: string, voter: string, reason: string): Promise<void> {
  const page = await organiser.open(`/organiser/${uuid}/leak/declare`);
  await organiser.check("input[name=when][value=start]");
  await organiser.check("input[name=who][value=some]");
  await organiser.fill("#voters", voter);
  await organiser.fill("#reason", reason);
  await organiser.press("Declare");
  await page.getByText("The leak is declared.").waitFor();
}
