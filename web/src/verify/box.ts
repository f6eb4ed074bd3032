// The ballot box: every ballot is verified as it comes, and then only its ciphertexts are kept, of the last ballot of each
// credential. A large board can be spread over several boxes, each with the credentials whose number it is.
//
//   at each place of the tally: the product of (alpha, beta)^weight over the last ballots
import { encode, neutral, type Element } from "../protocol/group.ts";
import { base64Digest } from "../protocol/hash.ts";
import { ciphertextsOf, readBallot } from "./ballot.ts";
import { checkBallot } from "./ballot-proofs.ts";
import { latin1 } from "./canonical.ts";
import { decodeCredentials, readCredentials, type Credentials } from "./credentials.ts";
import { decode, powerOf } from "./points.ts";
import { Bases, type Ciphertext } from "./proofs.ts";
import { Faults, MOST_FAULTS, type Fault, type Part } from "./rules.ts";
import { needsShuffle, readElection, type Election } from "./setup.ts";
import { placesOf } from "./tally.ts";

/** A ballot that was recorded: its event, its tracker, and the number of its credential (-1: none of the list). */
export type Recorded = [event: number, tracker: string, credential: number];

/** What a box says of its ballots; texts and numbers only, so that a worker can send it. */
export interface BoxOutcome {
  faults: Fault[];
  /** How many faults there are, with those that are not told. */
  counts: [Part, number][];
  recorded: Recorded[];
  /** Credentials with a ballot, and the sum of their weights; `undefined` where a ballot's credential cannot be read. */
  tallied: { voters: number; weight: string } | undefined;
  /** For each question the places of the tally as texts, a pair each; `undefined` where a ballot that counts cannot be read. */
  questions: ([alpha: string, beta: string][] | undefined)[];
}

/** Which part of the credentials a box is for: those with number % shards = shard. */
export interface Shard {
  shard: number;
  shards: number;
}

/** The box that a ballot belongs to. Two ballots of one credential, and two equal ballots, meet in one. */
export function shardOf(bytes: Uint8Array, credentials: Credentials, shards: number): number {
  const credential = /^\{"election_uuid":"[^"]*","election_hash":"[^"]*","credential":"([^"]*)"/.exec(latin1(bytes.subarray(0, 1000)))?.[1];
  return credential === undefined ? 0 : (credentials.number(credential) ?? 0) % shards;
}

export class BallotBox {
  private readonly election: Election;
  private readonly credentials: Credentials;
  private readonly bases: Bases;
  private readonly place: Shard;
  private readonly faults = new Faults();
  private elements = new Map<number, Element>();
  private readonly recorded: Recorded[] = [];
  private readonly trackers = new Map<string, number>();
  /** Of each credential with a ballot: the texts of the last one's ciphertexts, question by question. */
  private readonly last = new Map<number, (string | undefined)[]>();
  private readonly sums: (Ciphertext[] | undefined)[];
  private weight = 0n;
  private unknownVoter = false;

  constructor(election: Election, credentials: Credentials, place: Shard = { shard: 0, shards: 1 }) {
    this.election = election;
    this.credentials = credentials;
    this.place = place;
    this.bases = new Bases(election.key);
    this.sums = election.questions.map((question) => {
      const places = placesOf(question);
      if (places === undefined) return undefined;
      const length = [places].flat().reduce((sum, own) => sum + own, 0);
      return Array.from({ length }, () => ({ alpha: neutral, beta: neutral }));
    });
  }

  /** A box of the records as they stand on the board, for a worker. */
  static ofRecords(election: Uint8Array, credentials: Uint8Array, place: Shard): BallotBox {
    // The faults of both are told by who reads the board; a box is made only where both can be read.
    const silent = new Faults();
    const read = readElection(election, silent)!;
    return new BallotBox(read, readCredentials(credentials, needsShuffle(read), silent)!, place);
  }

