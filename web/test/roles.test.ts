// The pages of the credential authority, of trustees and of the holder of the spare codes in a browser (ADIL_CHROMIUM),
// with adil's command line as the organiser (ADIL_PROGRAM): from the codes to a result that adil proves.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";

import axe from "axe-core";
import { type BrowserContext, chromium, type Page } from "playwright-core";

import { readCheckpoint } from "../src/log/checkpoint.ts";
import { padded } from "../src/log/key.ts";
import { base64Digest } from "../src/protocol/hash.ts";
import { open } from "../src/secret/sealed.ts";
import { verifyBoard } from "../src/verify/board.ts";
import { Folder, testWith } from "./outside.ts";
import { RolesServer, TRUSTEES, VOTERS } from "./roles-server.ts";

const PLAN = `title = "Election"
[[question]]
title = "Choices"
kind = "choices"
answers = ["A", "B", "C"]
min = 0
max = 2
[[question]]
title = "Ranked"
kind = "ranked"
answers = ["A", "B", "C"]
count = "schulze"
`;
const PASSPHRASE = "blue kettle seven harbours";
const OTHER = "green lantern nine bridges";
const PICTURES = process.env.ADIL_PICTURES;

testWith("ADIL_CHROMIUM", "roles hold an election in their browsers, and adil proves it", async (executablePath, context) => {
  const program = process.env.ADIL_PROGRAM;
  if (!program) return console.log("skipped: roles in their browsers (ADIL_PROGRAM is not set)");
  const folder = new Folder(program, context);
  folder.write("questions.toml", PLAN);
  folder.done("election new ORG --questions questions.toml");
  const server = new RolesServer(folder);
  const { uuid } = server;
  const address = await server.listen();
  context.after(() => server.close());
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const complaints: string[] = [];
  const begin = async () => {
    const own = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 900 }, bypassCSP: true });
    own.setDefaultTimeout(60_000);
    return own;
  };
  const go = async (own: BrowserContext, path: string) => {
    const page = await own.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(address + path);
    return page;
  };

  // The authority makes codes, saves and opens its files, and writes letters.
  const authority = await begin();
  let page = await go(authority, `/authority/${uuid}`);
  await page.getByRole("heading", { name: "Are these the right questions and voters?" }).waitFor();
  await look(page, "authority-look");
  await press(page, "They are right: make the codes");
  await page.getByLabel("Passphrase of your file").fill("short");
  await press(page, "Seal and save");
  await page.getByText("Too short: 12 characters or more are needed.").first().waitFor();
  await look(page, "authority-save");
  await fillNew(page, "Passphrase of your file", PASSPHRASE, 0);
  await fillNew(page, "Passphrase of the spare codes", OTHER, 1);
  const [own, spares] = await saved(page, folder, () => press(page, "Seal and save"), 2);
  await look(page, "authority-saved");
  await press(page, "I have saved it: go on");
  await unlock(page, "a wrong passphrase", "Open it", own);
  await page.getByText("This passphrase does not open the file.", { exact: false }).waitFor();
  await look(page, "authority-rehearse");
  await unlock(page, PASSPHRASE, "Open it", own);
  await page.getByRole("heading", { name: `Open spares-${uuid}.json` }).waitFor();
  await unlock(page, OTHER, "Open it", spares);
  await press(page, "Show the letters");
  await page.locator(".letter").nth(3).waitFor();
  await look(page, "authority-letters");
  if (PICTURES) await page.pdf({ path: join(PICTURES, "letters.pdf"), format: "A4" });
  const [table] = await saved(page, folder, () => press(page, "Save the table (CSV)"), 1);
  await page.getByLabel("The letters are printed", { exact: false }).check();
  await press(page, "Go on to the lists");
  await look(page, "authority-send");
  await press(page, "Hand in the lists", 0);
  await page.getByRole("heading", { name: "The lists are handed in" }).waitFor();
  const codes = codesOf(table!);
  assert.equal(codes.size, VOTERS.length);
  // The command line opens what the page sealed, and it has no codes of voters.
  const kept = await open(readFileSync(own!, "utf8"), PASSPHRASE);
  assert.equal(JSON.parse(kept).adil, "authority-keys/1");
  for (const code of codes.values()) assert.ok(!kept.includes(code));

  // A ceremony of two trustees.
  const browsers = [await begin(), await begin()];
  const pages = await Promise.all(browsers.map((own, at) => go(own, `/trustee/${uuid}/${at + 1}`)));
  const files: string[] = [];
  for (const [at, page] of pages.entries()) {
    await fillNew(page, "Passphrase of your file", PASSPHRASE, 0);
    if (at === 0) await look(page, "trustee-key");
    const [file] = await saved(page, folder, () => press(page, "Make the key, seal and save it"), 1);
    files.push(file!);
    if (at === 0) await look(page, "trustee-saved");
    await unlock(page, PASSPHRASE, "Open it and hand in the public part", file);
    if (at > 0) continue;
    await page.getByRole("heading", { name: "Waiting for the other trustees" }).waitFor();
    assert.equal(await page.locator(".checklist .waiting").textContent(), "Trustee 2");
    await look(page, "trustee-waiting");
  }
  for (const [action, next] of [["Open the file and contribute", "Check the contributions and finish"], ["Open the file and finish", "Rehearse the opening"], ["Open the file and rehearse", "Your key works"]] as const) {
    // The trustee whose turn has come is told by the page itself, within a few seconds.
    for (const [at, page] of pages.entries()) {
      await page.getByRole("button", { name: action }).waitFor();
      if (at === 0) await look(page, `trustee-${action.split(" ").at(-1)}`);
      const [file] = await saved(page, folder, () => unlock(page, PASSPHRASE, action), 1);
      files[at] = file!;
    }
    await pages[1]!.getByRole("heading", { name: next }).waitFor();
  }
  server.open();

  // Voting by the codes of the table; the code of the second voter leaks.
  const vote = (name: string, votes: [string, unknown][]) => {
    folder.writePrivate(name, votes.map(([code, answers]) => `${JSON.stringify({ code, answers })}\n`).join(""));
    folder.done(`election vote ORG --batch ${name}`);
  };
  vote("votes.jsonl", VOTERS.map(({ id }) => [codes.get(id)!, [[1, 1, 0], [1, 2, 3]]]));
  const leak = { since: Math.floor(Date.now() / 60_000), reason: "a letter was lost" };
  server.leak = { ...leak, affected: { voters: ["nobody"] } };
  page = await go(authority, `/authority/${uuid}`);
  await unlock(page, PASSPHRASE, "Open the file and sign");
  // What fails is said for the reader, and then in the words of who found it.
  const refused = page.locator(".notice.bad");
  await refused.waitFor();
  assert.equal(await refused.locator("p").first().innerText(), "This voter is not in your file: nobody. Ask the organiser whom the leak concerns.");
  assert.equal(await refused.locator("p.hint").innerText(), "Details: voter nobody is not in the register");
  server.leak = { ...leak, affected: { voters: ["v2"] } };
  page = await go(authority, `/authority/${uuid}`);
  await page.getByRole("heading", { name: "Codes are to be revoked" }).waitFor();
  await look(page, "authority-leak");
  await saved(page, folder, () => unlock(page, PASSPHRASE, "Open the file and sign"), 1);
  await page.getByRole("heading", { name: "The revocations are signed" }).waitFor();
  await look(page, "authority-revoked");
  page = await go(await begin(), `/spares/${uuid}`);
  await page.getByRole("heading", { name: "Spare codes that are to be handed out: 1" }).waitFor();
  await unlock(page, OTHER, "Open the spare codes", spares);
  await press(page, "Show the letters");
  const letter = await page.locator(".letter[lang=kk]").innerText();
  assert.ok(letter.includes(`Сайлаудың белгісі: ${uuid}`), letter);
  assert.ok(letter.includes(`Кодтар тізімінің таңбасы: ${base64Digest(folder.board().credentials)}`), letter);
  await look(page, "spares");
  const [spareTable] = await saved(page, folder, () => press(page, "Save the table (CSV)"), 1);
  // A server that leaves a ballot out has a board that is sound by itself.
  cpSync(join(folder.path, "ORG"), join(folder.path, "FEWER"), { recursive: true });
  folder.done("election close FEWER");
  vote("again.jsonl", [[codesOf(spareTable!).get("v2")!, [[0, 0, 1], [3, 2, 1]]]]);

  // The count: shuffles in turn, then decryptions of what the archive has and nothing else.
  folder.done("election close ORG");
  server.phase = "closed";
  for (const [at, page] of pages.entries()) {
    await page.reload();
    const action = "Open the file and shuffle";
    await page.getByRole("button", { name: action }).waitFor();
    if (at === 0) await look(page, "trustee-shuffle");
    const [file] = await saved(page, folder, () => unlock(page, PASSPHRASE, action), 1);
    files[at] = file!;
    await page.getByRole("button", { name: action }).waitFor({ state: "detached" });
  }
  const decrypt = "Open the file and decrypt";
  const verify = "Fetch and verify the record";
  const verified = async (page: Page) => {
    await press(page, verify);
    await page.getByRole("heading", { name: "Does everybody see the same?" }).waitFor();
  };
  const [one, two] = pages as [Page, Page];
  server.change = (view) => (view["step"] === "decrypt" ? { ...view, tally: String(view["tally"]).replace("a", "b") } : view);
  await one.reload();
  await press(one, verify);
  await one.getByText("The server asks for another tally than the published archive has.").waitFor();
  await look(one, "trustee-refused");
  server.change = (view) => view;
  folder.done("election publish FEWER --to fewer.bel");
  const fewer = await verifyBoard(readFileSync(join(folder.path, "fewer.bel")));
  assert.ok(fewer.isSound && fewer.verdicts.tally === "proven");
  server.archived = "FEWER";
  await press(one, verify);
  await one.getByText("the published archive does not follow from it", { exact: false }).waitFor();
  server.archived = "ORG";
  // The log here has no files of its shorter beginning, for which that archive's checkpoint stands.
  assert.ok(complaints.splice(0).every((text) => text.includes("404")));
  await one.reload();
  await look(one, "trustee-verify");
  await verified(one);
  await look(one, "trustee-decrypt");
  // The four voters voted, the second one anew with the spare code: her first ballot is set aside.
  const shown = await one.locator(".facts dd").allInnerTexts();
  const { root, size } = readCheckpoint(folder.read("ORG/log/checkpoint"));
  assert.deepEqual(shown, ["4", "4", String(size), padded(root), base64Digest(folder.board().tally)]);
  await unlock(one, PASSPHRASE, decrypt);
  await one.getByText("Compare the numbers first").waitFor();
  await look(one, "trustee-not-compared");
  await one.getByLabel("I have compared them", { exact: false }).check();
  const [decrypted] = await saved(one, folder, () => unlock(one, PASSPHRASE, decrypt), 1);
  await one.getByRole("heading", { name: "Your part is done" }).waitFor();
  assert.match(JSON.parse(await open(readFileSync(decrypted!, "utf8"), PASSPHRASE)).decrypted, /^[0-9a-f]{64}$/);
  await two.reload();
  await verified(two);
  await two.getByLabel("I have compared them", { exact: false }).check();
  // From the saved file instead of the browser's copy.
  await two.getByText("Open the saved file instead").click();
  await unlock(two, PASSPHRASE, decrypt, files[1]);
  await two.getByRole("heading", { name: "Your part is done" }).waitFor();
  await look(two, "trustee-done");
  await press(two, "Delete this browser's copy");
  await two.getByText("This browser has no copy of your file any more.", { exact: false }).waitFor();
  await look(two, "trustee-forgotten");
  await two.reload();
  await two.getByRole("heading", { name: "Your part is done" }).waitFor();
  assert.equal(await two.getByRole("button", { name: "Delete this browser's copy" }).count(), 0);

  folder.done("election result ORG");
  // Three voters chose A and B, and the second, with the spare code, C.
  assert.deepEqual(JSON.parse(folder.board().result).result[0], [3, 3, 1]);
  folder.done("election publish ORG");
  const findings = JSON.parse(folder.done("check ORG --json")).findings as { check: string; verdict: string }[];
  for (const { check, verdict } of findings.filter(({ check }) => check.startsWith("board/"))) assert.equal(verdict, "proven", check);

  // No code, no passphrase and no key came to the server.
  const sent = server.sent.join("\n");
  for (const secret of [PASSPHRASE, OTHER, ...codes.values(), ...codesOf(spareTable!).values(), "PRIVATE+KEY", "authority-keys/1", "sealed/1", "trustee-key/1"]) {
    assert.ok(!sent.includes(secret));
  }
  assert.equal(TRUSTEES.length, pages.length);
  assert.deepEqual(complaints, []);
});

