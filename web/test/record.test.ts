// The log of an election of `adil demo` (ADIL_PROGRAM), with a leak of voting codes and its answer: read, held to its archive,
// and refused where something in it was changed. The tree's values are those of docs/spec/log.md, worked out there by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { padded, VerifierKey } from "../src/log/key.ts";
import { Frontier, leafHash, nodeHash, verifyConsistency, verifyInclusion } from "../src/log/merkle.ts";
import { proves, readProof } from "../src/log/proof.ts";
import { readBundle, tilePath } from "../src/log/tiles.ts";
import { verifyLog } from "../src/verify/log.ts";
import { type ElectionFiles, filesOf, verifyRecord } from "../src/verify/record.ts";
import { Folder, testWith } from "./outside.ts";
import { zipOf } from "./zip.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("the tree of three entries is that of the specification", () => {
  const [one, two, three] = ["one", "two", "three"].map((text) => leafHash(bytesOf(text))) as [Uint8Array, Uint8Array, Uint8Array];
  assert.equal(padded(one), "0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=");
  const tree = new Frontier();
  tree.append(one);
  tree.append(two);
  const ofTwo = tree.root();
  assert.equal(padded(ofTwo), "T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4=");
  tree.append(three);
  const root = tree.root();
  assert.equal(padded(root), "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=");
  assert.ok(verifyInclusion(two, 1, 3, root, [one, three]));
  assert.ok(!verifyInclusion(two, 0, 3, root, [one, three]));
  assert.ok(!verifyInclusion(two, 1, 3, root, [one]));
  assert.ok(!verifyInclusion(two, 1, 3, root, [one, three, three]));
  assert.ok(verifyConsistency(2, 3, ofTwo, root, [three]));
  assert.ok(!verifyConsistency(2, 3, ofTwo, root, [two]));
  assert.ok(!verifyConsistency(1, 3, ofTwo, root, [two, three]));
  assert.ok(verifyConsistency(1, 3, one, root, [two, three]));
  const bundle = Uint8Array.from([0, 3, 0x6f, 0x6e, 0x65, 0, 3, 0x74, 0x77, 0x6f, 0, 5, 0x74, 0x68, 0x72, 0x65, 0x65]);
  assert.deepEqual(readBundle(bundle, 3).map((entry) => new TextDecoder().decode(entry)), ["one", "two", "three"]);
  assert.throws(() => readBundle(bundle, 4));
});

test("proofs lead to the roots of trees of all small sizes, and no other tree's", () => {
  const leaves = Array.from({ length: 20 }, (_, at) => leafHash(Uint8Array.of(at)));
  const root = (from: number, to: number): Uint8Array => (to - from === 1 ? leaves[from]! : nodeHash(root(from, middle(from, to)), root(middle(from, to), to)));
  const path = (at: number, from: number, to: number): Uint8Array[] => {
    if (to - from === 1) return [];
    const k = middle(from, to);
    return at < k ? [...path(at, from, k), root(k, to)] : [...path(at, k, to), root(from, k)];
  };
  const consistency = (size: number, from: number, to: number, isWhole: boolean): Uint8Array[] => {
    if (size === to) return isWhole ? [] : [root(from, to)];
    const k = middle(from, to);
    return size <= k ? [...consistency(size, from, k, isWhole), root(k, to)] : [...consistency(size, k, to, false), root(from, k)];
  };
  for (let size = 1; size <= 20; size++) {
    for (let at = 0; at < size; at++) {
      assert.ok(verifyInclusion(leaves[at]!, at, size, root(0, size), path(at, 0, size)));
      assert.ok(!verifyInclusion(leaves[at]!, (at + 1) % size, size, root(0, size), path(at, 0, size)) || size === 1);
    }
    for (let earlier = 1; earlier <= size; earlier++) {
      const proof = consistency(earlier, 0, size, true);
      assert.ok(verifyConsistency(earlier, size, root(0, earlier), root(0, size), proof), `${earlier} of ${size}`);
      assert.ok(!verifyConsistency(earlier, size, leaves[19]!, root(0, size), proof));
    }
  }
});

/** Where the larger half begins: the largest power of two below the number. */
function middle(from: number, to: number): number {
  let k = 1;
  while (2 * k < to - from) k *= 2;
  return from + k;
}

test("tiles have the paths of the specification", () => {
  assert.equal(tilePath(0, 1234067), "tile/0/x001/x234/067");
  assert.equal(tilePath("entries", 0, 65), "tile/entries/000.p/65");
});

type Change = (path: string, bytes: Buffer) => Buffer | undefined;

/** The files of an election's folder, of which some can be changed on the way. */
function files(folder: string, change: Change = (_, bytes) => bytes): ElectionFiles {
  const read = async (path: string) => {
    let bytes;
    try {
      bytes = readFileSync(join(folder, path));
    } catch {
      return undefined;
    }
    const changed = change(path, bytes);
    return changed && new Uint8Array(changed);
  };
  return {
    archive: async () => (await read("election.bel"))!,
    checkpoint: () => read("election.checkpoint"),
    log: (path) => read(`log/${path}`),
  };
}

