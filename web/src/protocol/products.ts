// Products of many powers, prod b_i^(e_i): one number of doublings for all of them (Pippenger, 1976).
import { pippenger } from "@noble/curves/abstract/curve.js";
import { ed25519 } from "@noble/curves/ed25519.js";

import { type Element, mod, neutral } from "./group.ts";
import type { Pace } from "./pace.ts";

/** Powers that are taken between two stops. */
const TOGETHER = 256;

/** prod b_i^(e_i), for lists of one length. */
export function productOfPowers(bases: readonly Element[], exponents: readonly bigint[]): Element {
  return pippenger(ed25519.Point, [...bases], exponents.map(mod));
}

/** The same for long lists, at a pace: a step for each power. */
export async function longProductOfPowers(
  bases: readonly Element[],
  exponents: readonly bigint[],
  pace: Pace,
): Promise<Element> {
  let product = neutral;
  for (let at = 0; at < bases.length; at += TOGETHER) {
    const own = bases.slice(at, at + TOGETHER);
    product = product.add(productOfPowers(own, exponents.slice(at, at + TOGETHER)));
    await pace.step(own.length);
  }
  return product;
}

/** The product of elements. */
export function product(elements: Iterable<Element>): Element {
  let all = neutral;
  for (const element of elements) all = all.add(element);
  return all;
}
