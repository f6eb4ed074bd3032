// Numbers modulo p = 2^255 - 19 in twelve doubles, for the many powers that a board has to be checked with.
//
//   x = l_0 + l_1 + ... + l_11,   l_k a multiple of 2^w_k,   w_k = ceil(21.25 k)
//
// Bernstein, "Curve25519: new Diffie-Hellman speed records", 2006, section 4: doubles hold whole numbers of 53 bits exactly,
// at any power of two. After a carry |l_k| <= 2^(w_(k+1) - 1) (1 + 2^-5). A product of sums of two such numbers each has
// columns below 2^52.4 2^w_k, so that it is exact; sums of three are carried first. `test/field.test.ts` holds the bounds.

/** A number modulo p; it may have several forms. */
export type Field = Float64Array;

const p = (1n << 255n) - 19n;
const WEIGHTS = [0, 22, 43, 64, 85, 107, 128, 149, 170, 192, 213, 234];
/** 19 / 2^255: what comes out above 2^255 comes back in below. */
const R = 19 * 2 ** -255;

// Adding and taking away 1.5 2^52 2^w rounds to a multiple of 2^w.
const r0 = 1.5 * 2 ** 74;
const r1 = 1.5 * 2 ** 95;
const r2 = 1.5 * 2 ** 116;
const r3 = 1.5 * 2 ** 137;
const r4 = 1.5 * 2 ** 159;
const r5 = 1.5 * 2 ** 180;
const r6 = 1.5 * 2 ** 201;
const r7 = 1.5 * 2 ** 222;
const r8 = 1.5 * 2 ** 244;
const r9 = 1.5 * 2 ** 265;
const r10 = 1.5 * 2 ** 286;
const r11 = 1.5 * 2 ** 307;

/** A number of its own. */
export function field(value: bigint): Field {
  const out = new Float64Array(12);
  set(out, value);
  return out;
}

/** out = value, which is not negative and below 2^255. */
export function set(out: Field, value: bigint): void {
  let rest = value;
  for (let k = 0; k < 12; k++) {
    const bits = BigInt((k < 11 ? WEIGHTS[k + 1]! : 255) - WEIGHTS[k]!);
    out[k] = Number(rest & ((1n << bits) - 1n)) * 2 ** WEIGHTS[k]!;
    rest >>= bits;
  }
  carry(out);
}

/** The number from 0 to p - 1. */
export function valueOf(a: Field): bigint {
  let sum = 0n;
  for (let k = 0; k < 12; k++) sum += BigInt(a[k]!);
  const residue = sum % p;
  return residue < 0n ? residue + p : residue;
}

/** out = a + b, not carried. */
export function add(out: Field, a: Field, b: Field): void {
  for (let k = 0; k < 12; k++) out[k] = a[k]! + b[k]!;
}

/** out = a - b, not carried. */
export function subtract(out: Field, a: Field, b: Field): void {
  for (let k = 0; k < 12; k++) out[k] = a[k]! - b[k]!;
}

/** Brings the parts of a number back below their bounds. */
export function carry(out: Field): void {
  let c0 = out[0]!, c1 = out[1]!, c2 = out[2]!, c3 = out[3]!, c4 = out[4]!, c5 = out[5]!;
  let c6 = out[6]!, c7 = out[7]!, c8 = out[8]!, c9 = out[9]!, c10 = out[10]!, c11 = out[11]!;
  let t;
  t = c0 + r0 - r0; c0 -= t; c1 += t;
  t = c6 + r6 - r6; c6 -= t; c7 += t;
  t = c1 + r1 - r1; c1 -= t; c2 += t;
  t = c7 + r7 - r7; c7 -= t; c8 += t;
  t = c2 + r2 - r2; c2 -= t; c3 += t;
  t = c8 + r8 - r8; c8 -= t; c9 += t;
  t = c3 + r3 - r3; c3 -= t; c4 += t;
  t = c9 + r9 - r9; c9 -= t; c10 += t;
  t = c4 + r4 - r4; c4 -= t; c5 += t;
  t = c10 + r10 - r10; c10 -= t; c11 += t;
  t = c5 + r5 - r5; c5 -= t; c6 += t;
  t = c11 + r11 - r11; c11 -= t; c0 += R * t;
  t = c6 + r6 - r6; c6 -= t; c7 += t;
  t = c0 + r0 - r0; c0 -= t; c1 += t;
  out[0] = c0; out[1] = c1; out[2] = c2; out[3] = c3; out[4] = c4; out[5] = c5;
  out[6] = c6; out[7] = c7; out[8] = c8; out[9] = c9; out[10] = c10; out[11] = c11;
}

