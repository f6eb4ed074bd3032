// An election held by adil's command line and TypeScript together: lists of credentials, a ceremony of five members, a
// rehearsal, a revocation, shuffles and decryptions. adil and belenios-tool prove the whole.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { SigningKey } from "../src/log/key.ts";
import { authorityKeyName, issue, type Issued, listsMessage, publishedLists, spareWeights } from "../src/protocol/credentials-list.ts";
import { checkDecryption, checkRehearsed, DecryptionFault, makeDecryption, makeRehearsed } from "../src/protocol/decrypt.ts";
import { type MemberMessage, messageText } from "../src/protocol/messages.ts";
import { makeResult } from "../src/protocol/result.ts";
import { pickSpares, revocationsMessage } from "../src/protocol/revocations.ts";
import { afterShuffles, checkShuffle, ShuffleFault } from "../src/protocol/shuffle-proof.ts";
import { makeShuffle } from "../src/protocol/shuffle.ts";
import { readTally, tallyElection } from "../src/protocol/tally.ts";
import { Certificates, ceremonyFingerprint, certify } from "../src/protocol/trustee/certificate.ts";
import { send } from "../src/protocol/trustee/channel.ts";
import { contribute } from "../src/protocol/trustee/contribution.ts";
import { CeremonyFault } from "../src/protocol/trustee/fault.ts";
import { finish, memberKey, tookPartIn } from "../src/protocol/trustee/finish.ts";
import { Member } from "../src/protocol/trustee/member.ts";
import { areEnough, readTrustees } from "../src/protocol/trustee/trustees.ts";
import { open, seal } from "../src/secret/sealed.ts";
import { type Board, Folder, testWith } from "./outside.ts";

const PLAN = `title = "Election"
[[question]]
title = "Choices"
kind = "choices"
answers = ["A", "B", "C"]
min = 0
max = 2
blank = true
[[question]]
title = "Ranked"
kind = "ranked"
answers = ["A", "B", "C"]
count = "schulze"
[[question]]
title = "Lists"
kind = "lists"
lists = [{ name = "L", candidates = ["A", "B"] }, { name = "M", candidates = ["C"] }]
`;
const terms = { threshold: 3, members: 5 };
const IN_TYPESCRIPT = [1, 3, 5];
const PASSPHRASE = "a passphrase of a test";
const flag = "--passphrase-file phrase";

/** A member in TypeScript. */
interface Own {
  seed: string;
  file?: string;
}

