// What an election's log says, entry by entry, and whether it keeps the rules J1 to J17 and J22 of docs/spec/adil-v1.md.
// A broken rule does not end the reading: whatever can still be told from the rest is told.
import { EntryFault, readEntry } from "../log/entry.ts";
import { NoteKeyFault, VerifierKey } from "../log/key.ts";
import { type Note, NoteFault } from "../log/note.ts";
import {
  type AcceptanceStatement, type Content, type CredentialsStatement, type Keys, type RevocationStatement, type SetupStatement, type Statement,
} from "../log/statement.ts";
import { base64Digest, hexDigest } from "../protocol/hash.ts";
import { RecordFault } from "../protocol/records.ts";
import { disagreement } from "./agreement.ts";
import { latin1 } from "./canonical.ts";
import { LedgerFaults, type LedgerRule } from "./ledger-rules.ts";
import { SpareList } from "./spares.ts";

/** The bytes that a digest names, `undefined` where they are not there. */
export type Contents = (content: Content) => Promise<Uint8Array | undefined>;

export const PHASES = ["empty", "set-up", "listed", "open", "closed", "tallied", "shuffled", "decrypting", "finished"] as const;
export type Phase = (typeof PHASES)[number];

export interface LoggedBallot {
  entry: number;
  minute: number;
  tracker: string;
  /** The text of its credential; empty where it cannot be read. */
  credential: string;
  accepted: boolean;
}

export interface LoggedRevocation {
  entry: number;
  said: RevocationStatement;
}

/** A trustee's record that was handed in. */
export interface Owned {
  owner: number;
  content: Content;
}

interface ReadKeys {
  organiser: VerifierKey;
  authority: VerifierKey;
  log: VerifierKey;
  acceptance: VerifierKey | undefined;
}

export class Ledger {
  readonly faults = new LedgerFaults();
  size = 0;
  phase: Phase = "empty";
  /** The latest minute that an entry stated. */
  minute = 0;
  setup: SetupStatement | undefined;
  keys: ReadKeys | undefined;
  list = new SpareList();
  readonly ballots: LoggedBallot[] = [];
  readonly revocations: LoggedRevocation[] = [];
  /** The revocation of each revoked credential, and the one that gave out each spare. */
  readonly revoked = new Map<string, LoggedRevocation>();
  readonly given = new Map<string, LoggedRevocation>();
  tally: { tally: Content; sized: Content } | undefined;
  readonly shuffles: Owned[] = [];
  readonly decryptions: Owned[] = [];
  result: Content | undefined;
  private readonly byTracker = new Map<string, LoggedBallot>();

  constructor(private readonly contents: Contents) {}

  /** Reads the next entry. */
  async absorb(bytes: Uint8Array): Promise<void> {
    const entry = this.size++;
    let read;
    try {
      read = readEntry(bytes);
    } catch (fault) {
      if (!(fault instanceof EntryFault || fault instanceof NoteFault || fault instanceof RecordFault)) throw fault;
      return this.fault("J1", entry, fault.message);
    }
    if (read.kind === "statement") {
      this.signatures(entry, read.statement, read.note);
      if (entry === 0 && read.statement.adil !== "setup/1") this.fault("J2", entry, read.statement.adil);
      return this.statement(entry, read.statement);
    }
    if (entry === 0) this.fault("J2", entry, "a ballot");
    const ballot = read.kind === "ballot" ? read.bytes : await this.named(entry, read.content);
    if (ballot !== undefined) this.ballot(entry, read.minute, ballot);
  }

  fault(rule: LedgerRule, entry: number | undefined, found: string): void {
    this.faults.add(rule, entry, found);
  }

  /** J3. */
  private signatures(entry: number, statement: Statement, note: Note): void {
    // The setup is signed by the key that it names itself.
    const keys = statement.adil === "setup/1" ? readKeys(statement.keys) : this.keys;
    const missing = signersOf(statement).filter((signer) => {
      const key = keys?.[signer];
      return key === undefined || !isSigned(note, key);
    });
    if (missing.length > 0) this.fault("J3", entry, `${statement.adil}: not signed by ${missing.join(" and ")}`);
  }

