// Every page of `adil serve` in a browser (ADIL_CHROMIUM), from the real server (ADIL_PROGRAM), in the three languages: a
// visitor, an organiser, roles and a voter go through them, and each page is looked at (pages/look.ts). The sample election
// is held from its first ballot to its result. ADIL_PICTURES is a folder for pictures of all pages; ADIL_PAGES=quick leaves
// axe-core out, and ADIL_LANGUAGES names fewer languages.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { testWith } from "./outside.ts";
import { type Language, Window } from "./pages/look.ts";
import { Served } from "./pages/served.ts";
import { walkHolding, walkRoles, walkSettingUp } from "./pages/walk-organiser.ts";
import { samples, walkAccount, walkBooth, walkPublic } from "./pages/walk-public.ts";

testWith("ADIL_CHROMIUM", "every page is sound in every language", async (executablePath, context) => {
  const program = process.env.ADIL_PROGRAM;
  if (!program) return console.log("skipped: every page in a browser (ADIL_PROGRAM is not set)");
  const served = await Served.start(program);
  context.after(() => served.stop());
  const folder = mkdtempSync(join(tmpdir(), "adil-pages-files-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const options = { pictures: process.env.ADIL_PICTURES, isChecked: process.env.ADIL_PAGES !== "quick" };
  const languages = (process.env.ADIL_LANGUAGES ?? "en,ru,kk").split(",") as Language[];
  const faults: string[] = [];
  const windows: Window[] = [];
  for (const language of languages) {
    const own = await browser.newContext({ locale: language, viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    windows.push(await Window.open(own, served.base, language, options));
  }
  // The link works until the first account is made.
  for (const at of windows) await at.go(served.setUp, "set-up");
  for (const at of windows) {
    const sample = await samples(at);
    await walked(at, () => walkPublic(at, sample));
    await walked(at, () => walkBooth(at, sample));
    await walked(at, () => walkAccount(at, served));
    await walked(at, async () => walkRoles(at, await walkSettingUp(at)));
    await walked(at, () => walkHolding(at, sample.open, folder));
    faults.push(...at.faults);
    await at.context.close();
  }
  if (faults.length > 0) assert.fail(`${faults.length} faults\n${faults.join("\n")}`);
});

/** A walk; where it cannot go on is one fault more, and the next one begins. */
async function walked(at: Window, walk: () => Promise<void>): Promise<void> {
  try {
    await walk();
  } catch (error) {
    await at.look("where-it-ended").catch(() => undefined);
    at.faults.push(`[${at.language}] ${at.page.url()}: ${(error as Error).stack}`);
  }
}
