// The booth in a browser, from the link in a letter to the receipt, by keyboard alone: no step breaks a rule of
// accessibility or scrolls sideways, the code leaves the address and is in no request, the ballot that arrives is the one
// whose tracker is shown, and a false receipt is called one. The server is played by booth-server.ts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import axe from "axe-core";
import { chromium, type Page } from "playwright-core";

import { SigningKey } from "../src/log/key.ts";
import { ReceiptFault, verifyReceipt } from "../src/pages/booth/receipt.ts";
import { trackerOf } from "../src/protocol/ballot.ts";
import { CODE, Server, UUID } from "./booth-server.ts";
import { Folder, testWith } from "./outside.ts";

/** A browser's page, and how a test goes about in it. */
class Visit {
  constructor(readonly page: Page) {}

  /** Waits for a step, and looks whether it is sound. */
  async step(heading: RegExp): Promise<void> {
    await this.page.waitForFunction((source) => new RegExp(source).test(document.querySelector("h1")?.textContent ?? ""), heading.source);
    const seen = await this.page.evaluate(() => ({
      headings: document.querySelectorAll("h1").length,
      isWide: document.documentElement.scrollWidth > innerWidth,
      keys: document.body.innerText.match(/js-[a-z-]+/g),
    }));
    assert.deepEqual(seen, { headings: 1, isWide: false, keys: null }, heading.source);
    await this.page.evaluate(axe.source);
    const broken = await this.page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
    assert.deepEqual(broken, [], heading.source);
  }

  /** The focus is on the heading of the step. */
  async begins(heading: RegExp): Promise<void> {
    await this.step(heading);
    assert.equal(await this.page.evaluate(() => document.activeElement?.tagName), "H1");
  }

  /** Goes by the tabulator key to what has a name, and presses a key there. */
  async press(name: RegExp, key: string): Promise<void> {
    for (let left = 80; left > 0; left--) {
      await this.page.keyboard.press("Tab");
      const focused = await this.page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
        return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
      });
      if (name.test(focused)) return await this.page.keyboard.press(key);
    }
    assert.fail(`nothing named ${name.source} is reached by keyboard`);
  }

  text(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText);
  }

  /** Answers all questions. */
  async answers(): Promise<void> {
    await this.press(/^A$/, " ");
    await this.page.keyboard.press("ArrowDown");
    await this.press(/^Continue$/, "Enter");
    await this.begins(/Several/);
    await this.press(/^Continue$/, "Enter");
    assert.match(await this.text(), /Choose at least 1/);
    await this.press(/^A$/, " ");
    await this.press(/^C$/, " ");
    await this.press(/^Continue$/, "Enter");
    await this.begins(/Ranked/);
    for (const answer of ["C", "A", "B"]) await this.press(new RegExp(`^Rank ${answer} next`), "Enter");
    await this.press(/^Move B up/, "Enter");
    await this.step(/Ranked/);
    await this.press(/^Continue$/, "Enter");
    await this.begins(/Graded/);
    await this.press(/^Good$/, " ");
    await this.press(/^Continue$/, "Enter");
    assert.match(await this.text(), /“B” has no grade/);
    await this.press(/^Good$/, "Tab");
    await this.page.keyboard.press("ArrowDown");
    await this.step(/Graded/);
    await this.press(/^Continue$/, "Enter");
    await this.begins(/Lists/);
    await this.press(/^L$/, " ");
    await this.page.keyboard.press("ArrowDown");
    await this.press(/^C$/, " ");
    await this.step(/Lists/);
    await this.press(/^Continue$/, "Enter");
    await this.begins(/Check your answers/);
  }
}

