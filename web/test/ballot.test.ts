// Ballots that TypeScript makes: 200 of three elections with every kind of question, taken in and proven by adil, and by
// belenios-tool; the decrypted votes are what was answered. Opened ballots, too, hold what they say.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { SigningKey } from "../src/log/key.ts";
import { isEntryOf, verifyReceipt } from "../src/pages/booth/receipt.ts";
import { type Answer, AnswerFault, type AnswerProblem, numbersOf, problemOf, readAnswers } from "../src/protocol/answers.ts";
import { AlreadyDecided, seal, sealAtOnce, trackerOf } from "../src/protocol/ballot.ts";
import { CodeFault, deriveCredential, readCode } from "../src/protocol/credential.ts";
import { authorityKeyName, issue, type Issued, listsMessage, publishedLists, spareWeights } from "../src/protocol/credentials-list.ts";
import { type Election, parseElection, type Question } from "../src/protocol/election.ts";
import { FixedBase } from "../src/protocol/group.ts";
import { messageText } from "../src/protocol/messages.ts";
import { localSealer, serveSealing, workerSealer, type WorkerPort } from "../src/protocol/sealer.ts";
import { Folder, testWith } from "./outside.ts";

const ALL_KINDS = `title = "All kinds"
[[question]]
title = "One"
kind = "choices"
answers = ["A", "B", "C"]
min = 1
max = 1
[[question]]
title = "Some, or a blank vote"
kind = "choices"
answers = ["A", "B", "C", "D"]
min = 1
max = 3
blank = true
[[question]]
title = "Schulze"
kind = "ranked"
answers = ["A", "B", "C"]
count = "schulze"
blank = true
[[question]]
title = "STV"
kind = "ranked"
answers = ["A", "B", "C", "D"]
count = "stv"
seats = 2
[[question]]
title = "Grades"
kind = "graded"
answers = ["A", "B"]
grades = ["Good", "Fair", "Poor"]
blank = true
[[question]]
title = "Lists"
kind = "lists"
lists = [{ name = "L", candidates = ["A", "B"] }, { name = "M", candidates = ["C"] }, { name = "N", candidates = ["D", "E"] }]
`;
const WEIGHTS = `title = "Weights"
weights = true
[[question]]
title = "Any"
kind = "choices"
answers = ["A", "B", "C"]
min = 0
max = 3
[[question]]
title = "Two, or a blank vote"
kind = "choices"
answers = ["A", "B", "C"]
min = 2
max = 2
blank = true
[[question]]
title = "Lists"
kind = "lists"
lists = [{ name = "L", candidates = ["A"] }, { name = "M", candidates = ["B", "C", "D"] }]
`;
const THIRTY = `title = "As many as go into one element"
[[question]]
title = "Thirty"
kind = "ranked"
answers = [${Array.from({ length: 30 }, (_, at) => `"Answer ${at + 1}"`).join(", ")}]
count = "schulze"
blank = true
`;

/** A whole number from `from` to `to`. */
function any(from: number, to: number): number {
  return from + Math.floor(Math.random() * (to - from + 1));
}

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, place: Math.random() })).sort((a, b) => a.place - b.place).map(({ item }) => item);
}

/** As many of `length` flags set. */
function flags(length: number, set: number): boolean[] {
  return shuffled(Array.from({ length }, (_, at) => at < set));
}

/** An answer that the question takes, by the tables of docs/spec/plan.md and not by the code that checks answers. */
function anyAnswer(question: Question): Answer {
  if (question.kind === "choices") {
    if (question.blank && any(0, 3) === 0) return { kind: "blank" };
    return { kind: "choices", chosen: flags(question.answers.length, any(question.min, question.max)) };
  }
  if (question.kind === "lists") {
    const list = any(0, question.lists.length - 1);
    const { length } = question.lists[list]!.candidates;
    return { kind: "lists", list, candidates: flags(length, any(1, length)) };
  }
  const { length } = question.answers;
  const method = question.method!;
  if (method.blank && any(0, 3) === 0) return { kind: "blank" };
  if (method.method === "MajorityJudgment") {
    return { kind: "numbers", numbers: question.answers.map(() => any(1, method.grades.length)) };
  }
  if (method.method === "Schulze") {
    const numbers = question.answers.map(() => any(0, length));
    numbers[any(0, length - 1)] = any(1, length);
    return { kind: "numbers", numbers };
  }
  const ranked = any(1, length);
  return { kind: "numbers", numbers: shuffled(Array.from({ length }, (_, at) => (at < ranked ? at + 1 : 0))) };
}