  /** Decodes this box's credentials: C2. */
  async decodeCredentials(progress?: (done: number) => void): Promise<void> {
    const { shard, shards } = this.place;
    const numbers: number[] = [];
    for (let number = shard; number < this.credentials.texts.length; number += shards) numbers.push(number);
    this.elements = await decodeCredentials(this.credentials, numbers, this.faults, progress);
  }

  /** Verifies a ballot; where it is `counted`, it replaces what its voter cast before. */
  add(event: number, bytes: Uint8Array, counted: boolean): void {
    const tracker = base64Digest(bytes);
    const { ballot, credential: text, faults } = readBallot(latin1(bytes), this.election.questions);
    const number = text === undefined ? undefined : this.credentials.number(text);
    const tell = (fault: Fault) => this.faults.add({ ...fault, event, tracker });
    const earlier = this.trackers.get(tracker);
    if (earlier === undefined) this.trackers.set(tracker, event);
    else tell({ rule: "B17", found: `event ${earlier}` });
    faults.forEach(tell);
    let texts: (string | undefined)[] = this.election.questions.map(() => undefined);
    let ciphertexts: (Ciphertext[] | undefined)[] = texts as undefined[];
    if (ballot !== undefined) {
      const checked = checkBallot(ballot, this.election, this.bases, number === undefined ? undefined : this.elements.get(number));
      checked.faults.forEach(tell);
      ciphertexts = checked.ciphertexts;
      texts = ballot.answers.map((answer, at) => ciphertexts[at] && ciphertextsOf(answer).map(({ alpha, beta }) => alpha + beta).join(""));
    }
    this.recorded.push([event, tracker, counted ? (number ?? -1) : -1]);
    if (!counted) return;
    if (number === undefined) this.unknownVoter ||= text === undefined;
    else this.replace(number, texts, ciphertexts);
  }

  private replace(number: number, texts: (string | undefined)[], ciphertexts: (Ciphertext[] | undefined)[]): void {
    const before = this.last.get(number);
    const weight = this.credentials.weights[number]!;
    if (before === undefined) this.weight += weight;
    this.last.set(number, texts);
    this.sums.forEach((sums, at) => {
      if (sums === undefined) return;
      if (before?.[at] !== undefined) {
        accumulate(sums, pairs(before[at]!).map(([a, b]) => ({ alpha: decode(a), beta: decode(b) })), -weight);
      }
      if (ciphertexts[at] !== undefined) accumulate(sums, ciphertexts[at], weight);
    });
  }

  outcome(): BoxOutcome {
    const lasts = [...this.last.values()];
    const questions = this.sums.map((sums, at) => {
      if (this.unknownVoter || lasts.some((texts) => texts[at] === undefined)) return undefined;
      if (sums !== undefined) return sums.map(({ alpha, beta }): [string, string] => [encode(alpha), encode(beta)]);
      return lasts.flatMap((texts) => pairs(texts[at]!));
    });
    const parts: Part[] = ["credentials", "ballots"];
    return {
      faults: this.faults.told.slice(0, 2 * MOST_FAULTS),
      counts: parts.map((part) => [part, this.faults.count(part)]),
      recorded: this.recorded,
      tallied: this.unknownVoter ? undefined : { voters: this.last.size, weight: this.weight.toString() },
      questions,
    };
  }
}

/** sums_i (alpha_i, beta_i)^weight. */
function accumulate(sums: Ciphertext[], ciphertexts: readonly Ciphertext[], weight: bigint): void {
  const times = (element: Element) => (weight === 1n ? element : weight === -1n ? element.negate() : powerOf(element, weight));
  ciphertexts.forEach(({ alpha, beta }, at) => {
    const sum = sums[at]!;
    sums[at] = { alpha: sum.alpha.add(times(alpha)), beta: sum.beta.add(times(beta)) };
  });
}

/** The pairs of texts of 64 characters that stand one after another. */
function pairs(text: string): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at < text.length; at += 128) found.push([text.slice(at, at + 64), text.slice(at + 64, at + 128)]);
  return found;
}
