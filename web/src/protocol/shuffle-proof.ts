// The proof of a shuffle: its form, its challenges, and its verification.
//
// With inputs e_i, outputs e'_i, C = prod c_i / prod h_i, ^C = ^c_(N-1) / h^(prod u_i), ~c = prod c_i^u_i, ^c_-1 = h:
//
//   t1   = C^-c g^s1                            t2   = ^C^-c g^s2
//   t3   = ~c^-c g^s3 prod h_i^s'_i             ^t_i = ^c_i^-c g^^s_i ^c_(i-1)^s'_i
//   t4_1 = (prod beta_i^u_i)^-c  y^-s4 prod beta'_i^s'_i
//   t4_2 = (prod alpha_i^u_i)^-c g^-s4 prod alpha'_i^s'_i
//
// All N + 5 equations are tested at once: each is raised to a weight of 128 bits from a digest of the whole proof, and
// their product must be neutral. If one fails it is with probability below 2^-127, in a group of prime order.
import * as group from "./group.ts";
import { digest, hexDigest } from "./hash.ts";
import { Pace, type Progress } from "./pace.ts";
import { longProductOfPowers } from "./products.ts";
import { fromBytes } from "./random.ts";
import { list, object, type Reader, readRecord, RecordFault, text } from "./records.ts";
import {
  type Ciphertext,
  type CiphertextText,
  ciphertextText,
  decodeAll,
  decodeCiphertexts,
  type Shaped,
  type TallyElection,
  writeCiphertexts,
} from "./tally.ts";

/** A proof, in the paper's names. */
export interface ShuffleProof {
  t: [group.Element, group.Element, group.Element];
  t4: [group.Element, group.Element];
  tHat: group.Element[];
  s: [bigint, bigint, bigint, bigint];
  sHat: bigint[];
  sPrime: bigint[];
  c: group.Element[];
  cHat: group.Element[];
}

/** Steps of work for each ciphertext: five elements that are decoded, and eight powers. */
const STEPS = 13;

/** A shuffle that does not hold, and the index from 0 of the question where it is one's. */
export class ShuffleFault extends Error {
  constructor(readonly kind: "form" | "element" | "proof", readonly question?: number) {
    super({
      form: "the shuffle is no record of its form",
      element: "the shuffle has what is no element of the group, or no scalar",
      proof: "the proof of the shuffle does not hold",
    }[kind]);
  }
}

/** The tally with what a shuffle puts in the place of its shuffled questions, if its proofs hold.
 * @throws ShuffleFault */
export async function checkShuffle(
  election: TallyElection,
  tally: Shaped<Ciphertext>,
  record: string,
  progress?: Progress,
): Promise<Shaped<Ciphertext>> {
  const questions = [...election.slots.keys()].filter((question) => election.slots[question]!.kind === "shuffled");
  const lengths = questions.map((question) => tally[question]!.length);
  const pace = new Pace(STEPS * lengths.reduce((sum, length) => sum + length, 0), progress);
  const { ciphertexts, proofs } = await readShuffle(record, lengths, pace);
  const after = [...tally];
  for (const [at, question] of questions.entries()) {
    if (!(await holds(election, tally[question]!, ciphertexts[at]!, proofs[at]!, pace))) throw new ShuffleFault("proof", question);
    after[question] = ciphertexts[at]!;
  }
  pace.finish();
  return after;
}

/** The tally after all of these shuffles.
 * @throws ShuffleFault */
export async function afterShuffles(
  election: TallyElection,
  tally: Shaped<Ciphertext>,
  shuffles: readonly string[],
  progress?: Progress,
): Promise<Shaped<Ciphertext>> {
  let after = tally;
  for (const [at, record] of shuffles.entries()) {
    after = await checkShuffle(election, after, record, (done) => progress?.((at + done) / shuffles.length));
  }
  return after;
}