/** An election that is open, of TypeScript's credentials and one trustee. */
async function opened(folder: Folder, plan: string, weights: readonly bigint[]): Promise<{ election: Election; text: string; voters: Issued[] }> {
  folder.write("questions.toml", plan);
  folder.writePrivate("phrase", "a passphrase of a test\n");
  folder.done("election new ORG --questions questions.toml");
  const uuid: string = folder.json("ORG/draft.json").uuid;
  const voters = await issue(uuid, weights);
  const spares = await issue(uuid, spareWeights(weights, 10));
  const lists = publishedLists(voters, spares, weights.some((weight) => weight !== 1n));
  folder.write("credentials.json", messageText(listsMessage(uuid, lists, voters.length, SigningKey.draw(authorityKeyName(uuid)))));
  folder.done("election trustee new T --draft ORG/draft.json --passphrase-file phrase");
  folder.done("election assemble ORG credentials.json T/trustee.json");
  folder.done("election trustee test T ORG/rehearsal.json --passphrase-file phrase");
  folder.done("election open ORG T/rehearsed.json");
  const text: string = folder.json("ORG/rehearsal.json").election;
  return { election: parseElection(text), text, voters };
}

/** Closes, shuffles, decrypts and has both programs prove the board; gives the result. */
function held(folder: Folder, isShuffled: boolean): unknown[] {
  folder.done("election close ORG");
  if (isShuffled) folder.done("election shuffle ORG --owner 1");
  folder.done("election trustee decrypt T ORG --passphrase-file phrase");
  folder.done("election add ORG T/decryption.json");
  folder.done("election result ORG");
  folder.done("election publish ORG");
  const findings = JSON.parse(folder.done("check ORG --json")).findings as { check: string; verdict: string }[];
  const own = findings.filter(({ check }) => check.startsWith("board/"));
  assert.ok(own.length >= 10, JSON.stringify(own.map(({ check }) => check)));
  for (const { check, verdict } of own) assert.equal(verdict, "proven", check);
  const board = folder.board();
  const peer = process.env.ADIL_PEER;
  if (!peer) console.log("skipped: the peer's verification of the ballots (ADIL_PEER is not set)");
  else {
    mkdirSync(join(folder.path, "alone"));
    copyFileSync(join(folder.path, "board/now.bel"), join(folder.path, `alone/${JSON.parse(board.election).uuid}.bel`));
    const verified = spawnSync(join(peer, "belenios-tool"), ["election", "verify"], { cwd: join(folder.path, "alone"), encoding: "utf8" });
    assert.equal(verified.status, 0, verified.stderr);
  }
  return JSON.parse(board.result).result;
}

/** What the result is of votes with weights, by the protocol: sums, or the votes in any order. */
function expected(election: Election, votes: readonly (readonly Answer[])[], weights: readonly bigint[]): unknown[] {
  return election.questions.map((question, at) => {
    const numbers = votes.map((answers) => numbersOf(question, answers[at]!));
    if (question.kind === "numbers") return numbers.map((vote) => JSON.stringify(vote)).sort();
    const sums = numbers[0]!.map((_, place) => numbers.reduce((sum, vote, voter) => sum + vote[place]! * Number(weights[voter]!), 0));
    if (question.kind === "choices") return sums;
    let next = 0;
    return question.lists.map(({ candidates }) => sums.slice(next, (next += 1 + candidates.length)));
  });
}

