// Numbers of votes from powers of g: logarithms by steps of babies and giants (Shanks, 1971).
//
// A number up to n is i + j m with i, j < m and m about the root of n: the powers g^i are kept in a table, and x g^(-j m)
// is looked up for one j after another.
import * as group from "./group.ts";

/** Entries of the table; a number up to the square of it is found. */
const MOST_BABIES = 1n << 18n;
/** Giant steps: a number up to this many times the table is found. */
const MOST_GIANTS = 1n << 20n;
/** Elements that are written together, with one inversion. */
const TOGETHER = 64;

/** Logarithms of powers of g from 0 to a bound. */
export class Logarithms {
  private readonly babies = new Map<string, bigint>();
  private readonly giant: group.Element;
  private readonly giants: bigint;

  constructor(private readonly most: bigint) {
    const size = ((root) => (root < MOST_BABIES ? root : MOST_BABIES))(squareRoot(most) + 1n);
    const powers: group.Element[] = [];
    let power = group.neutral;
    for (let exponent = 0n; exponent < size; exponent++, power = power.add(group.g)) powers.push(power);
    group.encodeAll(powers).forEach((text, exponent) => this.babies.set(text, BigInt(exponent)));
    this.giant = power.negate();
    this.giants = ((steps) => (steps < MOST_GIANTS ? steps : MOST_GIANTS))(most / size + 1n);
  }

  /** The number whose power of g this is; `undefined` where it is above the bound, or too large to be found. */
  of(element: group.Element): bigint | undefined {
    let rest = element;
    // Most numbers are small ones: the first look is a single one.
    for (let at = 0n, together = 1; at < this.giants; at += BigInt(together), together = TOGETHER) {
      const steps: group.Element[] = [];
      for (let step = 0; step < together; step++, rest = rest.add(this.giant)) steps.push(rest);
      for (const [step, text] of group.encodeAll(steps).entries()) {
        const baby = this.babies.get(text);
        if (baby === undefined) continue;
        const number = (at + BigInt(step)) * BigInt(this.babies.size) + baby;
        return number <= this.most ? number : undefined;
      }
    }
    return undefined;
  }
}

/** The largest whole number whose square is not above a number (Newton). */
function squareRoot(number: bigint): bigint {
  if (number < 2n) return number;
  let root = 1n << BigInt(Math.ceil(number.toString(2).length / 2));
  for (;;) {
    const next = (root + number / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
