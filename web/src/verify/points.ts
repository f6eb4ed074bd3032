// Powers of elements, as a verifier needs them: of one element several at a time, of public exponents, in whatever time.
//
// Points of edwards25519 in extended coordinates, x = X/Z, y = Y/Z, x y = T/Z; formulas of Hisil, Wong, Carter and Dawson,
// "Twisted Edwards Curves Revisited", 2008, sections 3.1 and 3.3, which hold for all points of the curve. An addend is kept
// as (Y + X, Y - X, 2 Z, 2 d T).
import { ed25519 } from "@noble/curves/ed25519.js";

import { ElementFault, mod, q, type Element } from "../protocol/group.ts";
import { randomBytes } from "../protocol/random.ts";
import { decodeOnCurve } from "./decode.ts";
import { add, carry, field, multiply, set, square, subtract, valueOf, type Field } from "./field.ts";

const Curve = ed25519.Point;
const p = Curve.Fp.ORDER;
const D2 = field((2n * Curve.CURVE().d) % p);

interface Point {
  X: Field;
  Y: Field;
  Z: Field;
  T: Field;
}

/** What is added: (Y + X, Y - X, 2 Z, 2 d T). */
interface Addend {
  sum: Field;
  difference: Field;
  Z2: Field;
  T2: Field;
}

const [A, B, C, D, E, F, G, H] = Array.from({ length: 8 }, () => field(0n)) as [Field, Field, Field, Field, Field, Field, Field, Field];

function setPoint(out: Point, { X, Y, Z, T }: Element): void {
  set(out.X, X);
  set(out.Y, Y);
  set(out.Z, Z);
  set(out.T, T);
}

function copyPoint(out: Point, { X, Y, Z, T }: Point): void {
  out.X.set(X);
  out.Y.set(Y);
  out.Z.set(Z);
  out.T.set(T);
}

function elementOf({ X, Y, Z, T }: Point): Element {
  return new Curve(valueOf(X), valueOf(Y), valueOf(Z), valueOf(T));
}

function neutralPoint(): Point {
  return { X: field(0n), Y: field(1n), Z: field(1n), T: field(0n) };
}

const NEUTRAL = neutralPoint();

function emptyAddend(): Addend {
  return { sum: field(0n), difference: field(0n), Z2: field(0n), T2: field(0n) };
}

function setAddend(out: Addend, { X, Y, Z, T }: Point): void {
  add(out.sum, Y, X);
  subtract(out.difference, Y, X);
  add(out.Z2, Z, Z);
  multiply(out.T2, T, D2);
}

/** P = P + Q, or P - Q: the inverse of (x, y) is (-x, y). */
function addTo(P: Point, Q: Addend, isNegative: boolean): void {
  subtract(E, P.Y, P.X);
  add(F, P.Y, P.X);
  multiply(A, E, isNegative ? Q.sum : Q.difference);
  multiply(B, F, isNegative ? Q.difference : Q.sum);
  multiply(C, P.T, Q.T2);
  multiply(D, P.Z, Q.Z2);
  subtract(E, B, A);
  if (isNegative) {
    add(F, D, C);
    subtract(G, D, C);
  } else {
    subtract(F, D, C);
    add(G, D, C);
  }
  add(H, B, A);
  multiply(P.X, E, F);
  multiply(P.Y, G, H);
  multiply(P.Z, F, G);
  multiply(P.T, E, H);
}

/** P = 2 P; T is left as it was where the next step is a doubling too. */
function double(P: Point, withT: boolean): void {
  multiply(E, P.X, P.Y);
  add(E, E, E);
  square(A, P.X);
  square(B, P.Y);
  square(C, P.Z);
  subtract(G, B, A);
  subtract(F, G, C);
  subtract(F, F, C);
  carry(F);
  for (let k = 0; k < 12; k++) H[k] = -A[k]! - B[k]!;
  multiply(P.X, E, F);
  multiply(P.Y, G, H);
  multiply(P.Z, F, G);
  if (withT) multiply(P.T, E, H);
}

const PLACES = 64;
const LARGEST_DIGIT = 8;

/** e = sum d_i 16^i with -8 <= d_i < 8, the lowest first. */
function digits(exponent: bigint): Int8Array {
  const hexadecimal = exponent.toString(16).padStart(PLACES, "0");
  const signed = new Int8Array(PLACES);
  let carried = 0;
  for (let place = 0; place < PLACES; place++) {
    const digit = parseInt(hexadecimal[PLACES - 1 - place]!, 16) + carried;
    carried = digit < 8 ? 0 : 1;
    signed[place] = digit - 16 * carried;
  }
  return signed;
}

const DIGITS_OF_Q = digits(q);

/** What is worked with, made once: where many small arrays come and go, that alone takes longer than the arithmetic. */
const SUMS = Array.from({ length: LARGEST_DIGIT + 1 }, neutralPoint);
const [RUNNING, TOTAL, STEP] = [neutralPoint(), neutralPoint(), neutralPoint()];
const ADDEND = emptyAddend();

/** base^(16^i) for all places i. */
class Ladder {
  private readonly steps = Array.from({ length: PLACES }, emptyAddend);

  /** Makes the ladder of another element. */
  become(base: Element): void {
    setPoint(STEP, base);
    for (let place = 0; place < PLACES; place++) {
      setAddend(this.steps[place]!, STEP);
      if (place < PLACES - 1) for (let k = 0; k < 4; k++) double(STEP, k === 3);
    }
  }

