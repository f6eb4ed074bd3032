// The offline verifier in a browser (ADIL_CHROMIUM), opened from the disk: an election of `adil demo` (ADIL_PROGRAM) is
// proven, with and without its log, and one in which something was changed is contradicted. axe-core looks at the pages.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";

import axe from "axe-core";
import { chromium, type Page } from "playwright-core";

import { Folder, testWith } from "./outside.ts";
import { zipOf } from "./zip.ts";

const PAGE = resolve("out/assets/verify-offline.html");
const PICTURES = process.env.ADIL_PICTURES;

testWith("ADIL_CHROMIUM", "the offline page proves an election and contradicts a changed one", async (executablePath, context) => {
  const program = process.env.ADIL_PROGRAM;
  if (!program) return console.log("skipped: the offline page in a browser (ADIL_PROGRAM is not set)");
  const folder = new Folder(program, context);
  folder.done("demo D");
  const record = join(folder.path, "D");
  const names = ["election.bel", "election.checkpoint", "log"];
  const write = (name: string, bytes: Buffer) => {
    writeFileSync(join(folder.path, name), bytes);
    return join(folder.path, name);
  };
  const whole = write("record.zip", zipOf(record, names));
  const archive = readFileSync(join(record, "election.bel"));
  const changed = write("changed.bel", changedAfter(archive, '"result":[['));
  const otherLog = write("other.zip", zipOf(record, names, (name, bytes) => (name.includes("entries") ? changedAfter(bytes, '"reason":"') : bytes)));

  const receipt = write("mine.tlog-proof", Buffer.from(folder.done("log prove D --index 5")));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const page = await (await browser.newContext({ locale: "en", viewport: { width: 1000, height: 900 } })).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => /^(file|blob|data):/.test(request.url()) || complaints.push(`a request: ${request.url()}`));
  let workers = 0;
  page.on("worker", () => workers++);
  await page.goto(`file://${PAGE}`);

  assert.equal(await verdict(page, whole, receipt), "Everything is proven");
  await page.getByText("The receipt holds: entry 5 is in this log.").waitFor();
  assert.deepEqual(await tags(page), Array<string>(13).fill("proven"));
  await picture(page, "proven");
  await page.locator("summary").click();
  const fingerprint = await page.locator("dd.code").first().textContent();
  await page.locator("#compare").fill(` ${fingerprint} `);
  await page.getByText("The same: Fingerprint of the election.").waitFor();
  await page.locator("#compare").fill("A".repeat(43));
  await page.getByText("Nothing in this election has this fingerprint or tracker.").waitFor();
  await accessible(page);

  for (const [language, sentence] of [["ru", "Всё доказано"], ["kk", "Бәрі дәлелденді"]] as const) {
    await page.locator(`button[lang=${language}]`).click();
    assert.equal(await page.locator("#findings h2").first().textContent(), sentence);
    await picture(page, language);
  }
  await page.locator("button[lang=en]").click();

  assert.equal(await verdict(page, join(record, "election.bel")), "Everything is proven");
  assert.deepEqual((await tags(page)).slice(10), Array<string>(3).fill("not checked"));
  assert.equal(await verdict(page, changed), "Something is contradicted");
  await page.locator("li", { hasText: "A5: " }).first().waitFor();
  await picture(page, "contradicted");
  await accessible(page);
  assert.equal(await verdict(page, otherLog), "Something is contradicted");
  assert.deepEqual((await tags(page)).slice(0, 10), Array<string>(10).fill("proven"));
  await page.setInputFiles("#file", PAGE);
  await page.getByText("This file is no archive of an election.").waitFor();
  assert.deepEqual(complaints, []);
  assert.equal(workers, 5);
});

testWith("ADIL_CHROMIUM", "the server's page downloads an election and proves it", async (executablePath, context) => {
  const program = process.env.ADIL_PROGRAM;
  if (!program) return console.log("skipped: the server's page in a browser (ADIL_PROGRAM is not set)");
  const folder = new Folder(program, context);
  folder.done("demo D");
  const server = createServer((request, response) => {
    const path = request.url!.split("?")[0]!;
    response.setHeader("content-security-policy", serversPolicy());
    const [kind, body] = served(path, join(folder.path, "D")) ?? [undefined, undefined];
    if (kind === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": kind }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && complaints.push(message.text()));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/e/demo/verify`);
  await page.locator("#verify-start").click();
  await page.locator("#verify-findings .notice h2").waitFor({ timeout: 120_000 });
  assert.equal(await page.locator("#verify-findings .notice h2").textContent(), "Everything is proven");
  assert.deepEqual(await tags(page), Array<string>(13).fill("proven"));
  await page.setInputFiles("#verify-file", join(folder.path, "D/election.toml"));
  await page.getByText("This file is no archive of an election.").waitFor();
  assert.deepEqual(complaints, []);
});

/** The policy that the server sends with every answer. */
function serversPolicy(): string {
  const source = readFileSync("../crates/server/src/web/guard/headers.rs", "utf8");
  return /const CONTENT: &str = "([^"]*)"/.exec(source)![1]!.replace(/\\\n\s*/g, "");
}

/** What the server answers: the page of the template, its scripts and texts, and the files of an election. */
function served(path: string, election: string): [kind: string, body: string | Buffer] | undefined {
  const texts = Object.fromEntries(
    readFileSync("../crates/server/locales/en.ftl", "utf8").split("\n").flatMap((line) => (/^[a-z0-9-]+ = /.test(line) ? [line.split(" = ", 2) as [string, string]] : [])),
  );
  if (path === "/e/demo/verify") {
    const template = readFileSync("../crates/server/templates/public/verify.html", "utf8");
    const body = template
      .replace(/\{\{ shell\.t\("([a-z-]+)"\) \}\}/g, (_, key: string) => texts[key]!)
      .replaceAll("{{ worker.path }}", "verify-worker.js").replaceAll("{{ uuid }}", "demo").replace(/\{[{%].*?[%}]\}/g, "");
    return ["text/html", `<!DOCTYPE html><html lang="en"><meta name="texts" content="/assets/texts-en.json"><script type="module" src="/assets/verify.js"></script>${body}</html>`];
  }
  if (path === "/assets/texts-en.json") return ["application/json", JSON.stringify(texts)];
  const [file, kind] = path.startsWith("/assets/") ? [join("out", path), "text/javascript"] : [join(election, path.replace("/e/demo/", "")), "application/octet-stream"];
  return existsSync(file) ? [kind, readFileSync(file)] : undefined;
}

/** Bytes of which the one after a text is another: 1 where it was 0, A where it was B, and so on. */
function changedAfter(bytes: Buffer, text: string): Buffer {
  const at = bytes.indexOf(text) + text.length;
  assert.ok(at >= text.length);
  const changed = Buffer.from(bytes);
  changed[at]! ^= 1;
  return changed;
}

async function verdict(page: Page, ...files: string[]): Promise<string | null> {
  await page.setInputFiles("#file", files);
  const first = page.locator("#findings .notice h2");
  await first.waitFor({ timeout: 120_000 });
  return first.textContent();
}

function tags(page: Page): Promise<(string | null)[]> {
  return page.locator(".checks .tag").allTextContents();
}

async function accessible(page: Page): Promise<void> {
  // The policy of the page keeps foreign scripts out; the browser's own way in does not ask it.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(" ")}`);
  assert.deepEqual(told, []);
}

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `offline-${name}.png`), fullPage: true });
}
