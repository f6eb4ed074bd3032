// Proofs that somebody knows a logarithm, made and verified.
//
//   Schnorr:              A = g^r X^c,                   c = H(prefix A)
//   Chaum and Pedersen:   A = g^r X^c,  B = a^r F^c,     c = H(prefix A "," B)
//
// The prover draws w, commits to g^w (and a^w), and answers r = w - c x.
import * as group from "./group.ts";
import { productOfPowers } from "./products.ts";
import type { ProofText } from "./records.ts";

/** Challenge and response. */
export interface Proof {
  challenge: bigint;
  response: bigint;
}

/** Tables for g, of which every proof takes a power. */
let ofG: group.FixedBase | undefined;

/** g^x, for secret x too. */
export function powerOfG(exponent: bigint): group.Element {
  ofG ??= new group.FixedBase(group.g);
  return ofG.power(exponent);
}

/** The proof as it is written. */
export function writeProof({ challenge, response }: Proof): ProofText {
  return { challenge: challenge.toString(), response: response.toString() };
}

/** The proof that was written.
 * @throws group.ElementFault where a number is no scalar. */
export function readProof({ challenge, response }: ProofText): Proof {
  return { challenge: group.decodeScalar(challenge), response: group.decodeScalar(response) };
}

/** A proof of knowledge of x. */
export function proveLogarithm(x: bigint, prefix: string): Proof {
  const w = group.randomScalar();
  const challenge = group.challenge(prefix + group.encode(powerOfG(w)));
  return { challenge, response: group.mod(w - challenge * x) };
}

/** Whether somebody knows the logarithm of X. */
export function knowsLogarithm(X: group.Element, proof: Proof, prefix: string): boolean {
  const A = productOfPowers([group.g, X], [proof.response, proof.challenge]);
  return group.challenge(prefix + group.encode(A)) === proof.challenge;
}

/** F = a^x, with the proof that x is the logarithm of g^x too. */
export function proveEquality(x: bigint, a: group.Element, prefix: string): { F: group.Element; proof: Proof } {
  const w = group.randomScalar();
  const [F, A, B] = [group.power(a, x), powerOfG(w), group.power(a, w)];
  const challenge = group.challenge(prefix + group.encodeAll([A, B]).join(","));
  return { F, proof: { challenge, response: group.mod(w - challenge * x) } };
}

/** Whether X = g^x and F = a^x for one x that somebody knows. */
export function equalLogarithms(X: group.Element, a: group.Element, F: group.Element, proof: Proof, prefix: string): boolean {
  const exponents = [proof.response, proof.challenge];
  const texts = group.encodeAll([productOfPowers([group.g, X], exponents), productOfPowers([a, F], exponents)]);
  return group.challenge(prefix + texts.join(",")) === proof.challenge;
}

/** The signature of a text: c = H("sigmsg|" text "|" A). */
export function sign(key: bigint, signed: string): ProofText {
  return writeProof(proveLogarithm(key, `sigmsg|${signed}|`));
}

/** Whether a text is signed. */
export function isSigned(key: group.Element, signature: ProofText, signed: string): boolean {
  try {
    return knowsLogarithm(key, readProof(signature), `sigmsg|${signed}|`);
  } catch (fault) {
    if (fault instanceof group.ElementFault) return false;
    throw fault;
  }
}