  /** The product of base^(d_i 16^i). For each digit j the steps with +j or -j are added up to S_j, and then
   * S_1 + 2 S_2 + ... + 8 S_8 = (S_8) + (S_8 + S_7) + ... (Yao, 1976). */
  power(digits: Int8Array): Element {
    for (const sum of SUMS) copyPoint(sum, NEUTRAL);
    for (let place = 0; place < PLACES; place++) {
      const digit = digits[place]!;
      if (digit !== 0) addTo(SUMS[Math.abs(digit)]!, this.steps[place]!, digit < 0);
    }
    copyPoint(RUNNING, NEUTRAL);
    copyPoint(TOTAL, NEUTRAL);
    for (let at = LARGEST_DIGIT; at > 0; at--) {
      setAddend(ADDEND, SUMS[at]!);
      addTo(RUNNING, ADDEND, false);
      setAddend(ADDEND, RUNNING);
      addTo(TOTAL, ADDEND, false);
    }
    return elementOf(TOTAL);
  }
}

/** The ladders of the elements that were looked at last: those of one ballot are needed twice or three times. */
const recent = new Map<Element, Ladder>();
const MOST_RECENT = 64;

function ladderOf(base: Element): Ladder {
  let ladder = recent.get(base);
  if (ladder !== undefined) return ladder;
  if (recent.size < MOST_RECENT) ladder = new Ladder();
  else {
    const [oldest, free] = recent.entries().next().value!;
    recent.delete(oldest);
    ladder = free;
  }
  ladder.become(base);
  recent.set(base, ladder);
  return ladder;
}

/** base^e for each of the exponents: the doublings are done once. */
export function powersOf(base: Element, exponents: readonly bigint[]): Element[] {
  const ladder = ladderOf(base);
  return exponents.map((exponent) => ladder.power(digits(mod(exponent))));
}

export function powerOf(base: Element, exponent: bigint): Element {
  return powersOf(base, [exponent])[0]!;
}

/** Whether a point of the curve belongs to the subgroup of order q: base^q = 1. */
export function isMember(base: Element): boolean {
  return ladderOf(base).power(DIGITS_OF_Q).is0();
}

/** How many random subsets are tested: points outside the subgroup pass with probability 2^-128. */
const SUBSETS = 128;
/** Points of which all sums are made at once ("four Russians"). */
const TOGETHER = 5;

/** Whether all of many points of the curve belong to the subgroup: the sums over random subsets do. A point outside is in
 * each with probability 1/2, and the curve's other points make a group of order 8, so that a sum over a subset that is drawn
 * anew is a member with probability at most 1/2. */
export function areMembers(points: readonly Element[]): boolean {
  const sums = Array.from({ length: SUBSETS }, neutralPoint);
  const table = Array.from({ length: 2 ** TOGETHER }, () => ({ point: neutralPoint(), addend: emptyAddend() }));
  for (let first = 0; first < points.length; first += TOGETHER) {
    const group = points.slice(first, first + TOGETHER);
    group.forEach((element, bit) => {
      setPoint(STEP, element);
      setAddend(ADDEND, STEP);
      for (let rest = 0; rest < 1 << bit; rest++) {
        const { point, addend } = table[rest | (1 << bit)]!;
        copyPoint(point, rest === 0 ? NEUTRAL : table[rest]!.point);
        addTo(point, ADDEND, false);
        setAddend(addend, point);
      }
    });
    const drawn = randomBytes(SUBSETS);
    for (let subset = 0; subset < SUBSETS; subset++) {
      const chosen = drawn[subset]! & ((1 << group.length) - 1);
      if (chosen !== 0) addTo(sums[subset]!, table[chosen]!.addend, false);
    }
  }
  return sums.every((sum) => isMember(elementOf(sum)));
}

/** The element of a text.
 * @throws ElementFault where there is none: another form, off the curve, or outside the subgroup. */
export function decode(text: unknown): Element {
  const element = decodeOnCurve(text);
  if (!isMember(element)) throw new ElementFault("outside the subgroup of prime order");
  return element;
}

/** An element of which many powers are taken: base^(j 16^i) for all places i and digits j, so that a power is 64 additions. */
export class Table {
  private readonly entries: Addend[];

  constructor(base: Element) {
    this.entries = [];
    const [first, power] = [neutralPoint(), neutralPoint()];
    setPoint(first, base);
    for (let place = 0; place < PLACES; place++) {
      const step = emptyAddend();
      setAddend(step, first);
      copyPoint(power, first);
      for (let j = 1; j <= LARGEST_DIGIT; j++) {
        const entry = emptyAddend();
        setAddend(entry, power);
        this.entries.push(entry);
        if (j < LARGEST_DIGIT) addTo(power, step, false);
      }
      for (let k = 0; k < 4; k++) double(first, k === 3);
    }
  }

  power(exponent: bigint): Element {
    const signed = digits(mod(exponent));
    copyPoint(TOTAL, NEUTRAL);
    for (let place = 0; place < PLACES; place++) {
      const digit = signed[place]!;
      if (digit !== 0) addTo(TOTAL, this.entries[LARGEST_DIGIT * place + Math.abs(digit) - 1]!, digit < 0);
    }
    return elementOf(TOTAL);
  }
}
