// A whole board, event by event: every check of docs/spec/belenios-v1.md, and what is known at the end.
//
// Verified is what was published. Which rules are broken is told with the places; everything else is checked all the same.
import { base64Digest } from "../protocol/hash.ts";
import { readArchive, type ArchiveSummary, type BoardEvent } from "./archive.ts";
import type { BoxOutcome, Recorded } from "./box.ts";
import { oneBox, type Boxes, type MakeBoxes } from "./boxes.ts";
import { readCredentials, type Credentials } from "./credentials.ts";
import { Decryptions } from "./decryption.ts";
import type { Source } from "./input.ts";
import { Order } from "./order.ts";
import { Bases } from "./proofs.ts";
import { checkDecryption, checkRange, readResult, type Count } from "./result.ts";
import { Faults, PARTS, type Fault, type Part } from "./rules.ts";
import { needsShuffle, readElection, type Election } from "./setup.ts";
import { checkShuffle } from "./shuffle.ts";
import { readTally, type Tally } from "./tally.ts";
import { readTrustees, type Trustees } from "./trustees.ts";

/** What is said of a part of a board. `later`: the election has not come that far. */
export type Verdict = "proven" | "contradicted" | "unchecked" | "later";

export interface BoardReport {
  archive: ArchiveSummary;
  election: Election | undefined;
  verdicts: Record<Part, Verdict>;
  faults: Fault[];
  /** How many faults there are, with those that are not told one by one. */
  faultCounts: Record<Part, number>;
  /** Whether no rule is broken, as far as the election has come. */
  isSound: boolean;
  numbers: {
    credentials: number;
    /** Ballots on the board, and those that a later one replaced. */
    ballots: number;
    replaced: number;
    voters: number;
    weight: string;
    weighted: boolean;
    trustees: number;
    shuffles: number;
    /** Partial decryptions that are sound, and how many the result needs. */
    decryptions: number;
    decryptionsNeeded: number;
  };
  /** The fingerprint of the list of credentials. */
  credentialsFingerprint: string | undefined;
  /** The texts of the trustees' keys with their names. */
  trustees: { name?: string; key: string }[];
  /** Every ballot that was recorded, in the order of the board. */
  recorded: Recorded[];
  /** What the result says, question by question; right only where the verdict of the result is `proven`. */
  result: Count[] | undefined;
}

/** How far the work is: bytes read, ballots verified, and what is at hand. */
export interface BoardProgress {
  stage: "credentials" | "ballots" | "tallying";
  bytes: number;
  done: number;
  of?: number;
}

export interface BoardOptions {
  progress?: (progress: BoardProgress) => void;
  boxes?: MakeBoxes;
}

/** Verifies a board.
 * @throws NotABoard, or Unsupported where this program does not verify such boards. */
export async function verifyBoard(source: Source, options: BoardOptions = {}): Promise<BoardReport> {
  const reader = new BoardReader(options);
  const events = readArchive(source, reader.faults, (bytes) => (reader.bytes = bytes));
  for (;;) {
    const next = await events.next();
    if (next.done) return reader.finish(next.value);
    await reader.event(next.value);
  }
}

class BoardReader {
  readonly faults = new Faults();
  bytes = 0;
  private readonly order = new Order(this.faults);
  private readonly seen = new Set<string>();
  private election: Election | undefined;
  private credentials: Credentials | undefined;
  private credentialsFingerprint: string | undefined;
  private trustees: Trustees | undefined;
  private bases: Bases | undefined;
  private boxes: Boxes | undefined;
  private ballots = 0;
  private box: BoxOutcome | undefined;
  private tally: Tally | undefined;
  private tallyCompared = false;
  private readonly shuffleOwners = new Set<number>();
  private shuffles = 0;
  private readonly decryptions = new Decryptions();
  private result: Count[] | undefined;
  private resultCompared = false;

  constructor(private readonly options: BoardOptions) {}

