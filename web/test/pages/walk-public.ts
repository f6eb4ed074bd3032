// A visitor's walk: the front page, what adil says of itself, the pages of elections, the booth, an account.
import { totp, type Served } from "./served.ts";
import type { Window } from "./look.ts";

/** The sample elections, as the page of the demonstration names them. */
export interface Samples {
  open: string;
  finished: string;
  code: string;
}

export async function samples(at: Window): Promise<Samples> {
  await at.go("/demo");
  const vote = await at.page.locator("a[href*='/vote#']").first().getAttribute("href");
  const finished = await at.page.locator("a[href$='/result']").last().getAttribute("href");
  const [, open = "", code = ""] = /^\/e\/(\w+)\/vote#(.+)$/.exec(vote!)!;
  return { open, finished: /^\/e\/(\w+)\//.exec(finished!)![1]!, code };
}

/** Pages that nobody has to sign in for. */
export async function walkPublic(at: Window, { open, finished }: Samples): Promise<void> {
  await at.go("/", "front");
  for (const page of ["help", "accessibility", "privacy", "demo"]) await at.go(`/${page}`, page);
  await at.go("/nothing", "not-found", 404);
  await at.go("/organiser", "not-signed-in", 403);
  await at.go(`/e/${open}`, "board-open");
  await at.go(`/e/${open}/trackers`, "trackers-none");
  await at.go(`/e/${open}/result`, "result-none");
  await at.go(`/e/${finished}`, "board-finished");
  await at.go(`/e/${finished}/trackers`, "trackers");
  await at.go(`/e/${finished}/result`, "result");
  await at.go(`/e/${finished}/ballot`, "ballot");
  await at.go(`/e/${finished}/vote`);
  await at.page.locator("main .notice, main .actions a").first().waitFor();
  await at.look("booth-closed");
  await at.go(`/e/${finished}/verify`, "verify");
  await at.page.locator("main button").first().click();
  await at.page.getByRole("heading", { name: at.text("js-verify-overall-proven") }).waitFor();
  await at.look("verify-proven");
}

/** A voter votes in the sample election, tests the device once, and asks what became of the ballot. */
export async function walkBooth(at: Window, { open, code }: Samples): Promise<void> {
  const { page } = at;
  const heading = (key: string) => page.getByRole("heading", { level: 1, name: at.text(key) }).waitFor();
  await at.go(`/e/${open}/vote`);
  await page.locator("main form input").first().waitFor();
  await at.look("booth-code");
  await page.locator("main form input").first().fill("ABC");
  await at.say("js-booth-begin");
  await page.locator(".error-summary").waitFor();
  await at.look("booth-code-error");
  await at.go(`/e/${open}/ballot`);
  await at.go(`/e/${open}/vote#${code}`);
  await page.locator(".notice.good").first().waitFor();
  await at.look("booth-start");
  await at.say("js-booth-begin");
  await page.locator(".answer input[type=radio]").first().waitFor();
  await at.look("booth-one");
  await at.say("js-booth-next");
  await page.locator(".error-summary").waitFor();
  await at.look("booth-one-error");
  await page.locator(".answer input").first().check();
  await at.say("js-booth-next");
  await page.locator(".answer input[type=checkbox]").first().waitFor();
  await page.locator(".answer input").nth(1).check();
  await at.look("booth-several");
  await at.say("js-booth-next");
  await page.locator(".ranking").waitFor();
  for (let left = 2; left > 0; left--) await page.locator(".ranking ul button:visible").first().click();
  await at.look("booth-ranked");
  await at.say("js-booth-next");
  await heading("js-booth-review");
  await at.look("booth-review");
  await at.say("js-booth-seal");
  await heading("js-booth-sealed");
  await at.look("booth-sealed");
  await at.say("js-booth-test");
  await heading("js-booth-opened");
  await at.look("booth-opened");
  await at.say("js-booth-seal-again");
  await heading("js-booth-sealed");
  await at.say("js-booth-cast");
  await heading("js-booth-accepted");
  await at.look("booth-accepted");
  const check = await page.locator("a[href*='/ballot#']").first().getAttribute("href");
  await at.go(check!);
  await page.locator(".notice.good").first().waitFor();
  await at.look("ballot-counted");
  await at.go(`/e/${open}/trackers`, "trackers-open");
}

/** An account is made by a mailed link, gets a password and a second factor, and is signed in to in both ways. */
export async function walkAccount(at: Window, served: Served): Promise<void> {
  const { page } = at;
  const email = `organiser-${at.language}@example.org`;
  const password = "correct horse battery";
  const main = "main .actions button";
  await at.go("/sign-in", "sign-in");
  await page.fill("#email", email);
  await page.fill("#password", "not the password");
  await at.press(main, "sign-in-error");
  await at.go("/sign-in/link", "link-ask");
  await page.fill("#email", "nobody@nowhere");
  await at.press(main);
  await at.go("/sign-in/link");
  await page.fill("#email", email);
  await at.press(main, "link-sent");
  await at.go(served.mailed(email, "/sign-in/link/"), "link");
  await at.press(main, "elections-none");
  await at.go("/account", "account");
  await page.fill("#after", "short");
  await at.press("form[action$=password] button", "account-password-error");
  await page.fill("#after", password);
  await at.press("form[action$=password] button", "account-password-done");
  await at.go("/account/second-factor", "second-factor");
  const secret = (await page.locator("main code").first().textContent())!;
  await page.fill("#before", password);
  await page.fill("#code", "000000");
  await at.press("form[action$=second-factor] button", "second-factor-error");
  const now = Date.now() / 1000;
  await page.fill("#before", password);
  await page.fill("#code", totp(secret, now));
  await at.press("form[action$=second-factor] button", "account-factor-done");
  await at.press("header form[action='/sign-out'] button", "signed-out");
  await at.go("/sign-in");
  await page.fill("#email", email);
  await page.fill("#password", password);
  // A code is taken once; that of the next half minute is taken already.
  await page.fill("#code", totp(secret, now + 30));
  await at.press(main, "elections-none-again");
  await at.go("/account");
  await at.press("form[action='/account/language'] button", "account-language-done");
}
