// The verifier on boards of other programs, sound and corrupted, in the folder belenios of ADIL_DATA; and how the boards
// must be refused: crates/belenios/tests/fixtures.rs says it rule by rule, from the notes that lie beside the boards.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { verifyBoard, type BoardReport } from "../src/verify/board.ts";
import { type BoxPort, pooled, serveBox } from "../src/verify/pool.ts";
import { Unsupported } from "../src/verify/rules.ts";
import { testWith } from "./outside.ts";

/** The rules that each corrupted board breaks, as its note tells, and those that follow from it. Of a ballot whose voter, or
 * a weight that cannot be read, this verifier draws no conclusion for the tally; the other one told E4 and E5 there. */
const REFUSED: Record<string, string> = Object.fromEntries(
  `
bad-ed-answer-extra-field: B1
bad-ed-ballot-after-result: O3 B17
bad-ed-ballot-removed-rechained: E5
bad-ed-ballots-before-first-endballots-ignored: O2 E3 E4 E5
bad-ed-copied-answers: B9 B10 E5
bad-ed-data-removed: A10 A11 E5
bad-ed-dup-ballot-adjacent: B17
bad-ed-dup-credential: C3
bad-ed-election-renamed: B3 B9 B10 D5 D6
bad-ed-empty-oproof: B7
bad-ed-endballots-missing: O2
bad-ed-event-removed: A8 A9 A10 E3 E4 E5
bad-ed-events-swapped: A8 A9 A11
bad-ed-extra-answer: B7
bad-ed-header-version-2: A1
bad-ed-iproof-flip-resigned: B9
bad-ed-json-whitespace: B1
bad-ed-junk-data-appended: A6
bad-ed-missing-choice: B7
bad-ed-nh-result-changed: R4
bad-ed-no-signature: B1
bad-ed-noncanon-identity-signbit: B5
bad-ed-noncanon-identity-yplusp: B5
bad-ed-not-on-curve: B5
bad-ed-num-tallied: E3
bad-ed-oproof-flip-resigned: B10
bad-ed-overvote: B10
bad-ed-padding-appended: A3
bad-ed-pd-duplicate: D3
bad-ed-pd-factor-changed: D5 D6
bad-ed-pd-missing: O2 D6
bad-ed-pd-owner-99: D2 D6
bad-ed-pd-proof-flip: D5 D6
bad-ed-pd-proof-flip-no-result: D5
bad-ed-pd-scalar-plus-q: D4 D6
bad-ed-replay-old-ballot: B17
bad-ed-result-as-string: R1
bad-ed-result-empty: R1
bad-ed-result-plus-one: R4
bad-ed-result-plus-q: R1
bad-ed-result-short: R2
bad-ed-scalar-negative: B6
bad-ed-scalar-plus-q: B6
bad-ed-second-setup-drops-ballots: O1 E3 E4 E5
bad-ed-shuffle-duplicated-output: M5 D5 D6
bad-ed-shuffle-proof-flip: M5
bad-ed-shuffle-wrong-owner: M3
bad-ed-sig-flip: B16
bad-ed-sig-scalar-plus-q: B6
bad-ed-small-order-alpha: B5
bad-ed-stuffed-ballot: B9 B10 B15 B16
bad-ed-swap-ciphertexts: B9 B10
bad-ed-tally-changed: E5 R4
bad-ed-tally-event-missing: O2
bad-ed-tar-mode: A3
bad-ed-tar-mtime: A3
bad-ed-thr-coefexp-changed: T8 T9 T10
bad-ed-thr-extra-invalid-pd: D5
bad-ed-thr-threshold-lowered: T7 T8 R4
bad-ed-thr-too-few: D6
bad-ed-total-weight: E4
bad-ed-truncated-last-event: A6
bad-ed-truncated-mid-block: A6
bad-ed-trustee-key-replaced: T4 D5 D6
bad-ed-trustee-pok-flip: T3
bad-ed-unknown-credential: B4
bad-ed-uppercase-hex: B5
bad-ed-weight-changed: E4 E5
bad-ed-weight-hex: C4 C5
bad-ed-weight-negative: C4 C5
bad-ed-wrong-election-hash: B3
`.trim().split("\n").map((line) => line.split(": ") as [string, string]),
);