  /** J5: whether the election may be where an entry says it is; moves on. */
  private moves(entry: number, what: string, from: readonly Phase[], to: Phase): boolean {
    const isAllowed = from.includes(this.phase);
    if (isAllowed) this.phase = to;
    else this.fault("J5", entry, `${what}, when the election is ${this.phase}`);
    return isAllowed;
  }

  private sameElection(entry: number, uuid: string): void {
    if (this.setup !== undefined && this.setup.uuid !== uuid) this.fault("J6", entry, uuid);
  }

  private atMinute(entry: number, minute: number): void {
    if (minute < this.minute) this.fault("J15", entry, `${minute} after ${this.minute}`);
    this.minute = Math.max(this.minute, minute);
  }

  /** J17. */
  private async named(entry: number, content: Content): Promise<Uint8Array | undefined> {
    const found = await this.contents(content);
    if (found !== undefined && found.length === content.bytes && hexDigest(found) === content.sha256) return found;
    this.fault("J17", entry, content.sha256);
    return undefined;
  }

  private async statement(entry: number, said: Statement): Promise<void> {
    switch (said.adil) {
      case "setup/1":
        return this.takeSetup(entry, said);
      case "credentials/1":
        return this.takeLists(entry, said);
      case "open/1":
      case "close/1": {
        this.sameElection(entry, said.uuid);
        this.atMinute(entry, said.minute);
        if (said.adil === "open/1") this.moves(entry, "open", ["listed"], "open");
        else this.moves(entry, "close", ["open"], "closed");
        return;
      }
      case "acceptance/1":
        return this.acceptance(entry, said);
      case "revocation/1":
        return this.revocation(entry, said);
      case "tally/1":
        if (!this.moves(entry, "tally", ["closed"], "tallied")) return;
        await this.named(entry, said.tally);
        await this.named(entry, said.sized);
        this.tally = { tally: said.tally, sized: said.sized };
        return;
      case "shuffle/1":
        if (!this.moves(entry, "shuffle", ["tallied", "shuffled"], "shuffled")) return;
        await this.named(entry, said.shuffle);
        this.shuffles.push({ owner: said.owner, content: said.shuffle });
        return;
      case "decryption/1":
        if (!this.moves(entry, "decryption", ["tallied", "shuffled", "decrypting"], "decrypting")) return;
        await this.named(entry, said.decryption);
        this.decryptions.push({ owner: said.owner, content: said.decryption });
        return;
      case "result/1":
        if (!this.moves(entry, "result", ["decrypting"], "finished")) return;
        await this.named(entry, said.result);
        this.result = said.result;
    }
  }

  private async takeSetup(entry: number, setup: SetupStatement): Promise<void> {
    if (entry !== 0 || this.setup !== undefined) return this.fault("J2", entry, "another setup");
    this.phase = "set-up";
    this.minute = Math.floor(setup.time / 60);
    this.keys = readKeys(setup.keys);
    const [election, trustees] = [await this.named(entry, setup.election), await this.named(entry, setup.trustees)];
    const otherwise = election && trustees && disagreement(setup, election, trustees);
    if (otherwise !== undefined) this.fault("J22", entry, otherwise);
    const [credentials, spares] = [await this.named(entry, setup.credentials), await this.named(entry, setup.spares)];
    if (setup.booth !== undefined) await this.named(entry, setup.booth);
    if (credentials !== undefined && spares !== undefined) {
      const list = SpareList.read(credentials, spares);
      if (list === undefined) this.fault("J17", entry, "the lists of credentials cannot be read");
      else {
        list.wrong.slice(0, 10).forEach((credential) => this.fault("J7", entry, credential));
        this.list = list;
      }
    }
    this.setup = setup;
  }

  /** J4. */
  private takeLists(entry: number, said: CredentialsStatement): void {
    if (!this.moves(entry, "credentials", ["set-up"], "listed")) return;
    this.sameElection(entry, said.uuid);
    const { setup, list } = this;
    const same = (one: Content, other: Content) => one.sha256 === other.sha256 && one.bytes === other.bytes;
    const agrees =
      setup !== undefined && same(setup.credentials, said.credentials) && same(setup.spares, said.spares) &&
      setup.keys.authority === said.key && list.weights.size - list.spares.length === said.voters;
    if (!agrees) this.fault("J4", entry, "another list, another key, or another number of voters");
  }