testWith("ADIL_PROGRAM", "an election by the command line and TypeScript is proven by both programs", async (program, context) => {
  const folder = new Folder(program, context);
  folder.write("questions.toml", PLAN);
  folder.writePrivate("phrase", `${PASSPHRASE}\n`);
  folder.done("election new ORG --questions questions.toml");
  const uuid: string = folder.json("ORG/draft.json").uuid;
  const authority = await lists(folder, uuid);
  const own = await ceremony(folder, uuid);

  // The setup, which every member tries the key on.
  const steps = ["certificate", "contribution", "finished"].flatMap((step) => [1, 2, 3, 4, 5].map((n) => `${step}-${n}.json`));
  folder.done(`election assemble ORG credentials.json ${steps.join(" ")}`);
  const rehearsal = folder.json("ORG/rehearsal.json");
  const election = tallyElection(rehearsal.election);
  const trustees = readTrustees(rehearsal.trustees);
  assert.ok(trustees.publicKey.equals(election.publicKey));
  assert.deepEqual(trustees.trustees.map(({ name }) => name), [1, 2, 3, 4, 5].map((n) => `Trustee-${n}`));
  const certificates = [1, 2, 3, 4, 5].map((n) => folder.json(`certificate-${n}.json`).message);
  assert.ok(tookPartIn(rehearsal.trustees, certificates));
  assert.ok(!tookPartIn(rehearsal.trustees, [...certificates].reverse()));
  const keys = new Map<number, bigint>();
  for (const number of IN_TYPESCRIPT) {
    const { seed, file } = own.get(number)!;
    const { x } = await memberKey(seed, file!);
    keys.set(number, x);
    const { owner, record } = await makeRehearsed(election, trustees, x);
    assert.equal(owner, number);
    await checkRehearsed(election, trustees, owner, record);
    folder.write(`rehearsed-${number}.json`, messageText({ adil: "rehearsed/1", uuid, owner, record }));
  }
  folder.done(`election trustee test T2 ORG/rehearsal.json ${flag}`);
  const answer = folder.json("T2/rehearsed.json");
  await checkRehearsed(election, trustees, 2, answer.record);
  await assert.rejects(checkRehearsed(election, trustees, 4, answer.record), { owner: 4, kind: "proof" });
  folder.done(`election open ORG T2/rehearsed.json ${IN_TYPESCRIPT.map((n) => `rehearsed-${n}.json`).join(" ")}`);

  await voting(folder, uuid, authority);
  folder.done("election close ORG");

  // Two shuffles, one by each program, each checked by the other.
  let board = folder.board();
  const tally = await readTally(election.slots, board.tally);
  const record = await makeShuffle(election, tally);
  folder.write("shuffle.json", messageText({ adil: "shuffle/1", uuid, owner: 1, record }));
  folder.done("election add ORG shuffle.json");
  folder.done(`election trustee shuffle T2 ORG ${flag}`);
  folder.done("election add ORG T2/shuffle.json");
  board = folder.board();
  const after = await afterShuffles(election, tally, board.shuffles.map((own) => own.record));
  await shufflesAreRefused(election, tally, record);

  // Decryptions of members 1, 4 and 5.
  for (const number of [1, 5]) {
    const { owner, record } = await makeDecryption(election, trustees, after, keys.get(number)!);
    folder.write(`decryption-${number}.json`, messageText({ adil: "decryption/1", uuid, owner, record }));
  }
  folder.write("changed.json", changedDecryption(folder.json("decryption-1.json"), folder.json("decryption-5.json")));
  assert.match(folder.refused("election add ORG changed.json"), /partial decryption does not hold: D5/);
  folder.done("election add ORG decryption-1.json decryption-5.json");
  folder.done(`election trustee decrypt T4 ORG ${flag}`);
  folder.done("election add ORG T4/decryption.json");
  board = folder.board();
  const checked = [];
  for (const { owner, record } of board.decryptions) checked.push(await checkDecryption(election, trustees, after, owner, record));
  assert.ok(areEnough(trustees, new Set([1, 4, 5])) && !areEnough(trustees, new Set([1, 4])));
  const changed = folder.json("changed.json");
  await assert.rejects(checkDecryption(election, trustees, after, changed.owner, changed.record), (fault) =>
    fault instanceof DecryptionFault && fault.owner === 1 && fault.kind === "proof");
  folder.done("election result ORG");
  board = folder.board();
  const result = await makeResult(election, trustees, after, checked, board.totalWeight);
  assert.equal(result, board.result);
  const [choices, ranked, chosen] = JSON.parse(result).result;
  // Votes 1 to 5 below; the first voter's counts as cast again with the spare code.
  assert.deepEqual([choices, chosen], [[1, 2, 2, 1], [[2, 1, 1], [3, 3]]]);
  assert.deepEqual(ranked.sort(), [[1, 2, 3], [1, 2, 3], [2, 1, 3], [3, 2, 1], [3, 2, 1]]);
  proven(folder, board);
});

/** Lists of credentials by the authority in TypeScript. */
async function lists(folder: Folder, uuid: string) {
  const weights = new Array<bigint>(5).fill(1n);
  const voters = await issue(uuid, weights);
  const spares = await issue(uuid, spareWeights(weights, 60));
  assert.equal(spares.length, 3);
  const lists = publishedLists(voters, spares, false);
  const key = SigningKey.draw(authorityKeyName(uuid));
  folder.write("credentials.json", messageText(listsMessage(uuid, lists, voters.length, key)));
  return { voters, spares, key };
}

