// The record of an election: what is asked, and the key that votes are encrypted with.
//
// Every ballot names the digest of the record's exact text, so that two voters who are asked different things cast
// ballots of different elections. The record is read with all that the Rust reader refuses (docs/spec/belenios-v1.md),
// and on the web its group is always Ed25519.
import { type Element, decode, ElementFault, GROUP, MOST_EMBEDDED } from "./group.ts";
import { base64Digest } from "./hash.ts";
import { countOf, type Fields, fields, flagOf, FormFault, listOf, parseJson, textOf } from "./json.ts";

/** How votes of numbers are counted: the `extra` of a question. */
export type CountingMethod =
  | { method: "Schulze"; blank: boolean }
  | { method: "STV"; blank: boolean; seats: number }
  | { method: "MajorityJudgment"; blank: boolean; grades: string[] };

/** Some of the answers are chosen; they are added up under encryption. */
export interface ChoicesQuestion {
  kind: "choices";
  title: string;
  answers: string[];
  /** Whether there is a blank vote; it has a place before the answers. */
  blank: boolean;
  min: number;
  max: number;
}

/** A number for each answer, by the method a rank or a grade; votes are decrypted one by one after shuffling. */
export interface NumbersQuestion {
  kind: "numbers";
  title: string;
  answers: string[];
  /** Without one any numbers from 0 to 255 are a vote. */
  method?: CountingMethod;
}

/** One list is chosen, and candidates on it. */
export interface ListsQuestion {
  kind: "lists";
  title: string;
  lists: { name: string; candidates: string[] }[];
}

export type Question = ChoicesQuestion | NumbersQuestion | ListsQuestion;

export interface Election {
  uuid: string;
  name: string;
  description: string;
  administrator?: string;
  credentialAuthority?: string;
  language?: string;
  /** The text of the key y. */
  publicKey: string;
  /** The key y. */
  key: Element;
  questions: Question[];
  /** The digest of the record, 43 characters of base64. */
  fingerprint: string;
}

/** A record of which no election can be made: whoever made or serves it is at fault. */
export class ElectionFault extends Error {}

/** The most ciphertexts, and the most branches of the longest proofs, of a ballot (docs/spec/plan.md, N22). */
const MOST_CIPHERTEXTS = 4096;
const MOST_BRANCHES = 4096;

/** The digest that ballots name, of the exact text of a record. */
export function fingerprintOf(text: string): string {
  return base64Digest(text);
}

/** The election of a record's exact text.
 * @throws ElectionFault */
export function parseElection(text: string): Election {
  try {
    return election(text);
  } catch (fault) {
    if (fault instanceof FormFault || fault instanceof ElementFault) throw new ElectionFault(fault.message);
    throw fault;
  }
}

function election(text: string): Election {
  const needed = ["version", "description", "name", "group", "public_key", "questions", "uuid"];
  const optional = { administrator: "administrator", credential_authority: "credentialAuthority", language: "language" } as const;
  const record = fields(parseJson(text), "the election", needed, Object.keys(optional));
  if (record["version"] !== 1) throw new ElectionFault("the election is not of version 1");
  if (record["group"] !== GROUP) throw new ElectionFault(`the election's group is not ${GROUP}`);
  const uuid = textOf(record["uuid"], "the identifier");
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(uuid)) throw new ElectionFault("the identifier is not 14 or more digits in base 58");
  const publicKey = textOf(record["public_key"], "the public key");
  const read: Election = {
    uuid,
    name: textOf(record["name"], "the name"),
    description: textOf(record["description"], "the description"),
    publicKey,
    key: decode(publicKey),
    questions: listOf(record["questions"], "the questions", question),
    fingerprint: fingerprintOf(text),
  };
  for (const [name, field] of Object.entries(optional)) {
    if (Object.hasOwn(record, name)) read[field] = textOf(record[name], name);
  }
  withinLimits(read.questions);
  return read;
}

