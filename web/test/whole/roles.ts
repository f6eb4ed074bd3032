// The credential authority, the keeper of the spare codes and the trustees at their pages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import type { Person } from "./people.ts";

export const PASSPHRASE = "blue kettle seven harbours";
export const SPARES_PASSPHRASE = "green lantern nine bridges";

/** What the authority has in the end: its own file, that of the spare codes, and the codes of voters by their ids. */
export interface Made {
  own: string;
  spares: string;
  codes: Map<string, string>;
}

/** Makes the codes, rehearses the files, saves the table of letters and hands in the lists. */
export async function makeCodes(authority: Person, uuid: string): Promise<Made> {
  const { page } = authority;
  await authority.press("They are right: make the codes");
  await authority.choosePassphrase("Passphrase of your file", PASSPHRASE);
  await authority.choosePassphrase("Passphrase of the spare codes", SPARES_PASSPHRASE, 1);
  const [own, spares] = await authority.saved(() => authority.press("Seal and save"), 2);
  await authority.press("I have saved it: go on");
  await authority.unlock(PASSPHRASE, "Open it", own);
  await authority.heading(`Open spares-${uuid}.json`);
  await authority.unlock(SPARES_PASSPHRASE, "Open it", spares);
  await authority.press("Show the letters");
  await page.locator(".letter").nth(11).waitFor();
  const [table] = await authority.saved(() => authority.press("Save the table (CSV)"), 1);
  await authority.check(page.getByLabel("The letters are printed", { exact: false }));
  await authority.press("Go on to the lists");
  await authority.press("Hand in the lists");
  await authority.heading("The lists are handed in");
  return { own: own!, spares: spares!, codes: codesOf(table!) };
}

/** The codes of a table for letters, by the ids of voters. */
export function codesOf(table: string): Map<string, string> {
  const text = readFileSync(table, "utf8").replace("\ufeff", "").trim();
  const [header, ...rows] = text.split("\r\n").map((line) => line.split(","));
  const [id, code] = [header!.indexOf("id"), header!.indexOf("code")];
  return new Map(rows.map((row) => [row[id]!, row[code]!]));
}

/** The ceremony of the trustees and their rehearsal, all of them with their pages open. Their files. */
export async function ceremony(trustees: readonly Person[]): Promise<string[]> {
  const files: string[] = [];
  for (const trustee of trustees) {
    await trustee.choosePassphrase("Passphrase of your file", PASSPHRASE);
    const [file] = await trustee.saved(() => trustee.press("Make the key, seal and save it"), 1);
    files.push(file!);
    await trustee.unlock(PASSPHRASE, "Open it and hand in the public part", file);
  }
  for (const action of ["Open the file and contribute", "Open the file and finish", "Open the file and rehearse"]) {
    // Each page learns by itself that the turn has come.
    for (const [at, trustee] of trustees.entries()) {
      const [file] = await trustee.saved(() => trustee.unlock(PASSPHRASE, action), 1);
      files[at] = file!;
    }
  }
  await Promise.all(trustees.map((trustee) => trustee.heading("Your key works")));
  return files;
}

/** The count: shuffles in turn, which the files remember. The changed files. */
export async function count(trustees: readonly Person[]): Promise<string[]> {
  const files: string[] = [];
  for (const trustee of trustees) {
    const { page } = trustee;
    await page.reload();
    const action = "Open the file and shuffle";
    await page.getByRole("button", { name: action }).waitFor();
    const [file] = await trustee.saved(() => trustee.unlock(PASSPHRASE, action), 1);
    files.push(file!);
    await page.getByRole("button", { name: action }).waitFor({ state: "detached" });
  }
  return files;
}

/** The decryptions, each after the record is verified and its numbers are compared; all but the first trustee have only
 * their files, and no copies in the browser. */
export async function decrypt(trustees: readonly Person[], files: readonly string[]): Promise<void> {
  for (const [at, trustee] of trustees.entries()) {
    await trustee.page.reload();
    await trustee.press("Fetch and verify the record");
    const action = "Open the file and decrypt";
    await trustee.page.getByRole("button", { name: action }).waitFor();
    await trustee.check(trustee.page.getByLabel("I have compared them", { exact: false }));
    if (at > 0) await trustee.press(trustee.page.getByText("Open the saved file instead"));
    await trustee.saved(() => trustee.unlock(PASSPHRASE, action, at > 0 ? files[at] : undefined), 1);
    await trustee.heading("Your part is done");
  }
}

/** The authority signs that codes are revoked. */
export async function signRevocations(authority: Person): Promise<void> {
  await authority.heading("Codes are to be revoked");
  await authority.saved(() => authority.unlock(PASSPHRASE, "Open the file and sign"), 1);
  await authority.heading("The revocations are signed");
}

/** The keeper opens the spare codes for the voters of the orders. Their codes. */
export async function issueSpares(keeper: Person, file: string): Promise<Map<string, string>> {
  await keeper.heading("Spare codes that are to be handed out: 1");
  await keeper.unlock(SPARES_PASSPHRASE, "Open the spare codes", file);
  await keeper.press("Show the letters");
  await keeper.page.locator(".letter").first().waitFor();
  const [table] = await keeper.saved(() => keeper.press("Save the table (CSV)"), 1);
  const codes = codesOf(table!);
  assert.equal(codes.size, 1);
  return codes;
}