async function holds(
  { fingerprint, publicKey: y }: TallyElection,
  inputs: readonly Ciphertext[],
  outputs: readonly Ciphertext[],
  proof: ShuffleProof,
  pace: Pace,
): Promise<boolean> {
  const { mod } = group;
  const N = inputs.length;
  const { h, hs } = await generators(N, pace);
  const said = statement(inputs, outputs, proof.c);
  const u = exponents(fingerprint, said, N);
  const c = mainChallenge(fingerprint, said, proof, y);
  const weight = weights(fingerprint, said, proof, y);
  const [w1, w2, w3, w41, w42] = [0, 1, 2, 3, 4].map(weight) as [bigint, bigint, bigint, bigint, bigint];
  const [s1, s2, s3, s4] = proof.s;
  const bases: group.Element[] = [];
  const powers: bigint[] = [];
  const push = (base: group.Element, exponent: bigint) => {
    bases.push(base);
    powers.push(mod(exponent));
  };
  let ofG = w1 * s1 + w2 * s2 + w3 * s3 - w42 * s4;
  // ^C^-c holds h^(c prod u_i).
  let ofH = mod(w2 * c) * u.reduce((product, own) => mod(product * own), 1n);
  const ofChain = new Array<bigint>(N).fill(0n);
  for (let i = 0; i < N; i++) {
    const [own, s] = [u[i]!, proof.sPrime[i]!];
    push(inputs[i]!.beta, -w41 * mod(c * own));
    push(inputs[i]!.alpha, -w42 * mod(c * own));
    push(outputs[i]!.beta, w41 * s);
    push(outputs[i]!.alpha, w42 * s);
    // C^-c = prod c_i^-c h_i^c
    push(proof.c[i]!, -c * (w1 + mod(w3 * own)));
    push(hs[i]!, w1 * c + w3 * s);
    const w = weight(5 + i);
    ofG += w * proof.sHat[i]!;
    ofChain[i]! -= w * c;
    if (i > 0) ofChain[i - 1]! += w * s;
    else ofH += w * s;
    push(proof.tHat[i]!, -w);
  }
  // Of no ciphertexts the chain ends where it begins, at h.
  if (N > 0) ofChain[N - 1]! -= w2 * c;
  else ofH -= w2 * c;
  proof.cHat.forEach((own, i) => push(own, ofChain[i]!));
  push(group.g, ofG);
  push(y, -w41 * s4);
  push(h, ofH);
  [...proof.t, ...proof.t4].forEach((own, at) => push(own, -[w1, w2, w3, w41, w42][at]!));
  return (await longProductOfPowers(bases, powers, pace)).equals(group.neutral);
}

/** h, and h_i for each ciphertext. */
export async function generators(N: number, pace: Pace): Promise<{ h: group.Element; hs: group.Element[] }> {
  while (known.length < N) {
    known.push(group.independentGenerator(known.length));
    await pace.step(0);
  }
  return { h: group.independentGenerator(-1), hs: known.slice(0, N) };
}

/** They are the same for every list and every shuffle. */
const known: group.Element[] = [];

/** Everything that the exponents u_i depend on. */
export function statement(inputs: readonly Ciphertext[], outputs: readonly Ciphertext[], c: readonly group.Element[]): string {
  const elements = [...inputs, ...outputs].flatMap(({ alpha, beta }) => [alpha, beta]);
  return withCommas([...elements, ...c]);
}

/** u_i = H(hex("shuffle-challenges|" phi "|" statement) hex(i)). */
export function exponents(fingerprint: string, said: string, N: number): bigint[] {
  const ofAll = hexDigest(`shuffle-challenges|${fingerprint}|${said}`);
  return Array.from({ length: N }, (_, i) => group.challenge(ofAll + hexDigest(String(i))));
}

type Commitments = Pick<ShuffleProof, "t" | "t4" | "tHat" | "cHat">;

/** The challenge c. */
export function mainChallenge(fingerprint: string, said: string, proof: Commitments, y: group.Element): bigint {
  return group.challenge(challenged(fingerprint, said, proof, y));
}

function challenged(fingerprint: string, said: string, { t, t4, tHat, cHat }: Commitments, y: group.Element): string {
  return `shuffle-challenge|${fingerprint}|${withCommas([...t, ...t4, ...tHat])}${said}${withCommas(cHat)}${group.encode(y)}`;
}

/** Weights of 128 bits from a digest of statement and proof. */
function weights(fingerprint: string, said: string, proof: ShuffleProof, y: group.Element): (index: number) => bigint {
  const responses = [...proof.s, ...proof.sHat, ...proof.sPrime].join(",");
  const seed = hexDigest(`weights of a shuffle|${challenged(fingerprint, said, proof, y)}|${responses}`);
  return (index) => fromBytes(digest(`${seed}|${index}`).subarray(0, 16));
}