/** A ceremony in which members 1, 3 and 5 are TypeScript, and 2 and 4 the command line. */
async function ceremony(folder: Folder, uuid: string): Promise<Map<number, Own>> {
  const own = new Map<number, Own>();
  const write = (adil: MemberMessage["adil"], number: number, message: string) =>
    folder.write(`${adil.slice(0, -2)}-${number}.json`, messageText({ adil, uuid, ...terms, number, message }));
  const messages = (step: string) => [1, 2, 3, 4, 5].map((number): string => folder.json(`${step}-${number}.json`).message);
  const files = (step: string) => [1, 2, 3, 4, 5].map((number) => `${step}-${number}.json`).join(" ");
  const take = (step: string, number: number) => folder.write(`${step}-${number}.json`, folder.read(`T${number}/${step}-${number}.json`));

  for (const number of IN_TYPESCRIPT) {
    const { seed, certificate } = certify(terms, number);
    own.set(number, { seed });
    write("certificate/1", number, certificate);
  }
  for (const number of [2, 4]) {
    const place = `--threshold 3 --members 5 --number ${number} --name Trustee-${number}`;
    folder.done(`election trustee cert T${number} --draft ORG/draft.json ${place} ${flag}`);
    take("certificate", number);
  }
  // Sealed files go both ways: the command line's is opened, and sealed again under its passphrase.
  const seed = await open(folder.read("T2/private/key.sealed"), PASSPHRASE);
  assert.match(seed, /^[1-9A-HJ-NP-Za-km-z]{22}$/);
  folder.writePrivate("T2/private/key.sealed", await seal(seed, PASSPHRASE));

  const certificates = messages("certificate");
  Certificates.read(terms, certificates);
  await certificatesAreRefused(own.get(1)!.seed, certificates);
  for (const number of IN_TYPESCRIPT) {
    write("contribution/1", number, await contribute(own.get(number)!.seed, terms, certificates));
  }
  for (const number of [2, 4]) {
    const told = folder.done(`election trustee contribute T${number} ${files("certificate")} ${flag}`);
    assert.ok(told.includes(ceremonyFingerprint(certificates)));
    take("contribution", number);
  }

  const contributions = messages("contribution");
  await aFalseShareIsRefused(folder, own, certificates, contributions);
  for (const number of [2, 4]) {
    const told = folder.done(`election trustee finish T${number} ${files("contribution")} ${flag}`);
    assert.ok(told.includes(ceremonyFingerprint(contributions)));
    take("finished", number);
  }
  for (const number of IN_TYPESCRIPT) {
    const { seed } = own.get(number)!;
    const { file, publicKey } = await finish(seed, terms, certificates, contributions, `Trustee-${number}`);
    own.set(number, { seed, file });
    write("finished/1", number, publicKey);
  }
  return own;
}

