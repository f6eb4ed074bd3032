// A whole election at the real server (`adil serve`, ADIL_PROGRAM) in a real browser (ADIL_CHROMIUM), by the pages alone
// and with nothing of their policy switched off: organiser, credential authority, keeper of the spare codes, five trustees
// of whom three are needed, twelve voters and one who votes with a leaked code. In the end the numbers are those of the
// votes, and adil, the peer (belenios-tool, ADIL_PEER) and the page that checks in the browser find everything proven.
// Nobody has a mouse: the whole election is held by keyboards alone. The same with mice where the database is PostgreSQL
// (ADIL_POSTGRES).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";

import { chromium } from "playwright-core";

import { Folder, testWith } from "./outside.ts";
import { AUTHORITY, confirm, declareLeak, setUp, SPARES, trusteesMail, votersId, votersMail } from "./whole/organiser.ts";
import type { Means } from "./whole/hand.ts";
import { People, type Person } from "./whole/people.ts";
import { ceremony, count, decrypt, issueSpares, makeCodes, PASSPHRASE, signRevocations, SPARES_PASSPHRASE } from "./whole/roles.ts";
import { Served } from "./whole/served.ts";
import { unzip } from "./whole/unzip.ts";
import { answer, cast, seal, vote, whatBecame } from "./whole/voter.ts";
import {
  AGAIN, ANEW, asAnswers, ATTACK, CANDIDATES, condorcetWinner, counted, FIRST, OF_THE_PEER, PEERS, totals, VICTIM, type Vote,
} from "./whole/votes.ts";

const TRUSTEES = 5;
const NEEDED = 3;
/** The voters who type their codes, who test their device first, and who have a keyboard and a narrow screen in any case. */
const [TYPES, TESTS, NARROW] = [4, 5, 8];

testWith("ADIL_CHROMIUM", "a whole election by the pages, by keyboard alone", async (executablePath, context) => {
  const program = process.env.ADIL_PROGRAM;
  if (!program) return console.log("skipped: a whole election by the pages (ADIL_PROGRAM is not set)");
  await hold(executablePath, program, context, "keyboard", []);
});

testWith("ADIL_POSTGRES", "a whole election by the pages, on PostgreSQL", async (server, context) => {
  const [executablePath, program] = [process.env.ADIL_CHROMIUM, process.env.ADIL_PROGRAM];
  if (!executablePath || !program) return console.log("skipped: a whole election on PostgreSQL (ADIL_CHROMIUM or ADIL_PROGRAM is not set)");
  const name = `adil_whole_${process.pid}_${Date.now()}`;
  const tell = (sentence: string) => spawnSync("psql", [server, "-c", sentence], { encoding: "utf8" });
  const made = tell(`CREATE DATABASE ${name}`);
  if (made.error) return console.log("skipped: a whole election on PostgreSQL (there is no psql)");
  assert.equal(made.status, 0, made.stderr);
  const database = new URL(server);
  database.pathname = `/${name}`;
  await hold(executablePath, program, context, "mouse", ["--database", database.href]);
  assert.equal(tell(`DROP DATABASE ${name} WITH (FORCE)`).status, 0);
});

async function hold(executablePath: string, program: string, context: TestContext, means: Means, options: string[]): Promise<void> {
  const folder = new Folder(program, context);
  const served = await Served.start(program, folder.path, options);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const people = new People(browser, served.address, folder.path, means);
  try {
    await new Whole(folder, served, people).run();
  } catch (fault) {
    console.log(`${await people.whereabouts()}\n${served.complaints.join("\n")}`);
    throw fault;
  } finally {
    await browser.close();
    await served.stop();
  }
}

class Whole {
  readonly #voters = new Map<number, Person>();
  /** The trackers of each voter's ballots, the oldest first. */
  readonly #trackers = new Map<number, string[]>();
  #uuid = "";

  constructor(
    private readonly folder: Folder,
    private readonly served: Served,
    private readonly people: People,
  ) {}

