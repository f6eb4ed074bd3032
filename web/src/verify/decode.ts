// Points from their texts (RFC 8032, section 5.1.3): y is given, and of x whether it is odd.
//
//   x^2 = u / v,  u = y^2 - 1,  v = d y^2 + 1        x = u v^3 (u v^7)^((p-5)/8),  times sqrt(-1) where v x^2 = -u
import { ed25519 } from "@noble/curves/ed25519.js";

import { ElementFault, type Element } from "../protocol/group.ts";
import { field, multiply, set, square, valueOf, type Field } from "./field.ts";

const Curve = ed25519.Point;
const p = Curve.Fp.ORDER;
const d = Curve.CURVE().d;
const ROOT_OF_MINUS_ONE = field(Curve.Fp.sqrt(p - 1n));
const [U, V, V3, X, T, Z] = Array.from({ length: 6 }, () => field(0n)) as [Field, Field, Field, Field, Field, Field];

/** The point of the curve of 64 hexadecimal digits, the highest first; whether it belongs to the subgroup is not looked at.
 * @throws ElementFault where the text is not the one form of a point. */
export function decodeOnCurve(text: unknown): Element {
  if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) {
    throw new ElementFault("not 64 lower-case hexadecimal digits");
  }
  const z = BigInt(`0x${text}`);
  const y = z & ((1n << 255n) - 1n);
  const isOdd = z >> 255n;
  if (y >= p) throw new ElementFault("not in its one form");
  const ySquared = (y * y) % p;
  const u = (ySquared - 1n + p) % p;
  set(U, u);
  set(V, (d * ySquared + 1n) % p);
  square(T, V);
  multiply(V3, T, V);
  square(T, V3);
  multiply(T, T, V);
  multiply(Z, T, U);
  power252(T, Z);
  multiply(X, U, V3);
  multiply(X, X, T);
  square(T, X);
  multiply(T, T, V);
  const found = valueOf(T);
  if (found !== u) {
    if ((found + u) % p !== 0n) throw new ElementFault("no point of the curve");
    multiply(X, X, ROOT_OF_MINUS_ONE);
  }
  let x = valueOf(X);
  if (x === 0n && isOdd === 1n) throw new ElementFault("not in its one form");
  if ((x & 1n) !== isOdd) x = p - x;
  return new Curve(x, y, 1n, (x * y) % p);
}

const [POWER_1, POWER_10, POWER_50, CHAIN, MORE] = Array.from({ length: 5 }, () => field(0n)) as [Field, Field, Field, Field, Field];

/** out = z^(2^252 - 3), which is z^((p-5)/8). The names say how many ones an exponent has: z^(2^10 - 1) is of ten. */
function power252(out: Field, z: Field): void {
  square(CHAIN, z);
  const two = MORE;
  two.set(CHAIN);
  square(CHAIN, CHAIN);
  square(CHAIN, CHAIN);
  multiply(POWER_1, CHAIN, z);
  multiply(CHAIN, POWER_1, two);
  square(CHAIN, CHAIN);
  multiply(POWER_10, CHAIN, POWER_1);
  joined(POWER_10, POWER_10, 5, POWER_10);
  joined(CHAIN, POWER_10, 10, POWER_10);
  joined(CHAIN, CHAIN, 20, CHAIN);
  joined(POWER_50, CHAIN, 10, POWER_10);
  joined(CHAIN, POWER_50, 50, POWER_50);
  joined(CHAIN, CHAIN, 100, CHAIN);
  joined(CHAIN, CHAIN, 50, POWER_50);
  joined(out, CHAIN, 2, z);
}

/** out = a^(2^count) b. */
function joined(out: Field, a: Field, count: number, b: Field): void {
  square(MORE, a);
  for (let at = 1; at < count; at++) square(MORE, MORE);
  multiply(out, MORE, b);
}
