// An organiser's walk: an election is written down with mistakes, which the pages tell, then fixed; its roles open their
// links. The sample election is held to its end by its organiser and its trustee.
import { join } from "node:path";

import type { Window } from "./look.ts";

/** What the organiser writes. */
const WORDS = {
  en: { title: "Election of the board", question: "Who chairs?", answer: "Candidate", person: "Person" },
  ru: { title: "Выборы правления", question: "Кто председатель?", answer: "Кандидат", person: "Лицо" },
  kk: { title: "Басқарма сайлауы", question: "Төраға кім болады?", answer: "Кандидат", person: "Тұлға" },
};
/** The titles of the elections that are written down: they stand on pages of all languages. */
export const TITLES = Object.values(WORDS).map(({ title }) => title);
const BUTTON = "main p.actions button";

/** Writes an election down and fixes it. Gives its path. */
export async function walkSettingUp(at: Window): Promise<string> {
  const { page } = at;
  const words = WORDS[at.language];
  await at.go("/organiser/new", "election-new");
  await at.press("main button.button", "election-new-error");
  await page.fill("#title", words.title);
  await at.press("main button.button", "overview-new");
  const home = new URL(page.url()).pathname;
  await at.go(`${home}/details`, "details");
  await at.go(`${home}/questions`, "questions-none");
  for (const [number, kind] of ["choices", "ranked", "graded"].entries()) {
    await at.go(`${home}/questions`);
    await page.check(`#kind-${kind}`);
    await at.press("main form[action$='new'] button", `question-${kind}`);
    await at.press(BUTTON, `question-${kind}-error`);
    await page.fill("[name=title]", `${words.question} (${number + 1})`);
    for (const rows of await page.locator(".rows-editor").all()) {
      const fields = await rows.locator("input").all();
      for (const [place, field] of fields.slice(0, 3).entries()) await field.fill(`${words.answer} ${place + 1}`);
    }
    await at.press(BUTTON);
    if (await page.locator(".error-summary").count()) at.faults.push(`[${at.language}] a question of kind ${kind} was not taken: ${await page.locator(".error-summary").innerText()}`);
  }
  await at.go(`${home}/questions`, "questions");
  await at.go(`${home}/questions/1/remove`, "question-remove");
  await at.go(`${home}/text`, "text");
  await page.fill("#plan", 'title = "x"\nnonsense = 3\n');
  await at.press(BUTTON, "text-error");
  await walkPeople(at, home);
  await at.go(`${home}/dates`, "dates");
  await page.fill("#closes", "2001-05-01T18:00");
  await at.press(BUTTON, "dates-error");
  await page.fill("#closes", "2036-05-01T18:00");
  await at.press(BUTTON);
  await at.go(`${home}/options`, "options");
  await at.press(BUTTON, "overview-ready");
  await at.go(`${home}/preview`);
  await page.locator("main h1").waitFor();
  await page.waitForTimeout(1000);
  await at.look("preview");
  await at.go(`${home}/fix`, "fix");
  await at.press("main form button.button", "overview-fixed");
  for (const name of ["questions", "voters", "undo", "letters", "delete"]) await at.go(`${home}/${name}`, `${name}-fixed`);
  return home;
}

async function walkPeople(at: Window, home: string): Promise<void> {
  const { page } = at;
  const { person } = WORDS[at.language];
  await at.go(`${home}/voters`, "voters-none");
  await at.go(`${home}/voters/list`, "voters-list");
  await page.fill("#text", `id,name,email\n1,${person} 1,nonsense\n1,${person} 2,\n3`);
  await at.press(BUTTON, "voters-error");
  const rows = Array.from({ length: 60 }, (_, i) => `${i + 1},${person} ${i + 1},${i % 7 ? `voter${i + 1}@example.org` : ""}`);
  const buffer = Buffer.from(`id,name,email\n${rows.join("\n")}\n`);
  await page.setInputFiles("#file", { name: "voters.csv", mimeType: "text/csv", buffer });
  await at.press(BUTTON, "voters");
  await at.go(`${home}/authority`, "authority");
  for (const field of await page.locator("main input[type=text]:visible").all()) await field.fill(`${person} 1`);
  const other = page.locator("main input[type=radio]").nth(1);
  if (await other.count()) await other.check();
  for (const field of await page.locator("main input[type=text][name$=name]").all()) await field.fill(`${person} 1`);
  await at.press(BUTTON, "authority-done");
  await at.go(`${home}/trustees`, "trustees");
  await at.press(BUTTON, "trustees-error");
  for (const number of [1, 2, 3]) await page.fill(`#trustee_${number}_name`, `${person} ${number}`);
  await page.fill("#threshold", "2");
  await at.press(BUTTON);
}