function withinLimits(questions: readonly Question[]): void {
  if (questions.length === 0) throw new ElectionFault("the election asks nothing");
  let [ciphertexts, branches] = [0, 0];
  for (const asked of questions) {
    ciphertexts += ciphertextCount(asked);
    branches += asked.kind === "choices" ? asked.max - asked.min + 2 : 2;
  }
  if (ciphertexts > MOST_CIPHERTEXTS) throw new ElectionFault(`a ballot would have more than ${MOST_CIPHERTEXTS} ciphertexts`);
  if (branches > MOST_BRANCHES) throw new ElectionFault(`the proofs of a ballot would have more than ${MOST_BRANCHES} branches`);
}

/** How many ciphertexts an answer to a question has. */
function ciphertextCount(question: Question): number {
  switch (question.kind) {
    case "choices":
      return question.answers.length + (question.blank ? 1 : 0);
    case "numbers":
      return 1;
    case "lists":
      return question.lists.reduce((count, list) => count + 1 + list.candidates.length, 0);
  }
}

function question(value: unknown, what: string): Question {
  const isPlain = typeof value === "object" && value !== null && !Object.hasOwn(value, "type");
  return isPlain ? choices(value, what) : typed(value, what);
}

function choices(value: unknown, what: string): ChoicesQuestion {
  const asked = fields(value, what, ["answers", "min", "max", "question"], ["blank"]);
  const read: ChoicesQuestion = {
    kind: "choices",
    ...titleAndAnswers(asked, what),
    blank: Object.hasOwn(asked, "blank") && flagOf(asked["blank"], `${what} blank`),
    min: countOf(asked["min"], `${what} min`),
    max: countOf(asked["max"], `${what} max`),
  };
  if (read.min > read.max || read.min > read.answers.length) {
    throw new ElectionFault(`${what} asks for ${read.min} to ${read.max} of ${read.answers.length} answers`);
  }
  return read;
}

function typed(value: unknown, what: string): Question {
  const outer = fields(value, what, ["type", "value"], ["extra"]);
  const inner = fields(outer["value"], what, ["answers", "question"]);
  const hasExtra = Object.hasOwn(outer, "extra");
  switch (outer["type"]) {
    case "NonHomomorphic": {
      const read: NumbersQuestion = { kind: "numbers", ...titleAndAnswers(inner, what) };
      if (read.answers.length > MOST_EMBEDDED) throw new ElectionFault(`${what} has more than ${MOST_EMBEDDED} answers to number`);
      if (hasExtra) read.method = countingMethod(outer["extra"], what);
      return read;
    }
    case "Lists":
      return { kind: "lists", title: textOf(inner["question"], what), lists: lists(inner["answers"], what) };
    default:
      throw new ElectionFault(`${what} is of a type that is not known`);
  }
}

function titleAndAnswers(asked: Fields, what: string): { title: string; answers: string[] } {
  const answers = listOf(asked["answers"], what, textOf);
  if (answers.length === 0) throw new ElectionFault(`${what} has no answers`);
  return { title: textOf(asked["question"], what), answers };
}

function lists(value: unknown, what: string): ListsQuestion["lists"] {
  const read = listOf(value, what, list);
  if (read.length === 0) throw new ElectionFault(`${what} has no lists`);
  return read;
}

function list(value: unknown, what: string): { name: string; candidates: string[] } {
  const [name, ...candidates] = listOf(value, what, textOf);
  if (name === undefined) throw new ElectionFault(`${what} is a list without a name`);
  return { name, candidates };
}

function countingMethod(value: unknown, what: string): CountingMethod {
  const kind = typeof value === "object" && value !== null ? (value as Fields)["method"] : undefined;
  const read = (...more: string[]) => fields(value, `${what} its counting method`, ["method", "blank", ...more]);
  const blank = (extra: Fields) => flagOf(extra["blank"], `${what} blank`);
  switch (kind) {
    case "Schulze":
      return { method: kind, blank: blank(read()) };
    case "STV": {
      const extra = read("seats");
      return { method: kind, blank: blank(extra), seats: countOf(extra["seats"], `${what} seats`) };
    }
    case "MajorityJudgment": {
      const extra = read("grades");
      return { method: kind, blank: blank(extra), grades: listOf(extra["grades"], `${what} grades`, textOf) };
    }
    default:
      throw new ElectionFault(`${what} has a counting method that is not known`);
  }
}
