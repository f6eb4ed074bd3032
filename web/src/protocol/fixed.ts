// Powers of an element of which many are taken, by a table made once.
//
// An exponent is written in 64 signed digits, e = sum d_i 16^i with -8 <= d_i < 8, and the table holds base^(j 16^i) for
// every place i and j from 0 to 8, so that a power is 64 additions and no doubling. Wider digits make longer tables: for
// the hundred powers of one ballot, tables included, four bits cost least.
//
// An entry is kept as (y + x, y - x, 2 d x y): Hisil, Wong, Carter and Dawson, "Twisted Edwards Curves Revisited", 2008,
// section 3.1, where an addition then takes seven products. The formula holds for all points, so that a digit of 0 adds
// the neutral element and takes as many steps as any other.
import { ed25519 } from "@noble/curves/ed25519.js";

const Curve = ed25519.Point;
type Element = InstanceType<typeof Curve>;

const p = Curve.Fp.ORDER;
const q = Curve.Fn.ORDER;
const twiceD = (2n * Curve.CURVE().d) % p;

/** Digits of an exponent: q < 2^253, so that the last one has no carry. */
const PLACES = 64;
/** Entries of a place, from the power 0 to the power 8. */
const ENTRIES = 9;

/** y + x, y - x and 2 d x y of a point. */
type Entry = readonly [bigint, bigint, bigint];

const NEUTRAL: Entry = [1n, 1n, 0n];

/** An element of which many powers are taken. Its table is made when it is first needed, or by `prepare`. */
export class FixedBase {
  readonly element: Element;
  #table: Entry[] | undefined;

  constructor(element: Element) {
    this.element = element;
  }

  /** Makes the table now. */
  prepare(): void {
    this.#table ??= table(this.element);
  }

  /** base^exponent. */
  power(exponent: bigint): Element {
    return FixedBase.product([this], [exponent]);
  }

  /** The product of powers of several bases, in steps that do not depend on the exponents. */
  static product(bases: readonly FixedBase[], exponents: readonly bigint[]): Element {
    let [X, Y, Z, T] = [0n, 1n, 1n, 0n];
    for (let at = 0; at < bases.length; at++) {
      const base = bases[at]!;
      base.prepare();
      const entries = base.#table!;
      const ofExponent = digits(exponents[at]!);
      for (let place = 0; place < PLACES; place++) {
        const digit = ofExponent[place]!;
        const isNegative = digit < 0;
        const [sum, difference, product] = entries[ENTRIES * place + (isNegative ? -digit : digit)]!;
        // The inverse of (x, y) is (-x, y).
        const A = ((Y - X) * (isNegative ? sum : difference)) % p;
        const B = ((Y + X) * (isNegative ? difference : sum)) % p;
        const C = (T * (isNegative ? -product : product)) % p;
        const D = Z + Z;
        const E = B - A;
        const F = D - C;
        const G = D + C;
        const H = B + A;
        X = (E * F) % p;
        Y = (G * H) % p;
        Z = (F * G) % p;
        T = (E * H) % p;
      }
    }
    return new Curve(residue(X), residue(Y), residue(Z), residue(T));
  }
}

/** Residues keep the sign of what they are of until here. */
function residue(number: bigint): bigint {
  return number < 0n ? number + p : number;
}

/** The signed digits of an exponent, the lowest first. */
function digits(exponent: bigint): Int8Array {
  let reduced = exponent % q;
  if (reduced < 0n) reduced += q;
  const hexadecimal = reduced.toString(16).padStart(PLACES, "0");
  const signed = new Int8Array(PLACES);
  let carry = 0;
  for (let place = 0; place < PLACES; place++) {
    const digit = parseInt(hexadecimal[PLACES - 1 - place]!, 16) + carry;
    carry = digit < 8 ? 0 : 1;
    signed[place] = digit - 16 * carry;
  }
  return signed;
}

function table(base: Element): Entry[] {
  const points: Element[] = [];
  let first = base;
  for (let place = 0; place < PLACES; place++) {
    let power = first;
    points.push(power);
    for (let j = 2; j < ENTRIES; j++) points.push((power = j === 2 ? first.double() : power.add(first)));
    first = power.double();
  }
  const inverses = inverted(points.map((point) => point.Z));
  const entries: Entry[] = [];
  for (const [at, point] of points.entries()) {
    if (at % (ENTRIES - 1) === 0) entries.push(NEUTRAL);
    const x = (point.X * inverses[at]!) % p;
    const y = (point.Y * inverses[at]!) % p;
    entries.push([(y + x) % p, (y - x + p) % p, (((x * y) % p) * twiceD) % p]);
  }
  return entries;
}

/** The inverses of numbers that are not zero, by a single inversion. */
function inverted(numbers: readonly bigint[]): bigint[] {
  const before: bigint[] = [];
  let product = 1n;
  for (const number of numbers) {
    before.push(product);
    product = (product * number) % p;
  }
  let rest = Curve.Fp.inv(product);
  const inverses = new Array<bigint>(numbers.length);
  for (let at = numbers.length - 1; at >= 0; at--) {
    inverses[at] = (rest * before[at]!) % p;
    rest = (rest * numbers[at]!) % p;
  }
  return inverses;
}