  async run(): Promise<void> {
    const { people, served } = this;
    const told = Date.now();
    const step = (what: string) => console.log(`${((Date.now() - told) / 1000).toFixed(0)} s: ${what}`);
    const organiser = await people.somebody("Organiser");
    const uuid = (this.#uuid = await setUp(organiser, served.setUpLink, FIRST.length, TRUSTEES, NEEDED));
    step("the election is fixed");

    const authority = await people.somebody("Authority");
    await authority.open(await served.linkTo(AUTHORITY, "/r/"));
    const made = await makeCodes(authority, uuid);
    assert.equal(made.codes.size, FIRST.length);
    step("the codes are made");
    const trustees: Person[] = [];
    for (let number = 1; number <= TRUSTEES; number++) {
      const trustee = await people.somebody(`Trustee ${number}`);
      await trustee.open(await served.linkTo(trusteesMail(number), "/r/"));
      trustees.push(trustee);
    }
    await ceremony(trustees);
    step("the trustees have rehearsed");
    await confirm(organiser, uuid, "open", "Open the voting now", "Voting is open.");
    await confirm(organiser, uuid, "invite", "Send the invitations", "The letters are on their way.");
    assert.match(await served.linkTo(votersMail(1), "/e/"), new RegExp(`/e/${uuid}/vote$`));

    await this.#vote(made.codes);
    step("everybody has voted");
    await this.#peer(made.codes.get(votersId(OF_THE_PEER))!);
    const renewed = await this.#leak(organiser, authority, made);
    step("the victim has voted again");
    await this.#check();

    await confirm(organiser, uuid, "close", "Close the voting", "Voting is closed.");
    const three = trustees.slice(0, NEEDED);
    const files = await count(three);
    step("the ballots are shuffled");
    await decrypt(three, files);
    step("the result is decrypted");
    await this.#result();
    await this.#prove();
    step("everything is proven");

    for (const secret of [PASSPHRASE, SPARES_PASSPHRASE, ...made.codes.values(), ...renewed.values()]) {
      assert.ok(!served.letters().some(({ body }) => body.includes(secret)));
    }
    assert.deepEqual(people.complaints, []);
    assert.deepEqual(served.complaints, []);
  }

  /** All vote, and some again; one tests her device before. */
  async #vote(codes: ReadonlyMap<string, string>): Promise<void> {
    for (const [at, how] of FIRST.entries()) {
      const number = at + 1;
      const voter = await this.people.somebody(`Voter ${number}`, number === NARROW ? { width: 320, means: "keyboard" } : {});
      this.#voters.set(number, voter);
      const code = codes.get(votersId(number))!;
      if (number === TESTS) this.#cast(number, await this.#voteAfterTest(voter, code, how));
      else this.#cast(number, await vote(voter, this.#uuid, code, how, [TYPES, NARROW].includes(number)));
      const wide = await voter.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `the page scrolls sideways by ${wide} px`);
      if (number !== VICTIM) continue;
      await voter.fill(voter.page.getByLabel("E-mail address (you need not give one)"), "told@example.org");
      await voter.press("Leave this address");
      await voter.page.getByText("The address is kept", { exact: false }).waitFor();
    }
    for (const [number, how] of AGAIN) {
      this.#cast(number, await vote(this.#voters.get(number)!, this.#uuid, codes.get(votersId(number))!, how));
    }
  }

  #cast(number: number, tracker: string): void {
    assert.match(tracker, /^[A-Za-z0-9+/]{43}$/);
    this.#trackers.set(number, [...(this.#trackers.get(number) ?? []), tracker]);
  }

  /** A ballot is opened, and adil proves on the archive of the moment that it held the answers; then another one is cast. */
  async #voteAfterTest(voter: Person, code: string, how: Vote): Promise<string> {
    await answer(voter, this.#uuid, code, how);
    await seal(voter);
    await voter.press("Open it as a test");
    await voter.heading("This ballot was opened as a test");
    const [opened] = await voter.saved(() => voter.press("Save the opened ballot"), 1);
    const [archive] = await voter.saved(() => voter.press("Save the public record"), 1);
    assert.deepEqual(JSON.parse(readFileSync(opened!, "utf8")).answers, asAnswers(how));
    this.folder.done(`check --audited-ballot ${opened} ${archive}`);
    await voter.press("Encrypt a new ballot");
    await voter.heading("Your ballot is encrypted. Cast it now?");
    return await cast(voter);
  }

  /** A ballot of the other program, made on the archive of the moment, is taken; the same one once more is not. */
  async #peer(code: string): Promise<void> {
    const { folder, served } = this;
    const peer = process.env.ADIL_PEER;
    const voter = this.#voters.get(OF_THE_PEER)!;
    if (!peer) {
      console.log("skipped: the peer's ballot (ADIL_PEER is not set)");
      return this.#cast(OF_THE_PEER, await vote(voter, this.#uuid, code, PEERS));
    }
    const own = join(folder.path, "peer");
    mkdirSync(own);
    writeFileSync(join(own, `${this.#uuid}.bel`), await this.#fetched("election.bel"));
    writeFileSync(join(own, "code"), code);
    writeFileSync(join(own, "choice"), JSON.stringify(asAnswers(PEERS)));
    const words = ["election", "generate-ballot", "--privcred", "code", "--choice", "choice"];
    const { status, stdout, stderr } = spawnSync(join(peer, "belenios-tool"), words, { cwd: own, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    const post = () => fetch(`${served.address}/api/e/${this.#uuid}/ballots`, { method: "POST", headers: { "content-type": "application/json" }, body: stdout.trim() });
    const taken = await post();
    const answered = (await taken.json()) as { tracker: string };
    assert.equal(taken.status, 201, JSON.stringify(answered));
    this.#cast(OF_THE_PEER, answered.tracker);
    assert.equal((await post()).status, 409);
  }

  /** Somebody votes with the victim's code; she is told by mail, the code is revoked, and she votes with a spare one. */
  async #leak(organiser: Person, authority: Person, made: { spares: string; codes: ReadonlyMap<string, string> }): Promise<ReadonlyMap<string, string>> {
    const { people, served } = this;
    const id = votersId(VICTIM);
    const tracker = await vote(await people.somebody("Attacker"), this.#uuid, made.codes.get(id)!, ATTACK);
    this.#cast(VICTIM, tracker);
    await served.letter("told@example.org", (body) => body.includes(tracker));
    await declareLeak(organiser, this.#uuid, id, "A letter was opened.");
    await authority.open(await served.linkTo(AUTHORITY, "/r/"));
    await signRevocations(authority);
    await confirm(organiser, this.#uuid, "leak/confirm", "Confirm", "The codes are revoked.");
    const keeper = await people.somebody("Keeper");
    await keeper.open(await served.linkTo(SPARES, "/r/"));
    const codes = await issueSpares(keeper, made.spares);
    const victim = this.#voters.get(VICTIM)!;
    const page = await victim.open(`/e/${this.#uuid}/vote#${made.codes.get(id)}`);
    await page.getByText("This code has been revoked", { exact: false }).first().waitFor();
    this.#cast(VICTIM, await vote(victim, this.#uuid, codes.get(id)!, ANEW));
    return codes;
  }

  /** What the page says of every ballot: the last one of each voter counts. */
  async #check(): Promise<void> {
    for (const [number, trackers] of this.#trackers) {
      for (const [at, tracker] of trackers.entries()) {
        const isLast = at === trackers.length - 1;
        const expected = isLast ? "Your ballot counts" : number === VICTIM ? "This ballot was set aside" : "A later ballot took its place";
        assert.equal(await whatBecame(this.#voters.get(number)!, this.#uuid, tracker, number === NARROW), expected, `voter ${number}, ballot ${at + 1}`);
      }
    }
  }

  async #result(): Promise<void> {
    const somebody = await this.people.somebody("Reader");
    const page = await somebody.open(`/e/${this.#uuid}`);
    // The link past the header is seen only while it has the focus.
    if (this.people.means === "keyboard") await somebody.press("Skip to the content");
    await somebody.press("See the result");
    await somebody.heading("Result");
    const votes = counted();
    const rows = page.locator("section[aria-labelledby=question-1] table.bars tbody tr");
    assert.deepEqual(await rows.locator("td.number:nth-of-type(1)").allInnerTexts(), totals(votes).map(String));
    assert.deepEqual((await rows.locator("th").allInnerTexts()).map((text) => text.trim()), CANDIDATES);
    const ranked = await page.locator("section[aria-labelledby=question-2]").innerText();
    assert.ok(ranked.includes(`First: ${condorcetWinner(votes)}`) || ranked.includes(`Elected: ${condorcetWinner(votes)}`), ranked);
    assert.match(await somebody.text(), new RegExp(`Voters whose ballots were counted: ${votes.length} of ${votes.length}\\.`));
    assert.match(await somebody.text(), /voting codes were revoked: 2\./);
    await somebody.open(`/e/${this.#uuid}/verify`);
    await somebody.press("Download and check");
    await page.locator("#verify-findings .notice h2").waitFor({ timeout: 120_000 });
    assert.equal(await page.locator("#verify-findings .notice h2").innerText(), "Everything is proven");
  }

  /** The record as it is downloaded is proven by adil, and its archive by the peer. */
  async #prove(): Promise<void> {
    const { folder } = this;
    const record = join(folder.path, "record");
    const names = unzip(await this.#fetched("record.zip"), record);
    assert.ok(names.includes("election.bel"), names.join(", "));
    const findings = JSON.parse(folder.done("check record --json")).findings as { check: string; verdict: string }[];
    assert.ok(findings.length > 10);
    for (const { check, verdict } of findings) assert.equal(verdict, "proven", check);
    const peer = process.env.ADIL_PEER;
    if (!peer) return console.log("skipped: the peer's verification of the election (ADIL_PEER is not set)");
    const own = join(folder.path, "verified");
    mkdirSync(own);
    copyFileSync(join(record, "election.bel"), join(own, `${this.#uuid}.bel`));
    const { status, stderr } = spawnSync(join(peer, "belenios-tool"), ["election", "verify"], { cwd: own, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }

  async #fetched(name: string): Promise<Buffer> {
    const answer = await fetch(`${this.served.address}/e/${this.#uuid}/${name}`);
    assert.equal(answer.status, 200, name);
    return Buffer.from(await answer.arrayBuffer());
  }
}