async function voteAndProve(folder: Folder, plan: string, weights: readonly bigint[]): Promise<void> {
  const { election, voters } = await opened(folder, plan, weights);
  const ofY = new FixedBase(election.key);
  const votes = voters.map(() => election.questions.map(anyAnswer));
  const files: string[] = [];
  for (const [at, { code, credential }] of voters.entries()) {
    const own = deriveCredential(election.uuid, code);
    assert.equal(own.public, credential);
    const sealed = at % 10 === 0 ? await seal(election, own, votes[at]!, { ofY }) : sealAtOnce(election, own, votes[at]!, { ofY });
    const ballot = sealed.cast();
    assert.equal(JSON.parse(ballot).signature.hash, sealed.commitment);
    assert.throws(() => sealed.open(), AlreadyDecided);
    folder.write(`ballot-${at}.json`, ballot);
    files.push(`ballot-${at}.json`);
  }
  // What the program says about the ballots names each by the tracker that TypeScript worked out.
  const told = folder.done(`election cast ORG --receipts REC ${files.join(" ")}`);
  for (const file of files) assert.ok(told.includes(trackerOf(folder.read(file))), file);
  receiptsHold(folder, election, files.map((file) => folder.read(file)));
  for (const at of [0, 1, 2]) {
    const sealed = sealAtOnce(election, deriveCredential(election.uuid, voters[at]!.code), votes[at]!, { ofY });
    folder.write(`opened-${at}.json`, sealed.open());
    assert.throws(() => sealed.cast(), AlreadyDecided);
  }
  folder.done("election publish ORG --to open.bel");
  opensAsItSays(folder);
  const isShuffled = election.questions.some(({ kind }) => kind === "numbers");
  const result = held(folder, isShuffled).map((own, at) =>
    election.questions[at]!.kind === "numbers" ? (own as number[][]).map((vote) => JSON.stringify(vote)).sort() : own);
  assert.deepEqual(result, expected(election, votes, weights));
}

/** The receipts that adil gives hold, by the check of the booth, and are of these ballots. */
function receiptsHold(folder: Folder, { uuid }: Election, ballots: readonly string[]): void {
  const { log } = folder.json("ORG/draft.json") as { log: string };
  const names = readdirSync(join(folder.path, "REC")).filter((name) => name.endsWith(".entry")).map((name) => name.slice(0, -".entry".length));
  assert.equal(names.length, ballots.length, uuid);
  for (const name of names) {
    const entry = new TextEncoder().encode(folder.read(`REC/${name}.entry`));
    verifyReceipt(folder.read(`REC/${name}.tlog-proof`), entry, log);
    assert.equal(ballots.filter((ballot) => isEntryOf(entry, ballot)).length, 1, name);
  }
}

/** adil finds that opened ballots hold their answers, and that a changed one does not. */
function opensAsItSays(folder: Folder): void {
  const verdicts = (files: string[]) => {
    const options = files.map((file) => `--audited-ballot ${file}`).join(" ");
    const { stdout } = spawnSync(process.env.ADIL_PROGRAM!, `check open.bel ${options} --json`.split(" "), { cwd: folder.path, encoding: "utf8" });
    const findings = JSON.parse(stdout).findings as { check: string; verdict: string }[];
    return findings.filter(({ check }) => check === "board/audited-ballot").map(({ verdict }) => verdict);
  };
  assert.deepEqual(verdicts([0, 1, 2].map((at) => `opened-${at}.json`)), ["proven", "proven", "proven"]);
  folder.write("lie.json", folder.read("opened-0.json").replace(/"randomness":\["[0-9]+"/, '"randomness":["5"'));
  const [verdict] = verdicts(["lie.json"]);
  assert.ok(verdict !== undefined && verdict !== "proven", String(verdict));
}

testWith("ADIL_PROGRAM", "120 ballots of all kinds of questions are proven by both programs", async (program, context) => {
  await voteAndProve(new Folder(program, context), ALL_KINDS, new Array<bigint>(120).fill(1n));
});

testWith("ADIL_PROGRAM", "70 ballots with weights are proven by both programs", async (program, context) => {
  await voteAndProve(new Folder(program, context), WEIGHTS, Array.from({ length: 70 }, (_, at) => BigInt(1 + (at % 7))));
});

testWith("ADIL_PROGRAM", "10 ballots of thirty ranks are proven by both programs", async (program, context) => {
  await voteAndProve(new Folder(program, context), THIRTY, new Array<bigint>(10).fill(1n));
});

/** The two ends of a channel in one thread; what is posted is copied as between threads. */
function channel(): [WorkerPort, WorkerPort] {
  const listeners: ((event: { data: unknown }) => void)[][] = [[], []];
  const end = (own: number): WorkerPort => ({
    postMessage: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => listeners[1 - own]!.forEach((listener) => listener({ data: copy })));
    },
    addEventListener: (type: string, listener: (event: { data: unknown }) => void) => {
      if (type === "message") listeners[own]!.push(listener);
    },
  });
  return [end(0), end(1)];
}

