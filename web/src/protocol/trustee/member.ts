// A member of a group of trustees: the seed, and the two keys that follow from it.
//
//   sk = H("sk|" seed),  dk = H("dk|" seed)
//
// g^sk verifies the member's signatures, and messages to the member are encrypted to g^dk. A seed has 22 digits of base 58.
import * as group from "../group.ts";
import { powerOfG } from "../knowledge.ts";
import { randomBelow } from "../random.ts";
import { KeyFault } from "./fault.ts";

const BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const SEED = new RegExp(`^[${BASE_58}]{22}$`);

/** How many members a group has, and how many of them are enough. */
export interface Terms {
  threshold: number;
  members: number;
}

/** A member's private side. */
export class Member {
  /** sk. */
  readonly signing: bigint;
  /** dk. */
  readonly opening: bigint;
  /** g^sk. */
  readonly verification: string;
  /** g^dk. */
  readonly encryption: string;

  private constructor(readonly seed: string) {
    this.signing = group.challenge(`sk|${seed}`);
    this.opening = group.challenge(`dk|${seed}`);
    this.verification = group.encode(powerOfG(this.signing));
    this.encryption = group.encode(powerOfG(this.opening));
  }

  /** A member with a new seed. */
  static draw(): Member {
    let seed = "";
    for (let digit = 0; digit < 22; digit++) seed += BASE_58[Number(randomBelow(58n))]!;
    return new Member(seed);
  }

  /** The member of a seed, line ends after it.
   * @throws KeyFault */
  static read(seed: string): Member {
    const own = seed.replace(/[\r\n]+$/, "");
    if (!SEED.test(own)) throw new KeyFault("form");
    return new Member(own);
  }
}
