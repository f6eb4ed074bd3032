// The election's record: which questions, in which group, under which key. Rules S1 to S7 of docs/spec/belenios-v1.md.
import { base64Digest } from "../protocol/hash.ts";
import { ElementFault, GROUP, MOST_EMBEDDED, neutral, type Element } from "../protocol/group.ts";
import { asCount, asList, asText, fieldsOf, JsonFault, parseJson, type Json } from "./json.ts";
import { decode } from "./points.ts";
import { Faults, Unsupported } from "./rules.ts";

export type Question =
  | { kind: "homomorphic"; question: string; answers: string[]; blank: boolean; min: number; max: number }
  | { kind: "non-homomorphic"; question: string; answers: string[] }
  | { kind: "lists"; question: string; answers: string[][] };

export interface Election {
  name: string;
  description: string;
  uuid: string;
  /** The fingerprint phi: every proof of a ballot names it. */
  fingerprint: string;
  key: Element;
  keyText: string;
  questions: Question[];
  organiser?: string;
  authority?: string;
}

/** Reads the election; `undefined` where nothing that needs it can be checked.
 * @throws Unsupported where its group is another one. */
export function readElection(bytes: Uint8Array, faults: Faults): Election | undefined {
  const event = 0;
  let fields;
  let questions: Question[];
  let election: Omit<Election, "key" | "keyText" | "questions">;
  let group: string;
  let version: number;
  try {
    fields = fieldsOf(parseJson(bytes), [
      "version", "description", "name", "group", "public_key", "questions", "uuid", "administrator?", "credential_authority?", "language?",
    ]);
    version = asCount(fields("version"));
    group = asText(fields("group"));
    asText(fields("public_key"));
    questions = asList(fields("questions")).map(readQuestion);
    election = {
      name: asText(fields("name")),
      description: asText(fields("description")),
      uuid: asText(fields("uuid")),
      fingerprint: base64Digest(bytes),
    };
    if (fields("administrator") !== undefined) election.organiser = asText(fields("administrator"));
    if (fields("credential_authority") !== undefined) election.authority = asText(fields("credential_authority"));
    if (fields("language") !== undefined) asText(fields("language"));
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    faults.add({ rule: "S1", event, found: fault.message });
    return undefined;
  }
  if (version !== 1) faults.add({ rule: "S2", event, expected: "1", found: String(version) });
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(election.uuid)) faults.add({ rule: "S6", event, found: election.uuid });
  if (group !== GROUP) {
    if (group === "BELENIOS-2048" || group === "RFC-3526-2048" || group.trimStart().startsWith("{")) {
      throw new Unsupported("group", `a board of the group ${group.slice(0, 40)}`);
    }
    faults.add({ rule: "S3", event, found: group.slice(0, 100) });
    return undefined;
  }
  let usable = checkQuestions(questions, faults);
  let key: Element | undefined;
  const keyText = asText(fields("public_key"));
  try {
    key = decode(keyText);
  } catch (fault) {
    if (!(fault instanceof ElementFault)) throw fault;
  }
  if (key === undefined || key.equals(neutral)) {
    faults.add({ rule: "S4", event, found: keyText.slice(0, 100) });
    usable = false;
  }
  return usable && key !== undefined ? { ...election, key, keyText, questions } : undefined;
}

function readQuestion(value: Json): Question {
  if (!(value instanceof Map)) throw new JsonFault("a question is no object");
  if (!value.has("type")) {
    const fields = fieldsOf(value, ["answers", "blank?", "min", "max", "question"]);
    const blank = fields("blank");
    if (blank !== undefined && blank !== true) throw new JsonFault("blank is not true");
    return {
      kind: "homomorphic",
      question: asText(fields("question")),
      answers: asList(fields("answers")).map(asText),
      blank: blank === true,
      min: asCount(fields("min")),
      max: asCount(fields("max")),
    };
  }
  const fields = fieldsOf(value, ["type", "value", "extra?"]);
  const inner = fieldsOf(fields("value"), ["answers", "question"]);
  const [question, answers] = [asText(inner("question")), asList(inner("answers"))];
  switch (fields("type")) {
    case "NonHomomorphic":
      return { kind: "non-homomorphic", question, answers: answers.map(asText) };
    case "Lists":
      return { kind: "lists", question, answers: answers.map((list) => asList(list).map(asText)) };
    default:
      throw new JsonFault("a question of an unknown type");
  }
}

/** S5 and S7. Returns whether ballots can be checked. */
function checkQuestions(questions: readonly Question[], faults: Faults): boolean {
  const event = 0;
  let usable = questions.length > 0;
  if (!usable) faults.add({ rule: "S5", event, expected: "a question" });
  questions.forEach((question, at) => {
    const where = { event, question: at + 1 };
    const { answers } = question;
    let answerable = answers.length > 0;
    if (question.kind === "homomorphic") answerable &&= question.min <= question.max && question.min <= answers.length;
    if (question.kind === "lists") answerable &&= question.answers.every((list) => list.length > 0);
    if (!answerable) {
      faults.add({ rule: "S5", ...where });
      usable = false;
    }
    if (question.kind === "non-homomorphic" && answers.length > MOST_EMBEDDED) {
      faults.add({ rule: "S7", ...where, expected: `at most ${MOST_EMBEDDED} answers`, found: String(answers.length) });
    }
  });
  return usable;
}

/** Whether the question's votes are shuffled, and then read one by one. */
export function needsShuffle(election: Election): boolean {
  return election.questions.some((question) => question.kind === "non-homomorphic");
}
