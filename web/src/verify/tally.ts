// The encrypted tally: worked out anew from the ballots, and compared. Rules E1 to E5 of docs/spec/belenios-v1.md.
import { ElementFault } from "../protocol/group.ts";
import { hexDigest } from "../protocol/hash.ts";
import type { BoardEvent } from "./archive.ts";
import { readCiphertext, type CiphertextText } from "./ballot.ts";
import type { BoxOutcome } from "./box.ts";
import { FormFault, latin1, whole, type Cursor } from "./canonical.ts";
import { decode } from "./points.ts";
import type { Ciphertext } from "./proofs.ts";
import { Faults } from "./rules.ts";
import type { Election, Question } from "./setup.ts";

/** How many places a question has: a list, or a list of lists. */
export type Shape = number | number[];

/** What is to be decrypted: the ciphertexts of each question in order, and their shape. */
export interface Tally {
  shapes: Shape[];
  texts: CiphertextText[][];
  ciphertexts: Ciphertext[][];
}

/** There is another number of entries than the shape says. */
export class ShapeFault extends Error {
  readonly found: number;

  constructor(found: number) {
    super(`${found} entries`);
    this.found = found;
  }
}

/** Reads a list, or lists within a list, of the shape, and gives all entries one after another. */
export function shaped<T>(cursor: Cursor, shape: Shape, entry: () => T): T[] {
  const row = (length: number) => {
    const entries = cursor.list(entry);
    if (entries.length !== length) throw new ShapeFault(entries.length);
    return entries;
  };
  if (typeof shape === "number") return row(shape);
  return cursor.each(shape, row, () => new ShapeFault(-1)).flat();
}

/** The places of a question in the tally; `undefined` where there are as many as ballots. */
export function placesOf(question: Question): Shape | undefined {
  switch (question.kind) {
    case "homomorphic":
      return question.answers.length + (question.blank ? 1 : 0);
    case "lists":
      return question.answers.map((list) => list.length);
    case "non-homomorphic":
      return undefined;
  }
}

/** Reads the tally of an event and holds it to the ballots. `undefined` where it cannot be decrypted. */
export function readTally(event: BoardEvent, election: Election, box: BoxOutcome, faults: Faults): Tally | undefined {
  const number = event.number;
  const [record, sized] = event.records!;
  try {
    const size = whole(latin1(sized!.bytes), (cursor) => {
      cursor.pass('{"num_tallied":');
      const tallied = cursor.small();
      cursor.pass(',"total_weight":');
      const weight = cursor.weight();
      cursor.pass(',"encrypted_tally":');
      const digest = cursor.digest();
      cursor.pass("}");
      return { tallied, weight, digest };
    });
    event.size = size;
    if (size.digest !== record!.digest) {
      faults.add({ rule: "A12", event: number, expected: record!.digest, found: size.digest });
    }
    checkSize(size, number, box, faults);
  } catch (fault) {
    if (!(fault instanceof FormFault)) throw fault;
    faults.add({ rule: "E1", event: number, expected: fault.expected, found: `byte ${fault.at} of the size` });
  }

  let texts: CiphertextText[][];
  try {
    texts = whole(latin1(record!.bytes), (cursor) => cursor.each(election.questions, (question) => {
      const shape = placesOf(question);
      return shape === undefined ? cursor.list(() => readCiphertext(cursor)) : shaped(cursor, shape, () => readCiphertext(cursor));
    }, () => new ShapeFault(-1)));
  } catch (fault) {
    if (!(fault instanceof FormFault || fault instanceof ShapeFault)) throw fault;
    faults.add({ rule: "E1", event: number, found: fault.message });
    return undefined;
  }
  compare(texts, record!.digest, number, election, box, faults);

  const shapes = election.questions.map((question, at) => placesOf(question) ?? texts[at]!.length);
  let readable = true;
  const ciphertexts = texts.map((list, question) => list.map(({ alpha, beta }, choice): Ciphertext => {
    try {
      return { alpha: decode(alpha), beta: decode(beta) };
    } catch (fault) {
      if (!(fault instanceof ElementFault)) throw fault;
      faults.add({ rule: "E2", event: number, question: question + 1, choice: choice + 1, found: fault.message });
      readable = false;
      return undefined as never;
    }
  }));
  return readable ? { shapes, texts, ciphertexts } : undefined;
}

/** E3 and E4. */
function checkSize(size: { tallied: number; weight: bigint }, event: number, box: BoxOutcome, faults: Faults): void {
  if (box.tallied === undefined) return;
  const { voters, weight } = box.tallied;
  if (size.tallied !== voters) faults.add({ rule: "E3", event, expected: String(voters), found: String(size.tallied) });
  if (size.weight.toString() !== weight) {
    faults.add({ rule: "E4", event, expected: weight, found: size.weight.toString() });
  }
}

/** E5: question by question where all ballots that count can be read, and the whole record by its digest. */
function compare(
  found: CiphertextText[][],
  digest: string,
  event: number,
  election: Election,
  box: BoxOutcome,
  faults: Faults,
): void {
  const expected = election.questions.map((question, at) => {
    const places = box.questions[at];
    if (places === undefined) return undefined;
    const list = places.map(([alpha, beta]) => ({ alpha, beta }));
    return question.kind === "non-homomorphic" ? sorted(list) : list;
  });
  let differs = false;
  expected.forEach((list, at) => {
    if (list === undefined) return;
    if (JSON.stringify(list) === JSON.stringify(found[at])) return;
    differs = true;
    faults.add({ rule: "E5", event, question: at + 1 });
  });
  if (differs || expected.includes(undefined)) return;
  const made = hexDigest(tallyText(expected as CiphertextText[][], election));
  if (made !== digest) faults.add({ rule: "E5", event, expected: made, found: digest });
}

function tallyText(texts: CiphertextText[][], election: Election): string {
  return JSON.stringify(texts.map((list, at) => {
    const shape = placesOf(election.questions[at]!);
    if (!Array.isArray(shape)) return list;
    let from = 0;
    return shape.map((length) => list.slice(from, (from += length)));
  }));
}

/** In the group's order: by the 32 bytes of RFC 8032, which the texts write in reverse. */
function sorted(ciphertexts: CiphertextText[]): CiphertextText[] {
  const reverse = (text: string) => text.match(/../g)!.reverse().join("");
  return ciphertexts
    .map((ciphertext) => ({ ciphertext, key: reverse(ciphertext.alpha) + reverse(ciphertext.beta) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ ciphertext }) => ciphertext);
}