/** out = a b, carried. */
export function multiply(out: Field, a: Field, b: Field): void {
  const a0 = a[0]!, a1 = a[1]!, a2 = a[2]!, a3 = a[3]!, a4 = a[4]!, a5 = a[5]!;
  const a6 = a[6]!, a7 = a[7]!, a8 = a[8]!, a9 = a[9]!, a10 = a[10]!, a11 = a[11]!;
  const b0 = b[0]!, b1 = b[1]!, b2 = b[2]!, b3 = b[3]!, b4 = b[4]!, b5 = b[5]!;
  const b6 = b[6]!, b7 = b[7]!, b8 = b[8]!, b9 = b[9]!, b10 = b[10]!, b11 = b[11]!;
  let c0 = a0 * b0 +
    R * (a1 * b11 + a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3 + a10 * b2 + a11 * b1);
  let c1 = a0 * b1 + a1 * b0 +
    R * (a2 * b11 + a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3 + a11 * b2);
  let c2 = a0 * b2 + a1 * b1 + a2 * b0 +
    R * (a3 * b11 + a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4 + a11 * b3);
  let c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 +
    R * (a4 * b11 + a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5 + a11 * b4);
  let c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 +
    R * (a5 * b11 + a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6 + a11 * b5);
  let c5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 +
    R * (a6 * b11 + a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7 + a11 * b6);
  let c6 = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 +
    R * (a7 * b11 + a8 * b10 + a9 * b9 + a10 * b8 + a11 * b7);
  let c7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 +
    R * (a8 * b11 + a9 * b10 + a10 * b9 + a11 * b8);
  let c8 = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 +
    R * (a9 * b11 + a10 * b10 + a11 * b9);
  let c9 = a0 * b9 + a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + a9 * b0 +
    R * (a10 * b11 + a11 * b10);
  let c10 = a0 * b10 + a1 * b9 + a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + a9 * b1 + a10 * b0 +
    R * (a11 * b11);
  let c11 = a0 * b11 + a1 * b10 + a2 * b9 + a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + a9 * b2 + a10 * b1 + a11 * b0;
  let t;
  t = c0 + r0 - r0; c0 -= t; c1 += t;
  t = c6 + r6 - r6; c6 -= t; c7 += t;
  t = c1 + r1 - r1; c1 -= t; c2 += t;
  t = c7 + r7 - r7; c7 -= t; c8 += t;
  t = c2 + r2 - r2; c2 -= t; c3 += t;
  t = c8 + r8 - r8; c8 -= t; c9 += t;
  t = c3 + r3 - r3; c3 -= t; c4 += t;
  t = c9 + r9 - r9; c9 -= t; c10 += t;
  t = c4 + r4 - r4; c4 -= t; c5 += t;
  t = c10 + r10 - r10; c10 -= t; c11 += t;
  t = c5 + r5 - r5; c5 -= t; c6 += t;
  t = c11 + r11 - r11; c11 -= t; c0 += R * t;
  t = c6 + r6 - r6; c6 -= t; c7 += t;
  t = c0 + r0 - r0; c0 -= t; c1 += t;
  out[0] = c0; out[1] = c1; out[2] = c2; out[3] = c3; out[4] = c4; out[5] = c5;
  out[6] = c6; out[7] = c7; out[8] = c8; out[9] = c9; out[10] = c10; out[11] = c11;
}

/** out = a^2, carried. */
export function square(out: Field, a: Field): void {
  const a0 = a[0]!, a1 = a[1]!, a2 = a[2]!, a3 = a[3]!, a4 = a[4]!, a5 = a[5]!;
  const a6 = a[6]!, a7 = a[7]!, a8 = a[8]!, a9 = a[9]!, a10 = a[10]!, a11 = a[11]!;
  const d0 = a0 + a0, d1 = a1 + a1, d2 = a2 + a2, d3 = a3 + a3, d4 = a4 + a4, d5 = a5 + a5, d6 = a6 + a6, d7 = a7 + a7, d8 = a8 + a8, d9 = a9 + a9, d10 = a10 + a10;
  let c0 = a0 * a0 + R * (d1 * a11 + d2 * a10 + d3 * a9 + d4 * a8 + d5 * a7 + a6 * a6);
  let c1 = d0 * a1 + R * (d2 * a11 + d3 * a10 + d4 * a9 + d5 * a8 + d6 * a7);
  let c2 = d0 * a2 + a1 * a1 + R * (d3 * a11 + d4 * a10 + d5 * a9 + d6 * a8 + a7 * a7);
  let c3 = d0 * a3 + d1 * a2 + R * (d4 * a11 + d5 * a10 + d6 * a9 + d7 * a8);
  let c4 = d0 * a4 + d1 * a3 + a2 * a2 + R * (d5 * a11 + d6 * a10 + d7 * a9 + a8 * a8);
  let c5 = d0 * a5 + d1 * a4 + d2 * a3 + R * (d6 * a11 + d7 * a10 + d8 * a9);
  let c6 = d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3 + R * (d7 * a11 + d8 * a10 + a9 * a9);
  let c7 = d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 + R * (d8 * a11 + d9 * a10);
  let c8 = d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4 + R * (d9 * a11 + a10 * a10);
  let c9 = d0 * a9 + d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5 + R * (d10 * a11);
  let c10 = d0 * a10 + d1 * a9 + d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5 + R * (a11 * a11);
  let c11 = d0 * a11 + d1 * a10 + d2 * a9 + d3 * a8 + d4 * a7 + d5 * a6;
  let t;
  t = c0 + r0 - r0; c0 -= t; c1 += t;
  t = c6 + r6 - r6; c6 -= t; c7 += t;
  t = c1 + r1 - r1; c1 -= t; c2 += t;
  t = c7 + r7 - r7; c7 -= t; c8 += t;
  t = c2 + r2 - r2; c2 -= t; c3 += t;
  t = c8 + r8 - r8; c8 -= t; c9 += t;
  t = c3 + r3 - r3; c3 -= t; c4 += t;
  t = c9 + r9 - r9; c9 -= t; c10 += t;
  t = c4 + r4 - r4; c4 -= t; c5 += t;
  t = c10 + r10 - r10; c10 -= t; c11 += t;
  t = c5 + r5 - r5; c5 -= t; c6 += t;
  t = c11 + r11 - r11; c11 -= t; c0 += R * t;
  t = c6 + r6 - r6; c6 -= t; c7 += t;
  t = c0 + r0 - r0; c0 -= t; c1 += t;
  out[0] = c0; out[1] = c1; out[2] = c2; out[3] = c3; out[4] = c4; out[5] = c5;
  out[6] = c6; out[7] = c7; out[8] = c8; out[9] = c9; out[10] = c10; out[11] = c11;
}
