// What roles do, without pages: files of roles, passphrases, revocations, and what a trustee refuses.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { readCheckpoint } from "../src/log/checkpoint.ts";
import { padded, SigningKey } from "../src/log/key.ts";
import { readStatement } from "../src/log/statement.ts";
import type { LogFiles } from "../src/log/tiles.ts";
import { deriveCredential } from "../src/protocol/credential.ts";
import { authorityKeyName, issue } from "../src/protocol/credentials-list.ts";
import * as group from "../src/protocol/group.ts";
import { hexDigest } from "../src/protocol/hash.ts";
import { answerLeak, UnknownVoter } from "../src/pages/roles/authority/revoke.ts";
import { handOut } from "../src/pages/roles/spare-codes.ts";
import { type VerifiedBoard, verifiedBoard } from "../src/pages/roles/trustee/board.ts";
import { decrypt, makeKey, type Refusal, rehearse, shuffle } from "../src/pages/roles/trustee/work.ts";
import type { AuthorityView, TrusteeView } from "../src/pages/roles/views.ts";
import { type AuthorityFile, fileText, readAuthorityFile, readSparesFile, readTrusteeFile } from "../src/secret/role-files.ts";
import { strengthOf, suggestPassphrase } from "../src/secret/strength.ts";
import type { ElectionFiles } from "../src/verify/record.ts";
import { Folder, testWith } from "./outside.ts";

const UUID = "h5HtcJ7p1oJBqp";
const DRAFT = { uuid: UUID, plan: "", organiser: "", log: "the log's key" };
const nothing = () => {};

test("a file is read by its role, its election and its trustee alone", () => {
  const file = { adil: "trustee-key/1", uuid: UUID, number: 2, private: '"5"', decrypted: "00" } as const;
  assert.deepEqual(readTrusteeFile(fileText(file), UUID, 2), file);
  assert.throws(() => readTrusteeFile(fileText(file), UUID, 1), { kind: "another-trustee" });
  assert.throws(() => readTrusteeFile(fileText(file), "another1oJBqp11", 2), { kind: "another-election" });
  assert.throws(() => readAuthorityFile(fileText(file), UUID), { kind: "another-kind" });
  assert.throws(() => readSparesFile("{}", UUID), { kind: "form" });
  assert.throws(() => readTrusteeFile(`${fileText(file)}x`, UUID, 2), { kind: "form" });
  assert.throws(() => readTrusteeFile(JSON.stringify({ ...file, more: 1 }), UUID, 2), { kind: "form" });
});

test("passphrases: length, repetition and sequences", () => {
  assert.equal(strengthOf("elevenchars"), "short");
  assert.equal(strengthOf("aaaaaaaaaaaaaaaa"), "weak");
  assert.equal(strengthOf("abcdefghijklmnop"), "weak");
  // Twelve different small letters: at most 12 log2 26 = 56 bits.
  assert.equal(strengthOf("qhzkwmxvtnbp"), "fair");
  for (let turn = 0; turn < 50; turn++) {
    const suggested = suggestPassphrase();
    assert.match(suggested, /^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){4}$/);
    assert.notEqual(strengthOf(suggested), "short");
  }
});

test("a leak takes the credential of a voter away, once, and gives a spare of the same weight", async () => {
  const [own, spares] = [await issue(UUID, [1n, 2n, 1n]), await issue(UUID, [1n, 2n, 1n])];
  const [first, second, third] = own.map(({ credential }) => credential) as [string, string, string];
  const key = SigningKey.draw(authorityKeyName(UUID));
  const register = own.map(({ credential, weight }, at) => ({ id: `v${at}`, language: "en", weight: String(weight), credential }));
  const file: AuthorityFile = { adil: "authority-keys/1", uuid: UUID, key: key.toText(), register, given: {} };
  // The first voter's code leaked before: spare 0 is in its place.
  const revoked: [string, string][] = [[first, spares[0]!.credential]];
  const free_spares = [1, 2].map((at): [string, string] => [spares[at]!.credential, String(spares[at]!.weight)]);
  const view = { draft: DRAFT, voters: [{ id: "v2", email: "v2@example.org", language: "en", weight: "1" }], free_spares, revoked } as unknown as AuthorityView;
  const leak = (...voters: string[]) => ({ since: 100, reason: "a reason", affected: { voters } });

  const statementsOf = (message: string) => (JSON.parse(message).notes as string[]).map((note) => {
    const { statement, note: signed } = readStatement(note);
    assert.ok(signed.isSignedBy(key.verifier));
    return statement;
  });
  const answer = answerLeak(view, leak("v2", "v1"), file, 200);
  assert.deepEqual(answer.orders.map(({ id, spare }) => [id, spare]), [["v2", spares[2]!.credential], ["v1", spares[1]!.credential]]);
  assert.equal(answer.orders[0]!.email, "v2@example.org");
  const said = { adil: "revocation/1", uuid: UUID, since: 100, minute: 200, reason: "a reason" };
  assert.deepEqual(statementsOf(answer.message), [
    { ...said, credential: third, spare: spares[2]!.credential },
    { ...said, credential: second, spare: spares[1]!.credential },
  ]);
  // Signed once more, before the organiser has signed: every voter keeps the spare.
  assert.deepEqual(answerLeak(view, leak("v1", "v2"), answer.file, 201).file.given, answer.file.given);

  // All codes leak after one that was replaced: its spare is not revoked (J8), and there are spares for all others.
  const all = answerLeak(view, { since: 100, reason: "a reason", affected: "all" }, file, 200);
  assert.deepEqual(statementsOf(all.message), [
    { ...said, credential: second, spare: spares[1]!.credential },
    { ...said, credential: third, spare: spares[2]!.credential },
  ]);
  assert.deepEqual(all.orders.map(({ id }) => id), ["v1", "v2"]);
  assert.throws(() => answerLeak(view, leak("v1", "v0"), file, 200), { kind: "again", credential: first });

  const oneSpare = { ...view, free_spares: free_spares.slice(0, 1) };
  assert.throws(() => answerLeak(view, leak("v9"), file, 200), UnknownVoter);
  assert.throws(() => answerLeak(oneSpare, leak("v2"), file, 200), { kind: "no-spare" });
  assert.throws(() => answerLeak(view, leak("v1"), file, 99), { kind: "future" });
});

