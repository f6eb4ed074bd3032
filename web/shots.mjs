// Looks at pages as people see them, and has axe-core look at them as well.
//
//   node shots.mjs BASE_URL PATH... [--out FOLDER] [--axe] [--cookie NAME=VALUE] [--only NAME]
//
// For every path: pictures at 375 px and 1280 px, light and dark, and at 320 px (which is 1280 px at 400 % zoom), into
// FOLDER. A page that scrolls sideways, or that breaks a rule of WCAG 2.2 A or AA with --axe, is named, and the program
// ends with 1. ADIL_CHROMIUM is the browser.
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import axe from "axe-core";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "out/shots" },
    axe: { type: "boolean", default: false },
    cookie: { type: "string", multiple: true, default: [] },
    only: { type: "string" },
  },
});
const [base, ...paths] = positionals;
if (base === undefined || paths.length === 0) {
  console.error("node shots.mjs BASE_URL PATH... [--out FOLDER] [--axe] [--cookie NAME=VALUE] [--only NAME]");
  process.exit(2);
}

const VIEWS = [
  { name: "phone-light", width: 375, height: 740, scheme: "light", axe: true },
  { name: "phone-dark", width: 375, height: 740, scheme: "dark", axe: true },
  { name: "desk-light", width: 1280, height: 860, scheme: "light", axe: true },
  { name: "desk-dark", width: 1280, height: 860, scheme: "dark", axe: false },
  { name: "zoom-400", width: 320, height: 256, scheme: "light", axe: false },
].filter((view) => values.only === undefined || view.name === values.only);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

mkdirSync(values.out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.ADIL_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const faults = [];
for (const view of VIEWS) {
  // The scripts of axe-core are put into pages past their content security policy; nothing else is loosened.
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.scheme,
    bypassCSP: values.axe && view.axe,
  });
  for (const pair of values.cookie) {
    const at = pair.indexOf("=");
    await context.addCookies([{ name: pair.slice(0, at), value: pair.slice(at + 1), url: base }]);
  }
  for (const path of paths) {
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`${path} [${view.name}] script: ${error.message}`));
    page.on("console", (line) => line.type() === "error" && faults.push(`${path} [${view.name}] console: ${line.text()}`));
    await page.goto(base + path, { waitUntil: "load" });
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${path} [${view.name}] scrolls sideways by ${wide} px`);
    const file = path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "front";
    await page.screenshot({ path: `${values.out}/${file}-${view.name}.png`, fullPage: true });
    if (values.axe && view.axe) {
      await page.evaluate(axe.source);
      const found = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), RULES);
      for (const fault of found.violations) {
        const places = fault.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(", ");
        faults.push(`${path} [${view.name}] ${fault.id}: ${fault.help}: ${places}`);
      }
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
for (const fault of faults) console.log(fault);
console.log(`${paths.length} pages, ${VIEWS.length} views, ${faults.length} faults; pictures in ${values.out}`);
process.exit(faults.length === 0 ? 0 : 1);
