// A ballot, from answers and a credential (docs/spec/belenios-v1.md).
//
// Its voter is shown a digest of the ballot first, and decides then: to cast it, or to have it opened as a test of the
// device (Benaloh, "Simple verifiable elections", 2006). A cast ballot can no more be opened, and an opened one has no
// signature.
import { type Answer, checkAnswers, numbersOf } from "./answers.ts";
import type { Credential } from "./credential.ts";
import type { ChoicesQuestion, Election, ListsQuestion, Question } from "./election.ts";
import { challenge, embed, FixedBase, randomScalar } from "./group.ts";
import { base64Digest } from "./hash.ts";
import { Ciphertext, Disjunction, Elements, Knowledge, Nonzero, sumOf } from "./proof.ts";

/** The tracker of a ballot: the digest of its exact text, 43 characters of base64. */
export function trackerOf(ballot: string): string {
  return base64Digest(ballot);
}

/** A sealed ballot was asked for a second time: the caller is at fault. */
export class AlreadyDecided extends Error {}

/** What a sealed ballot keeps until its voter has decided. */
interface Kept {
  unsigned: string;
  signature: object;
  answers: number[][];
  randomness: bigint[];
}

/** A ballot that is made, and neither cast nor opened yet. */
export class SealedBallot {
  /** The digest that is shown to the voter, 43 characters; the signature of a cast ballot names it. */
  readonly commitment: string;
  #kept: Kept | undefined;

  constructor(commitment: string, kept: Kept) {
    this.commitment = commitment;
    this.#kept = kept;
  }

  /** The ballot with its signature. What could open it is dropped.
   * @throws AlreadyDecided */
  cast(): string {
    const { unsigned, signature } = this.#take();
    return `${unsigned.slice(0, -1)},"signature":${JSON.stringify(signature)}}`;
  }

  /** The text of the file that shows what the ballot holds, `audited-ballot/1`. What could cast it is dropped.
   * @throws AlreadyDecided */
  open(): string {
    const { unsigned, answers, randomness } = this.#take();
    const head = `{"adil":"audited-ballot/1","commitment":"${this.commitment}","ballot":${unsigned}`;
    return `${head},"answers":${JSON.stringify(answers)},"randomness":${JSON.stringify(randomness.map(String))}}`;
  }

  /** Drops everything: the voter has changed her answers. */
  forget(): void {
    this.#kept = undefined;
  }

  #take(): Kept {
    const kept = this.#kept;
    if (!kept) throw new AlreadyDecided("the ballot has been cast, opened or forgotten");
    this.#kept = undefined;
    return kept;
  }
}

/** What sealing may be told. */
export interface SealOptions {
  /** The election's key with its table, where several ballots are made. */
  ofY?: FixedBase;
  /** Is told which share of the work is done, from 0 to 1. */
  onProgress?: (share: number) => void;
}

/** How long the page waits at most for the computation, in milliseconds, where both share a thread. */
const SLICE_MS = 12;

/** Makes a ballot, in slices between which the page can do other things.
 * @throws AnswerFault */
export async function seal(election: Election, credential: Credential, answers: readonly Answer[], options: SealOptions = {}): Promise<SealedBallot> {
  const steps = sealing(election, credential, answers, options.ofY);
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun >= SLICE_MS) {
      options.onProgress?.(step.value);
      await new Promise((resume) => setTimeout(resume));
      begun = performance.now();
    }
  }
}

/** Makes a ballot without a pause: for workers and programs.
 * @throws AnswerFault */
export function sealAtOnce(election: Election, credential: Credential, answers: readonly Answer[], options: SealOptions = {}): SealedBallot {
  const steps = sealing(election, credential, answers, options.ofY);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    options.onProgress?.(step.value);
  }
}

/** Makes a ballot step by step; tells after each which share is done. */
function* sealing(
  election: Election,
  credential: Credential,
  answers: readonly Answer[],
  ofY: FixedBase = new FixedBase(election.key),
): Generator<number, SealedBallot> {
  checkAnswers(election, answers);
  const elements = new Elements(ofY);
  const numbers = election.questions.map((question, at) => numbersOf(question, answers[at]!));
  const made: MadeAnswer[] = [];
  for (const [at, question] of election.questions.entries()) {
    yield 0;
    made.push(makeAnswer(elements, question, numbers[at]!));
  }
  const signing = new Knowledge(elements);
  yield* elements.compute();
  const names: Names = { origin: `${election.fingerprint}|${credential.public}`, key: election.publicKey };
  const unsigned = JSON.stringify({
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: credential.public,
    answers: made.map((answer) => answer.finish(names)),
  });
  const hash = base64Digest(unsigned);
  const proof = signing.respond(challenge(`sig|${hash}|${signing.commitment()}`), credential.secret);
  const randomness = made.flatMap((answer) => answer.ciphertexts.map(({ r }) => r));
  return new SealedBallot(hash, { unsigned, signature: { hash, proof }, answers: numbers, randomness });
}

/** What the proofs of a ballot are bound to: `origin` is the election's fingerprint, a bar, and the credential. */
interface Names {
  origin: string;
  key: string;
}

