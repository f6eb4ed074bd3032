// Voting codes: 22 random digits in base 58, from which a voter's secret exponent follows.
//
//   s = int(hex(H("derive_credential|uuid|0|code")) hex(H("derive_credential|uuid|1|code"))) mod q,   public: g^s
//
// 22 digits carry 128.9 bits. The code is hashed with the dashes that it is written with: groups of 5, 6, 5 and 6 digits.
import { encode, mod, ofG } from "./group.ts";
import { numberDigest } from "./hash.ts";
import { randomBytes } from "./random.ts";

/** The digits, without those that people confuse. */
const BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** What may stand between digits: spaces, dashes of every length, and characters that are not seen. */
const BETWEEN = /[\s\p{Pd}\p{Cf}]/u;
/** Digits of each group of a code. */
const GROUPS = [5, 6, 5, 6];
/** Digits of a code. */
const CODE_DIGITS = 22;

/** What is wrong with a text that should be a voting code. */
export type CodeProblem =
  /** Another number of digits; dashes and spaces are not counted. */
  | { code: "length"; found: number; expected: number }
  /** A character that no code has, and which one it is, from 1, dashes and spaces not counted. */
  | { code: "character"; place: number; character: string };

/** A text that is no voting code: the voter can mend it. The message does not repeat the code. */
export class CodeFault extends Error {
  readonly problem: CodeProblem;

  constructor(problem: CodeProblem) {
    super(problem.code === "length" ? "another number of digits" : `character ${problem.place} is none that a code has`);
    this.problem = problem;
  }
}

/** A voter's credential in one election. */
export interface Credential {
  /** The exponent that signs ballots: a secret. */
  readonly secret: bigint;
  /** The text of g^secret, as the list of credentials has it. */
  readonly public: string;
}

/** A new code. */
export function generateCode(): string {
  let digits = "";
  while (digits.length < CODE_DIGITS) {
    for (const byte of randomBytes(32)) {
      // Of 256 values the first 232 = 4 * 58 are taken, so that all digits are equally likely.
      if (byte < 232 && digits.length < CODE_DIGITS) digits += BASE_58[byte % 58];
    }
  }
  return grouped(digits);
}

/** A code as somebody typed or scanned it: spaces and dashes are passed over, wherever they stand, and what stands before
 * the # of an address.
 * @throws CodeFault */
export function readCode(text: string): string {
  const characters = [...text.slice(text.lastIndexOf("#") + 1)].filter((character) => !BETWEEN.test(character));
  for (const [at, character] of characters.entries()) {
    if (!BASE_58.includes(character)) throw new CodeFault({ code: "character", place: at + 1, character });
  }
  if (characters.length !== CODE_DIGITS) {
    throw new CodeFault({ code: "length", found: characters.length, expected: CODE_DIGITS });
  }
  return grouped(characters.join(""));
}

function grouped(digits: string): string {
  let at = 0;
  return GROUPS.map((length) => digits.slice(at, (at += length))).join("-");
}

/** The secret exponent of a code, in its written form, in an election. */
export function secretExponent(uuid: string, code: string): bigint {
  const half = (number: number) => numberDigest(`derive_credential|${uuid}|${number}|${code}`);
  return mod((half(0) << 256n) + half(1));
}

/** The credential of a code in an election.
 * @throws CodeFault */
export function deriveCredential(uuid: string, code: string): Credential {
  const secret = secretExponent(uuid, readCode(code));
  return { secret, public: encode(ofG.power(secret)) };
}