  /** J16. */
  private acceptance(entry: number, said: AcceptanceStatement): void {
    this.sameElection(entry, said.uuid);
    if (!this.moves(entry, "acceptance", ["open"], "open")) return;
    const ballot = this.byTracker.get(said.tracker);
    if (ballot === undefined || ballot.accepted || this.keys?.acceptance === undefined) {
      return this.fault("J16", entry, said.tracker);
    }
    ballot.accepted = true;
  }

  /** J8 to J10. One that breaks J8 or J9 is shown, and has no effect. */
  private revocation(entry: number, said: RevocationStatement): void {
    this.sameElection(entry, said.uuid);
    if (this.phase !== "open") return this.fault("J10", entry, `when the election is ${this.phase}`);
    const { list } = this;
    const weight = list.weights.get(said.credential);
    const isRevocable = weight !== undefined && !list.isSpare(said.credential) && !this.revoked.has(said.credential);
    if (!isRevocable) this.fault("J8", entry, said.credential);
    const isFree = list.isSpare(said.spare) && !this.given.has(said.spare) && list.weights.get(said.spare) === weight;
    if (!isFree) this.fault("J9", entry, said.spare);
    if (said.since > said.minute) {
      this.fault("J10", entry, `since minute ${said.since}, signed in minute ${said.minute}`);
    }
    const own = { entry, said };
    if (isRevocable && isFree) {
      this.revoked.set(said.credential, own);
      this.given.set(said.spare, own);
    }
    this.revocations.push(own);
  }

  private ballot(entry: number, minute: number, bytes: Uint8Array): void {
    if (!this.moves(entry, "ballot", ["open"], "open")) return;
    this.atMinute(entry, minute);
    const tracker = base64Digest(bytes);
    const start = latin1(bytes.subarray(0, 1000));
    const [, uuid, credential = ""] = /^\{"election_uuid":"([^"\\]*)","election_hash":"[^"\\]*","credential":"([^"\\]*)"/.exec(start) ?? [];
    const named = uuid ?? /^\{"election_uuid":"([^"\\]*)"/.exec(start)?.[1];
    const { list } = this;
    if (this.byTracker.has(tracker)) this.fault("J14", entry, tracker);
    if (this.setup !== undefined && named !== this.setup.uuid) this.fault("J6", entry, tracker);
    if (!list.weights.has(credential)) this.fault("J13", entry, tracker);
    if (this.revoked.has(credential)) this.fault("J11", entry, tracker);
    if (list.isSpare(credential) && !this.given.has(credential)) this.fault("J12", entry, tracker);
    const ballot: LoggedBallot = { entry, minute, tracker, credential, accepted: false };
    this.byTracker.set(tracker, ballot);
    this.ballots.push(ballot);
  }
}

type Signer = "organiser" | "authority" | "acceptance";

function signersOf(statement: Statement): readonly Signer[] {
  switch (statement.adil) {
    case "credentials/1":
      return ["authority"];
    case "acceptance/1":
      return ["acceptance"];
    case "revocation/1":
      return ["authority", "organiser"];
    default:
      return ["organiser"];
  }
}

function isSigned(note: Note, key: VerifierKey): boolean {
  try {
    return note.isSignedBy(key);
  } catch (fault) {
    if (!(fault instanceof NoteFault)) throw fault;
    return false;
  }
}

function readKeys(keys: Keys): ReadKeys | undefined {
  try {
    const acceptance = keys.acceptance === undefined ? undefined : VerifierKey.parse(keys.acceptance);
    const [organiser, authority, log] = [keys.organiser, keys.authority, keys.log].map(VerifierKey.parse);
    return { organiser: organiser!, authority: authority!, log: log!, acceptance };
  } catch (fault) {
    if (!(fault instanceof NoteKeyFault)) throw fault;
    return undefined;
  }
}