/** An election whose key is the generator: nobody casts votes in it. */
const RECORD = JSON.stringify({
  version: 1,
  description: "",
  name: "Election",
  group: "Ed25519",
  public_key: "6666666666666666666666666666666666666666666666666666666666666658",
  questions: [
    { answers: ["A", "B", "C"], blank: true, min: 1, max: 2, question: "Q" },
    { type: "NonHomomorphic", value: { answers: ["A", "B"], question: "R" }, extra: { method: "STV", blank: false, seats: 1 } },
  ],
  uuid: "HsqB3C3y62Ekq4D",
});
const CODE = "23456-789ABC-DEFGH-JKLMNP";

test("a worker makes the ballots that the page makes, and faults come through", async () => {
  const [page, inside] = channel();
  serveSealing(inside);
  const sealer = workerSealer(page, RECORD);
  sealer.prepare();
  const local = localSealer(parseElection(RECORD));
  assert.equal(await sealer.credential(CODE), await local.credential(CODE));
  const answers: Answer[] = [{ kind: "blank" }, { kind: "numbers", numbers: [2, 1] }];
  const shares: number[] = [];
  const sealed = await sealer.seal(CODE, answers, (share) => shares.push(share));
  assert.ok(shares.length > 5 && shares.every((share, at) => at === 0 || share > shares[at - 1]!));
  const cast = await sealed.cast();
  assert.equal(cast.tracker, trackerOf(cast.ballot));
  assert.equal(JSON.parse(cast.ballot).signature.hash, sealed.commitment);
  await assert.rejects(sealed.open());
  const file = JSON.parse(await (await sealer.seal(CODE, answers)).open());
  assert.deepEqual(file.answers, [[1, 0, 0, 0], [2, 1]]);
  assert.equal(file.randomness.length, 5);
  await assert.rejects(sealer.credential("23456"), (fault) => fault instanceof CodeFault && fault.problem.code === "length");
  const [, ranks] = answers;
  const none: Answer = { kind: "choices", chosen: [false, false, false] };
  await assert.rejects(sealer.seal(CODE, [none, ranks!]), (fault) =>
    fault instanceof AnswerFault && fault.question === 0 && fault.problem.code === "range");
});

test("answers that a question does not take are told apart", () => {
  const { questions } = parseElection(RECORD);
  const election = parseElection(RECORD);
  const problem = (at: number, answer: Answer): AnswerProblem["code"] | undefined => problemOf(questions[at]!, answer)?.code;
  assert.equal(problem(0, { kind: "choices", chosen: [true, true, true] }), "range");
  assert.equal(problem(0, { kind: "choices", chosen: [true] }), "length");
  assert.equal(problem(0, { kind: "numbers", numbers: [1, 0, 0] }), "kind");
  assert.equal(problem(0, { kind: "blank" }), undefined);
  assert.equal(problem(1, { kind: "blank" }), "no-blank");
  assert.equal(problem(1, { kind: "numbers", numbers: [0, 0] }), "no-blank");
  assert.equal(problem(1, { kind: "numbers", numbers: [1, 1] }), "rank-twice");
  assert.equal(problem(1, { kind: "numbers", numbers: [2, 0] }), "rank-gap");
  assert.equal(problem(1, { kind: "numbers", numbers: [0, 3] }), "rank-range");
  assert.equal(problem(1, { kind: "numbers", numbers: [1, 0] }), undefined);
  assert.throws(() => readAnswers(election, [[1, 1, 0, 0], [1, 0]]), AnswerFault);
  assert.deepEqual(readAnswers(election, [[0, 1, 0, 1], [1, 0]]), [
    { kind: "choices", chosen: [true, false, true] },
    { kind: "numbers", numbers: [1, 0] },
  ]);
});

test("codes are read as people type them", () => {
  for (const typed of [CODE, "23456789ABCDEFGHJKLMNP", " 23456–789ABC–DEFGH–JKLMNP\n", `https://vote.example.org/e/x/vote#${CODE}`]) {
    assert.equal(readCode(typed), CODE, typed);
  }
  for (const [typed, code, place] of [["23456-789ABC-DEFGH-JKLMN", "length", 21], ["O3456-789ABC-DEFGH-JKLMNP", "character", 1]] as const) {
    assert.throws(() => readCode(typed), (fault) =>
      fault instanceof CodeFault && fault.problem.code === code && ("place" in fault.problem ? fault.problem.place : fault.problem.found) === place);
  }
});