test("a spare code is handed out where its credential follows from it", async () => {
  const [right, wrong] = await issue(UUID, [1n, 1n]);
  const spares = [
    { credential: right!.credential, code: right!.code, weight: "1" },
    { credential: wrong!.credential, code: right!.code, weight: "1" },
  ];
  const order = (id: string, spare: string) => ({ id, language: "en", weight: "1", spare });
  const given = handOut(UUID, { adil: "spare-codes/1", uuid: UUID, fingerprint: "", spares }, [order("a", right!.credential), order("b", wrong!.credential), order("c", "00")]);
  assert.deepEqual(given.missing, ["b", "c"]);
  assert.deepEqual(given.recipients, [{ id: "a", language: "en", weight: "1", code: right!.code }]);
  assert.equal(deriveCredential(UUID, given.recipients[0]!.code).public, right!.credential);
});

test("a trustee decrypts what was verified and rehearsed, once", async () => {
  const { file, message } = makeKey(VIEW);
  const setup = setupOf(JSON.parse(message).record);
  const { file: rehearsed } = await rehearse({ ...VIEW, rehearsal: { ...setup, credentials: "[]" } }, file);
  const board = boardOf(setup, tallyOf(setup.election));
  const asked = { ...VIEW, tally: board.tally };

  const done = await decrypt(asked, rehearsed, board, nothing);
  assert.equal(JSON.parse(done.message).adil, "decryption/1");
  // The same tally again is what a lost answer needs; another one is refused, also where the archive has it.
  await decrypt(asked, done.file, board, nothing);
  const second = { ...board, tally: tallyOf(setup.election) };
  await refuses("second-tally", decrypt({ ...asked, tally: second.tally }, done.file, second, nothing));
  await refuses("other-tally", decrypt(asked, rehearsed, second, nothing));
  await refuses("other-tally", decrypt({ ...asked, shuffles: ["{}"] }, rehearsed, board, nothing));

  // Another key: the server made a setup with a key of its own.
  const other = setupOf(JSON.parse(makeKey(VIEW).message).record);
  const otherBoard = boardOf(other, tallyOf(other.election));
  await refuses("other-setup", decrypt({ ...asked, tally: otherBoard.tally }, rehearsed, otherBoard, nothing));
  await refuses("key-missing", rehearse({ ...VIEW, rehearsal: { ...other, credentials: "[]" } }, file));
  await refuses("key-product", rehearse({ ...VIEW, rehearsal: { election: other.election, trustees: setup.trustees, credentials: "[]" } }, file));
  const renamed = setup.election.replace(UUID, "another1oJBqp11");
  await refuses("other-election", rehearse({ ...VIEW, rehearsal: { ...setup, election: renamed, credentials: "[]" } }, file));
  // A file from before the rehearsal knows of no setup, and another log is not that of this one.
  await refuses("not-rehearsed", decrypt(asked, file, board, nothing));
  await refuses("other-log", decrypt(asked, rehearsed, { ...board, log: { ...board.log, key: "another log" } }, nothing));
});

