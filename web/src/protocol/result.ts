// The result: partial decryptions are combined, and what they uncover is read.
//
// The combined factor of a ciphertext is the product of all single trustees' factors and, for each group with threshold t,
// of those of its first t members that gave one, each raised to lambda_j = prod over the other members k of k / (k - j).
// beta / F is then g^m for the number m, or the element that a vote of numbers is embedded in.
import type { PartialDecryption } from "./decrypt.ts";
import * as group from "./group.ts";
import { Pace, type Progress } from "./pace.ts";
import { productOfPowers } from "./products.ts";
import { Logarithms } from "./small-logarithms.ts";
import { type Ciphertext, nest, type Shaped, type TallyElection } from "./tally.ts";
import type { Trustees } from "./trustee/trustees.ts";

/** A result that cannot be made. */
export class ResultFault extends Error {
  constructor(readonly kind: "too-few" | "number" | "vote", readonly at?: { question: number; choice: number }) {
    const where = at === undefined ? "" : `question ${at.question + 1}, place ${at.choice + 1}: `;
    super(where + {
      "too-few": "the partial decryptions are not enough",
      number: "the number is none from 0 to the total weight, or too large to be found",
      vote: "a ballot decrypts to no vote",
    }[kind]);
  }
}

/** A number of votes, or a ballot's numbers. */
type Item = bigint | number[];

/** The result's record, of partial decryptions that were checked.
 * @throws ResultFault */
export async function makeResult(
  election: TallyElection,
  trustees: Trustees,
  tally: Shaped<Ciphertext>,
  decryptions: readonly PartialDecryption[],
  totalWeight: bigint,
  progress?: Progress,
): Promise<string> {
  const [used, exponents] = shares(trustees, decryptions);
  const logarithms = new Logarithms(totalWeight);
  const pace = new Pace(tally.flat().length, progress);
  const result: Shaped<string> = [];
  for (const [question, ciphertexts] of tally.entries()) {
    const slots = election.slots[question]!;
    const items: string[] = [];
    for (const [choice, { beta }] of ciphertexts.entries()) {
      const factor = productOfPowers(used.map(({ factors }) => factors[question]![choice]!), exponents);
      const plain = beta.subtract(factor);
      const at = { question, choice };
      items.push(write(slots.kind === "shuffled" ? vote(plain, slots.answers, at) : number(plain, logarithms, at)));
      await pace.step();
    }
    result.push(items);
  }
  pace.finish();
  return `{"result":${written(nest(election.slots, result))}}`;
}

/** Whose decryptions are used, and to which powers.
 * @throws ResultFault where they are too few. */
function shares({ groups }: Trustees, decryptions: readonly PartialDecryption[]): [PartialDecryption[], bigint[]] {
  const of = (index: number) => decryptions.find(({ owner }) => owner === index + 1);
  const [used, exponents]: [PartialDecryption[], bigint[]] = [[], []];
  for (const { kind, first, members, threshold } of groups) {
    const numbers = Array.from({ length: members }, (_, at) => at + 1).filter((number) => of(first + number - 1));
    if (numbers.length < threshold) throw new ResultFault("too-few");
    const first_ = numbers.slice(0, threshold);
    for (const j of first_) {
      used.push(of(first + j - 1)!);
      exponents.push(kind === "single" ? 1n : lagrange(first_, j));
    }
  }
  return [used, exponents];
}

/** lambda_j. */
function lagrange(numbers: readonly number[], j: number): bigint {
  const others = numbers.filter((k) => k !== j).map(BigInt);
  const above = others.reduce((product, k) => group.mod(product * k), 1n);
  const below = others.reduce((product, k) => group.mod(product * (k - BigInt(j))), 1n);
  return group.mod(above * group.inverse(below));
}

function number(plain: group.Element, logarithms: Logarithms, at: { question: number; choice: number }): bigint {
  const found = logarithms.of(plain);
  if (found === undefined) throw new ResultFault("number", at);
  return found;
}

function vote(plain: group.Element, answers: number, at: { question: number; choice: number }): number[] {
  try {
    return group.unembed(plain, answers);
  } catch {
    throw new ResultFault("vote", at);
  }
}

/** The largest whole number that is written as a JSON number; larger ones are texts. */
const LARGEST_JSON_NUMBER = 1_073_741_823n;

function write(item: Item): string {
  if (typeof item !== "bigint") return JSON.stringify(item);
  return item > LARGEST_JSON_NUMBER ? `"${item}"` : item.toString();
}

/** Lists of what is written already. */
function written(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(written).join(",")}]` : (value as string);
}
