// A ballot as it stands on the board: its one form (B1), and that it has as many of everything as the questions need
// (B7, B8). What the texts mean is the matter of ballot-proofs.ts.
import { base64Digest } from "../protocol/hash.ts";
import { Cursor, FormFault, whole } from "./canonical.ts";
import type { Fault } from "./rules.ts";
import type { Question } from "./setup.ts";

export interface CiphertextText {
  alpha: string;
  beta: string;
}

export interface ProofText {
  challenge: string;
  response: string;
}

export type Answer =
  | { kind: "homomorphic"; choices: CiphertextText[]; individual: ProofText[][]; overall: ProofText[]; blank: ProofText[] | undefined }
  | { kind: "non-homomorphic"; choice: CiphertextText; proof: ProofText }
  | {
      kind: "lists";
      choices: CiphertextText[][];
      individual: ProofText[][][];
      overall: ProofText;
      lists: ProofText[][];
      nonzero: { commitment: string; challenge: string; response: string[] };
    };

export interface Ballot {
  uuid: string;
  fingerprint: string;
  credential: string;
  answers: Answer[];
  signature: { hash: string; proof: ProofText };
  /** The digest of everything but the signature: what is signed. */
  hash: string;
}

/** What could be read of a ballot. */
export interface Reading {
  ballot: Ballot | undefined;
  /** The credential, if the reading came that far. */
  credential: string | undefined;
  faults: Fault[];
}

/** There are not as many as are needed. */
class CountFault extends Error {}

/** Takes a ballot apart. Faults have no place but the question yet. */
export function readBallot(source: string, questions: readonly Question[]): Reading {
  const reading: Reading = { ballot: undefined, credential: undefined, faults: [] };
  try {
    reading.ballot = whole(source, (cursor) => {
      cursor.pass('{"election_uuid":');
      const uuid = cursor.text();
      cursor.pass(',"election_hash":');
      const fingerprint = cursor.text();
      cursor.pass(',"credential":');
      const credential = (reading.credential = cursor.text());
      cursor.pass(',"answers":');
      const answers = cursor.each(questions, (question) => readAnswer(cursor, question), () => new CountFault());
      const hash = base64Digest(`${source.slice(0, cursor.at)}}`);
      cursor.pass(',"signature":{"hash":');
      const signedHash = cursor.text();
      cursor.pass(',"proof":');
      const signature = { hash: signedHash, proof: readProof(cursor) };
      cursor.pass("}}");
      return { uuid, fingerprint, credential, answers, signature, hash };
    });
  } catch (fault) {
    if (fault instanceof CountFault) reading.faults.push({ rule: "B7" });
    else if (fault instanceof FormFault) {
      reading.faults.push({ rule: "B1", expected: fault.expected, found: `byte ${fault.at}` });
    } else throw fault;
    return reading;
  }
  reading.ballot.answers.forEach((answer, at) => {
    const rule = checkCounts(answer, questions[at]!);
    if (rule !== undefined) reading.faults.push({ rule, question: at + 1 });
  });
  if (reading.faults.length > 0) reading.ballot = undefined;
  return reading;
}

function readAnswer(cursor: Cursor, question: Question): Answer {
  const proofs = () => cursor.list(() => readProof(cursor));
  cursor.pass('{"choices":');
  switch (question.kind) {
    case "homomorphic": {
      const choices = cursor.list(() => readCiphertext(cursor));
      cursor.pass(',"individual_proofs":');
      const individual = cursor.list(proofs);
      cursor.pass(',"overall_proof":');
      const overall = proofs();
      const blank = cursor.maybe(',"blank_proof":') ? proofs() : undefined;
      cursor.pass("}");
      return { kind: "homomorphic", choices, individual, overall, blank };
    }
    case "non-homomorphic": {
      const choice = readCiphertext(cursor);
      cursor.pass(',"proof":');
      const proof = readProof(cursor);
      cursor.pass("}");
      return { kind: "non-homomorphic", choice, proof };
    }
    case "lists": {
      const choices = cursor.list(() => cursor.list(() => readCiphertext(cursor)));
      cursor.pass(',"individual_proofs":');
      const individual = cursor.list(() => cursor.list(proofs));
      cursor.pass(',"overall_proof":');
      const overall = readProof(cursor);
      cursor.pass(',"list_proofs":');
      const lists = cursor.list(proofs);
      cursor.pass(',"nonzero_proof":{"commitment":');
      const commitment = cursor.text();
      cursor.pass(',"challenge":');
      const challenge = cursor.text();
      cursor.pass(',"response":');
      const response = cursor.list(() => cursor.text());
      cursor.pass("}}");
      return { kind: "lists", choices, individual, overall, lists, nonzero: { commitment, challenge, response } };
    }
  }
}

export function readCiphertext(cursor: Cursor): CiphertextText {
  cursor.pass('{"alpha":');
  const alpha = cursor.text();
  cursor.pass(',"beta":');
  const beta = cursor.text();
  cursor.pass("}");
  return { alpha, beta };
}

export function readProof(cursor: Cursor): ProofText {
  cursor.pass('{"challenge":');
  const challenge = cursor.text();
  cursor.pass(',"response":');
  const response = cursor.text();
  cursor.pass("}");
  return { challenge, response };
}

/** The rule that the numbers of ciphertexts and proofs break. */
function checkCounts(answer: Answer, question: Question): "B7" | "B8" | undefined {
  const pairs = (list: ProofText[][], length: number) => list.length === length && list.every((pair) => pair.length === 2);
  if (answer.kind === "homomorphic" && question.kind === "homomorphic") {
    const { choices, individual, overall, blank } = answer;
    const n = question.answers.length;
    if ((blank !== undefined) !== question.blank) return "B8";
    if (question.blank && choices.length === n) return "B8";
    const length = n + (question.blank ? 1 : 0);
    if (choices.length !== length || !pairs(individual, length)) return "B7";
    if (blank !== undefined && blank.length !== 2) return "B7";
    if (overall.length !== question.max - question.min + 1 + (question.blank ? 1 : 0)) return "B7";
  } else if (answer.kind === "lists" && question.kind === "lists") {
    const { choices, individual, lists, nonzero } = answer;
    const n = question.answers.length;
    if (choices.length !== n || individual.length !== n || !pairs(lists, n) || nonzero.response.length !== 2) {
      return "B7";
    }
    const perList = question.answers.every((list, at) => choices[at]!.length === list.length && pairs(individual[at]!, list.length));
    if (!perList) return "B7";
  }
  return undefined;
}

/** All ciphertexts of an answer, in order. */
export function ciphertextsOf(answer: Answer): CiphertextText[] {
  switch (answer.kind) {
    case "homomorphic":
      return answer.choices;
    case "non-homomorphic":
      return [answer.choice];
    case "lists":
      return answer.choices.flat();
  }
}