testWith("ADIL_CHROMIUM", "a voter votes by keyboard at 320 px, tests the device, and gets a receipt that holds", async (executablePath, context) => {
  assert.equal(spawnSync("node", ["build.mjs"]).status, 0);
  const server = new Server();
  const base = await server.start();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(async () => {
    await browser.close();
    server.stop();
  });
  const open = async (path: string): Promise<Visit> => {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    page.on("pageerror", (fault) => assert.fail(fault.message));
    await page.goto(`${base}${path}`);
    return new Visit(page);
  };

  // A wrong code is told at once.
  const wrong = await open(`/e/${UUID}/vote#${CODE.replace("2", "3")}`);
  await wrong.page.waitForSelector(".error-summary");
  await wrong.step(/^Election$/);
  assert.match(await wrong.text(), /does not belong to this election/);

  const visit = await open(`/e/${UUID}/vote#${CODE}`);
  await visit.page.waitForSelector(".notice.good");
  await visit.step(/^Election$/);
  assert.equal(visit.page.url(), `${base}/e/${UUID}/vote`);
  await visit.press(/^Begin$/, "Enter");
  await visit.begins(/Question 1 of 5 One/);
  await visit.answers();
  const review = await visit.text();
  for (const line of ["1. C", "2. B", "3. A", "A: Good", "B: Poor", "M: C"]) assert.ok(review.includes(line), line);

  // Back and forth in the browser.
  await visit.page.goBack();
  await visit.begins(/Lists/);
  await visit.page.goForward();
  await visit.begins(/Check your answers/);

  // A test of the device.
  await visit.press(/^Encrypt my ballot$/, "Enter");
  await visit.begins(/Cast it now/);
  const commitment = (await visit.page.textContent(".groups"))!.replaceAll(" ", "");
  await visit.press(/^Open it as a test$/, "Enter");
  await visit.begins(/opened as a test/);
  const opened = JSON.parse(await saved(visit, /^Save the opened ballot$/));
  assert.equal(opened.commitment, commitment);
  assert.deepEqual(opened.answers, [[0, 0, 1, 0], [1, 0, 1], [3, 2, 1], [1, 2], [[0, 0, 0], [1, 1]].flat()]);

  // Casting; the first answer of the server is lost.
  server.losesAnswer = true;
  await visit.press(/^Encrypt a new ballot$/, "Enter");
  await visit.begins(/Cast it now/);
  // The link to the content is a place in the browser's history, and no step: the ballot stays.
  await visit.page.evaluate(() => (location.hash = "content"));
  await visit.step(/Cast it now/);
  await visit.page.goBack();
  await visit.step(/Cast it now/);
  await visit.press(/^Cast my ballot$/, "Enter");
  await visit.begins(/not certain/);
  await visit.press(/^Send it once more$/, "Enter");
  await visit.begins(/in the ballot box/);
  assert.equal(server.ballots.length, 1);
  const tracker = (await visit.page.textContent(".tracker"))!.replaceAll(" ", "");
  assert.equal(tracker, trackerOf(server.ballots[0]!));
  assert.notEqual(JSON.parse(server.ballots[0]!).signature.hash, commitment);
  assert.match(await visit.text(), /has checked the receipt: your ballot is entry 3/);
  const [proof, entry] = [await saved(visit, /^Save the proof$/), await saved(visit, /^Save the entry$/)];
  const logKey = server.log.key.verifier.toString();
  assert.equal(verifyReceipt(proof, Buffer.from(entry), logKey), 3);
  assert.throws(() => verifyReceipt(proof, Buffer.from(`${entry} `), logKey), ReceiptFault);
  assert.throws(() => verifyReceipt(proof.replace("index 3", "index 2"), Buffer.from(entry), logKey), ReceiptFault);
  assert.throws(() => verifyReceipt(proof, Buffer.from(entry), SigningKey.draw(server.log.key.verifier.name).verifier.toString()), ReceiptFault);
  const program = process.env.ADIL_PROGRAM;
  if (!program) console.log("skipped: the receipt by adil (ADIL_PROGRAM is not set)");
  else {
    const folder = new Folder(program, context);
    folder.write("r.tlog-proof", proof);
    folder.write("r.entry", entry);
    assert.match(folder.done(`log verify r.tlog-proof --entry r.entry --key ${logKey}`), /entry 3/);
  }

  // What became of it; and a server that gives the receipt of something else.
  const check = await open(`/e/${UUID}/ballot`);
  await check.step(/^Check my ballot$/);
  await check.page.fill("input.code", tracker);
  await check.page.keyboard.press("Enter");
  await check.begins(/^Your ballot counts$/);
  assert.match(await check.text(), /has checked the receipt/);
  server.givesFalseReceipts = true;
  const deceived = await open(`/e/${UUID}/ballot#${tracker}`);
  await deceived.begins(/^Your ballot counts$/);
  assert.match(await deceived.text(), /does not hold/);
  server.givesFalseReceipts = false;
  server.givesOtherEntries = true;
  const replaced = await open(`/e/${UUID}/ballot#${tracker}`);
  await replaced.begins(/^This is not the entry of your ballot$/);
  assert.match(await replaced.text(), /does not hold \(entry 0/);
  assert.doesNotMatch(await replaced.text(), /counts/);
  server.givesOtherEntries = false;
  server.givesUnreadableEntries = true;
  const unreadable = await open(`/e/${UUID}/ballot#${tracker}`);
  await unreadable.begins(/^This is not the entry of your ballot$/);
  server.givesUnreadableEntries = false;

  // Neither the code nor its parts have been sent anywhere.
  const everything = server.asked.join("\n");
  for (const part of [CODE, CODE.replaceAll("-", ""), ...CODE.split("-")]) assert.ok(!everything.includes(part), part);
});

testWith("ADIL_CHROMIUM", "an organiser's preview sends nothing", async (executablePath, context) => {
  assert.equal(spawnSync("node", ["build.mjs"]).status, 0);
  const server = new Server();
  const base = await server.start();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(async () => {
    await browser.close();
    server.stop();
  });
  const visit = new Visit(await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "dark" }));
  await visit.page.goto(`${base}/organiser/${UUID}/preview`);
  await visit.step(/^Election$/);
  await visit.press(/^Begin$/, "Enter");
  await visit.begins(/One/);
  await visit.answers();
  await visit.press(/^Encrypt my ballot$/, "Enter");
  await visit.begins(/Cast it now/);
  await visit.press(/^Cast/, "Enter");
  await visit.begins(/End of the preview/);
  assert.ok(server.asked.every((asked) => !asked.startsWith("/api/")));
});

