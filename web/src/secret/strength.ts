// How hard a passphrase is to guess, roughly, and one that is hard enough.
//
// A sealed file can be tried against guesses without end. Argon2id makes each guess cost about a second of one processor
// and 64 MiB; 70 bits are then out of reach.
import { randomBelow } from "../protocol/random.ts";

/** Letters and digits that people do not confuse. */
const DIGITS = "23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS = 5;
const GROUP = 4;

/** The fewest characters that a passphrase has. */
export const FEWEST_CHARACTERS = 12;

/** A random passphrase: twenty digits of 31, which carry 99 bits. */
export function suggestPassphrase(): string {
  const digit = () => DIGITS[Number(randomBelow(BigInt(DIGITS.length)))]!;
  const group = () => Array.from({ length: GROUP }, digit).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/** A rough upper bound of the bits in a passphrase: each character counts by the alphabets that occur, those that repeat
 * or continue the one before count one bit. Whole words are guessed sooner than that, which the page says. */
function roughBits(passphrase: string): number {
  const alphabets: [RegExp, number][] = [[/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/\p{N}/u, 10], [/[^\p{L}\p{N}]/u, 12]];
  const size = alphabets.reduce((sum, [own, count]) => sum + (own.test(passphrase) ? count : 0), 0);
  let bits = 0;
  let before = NaN;
  for (const character of passphrase) {
    const code = character.codePointAt(0)!;
    bits += Math.abs(code - before) <= 1 ? 1 : Math.log2(size);
    before = code;
  }
  const different = new Set(passphrase).size;
  return Math.min(bits, different * Math.log2(Math.max(2, size)));
}

/** What the page says of a passphrase. */
export type Strength = "short" | "weak" | "fair" | "strong";

/** See `Strength`. */
export function strengthOf(passphrase: string): Strength {
  if ([...passphrase].length < FEWEST_CHARACTERS) return "short";
  const bits = roughBits(passphrase);
  return bits < 50 ? "weak" : bits < 75 ? "fair" : "strong";
}
