// What a ballot proves: rules B2 to B6 and B9 to B16 of docs/spec/belenios-v1.md. With phi the election's fingerprint,
//
//   S0 = phi "|" credential        S = S0 "|" alpha_0 "," beta_0 "," ... of a question
import { challenge, decodeScalar, ElementFault, neutral, type Element } from "../protocol/group.ts";
import { ciphertextsOf, type Answer, type Ballot, type CiphertextText, type ProofText } from "./ballot.ts";
import { decode, powerOf } from "./points.ts";
import { know, one, product, settle, type Bases, type Branch, type Ciphertext, type Claim, type Proof } from "./proofs.ts";
import type { Fault, Rule } from "./rules.ts";
import type { Election, Question } from "./setup.ts";

/** What a ballot turned out to be: the ciphertexts of each question, `undefined` where one is none, and the faults. */
export interface Checked {
  ciphertexts: (Ciphertext[] | undefined)[];
  faults: Fault[];
}

/** Checks a ballot that has been taken apart. `credential` is the element of its credential, if that is on the list. */
export function checkBallot(
  ballot: Ballot,
  election: Election,
  bases: Bases,
  credential: Element | undefined,
): Checked {
  const faults: Fault[] = [];
  if (ballot.uuid !== election.uuid) faults.push({ rule: "B2", expected: election.uuid, found: ballot.uuid });
  if (ballot.fingerprint !== election.fingerprint) {
    faults.push({ rule: "B3", expected: election.fingerprint, found: ballot.fingerprint });
  }
  if (credential === undefined) faults.push({ rule: "B4", found: ballot.credential });
  const decoder = new Decoder(faults);
  const answers = ballot.answers.map((answer, at) => decoder.answer(answer, at + 1));
  const ciphertexts = answers.map((answer) => (answer.ciphertexts.every((one) => one !== undefined) ? (answer.ciphertexts as Ciphertext[]) : undefined));
  const signature = decoder.proof(ballot.signature.proof);
  if (ballot.signature.hash !== ballot.hash) {
    faults.push({ rule: "B15", expected: ballot.hash, found: ballot.signature.hash });
  }
  if (credential === undefined || decoder.failed) return { ciphertexts, faults };

  const S0 = `${election.fingerprint}|${ballot.credential}`;
  const claims: { rule: Rule; question?: number; choice?: number; claim: Claim }[] = [];
  ballot.answers.forEach((answer, at) => {
    const S = `${S0}|${ciphertextsOf(answer).map(({ alpha, beta }) => `${alpha},${beta}`).join(",")}`;
    const inputs = { bases, S0, S, y: election.keyText, question: election.questions[at]!, texts: answer, ciphertexts: ciphertexts[at]!, proofs: answers[at]! };
    for (const claimed of claimsOf(inputs)) claims.push({ question: at + 1, ...claimed });
  });
  claims.push({ rule: "B16", claim: know(bases, credential, signature!, `sig|${ballot.hash}|`) });
  // sig|h|A: the commitment stands last, as in every proof of knowledge.
  const told = new Set<string>();
  settle(claims.map(({ claim }) => claim)).forEach((isSo, at) => {
    if (isSo) return;
    const { rule, question, choice } = claims[at]!;
    if (told.has(`${rule} ${question}`)) return;
    told.add(`${rule} ${question}`);
    faults.push({ rule, ...(question === undefined ? {} : { question }), ...(choice === undefined ? {} : { choice }) });
  });
  return { ciphertexts, faults };
}

interface Decoded {
  ciphertexts: (Ciphertext | undefined)[];
  individual: Proof[][];
  overall: Proof[];
  blank: Proof[];
  lists: Proof[][];
  nonzero: { commitment: Element; challenge: bigint; response: [bigint, bigint] } | undefined;
}

/** Elements and scalars of a ballot: B5 and B6. */
class Decoder {
  failed = false;
  private readonly faults: Fault[];

  constructor(faults: Fault[]) {
    this.faults = faults;
  }

  answer(answer: Answer, question: number): Decoded {
    const ciphertexts = ciphertextsOf(answer).map((texts, at) => this.ciphertext(texts, question, at + 1));
    const proof = (text: ProofText) => this.proof(text, question)!;
    const decoded: Decoded = { ciphertexts, individual: [], overall: [], blank: [], lists: [], nonzero: undefined };
    if (answer.kind === "homomorphic") {
      decoded.individual = answer.individual.map((pair) => pair.map(proof));
      decoded.overall = answer.overall.map(proof);
      decoded.blank = (answer.blank ?? []).map(proof);
    } else if (answer.kind === "non-homomorphic") decoded.overall = [proof(answer.proof)];
    else {
      decoded.individual = answer.individual.flat().map((pair) => pair.map(proof));
      decoded.overall = [proof(answer.overall)];
      decoded.lists = answer.lists.map((pair) => pair.map(proof));
      const { commitment, challenge: c, response } = answer.nonzero;
      decoded.nonzero = {
        commitment: this.attempt("B5", () => decode(commitment), question)!,
        challenge: this.attempt("B6", () => decodeScalar(c), question)!,
        response: response.map((text) => this.attempt("B6", () => decodeScalar(text), question)!) as [bigint, bigint],
      };
    }
    return decoded;
  }