/** Opens the personal link of each role of an election that is fixed. */
export async function walkRoles(at: Window, home: string): Promise<void> {
  const { page } = at;
  await at.go(`${home}/roles`, "roles");
  const roles = await page.locator("main form [name=role]").evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  for (const [place, role] of roles.entries()) {
    if (place !== roles.indexOf(role)) continue;
    await at.go(`${home}/roles`);
    await at.press(`main section:nth-of-type(${place + 1}) button[value=show]`, `${role}-link`);
    await at.go(new URL(await page.inputValue("#link")).pathname);
    await page.locator("main h2").first().waitFor();
    await page.waitForTimeout(300);
    await at.look(`role-${role}`);
  }
}

/** Holds the sample election to its end: a leak, a longer vote, the close, the trustee's part, the minutes. */
export async function walkHolding(at: Window, uuid: string, folder: string): Promise<void> {
  const { page } = at;
  const home = `/organiser/${uuid}`;
  await at.go("/demo");
  const link = await page.locator("a[href*='/r/']").first().getAttribute("href");
  const passphrase = (await page.locator("p.code").last().textContent())!;
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[href='/demo/trustee']").click()]);
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  await at.press("form[action='/demo/sign-in'] button", "overview-open");
  await at.go("/organiser", "elections");
  for (const name of ["roles", "invite", "extend", "leak", "leak/declare", "voters", "letters", "minutes", "close"]) {
    await at.go(`${home}/${name}`, `${name.replace("/", "-")}-open`);
  }
  await at.go(`${home}/extend`);
  await at.press(BUTTON, "extend-error");
  await at.go(`${home}/leak/declare`);
  await at.press(BUTTON, "leak-declare-error");
  await at.go(`${home}/close`);
  await at.press(BUTTON, "tally-closed");
  await at.go(home, "overview-closed");
  await at.go(`/e/${uuid}`, "board-closed");
  await at.go(`/e/${uuid}/result`, "result-waiting");

  // The link goes to this machine by the address that the server was told.
  await at.go(new URL(link!).pathname);
  await page.getByRole("button", { name: at.text("js-trustee-shuffle-action") }).waitFor();
  await at.look("trustee-shuffle");
  await page.getByLabel(at.text("js-roles-file"), { exact: true }).setInputFiles(file);
  await page.getByLabel(at.text("js-roles-passphrase"), { exact: true }).fill(passphrase);
  const [shuffled] = await Promise.all([page.waitForEvent("download"), at.say("js-trustee-shuffle-action")]);
  await shuffled.saveAs(file);
  await page.getByRole("button", { name: at.text("js-trustee-decrypt-verify") }).waitFor();
  await at.look("trustee-verify");
  await at.say("js-trustee-decrypt-verify");
  await page.getByLabel(at.text("js-trustee-compare-same")).check();
  await at.look("trustee-decrypt");
  await page.getByText(at.text("js-roles-file-other")).click();
  await page.getByLabel(at.text("js-roles-file"), { exact: true }).setInputFiles(file);
  await page.getByLabel(at.text("js-roles-passphrase"), { exact: true }).fill("a wrong passphrase");
  await at.say("js-trustee-decrypt-action");
  await page.getByText(at.text("js-roles-sealed-passphrase")).first().waitFor();
  await at.look("trustee-decrypt-error");
  await page.getByLabel(at.text("js-roles-passphrase"), { exact: true }).fill(passphrase);
  await at.say("js-trustee-decrypt-action");
  await page.getByRole("heading", { name: at.text("js-trustee-done") }).waitFor();
  await at.look("trustee-done");
  await at.go(home, "overview-finished");
  await at.go(`${home}/tally`, "tally");
  await at.go(`${home}/minutes`, "minutes");
  await at.go(`${home}/delete`, "delete");
  await at.press(BUTTON, "delete-error");
  await at.go(`/e/${uuid}/result`, "result-of-sample");
  await at.go("/demo", "demo-over");
  await at.press("form[action='/demo/new'] button");
}