function broken(report: BoardReport): string {
  return [...new Set(report.faults.map(({ rule }) => rule))].join(" ");
}

testWith("ADIL_DATA", "boards have the verdict that their notes tell", async (data) => {
  const folder = join(data, "belenios");
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, { expected?: string }>;
  const wrong: string[] = [];
  let [verified, unsupported] = [0, 0];
  for (const [name, { expected }] of Object.entries(manifest)) {
    const bytes = new Uint8Array(readFileSync(join(folder, name, "election.bel")));
    try {
      const report = await verifyBoard(bytes);
      verified++;
      // What may be either is decided in the specification, and every decision is to refuse.
      if (report.isSound !== (expected === "accept") || broken(report) !== (REFUSED[name] ?? "")) {
        wrong.push(`${name}: ${broken(report)} instead of ${REFUSED[name] ?? "nothing"}`);
      }
    } catch (fault) {
      if (!(fault instanceof Unsupported && fault.why === "group")) throw fault;
      assert.match(name, /ff-/);
      unsupported++;
    }
  }
  assert.deepEqual(wrong, []);
  assert.equal(verified + unsupported, Object.keys(manifest).length);
  assert.ok(verified > 80 && unsupported > 20, `${verified} and ${unsupported}`);
});

testWith("ADIL_DATA", "results are the last votes of all voters", async (data) => {
  const folder = join(data, "belenios");
  for (const name of ["ed-01-single-q3", "ed-03-multi-blank", "ed-05-thr-3of5-v21"]) {
    const { votes } = JSON.parse(readFileSync(join(folder, name, "info.json"), "utf8")) as { votes: [number, number[][]][] };
    const report = await verifyBoard(new Uint8Array(readFileSync(join(folder, name, "election.bel"))));
    const last = [...new Map(votes).values()];
    assert.equal(report.numbers.ballots, votes.length);
    assert.equal(report.numbers.voters, last.length);
    assert.equal(report.verdicts.result, "proven");
    report.result!.forEach((count, question) => {
      assert.ok(count.kind === "numbers");
      const sums = last.map((vote) => vote[question]!).reduce((sum, vote) => sum.map((number, at) => number + vote[at]!));
      assert.deepEqual(count.numbers.map(Number), sums, name);
    });
  }
});

testWith("ADIL_DATA", "ballots in several boxes give the same report", async (data, context) => {
  const folder = join(data, "belenios");
  const ports: MessagePort[] = [];
  context.after(() => ports.forEach((port) => port.close()));
  const start = (): BoxPort => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1);
    serveBox(port2 as unknown as BoxPort);
    return port1 as unknown as BoxPort;
  };
  for (const name of ["ed-07-weights", "ed-08-nh-2shuffles", "ed-09-lists", "bad-ed-dup-ballot-adjacent", "bad-ed-iproof-flip-resigned", "bad-ed-unknown-credential"]) {
    const bytes = new Uint8Array(readFileSync(join(folder, name, "election.bel")));
    assert.deepEqual(plain(await verifyBoard(bytes, { boxes: pooled(start, 3, 0) })), plain(await verifyBoard(bytes)), name);
  }
});

/** A report without the points of the curve, which have several forms. */
function plain(report: BoardReport): unknown {
  return { ...report, election: report.election?.fingerprint };
}

test("what is no board is said to be none", async () => {
  await assert.rejects(verifyBoard(new Uint8Array(1024)), /does not begin as a board/);
  await assert.rejects(verifyBoard(new TextEncoder().encode("{}")), /does not begin as a board/);
});