test("ballots are decrypted only after as many shuffles as are needed, of which the own one is one", async () => {
  const [one, two] = [makeKey(VIEW), makeKey({ ...VIEW, name: "Trustee 2", number: 2 })];
  const question = { type: "NonHomomorphic", value: { answers: ["A", "B"], question: "Q" } };
  const setup = setupOf([one, two].map(({ message }) => JSON.parse(message).record), question);
  const { file } = await rehearse({ ...VIEW, rehearsal: { ...setup, credentials: "[]" } }, one.file);
  const ciphertext = () => JSON.parse(tallyOf(setup.election))[0][0];
  const tally = JSON.stringify([[ciphertext(), ciphertext()]]);
  const board = boardOf(setup, tally);
  const asked = { ...VIEW, tally };
  await refuses("not-shuffled", decrypt(asked, file, board, nothing));

  // Both trustees are needed: one shuffle, of the other or the own one, is not enough.
  const own = await shuffle(asked, file, board, nothing);
  const shuffleOf = ({ message }: { message: string }): string => JSON.parse(message).record;
  const after = (...made: [number, string][]) => {
    const [shufflers, shuffles] = [made.map(([owner]) => owner), made.map(([, record]) => record)];
    return [{ ...asked, shuffles }, { ...board, shuffles, shufflers }] as const;
  };
  assert.deepEqual(own.file.shuffled, [hexDigest(shuffleOf(own))]);
  const [askedOnce, once] = after([1, shuffleOf(own)]);
  await refuses("not-shuffled", decrypt(askedOnce, own.file, once, nothing));
  const others = await shuffle({ ...askedOnce, number: 2 }, two.file, once, nothing);
  const [askedTwice, twice] = after([1, shuffleOf(own)], [2, shuffleOf(others)]);
  assert.equal(JSON.parse((await decrypt(askedTwice, own.file, twice, nothing)).message).adil, "decryption/1");

  // Without the own shuffle; and with an older file, which does not know it.
  const [askedOther, other] = after([2, shuffleOf(others)], [1, shuffleOf(others)]);
  await refuses("own-shuffle", decrypt(askedOther, own.file, other, nothing));
  await refuses("older-file", decrypt(askedTwice, file, twice, nothing));
});

testWith("ADIL_PROGRAM", "a trustee's board follows from the election's log", async (program, context) => {
  const folder = new Folder(program, context);
  folder.done("demo D");
  folder.done("demo E");
  const read = async (name: string) => {
    try {
      return new Uint8Array(readFileSync(join(folder.path, name)));
    } catch {
      return undefined;
    }
  };
  const files = (archive: string, log: string): ElectionFiles => ({
    archive: async () => (await read(`${archive}/election.bel`))!,
    checkpoint: () => read(`${archive}/election.checkpoint`),
    log: (path) => read(`${log}/log/${path}`),
  });
  const board = await verifiedBoard(files("D", "D"));
  const { root, size } = readCheckpoint(folder.read("D/log/checkpoint"));
  assert.deepEqual(board.log, { entries: size, root: padded(root), key: folder.json("D/draft.json").log });
  assert.ok(board.ballots >= board.voters && board.voters > 0);

  // Sound archives without their log, with that of another election, and with one that is another when it is read again.
  await refuses("log", verifiedBoard({ ...files("D", "D"), log: undefined }));
  await refuses("log", verifiedBoard(files("E", "D")));
  await refuses("log", verifiedBoard({ ...files("D", "D"), checkpoint: () => read("E/election.checkpoint") }));
  let times = 0;
  const changing: LogFiles = async (path) => {
    const bytes = await read(`D/log/${path}`);
    if (path.startsWith("tile/entries/") && ++times > 1) bytes![bytes!.length - 1]! ^= 1;
    return bytes;
  };
  await refuses("log", verifiedBoard({ ...files("D", "D"), log: changing }));
});

const VIEW = { draft: DRAFT, name: "Trustee 1", names: ["Trustee 1"], number: 1, shuffles: [] as string[] } as unknown as TrusteeView;

function refuses(refusal: Refusal, run: Promise<unknown>): Promise<void> {
  return assert.rejects(run, { refusal });
}

function boardOf(setup: { election: string; trustees: string }, tally: string): VerifiedBoard {
  return { ...setup, tally, shuffles: [], shufflers: [], ballots: 1, voters: 1, log: { entries: 5, root: "", key: DRAFT.log } };
}

/** A setup of single trustees' records. */
function setupOf(records: string | string[], question: object = { answers: ["A", "B"], min: 0, max: 1, question: "Q" }) {
  const all = [records].flat();
  const public_key = group.encode(all.map((record) => group.decode(JSON.parse(record).public_key)).reduce((y, key) => y.add(key)));
  const election = JSON.stringify({ version: 1, description: "", name: "E", group: "Ed25519", public_key, questions: [question], uuid: UUID });
  return { election, trustees: `[${all.map((record) => `["Single",${record}]`).join(",")}]` };
}

/** A tally of two places, zero votes each. */
function tallyOf(election: string): string {
  const y = group.decode(JSON.parse(election).public_key);
  const zero = () => {
    const r = group.randomScalar();
    return { alpha: group.encode(group.power(group.g, r)), beta: group.encode(group.power(y, r)) };
  };
  return JSON.stringify([[zero(), zero()]]);
}