/** Presses a button by its whole name. */
async function press(page: Page, name: string, at = 0): Promise<void> {
  await page.getByRole("button", { name, exact: true }).nth(at).click();
}

async function fillNew(page: Page, label: string, passphrase: string, at: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(passphrase);
  await page.getByLabel("The same passphrase again").nth(at).fill(passphrase);
}

/** Opens a file with a passphrase: the chosen one, or the browser's copy. */
async function unlock(page: Page, passphrase: string, action: string, file?: string): Promise<void> {
  if (file !== undefined) await page.getByLabel("The file that you saved").setInputFiles(file);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await press(page, action);
}

/** What the page gives out while something runs, saved under the names that it gives. */
async function saved(page: Page, folder: Folder, run: () => Promise<void>, count: number): Promise<string[]> {
  const files: Promise<string>[] = [];
  const done = new Promise<void>((resolve) => {
    page.on("download", function take(download) {
      const file = join(folder.path, `${Date.now()}-${download.suggestedFilename()}`);
      files.push(download.saveAs(file).then(() => file));
      if (files.length < count) return;
      page.off("download", take);
      resolve();
    });
  });
  await run();
  await done;
  return Promise.all(files);
}

function codesOf(table: string): Map<string, string> {
  const [header, ...rows] = readFileSync(table, "utf8").replace("\ufeff", "").trim().split("\r\n").map((line) => line.split(","));
  const at = header!.indexOf("code");
  return new Map(rows.map((row) => [row[0]!, row[at]!]));
}

/** What people see, on a telephone and a desk: pictures where they are asked for; nothing scrolls sideways, and axe-core
 * finds nothing. */
async function look(page: Page, name: string): Promise<void> {
  for (const [view, width] of [["phone", 375], ["zoom", 320], ["desk", 1280]] as const) {
    await page.setViewportSize({ width, height: 900 });
    if (PICTURES && view !== "zoom") await page.screenshot({ path: join(PICTURES, `${name}-${view}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name} [${view}] scrolls sideways by ${wide} px`);
  }
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (window as any).axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  const told = violations.map(({ id, nodes }: any) => `${id}: ${nodes[0].html}`);
  assert.deepEqual(told, [], name);
}