  async event(event: BoardEvent): Promise<void> {
    const inOrder = this.order.follow(event.type, event.number);
    if (event.type === "Ballot") {
      if (event.records !== undefined) await this.ballot(event.records[0]!.bytes, event.number, inOrder);
      return;
    }
    if (!inOrder) return;
    const isFirst = !this.seen.has(event.type);
    this.seen.add(event.type);
    this.shufflesWhereNeeded(event, isFirst);
    if (event.records === undefined) return;
    switch (event.type) {
      case "Setup":
        return this.setup(event);
      case "EncryptedTally":
        return this.encryptedTally(event);
      case "Shuffle":
        return this.shuffle(event);
      case "PartialDecryption":
        return this.decryption(event);
      case "Result":
        return this.takeResult(event);
    }
  }

  private tell(stage: BoardProgress["stage"], done: number, of?: number): void {
    this.options.progress?.({ stage, bytes: this.bytes, done, ...(of === undefined ? {} : { of }) });
  }

  private async setup(event: BoardEvent): Promise<void> {
    const [election, trustees, credentials] = event.records!.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array];
    this.election = readElection(election, this.faults);
    const isPlain = this.election === undefined || !needsShuffle(this.election);
    this.credentials = readCredentials(credentials, !isPlain, this.faults);
    this.credentialsFingerprint = base64Digest(credentials);
    if (this.election === undefined) return;
    this.bases = new Bases(this.election.key);
    this.trustees = readTrustees(trustees, this.election, this.bases, this.faults);
    if (this.credentials === undefined) return;
    this.boxes = (this.options.boxes ?? oneBox)(this.election, this.credentials, { election, credentials });
    const { length } = this.credentials.texts;
    await this.boxes.decodeCredentials((done) => this.tell("credentials", done, length));
  }

  private async ballot(bytes: Uint8Array, event: number, counted: boolean): Promise<void> {
    this.ballots++;
    await this.boxes?.add(event, bytes, counted);
    this.tell("ballots", this.ballots);
  }

  /** O4. */
  private shufflesWhereNeeded(event: BoardEvent, isFirst: boolean): void {
    if (this.election === undefined || !isFirst) return;
    const needed = needsShuffle(this.election);
    const isWrong = needed ? event.type === "PartialDecryption" && !this.seen.has("Shuffle") : event.type === "Shuffle";
    if (isWrong) this.faults.add({ rule: "O4", event: event.number, found: event.type });
  }

  private async encryptedTally(event: BoardEvent): Promise<void> {
    if (this.election === undefined || this.boxes === undefined) return;
    this.box = await this.boxes.outcome();
    this.tally = readTally(event, this.election, this.box, this.faults);
    this.tallyCompared = this.box.tallied !== undefined && !this.box.questions.includes(undefined);
    this.tell("tallying", 1);
  }

  private async shuffle(event: BoardEvent): Promise<void> {
    const { election, bases, trustees, tally, faults } = this;
    if (election === undefined || bases === undefined || tally === undefined || !needsShuffle(election)) return;
    if (event.owner === undefined || trustees === undefined) return;
    if (event.owner < 1 || event.owner > trustees.all.length) {
      faults.add({ rule: "M2", event: event.number, found: String(event.owner) });
      return;
    }
    if (this.shuffleOwners.has(event.owner)) faults.add({ rule: "M3", event: event.number, trustee: event.owner });
    this.shuffleOwners.add(event.owner);
    const after = await checkShuffle(event.records![0]!.bytes, event.number, tally, election, bases, faults);
    if (after !== tally) this.shuffles++;
    this.tally = after;
    this.tell("tallying", 1 + this.shuffles);
  }

  private async decryption(event: BoardEvent): Promise<void> {
    const { election, bases, trustees, tally, faults } = this;
    if (election === undefined || bases === undefined || trustees === undefined || tally === undefined) return;
    if (event.owner === undefined) return;
    await this.decryptions.add(event.records![0]!.bytes, event.number, event.owner, tally, trustees, election, bases, faults);
    this.tell("tallying", 2 + this.shuffles + this.decryptions.sound.size);
  }

  private async takeResult(event: BoardEvent): Promise<void> {
    const { election, bases, trustees, tally, faults } = this;
    if (election === undefined || bases === undefined || trustees === undefined || tally === undefined) return;
    const { needed, found } = this.decryptions.enough(trustees);
    if (found < needed) faults.add({ rule: "D6", event: event.number, expected: String(needed), found: String(found) });
    const result = readResult(event.records![0]!.bytes, event.number, election, faults);
    this.result = result;
    if (result === undefined) return;
    const weight = this.box?.tallied === undefined ? undefined : BigInt(this.box.tallied.weight);
    if (weight === undefined) return;
    const isComplete = checkRange(result, event.number, tally, weight, election, faults);
    if (!isComplete || found < needed) return;
    const factors = await this.decryptions.combine(trustees, tally);
    await checkDecryption(result, event.number, tally, factors, election, bases, faults);
    this.resultCompared = true;
  }

  async finish(archive: ArchiveSummary): Promise<BoardReport> {
    const box = await this.boxes?.outcome();
    const faultCounts = {} as Record<Part, number>;
    for (const part of Object.keys(PARTS) as Part[]) faultCounts[part] = this.faults.count(part);
    for (const [part, count] of box?.counts ?? []) faultCounts[part] += count;
    const isSound = Object.values(faultCounts).every((count) => count === 0);
    const recorded = [...(box?.recorded ?? [])].sort(([one], [other]) => one - other);
    const counted = recorded.filter(([, , credential]) => credential >= 0).length;
    const voters = box?.tallied?.voters ?? 0;
    const enough = this.trustees && this.decryptions.enough(this.trustees);
    return {
      archive,
      election: this.election,
      verdicts: this.verdicts(faultCounts, isSound),
      faults: inOrder([...this.faults.told, ...(box?.faults ?? [])]),
      faultCounts,
      isSound: isSound && this.seen.has("Setup") && this.boxes !== undefined,
      numbers: {
        credentials: this.credentials?.texts.length ?? 0,
        ballots: this.ballots,
        replaced: Math.max(0, counted - voters),
        voters,
        weight: box?.tallied?.weight ?? "0",
        weighted: this.credentials?.weighted ?? false,
        trustees: this.trustees?.all.length ?? 0,
        shuffles: this.shuffles,
        decryptions: this.decryptions.sound.size,
        decryptionsNeeded: enough?.needed ?? 0,
      },
      credentialsFingerprint: this.credentialsFingerprint,
      trustees: (this.trustees?.all ?? []).map(({ name, keyText }) => ({ ...(name === undefined ? {} : { name }), key: keyText })),
      recorded,
      result: this.result,
    };
  }

  private verdicts(counts: Record<Part, number>, isSound: boolean): Record<Part, Verdict> {
    const come = (type: string, isChecked: boolean): Verdict => (!this.seen.has(type) ? "later" : isChecked ? "proven" : "unchecked");
    const isShuffled = this.election === undefined || needsShuffle(this.election);
    const verdicts: Record<Part, Verdict> = {
      archive: "proven",
      order: "proven",
      setup: come("Setup", this.election !== undefined),
      credentials: come("Setup", this.boxes !== undefined),
      trustees: come("Setup", this.trustees !== undefined),
      ballots: this.ballots === 0 ? "later" : this.boxes !== undefined ? "proven" : "unchecked",
      tally: come("EncryptedTally", this.tally !== undefined && this.tallyCompared),
      shuffles: isShuffled ? come("Shuffle", this.shuffles > 0) : "later",
      decryption: come("PartialDecryption", this.decryptions.sound.size > 0),
      result: come("Result", this.resultCompared && isSound),
    };
    for (const part of Object.keys(PARTS) as Part[]) if (counts[part] > 0) verdicts[part] = "contradicted";
    return verdicts;
  }
}

/** Faults in the order of the specification, and within a rule as they were found. */
function inOrder(faults: Fault[]): Fault[] {
  const parts = Object.values(PARTS) as string[];
  const rank = ({ rule }: Fault) => parts.indexOf(rule[0]!) * 100 + Number(rule.slice(1));
  return faults.map((fault, at) => ({ fault, at })).sort((a, b) => rank(a.fault) - rank(b.fault) || a.at - b.at).map(({ fault }) => fault);
}