/** An answer of which all secrets are drawn. */
interface MadeAnswer {
  /** Its ciphertexts, in the order of the ballot. */
  ciphertexts: readonly Ciphertext[];
  /** Answers the challenges, when all elements are computed, and gives the fields as they are written. */
  finish(names: Names): object;
}

function makeAnswer(elements: Elements, question: Question, numbers: readonly number[]): MadeAnswer {
  switch (question.kind) {
    case "choices":
      return question.blank ? withBlank(elements, question, numbers) : withoutBlank(elements, question, numbers);
    case "numbers":
      return ofNumbers(elements, numbers);
    case "lists":
      return ofLists(elements, question, numbers);
  }
}

/** Ciphertexts that hold 0 or 1 each, and the proofs of that. */
function bits(elements: Elements, numbers: readonly number[]) {
  const ciphertexts = numbers.map((number) => Ciphertext.encrypting(elements, number));
  const proofs = ciphertexts.map((ciphertext) => new Disjunction(elements, [[ciphertext, 0], [ciphertext, 1]]));
  const individual = ({ origin }: Names) =>
    proofs.map((proof, at) => proof.respond(challenge(`prove|${origin}|${ciphertexts[at]!.text()}|${proof.commitments()}`)));
  const statement = ({ origin }: Names) => `${origin}|${ciphertexts.map((ciphertext) => ciphertext.text()).join(",")}`;
  return { ciphertexts, individual, statement };
}

function range(min: number, max: number): number[] {
  return Array.from({ length: max - min + 1 }, (_, at) => min + at);
}

/** The number of choices is one of min to max. */
function withoutBlank(elements: Elements, { min, max }: ChoicesQuestion, numbers: readonly number[]): MadeAnswer {
  const { ciphertexts, individual, statement } = bits(elements, numbers);
  const product = new Ciphertext(elements, sumOf(ciphertexts));
  const overall = new Disjunction(elements, range(min, max).map((number) => [product, number]));
  return {
    ciphertexts,
    finish: (names) => ({
      choices: ciphertexts.map((ciphertext) => ciphertext.written()),
      individual_proofs: individual(names),
      overall_proof: overall.respond(challenge(`prove|${statement(names)}|${product.text()}|${overall.commitments()}`)),
    }),
  };
}

/** The vote is blank, or the number of choices is one of min to max; and it is not blank, or nothing is chosen. */
function withBlank(elements: Elements, { min, max }: ChoicesQuestion, numbers: readonly number[]): MadeAnswer {
  const { ciphertexts, individual, statement } = bits(elements, numbers);
  const [flag, rest] = [ciphertexts[0]!, sumOf(ciphertexts.slice(1))];
  const overall = new Disjunction(elements, [[flag, 1], ...range(min, max).map((number) => [rest, number] as const)]);
  const blank = new Disjunction(elements, [[flag, 0], [rest, 0]]);
  return {
    ciphertexts,
    finish: (names) => ({
      choices: ciphertexts.map((ciphertext) => ciphertext.written()),
      individual_proofs: individual(names),
      overall_proof: overall.respond(challenge(`bproof1|${statement(names)}|${overall.commitments()}`)),
      blank_proof: blank.respond(challenge(`bproof0|${statement(names)}|${blank.commitments()}`)),
    }),
  };
}

/** One ciphertext of an element that all numbers are written as. */
function ofNumbers(elements: Elements, numbers: readonly number[]): MadeAnswer {
  const r = randomScalar();
  const ciphertext = new Ciphertext(elements, { r, m: 0n }, embed(numbers));
  const knowledge = new Knowledge(elements);
  return {
    ciphertexts: [ciphertext],
    finish: ({ origin, key }) => ({
      choices: ciphertext.written(),
      proof: knowledge.respond(challenge(`raweg|${origin}|${key},${ciphertext.text()}|${knowledge.commitment()}`), r),
    }),
  };
}

/** One list is chosen; a list that is not has no candidates chosen; some candidate is. */
function ofLists(elements: Elements, { lists }: ListsQuestion, numbers: readonly number[]): MadeAnswer {
  const { ciphertexts, individual, statement } = bits(elements, numbers);
  const byList = <T>(items: readonly T[]): T[][] => {
    let at = 0;
    return lists.map(({ candidates }) => items.slice(at, (at += 1 + candidates.length)));
  };
  const split = byList(ciphertexts);
  const heads = split.map((own) => own[0]!);
  const product = new Ciphertext(elements, sumOf(heads));
  const overall = new Disjunction(elements, [[product, 1]]);
  const ofList = split.map((own) => new Disjunction(elements, [[own[0]!, 1], [sumOf(own.slice(1)), 0]]));
  const nonzero = new Nonzero(elements, sumOf(split.flatMap((own) => own.slice(1))));
  return {
    ciphertexts,
    finish: (names) => {
      const S = statement(names);
      return {
        choices: byList(ciphertexts.map((ciphertext) => ciphertext.written())),
        individual_proofs: byList(individual(names)),
        overall_proof: overall.respond(challenge(`prove|${S}|${product.text()}|${overall.commitments()}`))[0],
        list_proofs: ofList.map((proof) => proof.respond(challenge(`lproof|${S}|${proof.commitments()}`))),
        nonzero_proof: nonzero.respond(challenge(`nonzero|${S}|${nonzero.commitments()}`)),
      };
    },
  };
}
