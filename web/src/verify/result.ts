// The result: the numbers that the tally decrypts to. Rules R1 to R4 of docs/spec/belenios-v1.md.
//
// No logarithm is searched for: the result says the number r, and g^r = beta / F shows that it is right. Its range is part of
// the proof, for g^r is the same for r and r + q.
import { unembed, type Element } from "../protocol/group.ts";
import { FormFault, latin1, whole, type Cursor } from "./canonical.ts";
import { breathe } from "./pause.ts";
import type { Bases } from "./proofs.ts";
import { Faults } from "./rules.ts";
import type { Election, Question } from "./setup.ts";
import { placesOf, type Tally } from "./tally.ts";

/** What the result says of a question: numbers place by place, or votes read one by one. */
export type Count = { kind: "numbers"; numbers: bigint[] } | { kind: "lists"; numbers: bigint[][] } | { kind: "votes"; votes: bigint[][] };

/** Reads the result; `undefined` where that cannot be done. */
export function readResult(bytes: Uint8Array, event: number, election: Election, faults: Faults): Count[] | undefined {
  class Missing extends Error {}
  try {
    return whole(latin1(bytes), (cursor) => {
      cursor.pass('{"result":');
      const counts = cursor.each(election.questions, (question) => readCount(cursor, question), () => new Missing());
      cursor.pass("}");
      return counts;
    });
  } catch (fault) {
    if (fault instanceof FormFault) {
      faults.add({ rule: "R1", event, expected: fault.expected, found: `byte ${fault.at}` });
    } else if (fault instanceof Missing) {
      faults.add({ rule: "R1", event, expected: `${election.questions.length} questions` });
    } else throw fault;
    return undefined;
  }
}

function readCount(cursor: Cursor, question: Question): Count {
  const row = () => cursor.list(() => cursor.weight());
  switch (question.kind) {
    case "homomorphic":
      return { kind: "numbers", numbers: row() };
    case "lists":
      return { kind: "lists", numbers: cursor.list(row) };
    case "non-homomorphic":
      return { kind: "votes", votes: cursor.list(row) };
  }
}

/** R2 and R3: a number for every place, within the total weight. */
export function checkRange(
  counts: readonly Count[],
  event: number,
  tally: Tally,
  weight: bigint,
  election: Election,
  faults: Faults,
): boolean {
  let complete = true;
  counts.forEach((count, at) => {
    const question = election.questions[at]!;
    const where = { event, question: at + 1 };
    const places = placesOf(question) ?? tally.ciphertexts[at]!.length;
    const found = count.kind === "numbers" ? count.numbers.length : count.kind === "votes" ? count.votes.length : count.numbers.map((list) => list.length);
    if (String(found) !== String(places)) {
      faults.add({ rule: "R2", ...where, expected: String(places), found: String(found) });
      complete = false;
      return;
    }
    if (count.kind === "votes") {
      count.votes.forEach((vote, choice) => {
        if (vote.length === question.answers.length) return;
        faults.add({ rule: "R2", ...where, choice: choice + 1, expected: String(question.answers.length), found: String(vote.length) });
        complete = false;
      });
      return;
    }
    count.numbers.flat().forEach((number, choice) => {
      if (number <= weight) return;
      faults.add({ rule: "R3", ...where, choice: choice + 1, expected: `0 to ${weight}`, found: String(number) });
    });
  });
  return complete;
}

/** R4: what the tally decrypts to with the combined factors. */
export async function checkDecryption(
  counts: readonly Count[],
  event: number,
  tally: Tally,
  factors: Element[][],
  election: Election,
  bases: Bases,
  faults: Faults,
): Promise<void> {
  for (const [at, count] of counts.entries()) {
    const said = count.kind === "votes" ? count.votes : count.numbers.flat();
    for (const [choice, { beta }] of tally.ciphertexts[at]!.entries()) {
      const plain = beta.subtract(factors[at]![choice]!);
      const claim = said[choice]!;
      const isSo = Array.isArray(claim)
        ? unembed(plain, election.questions[at]!.answers.length).every((value, index) => BigInt(value) === claim[index])
        : bases.g(claim).equals(plain);
      if (!isSo) {
        const found = Array.isArray(claim) ? `[${claim.join(", ")}]` : String(claim);
        faults.add({ rule: "R4", event, question: at + 1, choice: choice + 1, found });
      }
      await breathe();
    }
  }
}