/** The rules that a log does not keep. */
async function rules({ log, archive, checkpoint }: ElectionFiles): Promise<string> {
  const report = await verifyLog(log!, { source: archive, checkpoint: await checkpoint() });
  return [...new Set(report!.faults.map(({ rule }) => rule))].join(" ");
}

testWith("ADIL_PROGRAM", "an election's archive follows from its log", async (program, context) => {
  const folder = new Folder(program, context);
  folder.done("demo D");
  const path = join(folder.path, "D");
  const { board, log } = await verifyRecord(files(path));
  assert.deepEqual([board.faults, log!.faults], [[], []]);
  assert.ok(board.isSound && log!.isSound);
  assert.deepEqual(log!.archived, { kind: "equal", entries: log!.entries });
  assert.equal(log!.phase, "finished");

  // The same numbers as the command line's own check.
  const findings: any[] = JSON.parse(folder.done("check D --json")).findings;
  const { measures } = findings.find(({ check }) => check === "board/derivation");
  const { totals } = log!;
  assert.deepEqual(
    [log!.entries, totals.logged, totals.setAside, totals.votersSetAside, totals.votersNotVotedAgain, totals.votersWithoutBallot, totals.revocations],
    [measures.entries, measures.ballots_logged, measures.set_aside, measures.voters_set_aside, measures.voters_not_voted_again,
      measures.voters_without_counted_ballot, measures.revocations],
  );
  assert.ok(totals.setAside > 0 && totals.revocations > 0);
  assert.equal(log!.totals.counted, board.numbers.ballots);

  await changesAreTold(path);
  await aZipIsRead(path);
  await receiptsAreHeldToTheLog(folder, path, log!.key!);
});

async function changesAreTold(path: string): Promise<void> {
  const changed = (change: Change) => rules(files(path, change));
  const only = (name: string, change: (bytes: Buffer) => Buffer | undefined): Change => (own, bytes) => (own.startsWith(name) ? change(bytes) : bytes);
  const replace = (from: string | RegExp, to: string) => (bytes: Buffer) => Buffer.from(bytes.toString("latin1").replace(from, to), "latin1");
  // The minute of the first ballot, which comes to lie after all others.
  assert.equal(await changed(only("log/tile/entries", replace('"ballot/1","minute":2', '"ballot/1","minute":3'))), "J15 J19");
  // The reason of a revocation, of which both signatures and the tree know.
  assert.equal(await changed(only("log/tile/entries", replace(/"reason":"./, '"reason":"~'))), "J3 J19");
  // The checkpoint: another size, and another signature.
  assert.match(await changed(only("log/checkpoint", replace("\n6", "\n5"))), /J18/);
  // A record that the setup names.
  assert.match(await changed(only("log/object", () => undefined)), /^J17/);
  // The archive.
  assert.equal(await changed(only("election.bel", (bytes) => bytes.subarray(0, bytes.length - 1024))), "J20");
}

async function aZipIsRead(path: string): Promise<void> {
  const zip = zipOf(path, ["election.bel", "election.checkpoint", "log"]);
  const { board, log } = await verifyRecord(await filesOf(new Blob([zip])));
  assert.ok(board.isSound && log!.isSound);
  const alone = await verifyRecord(await filesOf(new Blob([readFileSync(join(path, "election.bel"))])));
  assert.ok(alone.board.isSound && alone.log === undefined);
}

async function receiptsAreHeldToTheLog(folder: Folder, path: string, key: string): Promise<void> {
  const proof = folder.done("log prove D --index 5");
  const entries = readBundle(new Uint8Array(readFileSync(join(path, "log", tilePath("entries", 0, 65)))), 65);
  const read = readProof(proof);
  assert.ok(proves(read, entries[5]!, VerifierKey.parse(key)));
  assert.ok(!proves(read, entries[6]!, VerifierKey.parse(key)));
  folder.done("demo E");
  const other = folder.done("log prove E --index 5");
  const { archive, log: logFiles, checkpoint } = files(path);
  const wrong = { ...read, hashes: [...read.hashes].reverse() };
  const receipts = [{ proof: read, entry: entries[5]! }, { proof: read }, { proof: read, entry: entries[6]! }, { proof: wrong }, { proof: readProof(other) }];
  const log = await verifyLog(logFiles!, { source: archive, checkpoint: await checkpoint() }, { receipts });
  assert.deepEqual(log!.receipts.map(({ standing }) => standing), ["holds", "holds", "other-entry", "other-entry", "other-log"]);
  assert.throws(() => readProof(proof.replace("index 5", "index 05")), /number of an entry/);
}
