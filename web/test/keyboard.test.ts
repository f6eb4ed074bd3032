// The keyboard of the tests finds faults of pages: it fails on a trap, on a focus that is not seen, not in sight or lost, and
// on what no key reaches; and it does without them what it says.
import assert from "node:assert/strict";

import { chromium } from "playwright-core";

import { testWith } from "./outside.ts";
import { faultsOfTour } from "./pages/tour.ts";
import { Keyboard } from "./whole/keyboard.ts";

const [FIRST, LAST] = ["<button type=button id=first>First</button>", "<button type=button id=last>Last</button>"];

/** Pages in which the button "last" cannot be pressed as it should be, and what is said of each. */
const FAULTS: readonly [string, RegExp][] = [
  [`${FIRST}<script>first.onkeydown = (event) => event.preventDefault()</script>${LAST}`, /not reached with 150 keys; .*button#first "First"/],
  [`${FIRST}<span id=last>Last</span>`, /not reached with 150 keys/],
  [`<style>#last:focus { outline: none }</style>${FIRST}${LAST}`, /the focus is not seen on button#last "Last"/],
  [`<style>#first { position: fixed; top: -5rem }</style>${FIRST}${LAST}`, /button#first "First" has the focus, and is not in sight/],
  [`${FIRST}<p></p>${LAST}<script>first.onclick = () => first.remove()</script>`, /the focus was lost after .* was used/],
];

/** Pages, and what a tour of each comes to. */
const TOURS: readonly [string, readonly RegExp[]][] = [
  [`${FIRST}<details><summary>More</summary>${LAST}</details><input type=radio name=one><input type=radio name=one checked>`, []],
  [`${FIRST}<button type=button tabindex=-1>Last</button><button type=button disabled>Not now</button>`, [/^no key leads to <button type="button" tabindex="-1">Last/]],
  [`${FIRST}${LAST}<script>last.onkeydown = (event) => event.preventDefault()</script>`, [/^the focus does not leave button#last/]],
  [`<style>:focus { outline: none }</style>${LAST}`, [/^the focus is not seen on button#last/]],
];

testWith("ADIL_CHROMIUM", "the keyboard of the tests finds faults of pages", async (executablePath, context) => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  context.after(() => browser.close());
  const page = await browser.newPage({ locale: "en" });
  for (const [content, expected] of FAULTS) {
    await page.goto("about:blank");
    await page.setContent(content);
    const keyboard = new Keyboard();
    const presses = async () => {
      await keyboard.press(page.locator("#first"));
      await keyboard.press(page.locator("#last"));
    };
    await assert.rejects(presses, expected, content);
  }
  for (const [content, expected] of TOURS) {
    await page.goto("about:blank");
    await page.setContent(content);
    const faults = await faultsOfTour(page);
    assert.equal(faults.length, expected.length, faults.join("\n"));
    for (const [at, fault] of faults.entries()) assert.match(fault, expected[at]!);
  }

  await page.goto("about:blank");
  await page.setContent(`<style>input:focus-within { outline: 2px solid }</style>${FIRST}<input id=text value=old><input type=datetime-local id=moment>
    <input type=radio name=one id=a checked><input type=radio name=one id=b><input type=radio name=one id=c>
    <select id=list><option>One<option>Two<option>Three</select><details><summary>More</summary>${LAST}</details>
    <input type=file id=file><script>let pressed = 0; last.onclick = () => pressed++; addEventListener("pointerdown", () => pressed = -99)</script>`);
  const keyboard = new Keyboard();
  await keyboard.press(page.locator("summary"));
  await keyboard.press(page.locator("#last"));
  await keyboard.fill(page.locator("#text"), "new");
  await keyboard.fill(page.locator("#moment"), "2026-12-03T00:05");
  await keyboard.check(page.locator("#c"));
  await keyboard.check(page.locator("#b"));
  await keyboard.select(page.locator("#list"), "Three");
  await keyboard.select(page.locator("#list"), "Two");
  await keyboard.choose(page.locator("#file"), { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
  const values = (ids: readonly string[]) => Promise.all(ids.map((id) => page.locator(`#${id}`).inputValue()));
  assert.deepEqual(await values(["text", "moment", "list", "file"]), ["new", "2026-12-03T00:05", "Two", "C:\\fakepath\\a.txt"]);
  assert.equal(await page.locator("input:checked").getAttribute("id"), "b");
  assert.equal(await page.evaluate("pressed"), 1);
});
