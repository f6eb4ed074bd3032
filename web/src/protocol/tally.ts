// The encrypted tally, and every record of its shape: for each question a list of items, one for each ciphertext; for a
// question of lists, a list for each list.
import * as group from "./group.ts";
import { base64Digest } from "./hash.ts";
import { Pace, type Progress } from "./pace.ts";
import { object, type Reader, RecordFault, text } from "./records.ts";

/** How the ciphertexts of a question are grouped in the tally. */
export type Slots =
  | { kind: "homomorphic"; count: number } // that many places, added up
  | { kind: "shuffled"; answers: number } // as many as ballots, each a number for every answer
  | { kind: "lists"; lengths: number[] }; // places in lists, added up

/** An election as far as its tally needs it. */
export interface TallyElection {
  /** The digest of the exact text of the election's record, in base64. */
  fingerprint: string;
  publicKey: group.Element;
  slots: Slots[];
}

/** alpha = g^r, beta = y^r M. */
export interface Ciphertext {
  alpha: group.Element;
  beta: group.Element;
}

/** A ciphertext as it is written. */
export interface CiphertextText {
  alpha: string;
  beta: string;
}

/** Reads the texts of a ciphertext. */
export const ciphertextText = object<CiphertextText>({ alpha: text, beta: text });

/** Items of the tally's shape: by question, those of lists one after another. */
export type Shaped<T> = T[][];

/** An election from the exact text of its record. What else the record says is not looked at.
 * @throws RecordFault, or group.ElementFault */
export function tallyElection(record: string): TallyElection {
  const { questions, public_key, group: name } = (parse(record) ?? {}) as Record<string, unknown>;
  if (name !== group.GROUP) throw new RecordFault("an election in another group");
  return { fingerprint: base64Digest(record), publicKey: group.decode(public_key), slots: slotsOf(questions) };
}

/** The slots of the questions of an election's record.
 * @throws RecordFault where a question is none that is known. */
function slotsOf(questions: unknown): Slots[] {
  if (!Array.isArray(questions)) throw new RecordFault("no questions");
  return questions.map((question): Slots => {
    const { type, value = question } = (question ?? {}) as Record<string, any>;
    const { answers, blank } = value as Record<string, any>;
    if (!Array.isArray(answers)) throw new RecordFault("no answers");
    if (type === undefined) return { kind: "homomorphic", count: answers.length + (blank === true ? 1 : 0) };
    if (type === "NonHomomorphic") return { kind: "shuffled", answers: answers.length };
    if (type !== "Lists" || !answers.every(Array.isArray)) throw new RecordFault("a question of a kind that is not known");
    return { kind: "lists", lengths: answers.map((list: unknown[]) => list.length) };
  });
}

/** How many items a question has, where that does not depend on the number of ballots. */
function lengthOf(slots: Slots): number | undefined {
  if (slots.kind === "shuffled") return undefined;
  return slots.kind === "homomorphic" ? slots.count : slots.lengths.reduce((sum, length) => sum + length, 0);
}

/** Nested lists of the tally's shape. */
export function nest<T>(slots: readonly Slots[], items: Shaped<T>): unknown[] {
  return slots.map((own, question) => {
    const of = items[question]!;
    if (own.kind !== "lists") return of;
    let at = 0;
    return own.lengths.map((length) => of.slice(at, (at += length)));
  });
}

/** The items of nested lists of the tally's shape; `lengths` are those of shuffled questions, where they are known.
 * @throws RecordFault where they have another shape. */
export function flatten<T>(
  slots: readonly Slots[],
  value: unknown,
  reader: Reader<T>,
  lengths?: readonly number[],
): Shaped<T> {
  const listOf = (of: unknown, length: number | undefined): unknown[] => {
    if (!Array.isArray(of) || (length !== undefined && of.length !== length)) throw new RecordFault("another shape");
    return of;
  };
  return listOf(value, slots.length).map((of, question) => {
    const own = slots[question]!;
    if (own.kind !== "lists") return listOf(of, lengthOf(own) ?? lengths?.[question]).map(reader);
    return listOf(of, own.lengths.length).flatMap((list, at) => listOf(list, own.lengths[at]).map(reader));
  });
}

/** Reads the published record.
 * @throws RecordFault, or group.ElementFault where a text is no element. */
export async function readTally(slots: readonly Slots[], record: string, progress?: Progress): Promise<Shaped<Ciphertext>> {
  const texts = flatten(slots, parse(record), ciphertextText);
  if (JSON.stringify(nest(slots, texts)) !== record) throw new RecordFault("the tally is not in its one form");
  const pace = new Pace(2 * texts.flat().length, progress);
  const tally: Shaped<Ciphertext> = [];
  for (const own of texts) tally.push(await decodeCiphertexts(own, pace));
  pace.finish();
  return tally;
}

/** The ciphertexts as they are written. */
export function writeCiphertexts(ciphertexts: readonly Ciphertext[]): CiphertextText[] {
  const texts = group.encodeAll(ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]));
  return ciphertexts.map((_, at) => ({ alpha: texts[2 * at]!, beta: texts[2 * at + 1]! }));
}

/** Elements of texts, at a pace: a step for each.
 * @throws group.ElementFault */
export async function decodeAll(texts: readonly string[], pace: Pace): Promise<group.Element[]> {
  const elements: group.Element[] = [];
  for (const text of texts) {
    elements.push(group.decode(text));
    await pace.step();
  }
  return elements;
}

/** Ciphertexts of texts, at a pace: two steps for each.
 * @throws group.ElementFault */
export async function decodeCiphertexts(texts: readonly CiphertextText[], pace: Pace): Promise<Ciphertext[]> {
  const elements = await decodeAll(texts.flatMap(({ alpha, beta }) => [alpha, beta]), pace);
  return texts.map((_, at) => ({ alpha: elements[2 * at]!, beta: elements[2 * at + 1]! }));
}

/** The value of a record's JSON.
 * @throws RecordFault */
export function parse(record: string): any {
  try {
    return JSON.parse(record);
  } catch {
    throw new RecordFault("no JSON");
  }
}