testWith("ADIL_CHROMIUM", "a voter proves a second time who she is, at once and later, and leaves an address", async (executablePath, context) => {
  assert.equal(spawnSync("node", ["build.mjs"]).status, 0);
  const server = new Server();
  server.hasSecondFactor = true;
  const base = await server.start();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(async () => {
    await browser.close();
    server.stop();
  });
  const vote = async (heading = /One more step/): Promise<Visit> => {
    const visit = new Visit(await browser.newPage({ viewport: { width: 375, height: 740 } }));
    await visit.page.goto(`${base}/e/${UUID}/vote`);
    await visit.page.waitForSelector("input");
    await visit.page.fill("input", CODE.replaceAll("-", " "));
    await visit.press(/^Begin$/, "Enter");
    await visit.begins(/One/);
    await visit.answers();
    await visit.press(/^Encrypt my ballot$/, "Enter");
    await visit.begins(/Cast it now/);
    await visit.press(/^Cast my ballot$/, "Enter");
    await visit.begins(heading);
    return visit;
  };
  const prove = async ({ page }: Visit, code: string): Promise<void> => {
    await page.fill("input[autocomplete=email]", "voter-1");
    await page.keyboard.press("Enter");
    await page.fill("input[inputmode=numeric]", code);
    await page.keyboard.press("Enter");
  };
  const now = await vote();
  await prove(now, "1234 5679");
  await now.page.waitForSelector(".error-summary");
  assert.match(await now.text(), /This is not the code/);
  await now.page.fill("input[inputmode=numeric]", "1234 5678");
  await now.page.keyboard.press("Enter");
  await now.begins(/in the ballot box/);
  await now.page.fill("input[type=email]", "name@example.org");
  await now.page.keyboard.press("Enter");
  await now.page.waitForFunction(() => /address is kept/.test(document.body.innerText));
  assert.ok(server.asked.includes('{"notice":"a token","email":"name@example.org","language":"en"}'));

  const later = await vote();
  const tracker = (await later.page.textContent(".tracker"))!.replaceAll(" ", "");
  await later.page.goto(`${base}/e/${UUID}/ballot#${tracker}`);
  await later.begins(/One step is missing/);
  await prove(later, "12345678");
  await later.begins(/Your ballot counts/);
  assert.equal(server.accepted.size, 2);

  // An answer that cannot be shown is no ballot that was not taken.
  server.answersNothing = true;
  const taken = await vote(/Your ballot was sent/);
  assert.equal((await taken.page.textContent(".tracker"))!.replaceAll(" ", ""), trackerOf(server.ballots.at(-1)!));
  assert.doesNotMatch(await taken.text(), /Nothing was sent|not taken/);
});

/** The text of a file that the page saves. */
async function saved(visit: Visit, name: RegExp): Promise<string> {
  const [download] = await Promise.all([visit.page.waitForEvent("download"), visit.press(name, "Enter")]);
  return readFileSync(await download.path(), "utf8");
}