  proof(text: ProofText, question?: number): Proof | undefined {
    const c = this.attempt("B6", () => decodeScalar(text.challenge), question);
    const r = this.attempt("B6", () => decodeScalar(text.response), question);
    return c === undefined || r === undefined ? undefined : { challenge: c, response: r };
  }

  private ciphertext(text: CiphertextText, question: number, choice: number): Ciphertext | undefined {
    const alpha = this.attempt("B5", () => decode(text.alpha), question, choice);
    const beta = this.attempt("B5", () => decode(text.beta), question, choice);
    return alpha === undefined || beta === undefined ? undefined : { alpha, beta };
  }

  private attempt<T>(rule: "B5" | "B6", read: () => T, question?: number, choice?: number): T | undefined {
    try {
      return read();
    } catch (fault) {
      if (!(fault instanceof ElementFault)) throw fault;
      this.failed = true;
      this.faults.push({ rule, ...(question === undefined ? {} : { question }), ...(choice === undefined ? {} : { choice }), found: fault.message });
      return undefined;
    }
  }
}

interface Inputs {
  bases: Bases;
  S0: string;
  S: string;
  y: string;
  question: Question;
  texts: Answer;
  ciphertexts: Ciphertext[];
  proofs: Decoded;
}

type Claimed = { rule: Rule; choice?: number; claim: Claim };

/** Everything that an answer has to prove. */
function claimsOf({ bases, S0, S, y, question, texts, ciphertexts, proofs }: Inputs): Claimed[] {
  const branch = (of: Ciphertext, M: number): Branch => ({ of, M });
  if (question.kind === "non-homomorphic") {
    const [{ alpha, beta }] = ciphertextsOf(texts) as [CiphertextText];
    return [{ rule: "B12", claim: know(bases, ciphertexts[0]!.alpha, proofs.overall[0]!, `raweg|${S0}|${y},${alpha},${beta}|`) }];
  }
  const claims: Claimed[] = ciphertextsOf(texts).map(({ alpha, beta }, at) => {
    const branches = [branch(ciphertexts[at]!, 0), branch(ciphertexts[at]!, 1)];
    return { rule: "B9", choice: at + 1, claim: one(bases, branches, proofs.individual[at]!, `prove|${S0}|${alpha},${beta}`) };
  });
  if (question.kind === "homomorphic") {
    const counted = product(question.blank ? ciphertexts.slice(1) : ciphertexts);
    const allowed: Branch[] = [];
    for (let M = question.min; M <= question.max; M++) allowed.push(branch(counted, M));
    if (!question.blank) {
      claims.push({ rule: "B10", claim: one(bases, allowed, proofs.overall, `prove|${S}|`, [counted.alpha, counted.beta]) });
      return claims;
    }
    const blank = ciphertexts[0]!;
    claims.push({ rule: "B10", claim: one(bases, [branch(blank, 1), ...allowed], proofs.overall, `bproof1|${S}`) });
    claims.push({ rule: "B11", claim: one(bases, [branch(blank, 0), branch(counted, 0)], proofs.blank, `bproof0|${S}`) });
    return claims;
  }
  // Lists: of each the first ciphertext says whether the list is chosen, the others whom of it.
  const heads: Ciphertext[] = [];
  const tails: Ciphertext[] = [];
  let at = 0;
  question.answers.forEach((list, index) => {
    const head = ciphertexts[at]!;
    const tail = product(ciphertexts.slice(at + 1, at + list.length));
    at += list.length;
    heads.push(head);
    tails.push(tail);
    claims.push({ rule: "B13", claim: one(bases, [branch(head, 1), branch(tail, 0)], proofs.lists[index]!, `lproof|${S}`) });
  });
  const chosen = product(heads);
  claims.push({ rule: "B10", claim: one(bases, [branch(chosen, 1)], proofs.overall, `prove|${S}|`, [chosen.alpha, chosen.beta]) });
  claims.push({ rule: "B14", claim: nonzero(bases, product(tails), proofs.nonzero!, S) });
  return claims;
}

/** A0 is not neutral, and c = H("nonzero|" S "|" A0 "," k^t1 g^t2 "," n^t1 y^t2 A0^c). */
function nonzero(bases: Bases, { alpha, beta }: Ciphertext, proof: NonNullable<Decoded["nonzero"]>, S: string): Claim {
  const { commitment, challenge: c, response: [t1, t2] } = proof;
  const A1 = powerOf(alpha, t1).add(bases.g(t2));
  const A2 = powerOf(beta, t1).add(bases.key(t2)).add(powerOf(commitment, c));
  const isNeutral = commitment.equals(neutral);
  return { commitments: [commitment, A1, A2], holds: (texts) => !isNeutral && challenge(`nonzero|${S}|${texts.join(",")}`) === c };
}