async function certificatesAreRefused(seed: string, certificates: readonly string[]): Promise<void> {
  const changed = (number: number, change: (text: string) => string) =>
    certificates.map((own, index) => (index + 1 === number ? change(own) : own));
  const refused = async (texts: string[], breach: string, member: number) =>
    assert.rejects(contribute(seed, terms, texts), (fault) =>
      fault instanceof CeremonyFault && fault.breach === breach && fault.member === member);
  await refused(changed(4, (own) => own.replace(/"challenge":"./, '"challenge":"')), "certificate-signature", 4);
  await refused(changed(2, (own) => own.replace('\\"threshold\\":3', '\\"threshold\\":2')), "context", 2);
  await refused(changed(3, () => certificates[1]!), "context", 3);
  await refused(changed(5, (own) => ` ${own}`), "form", 5);
}

/** Member 3 lies to members 1 and 2 under its own signature: both programs say so, and whose message it is. */
async function aFalseShareIsRefused(folder: Folder, own: Map<number, Own>, certificates: string[], contributions: string[]): Promise<void> {
  const liar = Member.read(own.get(3)!.seed);
  const { encryption } = Certificates.read(terms, certificates);
  const lie = JSON.parse(contributions[2]!);
  for (const to of [0, 1]) lie.secrets[to] = await send(liar.signing, encryption[to]!, '{"secret":"5"}');
  const told = contributions.map((text, index) => (index === 2 ? JSON.stringify(lie) : text));
  await assert.rejects(finish(own.get(1)!.seed, terms, certificates, told), (fault) =>
    fault instanceof CeremonyFault && fault.breach === "share" && fault.member === 3);
  // Member 5 was sent a true share: it finishes.
  await finish(own.get(5)!.seed, terms, certificates, told);
  folder.write("contribution-lie.json", messageText({ ...folder.json("contribution-3.json"), message: told[2] }));
  const files = [1, 2, "lie", 4, 5].map((number) => `contribution-${number}.json`).join(" ");
  assert.match(folder.refused(`election trustee finish T2 ${files} ${flag}`), /member 3/);
}

/** Five votes, a revocation, and the first voter's vote once more. */
async function voting(folder: Folder, uuid: string, { voters, spares, key }: { voters: Issued[]; spares: Issued[]; key: SigningKey }) {
  const votes = [
    [[0, 1, 1, 0], [1, 2, 3], [[1, 1, 0], [0, 0]]],
    [[0, 1, 0, 0], [1, 2, 3], [[1, 0, 1], [0, 0]]],
    [[1, 0, 0, 0], [2, 1, 3], [[0, 0, 0], [1, 1]]],
    [[0, 0, 1, 1], [3, 2, 1], [[1, 1, 0], [0, 0]]],
    [[0, 1, 0, 0], [1, 2, 3], [[0, 0, 0], [1, 1]]],
  ];
  const line = (code: string, answers: unknown) => JSON.stringify({ code, answers }) + "\n";
  folder.writePrivate("batch.jsonl", votes.map((answers, index) => line(voters[index]!.code, answers)).join(""));
  folder.done("election vote ORG --batch batch.jsonl");
  const spare = pickSpares([voters[0]!], spares, new Map());
  const minute = Math.floor(Date.now() / 60_000);
  folder.write("revocations.json", messageText(revocationsMessage(uuid, spare, minute, minute, "a letter was lost", key)));
  folder.done("election cosign ORG revocations.json");
  const { code } = spares.find(({ credential }) => credential === spare.get(voters[0]!.credential))!;
  folder.writePrivate("again.jsonl", line(code, [[0, 0, 1, 0], [3, 2, 1], [[0, 0, 0], [1, 1]]]));
  folder.done("election vote ORG --batch again.jsonl");
}

async function shufflesAreRefused(election: Parameters<typeof checkShuffle>[0], tally: Parameters<typeof checkShuffle>[1], record: string) {
  const swapped = JSON.parse(record);
  const [first, second] = swapped.ciphertexts[0];
  swapped.ciphertexts[0].splice(0, 2, second, first);
  const answer = JSON.parse(record);
  answer.proofs[0][1][5][2] = "7";
  for (const changed of [swapped, answer]) {
    await assert.rejects(checkShuffle(election, tally, JSON.stringify(changed)), (fault) =>
      fault instanceof ShuffleFault && fault.kind === "proof" && fault.question === 1);
  }
  await assert.rejects(checkShuffle(election, tally, record.replace('"proofs"', ' "proofs"')), { kind: "form" });
}

/** A decryption in which one factor is another trustee's. */
function changedDecryption(own: any, other: any): string {
  const [record, another] = [JSON.parse(own.record), JSON.parse(other.record)];
  record.decryption_factors[1][2] = another.decryption_factors[1][2];
  return messageText({ ...own, record: JSON.stringify(record) });
}

/** Both programs accept the board. */
function proven(folder: Folder, board: Board): void {
  folder.done("election publish ORG");
  const findings = JSON.parse(folder.done("check ORG --json")).findings as { check: string; verdict: string }[];
  const own = findings.filter(({ check }) => check.startsWith("board/"));
  assert.ok(own.length >= 10, JSON.stringify(own.map(({ check }) => check)));
  for (const { check, verdict } of own) assert.equal(verdict, "proven", check);
  const peer = process.env.ADIL_PEER;
  if (!peer) return console.log("skipped: the peer's verification of the election (ADIL_PEER is not set)");
  mkdirSync(join(folder.path, "alone"));
  copyFileSync(join(folder.path, "board/now.bel"), join(folder.path, `alone/${JSON.parse(board.election).uuid}.bel`));
  const { status, stderr } = spawnSync(join(peer, "belenios-tool"), ["election", "verify"], { cwd: join(folder.path, "alone"), encoding: "utf8" });
  assert.equal(status, 0, stderr);
}