function withCommas(elements: readonly group.Element[]): string {
  return group.encodeAll(elements).map((text) => `${text},`).join("");
}

/** The record of a shuffle: [[t1,t2,t3,[t41,t42],[^t..]],[s1,s2,s3,s4,[^s..],[s'..]],[c..],[^c..]] for each question. */
export function writeShuffle(ciphertexts: readonly Ciphertext[][], proofs: readonly ShuffleProof[]): string {
  const written = proofs.map(({ t, t4, tHat, s, sHat, sPrime, c, cHat }) => [
    [...group.encodeAll(t), group.encodeAll(t4), group.encodeAll(tHat)],
    [...s.map(String), sHat.map(String), sPrime.map(String)],
    group.encodeAll(c),
    group.encodeAll(cHat),
  ]);
  return JSON.stringify({ ciphertexts: ciphertexts.map(writeCiphertexts), proofs: written });
}

/** A proof as it is written. */
interface ProofTexts {
  elements: Record<"t" | "t4" | "tHat" | "c" | "cHat", string[]>;
  scalars: Record<"s" | "sHat" | "sPrime", string[]>;
}

/** Reads the record of a shuffle of lists of these lengths.
 * @throws ShuffleFault */
async function readShuffle(record: string, lengths: readonly number[], pace: Pace) {
  try {
    const texts = readRecord(record, "a shuffle", shuffleRecord);
    const all: { ciphertexts: Ciphertext[][]; proofs: ShuffleProof[] } = { ciphertexts: [], proofs: [] };
    for (const [at, own] of listOf(texts.ciphertexts, lengths.length).entries()) {
      all.ciphertexts.push(await decodeCiphertexts(listOf(own, lengths[at]!), pace));
    }
    for (const [at, own] of listOf(texts.proofs, lengths.length).entries()) {
      all.proofs.push(await decodeProof(proofTexts(own, lengths[at]!), pace));
    }
    return all;
  } catch (fault) {
    if (fault instanceof RecordFault) throw new ShuffleFault("form");
    throw fault instanceof group.ElementFault ? new ShuffleFault("element") : fault;
  }
}

/** Lists in lists of texts. */
type Nested = string | Nested[];
const nested: Reader<Nested> = (value) => (Array.isArray(value) ? value.map(nested) : text(value));
const shuffleRecord = object<{ ciphertexts: CiphertextText[][]; proofs: Nested[] }>({
  ciphertexts: list(list(ciphertextText)),
  proofs: list(nested),
});

/** Takes a proof apart; every list has the length of the inputs. */
function proofTexts(value: unknown, N: number): ProofTexts {
  const [ts, ss, c, cHat] = listOf(value, 4);
  const [t1, t2, t3, t4, tHat] = listOf(ts, 5);
  const [s1, s2, s3, s4, sHat, sPrime] = listOf(ss, 6);
  const texts = (of: unknown, length: number) => listOf(of, length).map(text);
  return {
    elements: { t: texts([t1, t2, t3], 3), t4: texts(t4, 2), tHat: texts(tHat, N), c: texts(c, N), cHat: texts(cHat, N) },
    scalars: { s: texts([s1, s2, s3, s4], 4), sHat: texts(sHat, N), sPrime: texts(sPrime, N) },
  };
}

async function decodeProof({ elements, scalars }: ProofTexts, pace: Pace): Promise<ShuffleProof> {
  const decoded = {
    t: await decodeAll(elements.t, pace),
    t4: await decodeAll(elements.t4, pace),
    tHat: await decodeAll(elements.tHat, pace),
    s: scalars.s.map((own) => group.decodeScalar(own)),
    sHat: scalars.sHat.map((own) => group.decodeScalar(own)),
    sPrime: scalars.sPrime.map((own) => group.decodeScalar(own)),
    c: await decodeAll(elements.c, pace),
    cHat: await decodeAll(elements.cHat, pace),
  };
  // The lengths were looked at.
  return decoded as ShuffleProof;
}

function listOf<T>(value: T[] | unknown, length: number): T[] {
  if (!Array.isArray(value) || value.length !== length) throw new RecordFault("another shape");
  return value;
}
