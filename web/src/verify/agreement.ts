// Whether the setup statement says what the records say that it names (J22). It repeats identifier, title, trustees and
// counting for people; it must not say something else than these.
import { base64Digest } from "../protocol/hash.ts";
import { RecordFault } from "../protocol/records.ts";
import { readCounting, type SetupStatement } from "../log/statement.ts";

/** The first thing that the statement says otherwise than the records; `undefined` where they agree. */
export function disagreement(
  setup: SetupStatement,
  electionRecord: Uint8Array,
  trusteesRecord: Uint8Array,
): string | undefined {
  const [election, trustees] = [parsed(electionRecord), parsed(trusteesRecord)];
  if (election === undefined) return "the election's record cannot be read";
  if (trustees === undefined) return "the trustees' record cannot be read";
  if (election.uuid !== setup.uuid) return `the election's record is of ${String(election.uuid)}`;
  if (election.name !== setup.title) return `the election's record has the title ${JSON.stringify(election.name)}`;
  const { organiser, authority, log, acceptance } = setup.keys;
  const signers = [organiser, authority, log, ...(acceptance === undefined ? [] : [acceptance])];
  if (new Set(signers).size < signers.length) return "two roles have one key";
  const questions: any[] = Array.isArray(election.questions) ? election.questions : [];
  if (questions.length !== setup.counting.length) {
    return `${questions.length} questions, ${setup.counting.length} ways of counting`;
  }
  for (const [at, question] of questions.entries()) {
    // Choices have no place for a method in the record.
    if (question?.type === undefined) continue;
    if (JSON.stringify(ofRecord(question.extra)) !== JSON.stringify(setup.counting[at])) {
      return `question ${at + 1} is counted in another way by its record`;
    }
  }
  const keys = trusteeKeys(trustees).map((key) => base64Digest(key));
  const isNamed = keys.length === setup.named.length && setup.named.every(({ number, fingerprint }, at) => number === at + 1 && fingerprint === keys[at]);
  return isNamed ? undefined : "the trustees' record has other keys";
}

/** The method that the `extra` of a question names; `null` where it names none. */
function ofRecord(extra: unknown): unknown {
  try {
    const method = readCounting(extra);
    return method.method === "Plurality" || method.method === "Approval" ? null : method;
  } catch (fault) {
    if (!(fault instanceof RecordFault)) throw fault;
    return null;
  }
}

/** The public keys of all trustees, in the order of their numbers. */
function trusteeKeys(record: unknown): string[] {
  if (!Array.isArray(record)) return [];
  return record.flatMap(([kind, value]: [unknown, any]) => {
    const entries: any[] = kind === "Single" ? [value] : Array.isArray(value?.verification_keys) ? value.verification_keys : [];
    return entries.map((entry) => String(entry?.public_key ?? ""));
  });
}

function parsed(bytes: Uint8Array): any {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) ?? undefined;
  } catch {
    return undefined;
  }
}
