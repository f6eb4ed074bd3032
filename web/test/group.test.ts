// The encodings of the group, on values of other programs: RFC 8032's base point, and ballots of the peer in the folder
// that ADIL_DATA names.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as group from "../src/protocol/group.ts";

test("the generator is written with the highest digit first", () => {
  // RFC 8032, section 5.1: B has y = 4/5 and an even x; its 32 bytes are 58 66 66 .. 66.
  assert.equal(group.encode(group.g), "66".repeat(31) + "58");
  assert.ok(group.decode("66".repeat(31) + "58").equals(group.g));
});

test("what is no element in its one form is refused", () => {
  const p = (1n << 255n) - 19n;
  const hex = (z: bigint) => z.toString(16).padStart(64, "0");
  for (const text of [
    hex(p + 1n), // the neutral element again, y >= p
    hex(1n + (1n << 255n)), // the neutral element with the sign bit of a zero
    hex(p - 1n), // the point of order 2
    "66".repeat(31) + "5G",
    ("66".repeat(31) + "58").slice(1),
    "AB".repeat(32),
  ]) assert.throws(() => group.decode(text), group.ElementFault, text);
  assert.ok(group.decode(hex(1n)).equals(group.neutral));
});

test("scalars have one form", () => {
  assert.equal(group.decodeScalar("0"), 0n);
  assert.equal(group.decodeScalar((group.q - 1n).toString()), group.q - 1n);
  for (const text of ["00", "-1", "", " 1", group.q.toString(), 1]) assert.throws(() => group.decodeScalar(text), group.ElementFault);
});

test("numbers go into an element and come out again", () => {
  for (const values of [[0], [1, 2, 3], [255, 0, 7], Array.from({ length: 30 }, (_, at) => at)]) {
    assert.deepEqual(group.unembed(group.embed(values), values.length), values);
  }
});

test("tables give the powers that multiplication gives", () => {
  const base = new group.FixedBase(group.independentGenerator(-1));
  const exponent = group.randomScalar();
  assert.ok(base.power(exponent).equals(group.power(base.element, exponent, true)));
  assert.ok(base.power(0n).equals(group.neutral));
});

test("many elements are written as each of them is", () => {
  const elements = [group.neutral, group.g, group.g.add(group.independentGenerator(3)), group.independentGenerator(0)];
  assert.deepEqual(group.encodeAll(elements), elements.map(group.encode));
});
