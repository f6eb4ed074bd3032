// The tree over a log's entries (RFC 6962, section 2.1).
//
//   MTH() = SHA-256()     MTH(d) = SHA-256(0x00 || d)     MTH(D) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))
//
// with k the largest power of two below n. Proofs are checked as sections 2.1.3.2 and 2.1.4.2 of RFC 9162 say.
import { concatBytes } from "@noble/hashes/utils.js";

import { digest } from "../protocol/hash.ts";

const [LEAF, NODE] = [Uint8Array.of(0), Uint8Array.of(1)];

export function leafHash(entry: Uint8Array): Uint8Array {
  return digest(concatBytes(LEAF, entry));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return digest(concatBytes(NODE, left, right));
}

export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** A tree that grows leaf by leaf. Of every full subtree on its right edge the root is kept, the largest first. */
export class Frontier {
  size = 0;
  private edge: Uint8Array[] = [];

  append(leaf: Uint8Array): void {
    let hash = leaf;
    // As many subtrees end here as the old size has ones at its end.
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(this.edge.pop()!, hash);
    this.edge.push(hash);
    this.size++;
  }

  root(): Uint8Array {
    if (this.edge.length === 0) return digest(new Uint8Array(0));
    return this.edge.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Whether the hashes lead from the leaf of a number to the root of a tree of `size` leaves. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [own, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (own % 2 === 1 || own === last) {
      hash = nodeHash(sibling, hash);
      while (own % 2 === 0 && own !== 0) [own, last] = [own / 2, half(last)];
    } else hash = nodeHash(hash, sibling);
    [own, last] = [half(own), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

/** Whether the hashes show that a tree of `size` leaves continues that of `earlier` leaves. */
export function verifyConsistency(
  earlier: number,
  size: number,
  earlierRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (![earlier, size].every(Number.isSafeInteger) || earlier < 0 || earlier > size) return false;
  if (earlier === size) return proof.length === 0 && sameHash(earlierRoot, root);
  if (earlier === 0) return proof.length === 0 && sameHash(earlierRoot, digest(new Uint8Array(0)));
  // Where the earlier tree is a full one, its own root is the first node.
  const hashes = isPowerOfTwo(earlier) ? [earlierRoot, ...proof] : [...proof];
  if (hashes.length === 0) return false;
  let [own, last] = [earlier - 1, size - 1];
  while (own % 2 === 1) [own, last] = [half(own), half(last)];
  let [old, now] = [hashes[0]!, hashes[0]!];
  for (const sibling of hashes.slice(1)) {
    if (last === 0) return false;
    if (own % 2 === 1 || own === last) {
      old = nodeHash(sibling, old);
      now = nodeHash(sibling, now);
      while (own % 2 === 0 && own !== 0) [own, last] = [own / 2, half(last)];
    } else now = nodeHash(now, sibling);
    [own, last] = [half(own), half(last)];
  }
  return last === 0 && sameHash(old, earlierRoot) && sameHash(now, root);
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(number: number): boolean {
  while (number % 2 === 0) number /= 2;
  return number === 1;
}
