// The proofs of a ballot, by somebody who made it.
//
// Whoever makes a ballot knows the logarithms of all its elements, so that every commitment is a product of powers of g
// and y alone. With a ciphertext (g^r, y^r g^m), a branch that it holds M is made from a drawn a and a drawn c:
//
//   A = g^a      B = y^a g^((m - M) c)      response = a - c r
//
// That is a simulation where m is not M (Cramer, Damgard and Schoenmakers, 1994), and the honest commitment, whatever c
// is, where it is. The challenge of the true branch is what the hash leaves for it. All branches are computed alike.
import { type Element, encodeAll, FixedBase, mod, ofG, randomScalar } from "./group.ts";

/** What a ciphertext (g^r, y^r g^m) hides. */
export interface Hidden {
  readonly r: bigint;
  readonly m: bigint;
}

/** What the product of ciphertexts hides. */
export function sumOf(hidden: readonly Hidden[]): Hidden {
  return hidden.reduce((sum, { r, m }) => ({ r: mod(sum.r + r), m: sum.m + m }), { r: 0n, m: 0n });
}

/** A challenge and its response, as they are written. */
export interface Proof {
  challenge: string;
  response: string;
}

/** The elements of a ballot: first they are asked for, then computed step by step and written all together. An element
 * is known by its number. */
export class Elements {
  readonly #ofY: FixedBase;
  #wanted: (() => Element)[] = [];
  #texts: string[] | undefined;

  constructor(ofY: FixedBase) {
    this.#ofY = ofY;
  }

  /** g^u. */
  ofG(u: bigint): number {
    return this.#wanted.push(() => ofG.power(u)) - 1;
  }

  /** y^v g^u. */
  ofBoth(v: bigint, u: bigint): number {
    return this.#wanted.push(() => FixedBase.product([this.#ofY, ofG], [v, u])) - 1;
  }

  /** y^v times an element. */
  ofY(v: bigint, factor: Element): number {
    return this.#wanted.push(() => this.#ofY.power(v).add(factor)) - 1;
  }

  /** Computes them, and tells after each step which share is done. */
  *compute(): Generator<number, void> {
    ofG.prepare();
    yield 0;
    this.#ofY.prepare();
    const computed: Element[] = [];
    for (const wanted of this.#wanted) {
      yield computed.length / this.#wanted.length;
      computed.push(wanted());
    }
    this.#wanted = [];
    this.#texts = encodeAll(computed);
    yield 1;
  }

  /** How an element that is computed is written. */
  text(element: number): string {
    return this.#texts![element]!;
  }
}

/** A ciphertext that is to be made, or a product of some. */
export class Ciphertext implements Hidden {
  readonly r: bigint;
  readonly m: bigint;
  readonly #elements: Elements;
  readonly #alpha: number;
  readonly #beta: number;

  /** `factor` is the element that is encrypted where it is no power of g. */
  constructor(elements: Elements, { r, m }: Hidden, factor?: Element) {
    [this.r, this.m, this.#elements] = [r, m, elements];
    this.#alpha = elements.ofG(r);
    this.#beta = factor ? elements.ofY(r, factor) : elements.ofBoth(r, m);
  }

  static encrypting(elements: Elements, number: number): Ciphertext {
    return new Ciphertext(elements, { r: randomScalar(), m: BigInt(number) });
  }

  written(): { alpha: string; beta: string } {
    return { alpha: this.#elements.text(this.#alpha), beta: this.#elements.text(this.#beta) };
  }

  /** As it stands in texts that are hashed. */
  text(): string {
    const { alpha, beta } = this.written();
    return `${alpha},${beta}`;
  }
}

interface Branch {
  readonly hidden: Hidden;
  readonly holds: boolean;
  readonly a: bigint;
  readonly c: bigint;
  readonly A: number;
  readonly B: number;
}

/** That one of several ciphertexts holds the number beside it. */
export class Disjunction {
  readonly #elements: Elements;
  readonly #branches: Branch[] = [];

  constructor(elements: Elements, claims: readonly (readonly [Hidden, number])[]) {
    this.#elements = elements;
    let isFound = false;
    for (const [hidden, number] of claims) {
      const [a, c, difference] = [randomScalar(), randomScalar(), hidden.m - BigInt(number)];
      const holds: boolean = difference === 0n && !isFound;
      isFound ||= holds;
      this.#branches.push({ hidden, holds, a, c, A: elements.ofG(a), B: elements.ofBoth(a, mod(difference * c)) });
    }
    // Ours to prevent: a ballot is made of answers that its question takes.
    if (!isFound) throw new RangeError("none of the claims holds");
  }

  /** A_0,B_0,A_1,B_1,... */
  commitments(): string {
    return this.#branches.map(({ A, B }) => `${this.#elements.text(A)},${this.#elements.text(B)}`).join(",");
  }

  /** The proof, by the hash of a text with the commitments. */
  respond(hash: bigint): Proof[] {
    const left = hash - this.#branches.reduce((sum, { c }) => sum + c, 0n);
    return this.#branches.map(({ hidden, holds, a, c }) => {
      const challenge = mod(holds ? c + left : c);
      return { challenge: challenge.toString(), response: mod(a - challenge * hidden.r).toString() };
    });
  }
}

/** That somebody knows the logarithm x of an element g^x (Schnorr, 1991). */
export class Knowledge {
  readonly #elements: Elements;
  readonly #a = randomScalar();
  readonly #A: number;

  constructor(elements: Elements) {
    this.#elements = elements;
    this.#A = elements.ofG(this.#a);
  }

  commitment(): string {
    return this.#elements.text(this.#A);
  }

  respond(hash: bigint, x: bigint): Proof {
    return { challenge: hash.toString(), response: mod(this.#a - hash * x).toString() };
  }
}

/** That a ciphertext (a, b) does not hold 0: with A0 = (b / y^R)^rho that is not neutral, for its randomness R,
 *
 *   A1 = a^w1 g^w2   A2 = b^w1 y^w2   t1 = w1 - c rho   t2 = w2 + c R rho
 */
export class Nonzero {
  readonly #elements: Elements;
  readonly #hidden: Hidden;
  readonly #drawn: readonly [bigint, bigint, bigint] = [randomScalar(), randomScalar(), randomScalar()];
  readonly #A: readonly [number, number, number];

  constructor(elements: Elements, hidden: Hidden) {
    [this.#elements, this.#hidden] = [elements, hidden];
    const [w1, w2, rho] = this.#drawn;
    const exponent = mod(hidden.r * w1 + w2);
    this.#A = [elements.ofG(mod(hidden.m * rho)), elements.ofG(exponent), elements.ofBoth(exponent, mod(hidden.m * w1))];
  }

  /** A0,A1,A2 */
  commitments(): string {
    return this.#A.map((element) => this.#elements.text(element)).join(",");
  }

  respond(hash: bigint): { commitment: string; challenge: string; response: [string, string] } {
    const [w1, w2, rho] = this.#drawn;
    const [t1, t2] = [mod(w1 - hash * rho), mod(w2 + hash * this.#hidden.r * rho)];
    return { commitment: this.#elements.text(this.#A[0]), challenge: hash.toString(), response: [t1.toString(), t2.toString()] };
  }
}
