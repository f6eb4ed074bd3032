// Partial decryptions. For every ciphertext of the tally a trustee with the key X = g^x gives F = alpha^x, and proves that
// it is the same x: c = H("decrypt|" phi "|" X "|" A "," B).
import * as group from "./group.ts";
import { equalLogarithms, type Proof, proveEquality, readProof, writeProof } from "./knowledge.ts";
import { Pace, type Progress } from "./pace.ts";
import { type ProofText, proofText, RecordFault, text } from "./records.ts";
import { type Ciphertext, flatten, nest, parse, type Shaped, type TallyElection } from "./tally.ts";
import { numberOf, type Trustees } from "./trustee/trustees.ts";

/** The factors of one trustee, by the number from 1. */
export interface PartialDecryption {
  owner: number;
  factors: Shaped<group.Element>;
}

/** A partial decryption that does not hold: whose it is, and where. */
export class DecryptionFault extends Error {
  constructor(
    readonly owner: number,
    readonly kind: "unknown-trustee" | "form" | "element" | "proof",
    /** The question and the ciphertext in it, from 0. */
    readonly at?: { question: number; choice: number },
  ) {
    const where = at === undefined ? "" : ` (question ${at.question + 1}, place ${at.choice + 1})`;
    super(`trustee ${owner}: ${{
      "unknown-trustee": "there is no trustee of this number",
      form: "the partial decryption is no record of its form",
      element: "a factor is no element of the group, or a number no scalar",
      proof: "a factor is not proven to be the trustee's",
    }[kind]}${where}`);
  }
}

/** A private key that is none of a trustee's. */
export class NoTrustee extends Error {
  constructor() {
    super("the private key is none of a trustee of this election");
  }
}

/** Decrypts a tally, which is that after all shuffles, with the private key x: the trustee's number, and the record.
 * @throws NoTrustee */
export async function makeDecryption(
  election: TallyElection,
  trustees: Trustees,
  tally: Shaped<Ciphertext>,
  x: bigint,
  progress?: Progress,
): Promise<{ owner: number; record: string }> {
  const owner = numberOf(trustees, x);
  if (owner === undefined) throw new NoTrustee();
  const prefix = prefixOf(election, trustees.trustees[owner - 1]!.key);
  const pace = new Pace(tally.flat().length, progress);
  const [factors, proofs]: [Shaped<string>, Shaped<ProofText>] = [[], []];
  for (const ciphertexts of tally) {
    const elements: group.Element[] = [];
    const own: ProofText[] = [];
    for (const { alpha } of ciphertexts) {
      const { F, proof } = proveEquality(x, alpha, prefix);
      elements.push(F);
      own.push(writeProof(proof));
      await pace.step();
    }
    factors.push(group.encodeAll(elements));
    proofs.push(own);
  }
  pace.finish();
  return { owner, record: write(election, factors, proofs) };
}

/** Reads a trustee's partial decryption of a tally, and checks every proof.
 * @throws DecryptionFault */
export async function checkDecryption(
  election: TallyElection,
  trustees: Trustees,
  tally: Shaped<Ciphertext>,
  owner: number,
  record: string,
  progress?: Progress,
): Promise<PartialDecryption> {
  const key = trustees.trustees[owner - 1]?.key;
  if (key === undefined) throw new DecryptionFault(owner, "unknown-trustee");
  const { factors, proofs } = read(election, tally, owner, record);
  const prefix = prefixOf(election, key);
  const pace = new Pace(tally.flat().length, progress);
  const all: Shaped<group.Element> = [];
  for (const [question, ciphertexts] of tally.entries()) {
    const own: group.Element[] = [];
    for (const [choice, { alpha }] of ciphertexts.entries()) {
      const at = { question, choice };
      const { F, proof } = decode(owner, at, factors[question]![choice]!, proofs[question]![choice]!);
      if (!equalLogarithms(key, alpha, F, proof, prefix)) throw new DecryptionFault(owner, "proof", at);
      own.push(F);
      await pace.step();
    }
    all.push(own);
  }
  pace.finish();
  return { owner, factors: all };
}

/** What is decrypted in a rehearsal: one question of one choice, whose alpha is the independent generator h. Whoever asks
 * for a rehearsal has no choice of it. */
function rehearsal(election: TallyElection): { election: TallyElection; tally: Shaped<Ciphertext> } {
  const ciphertext = { alpha: group.independentGenerator(-1), beta: group.neutral };
  return { election: { ...election, slots: [{ kind: "homomorphic", count: 1 }] }, tally: [[ciphertext]] };
}

/** Shows that the private key x is that of a trustee and decrypts, without an election.
 * @throws NoTrustee */
export function makeRehearsed(election: TallyElection, trustees: Trustees, x: bigint) {
  const own = rehearsal(election);
  return makeDecryption(own.election, trustees, own.tally, x);
}

/** Checks a trustee's answer to a rehearsal.
 * @throws DecryptionFault */
export async function checkRehearsed(election: TallyElection, trustees: Trustees, owner: number, record: string): Promise<void> {
  const own = rehearsal(election);
  await checkDecryption(own.election, trustees, own.tally, owner, record);
}

function prefixOf({ fingerprint }: TallyElection, key: group.Element): string {
  return `decrypt|${fingerprint}|${group.encode(key)}|`;
}

function write({ slots }: TallyElection, factors: Shaped<string>, proofs: Shaped<ProofText>): string {
  return JSON.stringify({ decryption_factors: nest(slots, factors), decryption_proofs: nest(slots, proofs) });
}

function read(election: TallyElection, tally: Shaped<Ciphertext>, owner: number, record: string) {
  try {
    const value = parse(record);
    const lengths = tally.map((own) => own.length);
    const factors = flatten(election.slots, value?.decryption_factors, text, lengths);
    const proofs = flatten(election.slots, value?.decryption_proofs, proofText, lengths);
    if (write(election, factors, proofs) !== record) throw new RecordFault("not in its one form");
    return { factors, proofs };
  } catch (fault) {
    throw fault instanceof RecordFault ? new DecryptionFault(owner, "form") : fault;
  }
}

function decode(owner: number, at: { question: number; choice: number }, factor: string, proof: ProofText) {
  try {
    return { F: group.decode(factor), proof: readProof(proof) satisfies Proof };
  } catch (fault) {
    throw fault instanceof group.ElementFault ? new DecryptionFault(owner, "element", at) : fault;
  }
}
