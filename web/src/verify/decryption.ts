// Partial decryptions, and what they give together. Rules D1 to D6 of docs/spec/belenios-v1.md.
//
//   F_j = alpha^(x_j), proven to come from X_j = g^(x_j)
//   F = product F_j^(lambda_j),  lambda_j = product of k / (k - j) over the other members k that are taken
import { decodeScalar, ElementFault, inverse, mod, neutral, type Element } from "../protocol/group.ts";
import { readProof, type ProofText } from "./ballot.ts";
import { FormFault, latin1, whole } from "./canonical.ts";
import { breathe } from "./pause.ts";
import { decode, powerOf } from "./points.ts";
import { same, settle, type Bases, type Claim, type Proof } from "./proofs.ts";
import { Faults } from "./rules.ts";
import type { Election } from "./setup.ts";
import { ShapeFault, shaped, type Tally } from "./tally.ts";
import type { Trustees } from "./trustees.ts";

/** The partial decryptions of a board. */
export class Decryptions {
  /** Of each trustee whose partial decryption is sound: the factors, question by question. */
  readonly sound = new Map<number, Element[][]>();
  private readonly seen = new Set<number>();

  /** Checks a partial decryption. */
  async add(
    bytes: Uint8Array,
    event: number,
    owner: number,
    tally: Tally,
    trustees: Trustees,
    election: Election,
    bases: Bases,
    faults: Faults,
  ): Promise<void> {
    if (owner < 1 || owner > trustees.all.length) {
      faults.add({ rule: "D2", event, found: String(owner) });
      return;
    }
    const where = { event, trustee: owner };
    if (this.seen.has(owner)) {
      faults.add({ rule: "D3", ...where });
      return;
    }
    this.seen.add(owner);
    let factors: string[][];
    let proofs: ProofText[][];
    try {
      [factors, proofs] = whole(latin1(bytes), (cursor) => {
        const wrong = () => new ShapeFault(-1);
        cursor.pass('{"decryption_factors":');
        const F = cursor.each(tally.shapes, (shape) => shaped(cursor, shape, () => cursor.text()), wrong);
        cursor.pass(',"decryption_proofs":');
        const P = cursor.each(tally.shapes, (shape) => shaped(cursor, shape, () => readProof(cursor)), wrong);
        cursor.pass("}");
        return [F, P] as const;
      });
    } catch (fault) {
      if (!(fault instanceof FormFault || fault instanceof ShapeFault)) throw fault;
      faults.add({ rule: "D1", ...where, found: fault.message });
      return;
    }
    const { key: X, keyText } = trustees.all[owner - 1]!;
    if (X === undefined) return;
    const prefix = `decrypt|${election.fingerprint}|${keyText}|`;
    const decoded: Element[][] = [];
    let isSound = true;
    for (const [question, list] of factors.entries()) {
      const row: Element[] = [];
      for (const [choice, text] of list.entries()) {
        const place = { ...where, question: question + 1, choice: choice + 1 };
        const read = readFactor(text, proofs[question]![choice]!);
        if (read === undefined) {
          faults.add({ rule: "D4", ...place });
          isSound = false;
          continue;
        }
        const claim: Claim = same(bases, X, tally.ciphertexts[question]![choice]!.alpha, read.F, read.proof, prefix);
        if (!settle([claim])[0]) {
          faults.add({ rule: "D5", ...place });
          isSound = false;
        }
        row.push(read.F);
        await breathe();
      }
      decoded.push(row);
    }
    if (isSound) this.sound.set(owner, decoded);
  }

  /** How many are sound of how many that are needed; of each group at most the threshold is taken. */
  enough(trustees: Trustees): { needed: number; found: number } {
    let [needed, found] = [0, 0];
    for (const { threshold, members } of trustees.groups) {
      needed += threshold;
      found += Math.min(threshold, members.filter((member) => this.sound.has(member)).length);
    }
    return { needed, found };
  }

  /** The combined factors of all ciphertexts. To be called where there are enough. */
  async combine(trustees: Trustees, tally: Tally): Promise<Element[][]> {
    const combined: Element[][] = tally.ciphertexts.map((list) => list.map(() => neutral));
    for (const { threshold, members } of trustees.groups) {
      const taken = members.filter((member) => this.sound.has(member)).slice(0, threshold);
      const indices = taken.map((member) => members.indexOf(member) + 1);
      for (const [at, member] of taken.entries()) {
        const lambda = lagrange(indices[at]!, indices);
        for (const [question, row] of this.sound.get(member)!.entries()) {
          for (const [choice, F] of row.entries()) {
            combined[question]![choice] = combined[question]![choice]!.add(lambda === 1n ? F : powerOf(F, lambda));
            await breathe();
          }
        }
      }
    }
    return combined;
  }
}

function readFactor(text: string, { challenge, response }: ProofText): { F: Element; proof: Proof } | undefined {
  try {
    return { F: decode(text), proof: { challenge: decodeScalar(challenge), response: decodeScalar(response) } };
  } catch (fault) {
    if (!(fault instanceof ElementFault)) throw fault;
    return undefined;
  }
}

/** lambda_j at 0. */
export function lagrange(j: number, indices: readonly number[]): bigint {
  let [above, below] = [1n, 1n];
  for (const k of indices) {
    if (k === j) continue;
    above = mod(above * BigInt(k));
    below = mod(below * BigInt(k - j));
  }
  return mod(above * inverse(below));
}
