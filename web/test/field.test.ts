// The arithmetic of the verifier against JavaScript's large numbers, on random numbers and on those at the bounds;
// and powers against those of noble-curves.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";

import { ElementFault, encode, g, neutral, power, q, randomScalar } from "../src/protocol/group.ts";
import { randomBelow } from "../src/protocol/random.ts";
import { decodeOnCurve } from "../src/verify/decode.ts";
import { add, field, multiply, square, subtract, valueOf, type Field } from "../src/verify/field.ts";
import { areMembers, isMember, powersOf, Table } from "../src/verify/points.ts";

const p = (1n << 255n) - 19n;
const mod = (a: bigint) => ((a % p) + p) % p;
const EDGES = [0n, 1n, 2n, 19n, p - 1n, p - 2n, (1n << 254n) - 1n, 1n << 254n, (1n << 255n) - 20n, mod(-(1n << 21n)), (p - 1n) / 2n];

test("sums, products and squares are those of large numbers", () => {
  const numbers = [...EDGES, ...Array.from({ length: 60 }, () => randomBelow(p))];
  const out = field(0n);
  for (const a of numbers) {
    for (const b of numbers) {
      const [x, y, sum, difference] = [field(a), field(b), field(0n), field(0n)];
      multiply(out, x, y);
      assert.equal(valueOf(out), mod(a * b));
      add(sum, x, y);
      subtract(difference, x, y);
      multiply(out, sum, difference);
      assert.equal(valueOf(out), mod((a + b) * (a - b)));
      square(out, sum);
      assert.equal(valueOf(out), mod((a + b) ** 2n));
    }
  }
});

test("numbers at the bounds are multiplied exactly", () => {
  // |l_k| = 2 * 2^(w_(k+1) - 1) (1 + 2^-5), all of one sign and of both: as large as a sum of two carried numbers gets.
  const weights = Array.from({ length: 13 }, (_, k) => Math.ceil(21.25 * k));
  const bounded = (sign: (k: number) => number): Field =>
    Float64Array.from({ length: 12 }, (_, k) => sign(k) * (2 ** weights[k + 1]! + 2 ** (weights[k + 1]! - 5) - 2 ** weights[k]!));
  const exact = (a: Field) => mod(a.reduce((sum, limb) => sum + BigInt(limb), 0n));
  const shapes = [() => 1, () => -1, (k: number) => (k % 2 ? 1 : -1), (k: number) => (k < 6 ? 1 : -1)].map(bounded);
  const out = field(0n);
  for (const a of shapes) {
    for (const b of shapes) {
      multiply(out, a, b);
      assert.equal(valueOf(out), mod(exact(a) * exact(b)));
      out.forEach((limb, k) => assert.ok(Math.abs(limb) <= 2 ** (weights[k + 1]! - 1) * (1 + 2 ** -5), `part ${k}`));
    }
    square(out, a);
    assert.equal(valueOf(out), mod(exact(a) ** 2n));
  }
});

test("powers are those of another program", () => {
  const base = power(g, randomScalar(), true);
  const exponents = [0n, 1n, 2n, 7n, 8n, 9n, 16n, q - 1n, q - 8n, (1n << 252n) - 1n, ...Array.from({ length: 10 }, randomScalar)];
  const table = new Table(base);
  const powers = powersOf(base, exponents);
  exponents.forEach((exponent, at) => {
    const expected = power(base, exponent, true);
    assert.ok(powers[at]!.equals(expected), `${exponent}`);
    assert.ok(table.power(exponent).equals(expected), `${exponent} by the table`);
  });
  assert.ok(powersOf(neutral, [5n])[0]!.equals(neutral));
});

test("points are read as another program reads them", () => {
  const hex = (z: bigint) => z.toString(16).padStart(64, "0");
  const bytes = (text: string) => Uint8Array.from(text.match(/../g)!.map((pair) => parseInt(pair, 16)).reverse());
  const texts = [...EDGES, p, p + 1n, ...Array.from({ length: 60 }, () => randomBelow(p))].flatMap((y) => [hex(y), hex(y + (1n << 255n))]);
  let points = 0;
  for (const text of texts) {
    let expected: typeof g | undefined;
    try {
      const read = ed25519.Point.fromBytes(bytes(text));
      if (encode(read) === text) expected = read;
    } catch {
      expected = undefined;
    }
    if (expected === undefined) assert.throws(() => decodeOnCurve(text), ElementFault, text);
    else assert.ok(decodeOnCurve(text).equals(expected), text);
    if (expected !== undefined) points++;
  }
  assert.ok(points > 30 && points < texts.length - 30);
});

test("what has a part of small order is no member", () => {
  // A point of order 8: q times a point of the curve that is no member (RFC 8032 has none; the first y from 3 on gives one).
  let torsion = neutral;
  for (let y = 3; !isOfOrderEight(torsion); y++) torsion = clearedOfSubgroup(y);
  const base = power(g, randomScalar(), true);
  assert.ok(isMember(base) && isMember(neutral));
  for (let times = 1; times < 8; times++) {
    let part = neutral;
    for (let k = 0; k < times; k++) part = part.add(torsion);
    assert.ok(!isMember(base.add(part)) && !isMember(part), `${times}`);
    const members = Array.from({ length: 23 }, (_, at) => power(g, BigInt(at + 2), true));
    assert.ok(areMembers(members));
    assert.ok(!areMembers([...members.slice(0, 9), base.add(part), ...members.slice(9)]), `${times} among members`);
    // The parts of two points may make up for each other; in the subsets with one of them they do not.
    assert.ok(!areMembers([...members, base.add(part), base.subtract(part)]), `${times} twice`);
  }
});

function clearedOfSubgroup(y: number): typeof g {
  try {
    const point = ed25519.Point.fromBytes(Uint8Array.from([y, ...Array<number>(31).fill(0)]));
    return point.multiplyUnsafe(q - 1n).add(point);
  } catch {
    return neutral;
  }
}

function isOfOrderEight(point: typeof g): boolean {
  return !point.double().double().equals(neutral);
}
