// The proofs that occur on a board, by the equations of docs/spec/belenios-v1.md ("Notation").
//
//   know(X; P)            A = g^r X^c                          c = H(P A)
//   same(X, alpha, F; P)  A = g^r X^c,  B = alpha^r F^c        c = H(P A "," B)
//   one(P; branches)      A_j = g^r_j alpha_j^c_j,  B_j = y^r_j (beta_j / g^M_j)^c_j
//                         c_0 + ... + c_k = H(P "|" A_0 "," B_0 "," ...)
//
// Commitments are worked out first and written together, because writing many elements costs one inversion. So a proof is
// a claim here: its commitments, and the question that their texts answer.
import { challenge, encodeAll, g, mod, neutral, type Element } from "../protocol/group.ts";
import { powerOf, powersOf, Table } from "./points.ts";

/** The two scalars of a proof. */
export interface Proof {
  challenge: bigint;
  response: bigint;
}

/** A ciphertext: alpha = g^r, beta = y^r g^m. */
export interface Ciphertext {
  alpha: Element;
  beta: Element;
}

/** The generator and the key, of which many powers are taken. */
export class Bases {
  readonly y: Element;
  private static ofG: Table | undefined;
  private readonly ofY: Table;

  constructor(y: Element) {
    this.y = y;
    this.ofY = new Table(y);
  }

  g(exponent: bigint): Element {
    return (Bases.ofG ??= new Table(g)).power(exponent);
  }

  key(exponent: bigint): Element {
    return this.ofY.power(exponent);
  }
}

/** A proof to be checked: what it commits to, and whether the texts of that give its challenge. */
export interface Claim {
  commitments: Element[];
  holds(texts: string[]): boolean;
}

/** Which of several claims hold. */
export function settle(claims: readonly Claim[]): boolean[] {
  const texts = encodeAll(claims.flatMap((claim) => claim.commitments));
  let at = 0;
  return claims.map((claim) => claim.holds(texts.slice(at, (at += claim.commitments.length))));
}

export function holds(claim: Claim): boolean {
  return settle([claim])[0]!;
}

/** know(X; prefix): somebody knows x with X = g^x. */
export function know(bases: Bases, X: Element, proof: Proof, prefix: string): Claim {
  return {
    commitments: [bases.g(proof.response).add(powerOf(X, proof.challenge))],
    holds: ([A]) => challenge(prefix + A!) === proof.challenge,
  };
}

/** sign(X; text): the owner of X signed the text. */
export function signed(bases: Bases, X: Element, proof: Proof, text: string): Claim {
  return know(bases, X, proof, `sigmsg|${text}|`);
}

/** same(X, alpha, F; prefix): X = g^x and F = alpha^x for one x. */
export function same(bases: Bases, X: Element, alpha: Element, F: Element, proof: Proof, prefix: string): Claim {
  const A = bases.g(proof.response).add(powerOf(X, proof.challenge));
  const B = powerOf(alpha, proof.response).add(powerOf(F, proof.challenge));
  return { commitments: [A, B], holds: ([a, b]) => challenge(`${prefix}${a!},${b!}`) === proof.challenge };
}

/** "The ciphertext holds M." */
export interface Branch {
  of: Ciphertext;
  M: number;
}

/** one(prefix; branches): at least one of the branches is true. `named` are written into the prefix, before the bar. */
export function one(
  bases: Bases,
  branches: readonly Branch[],
  proofs: readonly Proof[],
  prefix: string,
  named: readonly Element[] = [],
): Claim {
  const commitments: Element[] = [...named];
  const sum = proofs.reduce((sum, { challenge: c }) => sum + c, 0n);
  // The powers of one ciphertext, by all challenges of its branches, are taken together.
  const powers = new Map<Ciphertext, { alpha: Element[]; beta: Element[] }>();
  for (const { of } of branches) {
    if (powers.has(of)) continue;
    const challenges = proofs.filter((_, j) => branches[j]!.of === of).map(({ challenge: c }) => c);
    powers.set(of, { alpha: powersOf(of.alpha, challenges), beta: powersOf(of.beta, challenges) });
  }
  branches.forEach(({ of, M }, j) => {
    const { challenge: c, response: r } = proofs[j]!;
    const { alpha, beta } = powers.get(of)!;
    commitments.push(bases.g(r).add(alpha.shift()!));
    const B = bases.key(r).add(beta.shift()!);
    commitments.push(M === 0 ? B : B.add(bases.g(-BigInt(M) * c)));
  });
  const holds = (texts: string[]) => {
    const text = `${prefix}${texts.slice(0, named.length).join(",")}|${texts.slice(named.length).join(",")}`;
    return challenge(text) === mod(sum);
  };
  return { commitments, holds };
}

/** The product of ciphertexts, place by place; neutral for none. */
export function product(ciphertexts: readonly Ciphertext[]): Ciphertext {
  const none: Ciphertext = { alpha: neutral, beta: neutral };
  return ciphertexts.reduce(({ alpha, beta }, next) => ({ alpha: alpha.add(next.alpha), beta: beta.add(next.beta) }), none);
}
