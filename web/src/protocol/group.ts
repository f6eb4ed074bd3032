// The group Ed25519 of the protocol: edwards25519's subgroup of prime order q, written multiplicatively in the papers.
//
// An element is written as the number y + 2^255 (x mod 2) in 64 lower-case hexadecimal digits, the highest first: the 32
// bytes of RFC 8032 in reverse. There is one way to write it, and nothing outside the subgroup is one.
//
// JavaScript's large numbers take time that depends on their values. Whoever can measure the voter's own device closely
// enough to use that is inside it already; the threat model says so.
import { normalizeZ } from "@noble/curves/abstract/curve.js";
import { ed25519 } from "@noble/curves/ed25519.js";

import { FixedBase } from "./fixed.ts";
import { numberDigest } from "./hash.ts";
import { randomBelow } from "./random.ts";

const Curve = ed25519.Point;

/** An element of the group. */
export type Element = InstanceType<typeof Curve>;

/** The group's name in the election's record. */
export const GROUP = "Ed25519";
/** The order q of the group. */
export const q: bigint = Curve.Fn.ORDER;
/** The generator g. */
export const g: Element = Curve.BASE;
/** The neutral element. */
export const neutral: Element = Curve.ZERO;

export { FixedBase };
/** The generator with its table, which is made when it is first needed. */
export const ofG = new FixedBase(g);

/** A text that is no element, or no scalar, in its one form. */
export class ElementFault extends Error {}

/** The residue of a number modulo q, from 0. */
export function mod(number: bigint): bigint {
  const residue = number % q;
  return residue < 0n ? residue + q : residue;
}

/** The inverse modulo q of a number that is none of its multiples. */
export function inverse(number: bigint): bigint {
  return Curve.Fn.inv(mod(number));
}

/** The text of an element. */
export function encode(element: Element): string {
  const bytes = element.toBytes();
  let text = "";
  for (let at = 31; at >= 0; at--) text += bytes[at]!.toString(16).padStart(2, "0");
  return text;
}

/** The texts of many elements: one inversion for all of them. */
export function encodeAll(elements: readonly Element[]): string[] {
  return normalizeZ(Curve, [...elements]).map(encode);
}

/** The element of a text.
 * @throws ElementFault where there is none: another form, off the curve, or outside the subgroup. */
export function decode(text: unknown): Element {
  const element = decodeOnCurve(text);
  if (!element.isTorsionFree()) throw new ElementFault("outside the subgroup of prime order");
  return element;
}

function decodeOnCurve(text: unknown): Element {
  if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) throw new ElementFault("not 64 lower-case hexadecimal digits");
  const bytes = new Uint8Array(32);
  for (let at = 0; at < 32; at++) bytes[31 - at] = parseInt(text.slice(2 * at, 2 * at + 2), 16);
  let element: Element;
  try {
    element = Curve.fromBytes(bytes);
  } catch {
    throw new ElementFault("no point of the curve");
  }
  if (encode(element) !== text) throw new ElementFault("not in its one form");
  return element;
}

/** The number of a scalar's text: decimal, no sign, no leading zeros, below q.
 * @throws ElementFault */
export function decodeScalar(text: unknown): bigint {
  if (typeof text !== "string" || !/^(0|[1-9][0-9]{0,77})$/.test(text)) throw new ElementFault("not a decimal number");
  const scalar = BigInt(text);
  if (scalar >= q) throw new ElementFault("a scalar that is not below the order");
  return scalar;
}

/** A scalar, each as likely as any other. */
export function randomScalar(): bigint {
  return randomBelow(q);
}

/** The challenge that a text hashes to. */
export function challenge(text: string): bigint {
  return mod(numberDigest(text));
}

/** A power of any element. For public exponents alone where `isPublic` is set, which is faster. */
export function power(base: Element, exponent: bigint, isPublic = false): Element {
  const reduced = mod(exponent);
  if (reduced === 0n) return neutral;
  return isPublic ? base.multiplyUnsafe(reduced) : base.multiply(reduced);
}

/** The most numbers that one element holds. */
export const MOST_EMBEDDED = 30;
const PADDING = 14n;

/** The element that numbers from 0 to 255 are written as: N = ((v1 * 256 + v2) ...) * 2^14, and the first z >= N that is
 * the compressed form of an element. */
export function embed(values: readonly number[]): Element {
  if (values.length > MOST_EMBEDDED) throw new RangeError(`at most ${MOST_EMBEDDED} numbers`);
  let number = 0n;
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0 || value > 255) throw new RangeError("a number above 255");
    number = number * 256n + BigInt(value);
  }
  for (let z = number << PADDING; ; z++) {
    try {
      return decode(z.toString(16).padStart(64, "0"));
    } catch (fault) {
      if (!(fault instanceof ElementFault)) throw fault;
    }
  }
}

/** The numbers that an element holds. */
export function unembed(element: Element, count: number): number[] {
  let number = BigInt(`0x${encode(element)}`) >> PADDING;
  const values: number[] = [];
  for (let at = 0; at < count; at++) {
    values.unshift(Number(number & 255n));
    number >>= 8n;
  }
  return values;
}

/** The independent generator of a number, from 0, or of -1: nobody knows its logarithm to any other. */
export function independentGenerator(index: number): Element {
  for (let z = numberDigest(`ggen|${index}`) >> 2n; ; z++) {
    try {
      return decodeOnCurve(z.toString(16).padStart(64, "0")).clearCofactor();
    } catch (fault) {
      if (!(fault instanceof ElementFault)) throw fault;
    }
  }
}
