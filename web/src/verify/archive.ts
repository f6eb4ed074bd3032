// The archive: records of 512-byte blocks, each named by the digest of its bytes, and the chain of events that vouches for
// all of them. Rules A1 to A12 of docs/spec/belenios-v1.md.
//
// It is read as a stream: at any time only the records of the event that comes next are in memory.
import { hexDigest } from "../protocol/hash.ts";
import { Cursor, FormFault, latin1, whole } from "./canonical.ts";
import { BLOCK, hasChecksum, makeHeader, readHeader } from "./header.ts";
import { Input, unpacked, type Source } from "./input.ts";
import { Faults, NotABoard, Unsupported } from "./rules.ts";

const LARGEST_FIRST = 4096;
/** Bytes of a record; a larger one is refused, without a word about the board. */
const LARGEST_RECORD = 256 * 1024 * 1024;

export const EVENT_TYPES = ["Setup", "Ballot", "EndBallots", "EncryptedTally", "Shuffle", "EndShuffles", "PartialDecryption", "Result"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** How many records stand before an event of each type. */
const RECORDS: Record<EventType, number> = {
  Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2, Shuffle: 2, EndShuffles: 0, PartialDecryption: 2, Result: 1,
};

/** A record of the archive. */
export interface Entry {
  bytes: Uint8Array;
  digest: string;
}

/** An event, with the records that belong to it in their order; `undefined` where they are not what it says. */
export interface BoardEvent {
  number: number;
  type: EventType;
  digest: string;
  records: Entry[] | undefined;
  /** The trustee that a shuffle or a partial decryption names. */
  owner?: number;
  /** What the record of sizes says beside an encrypted tally. */
  size?: { tallied: number; weight: bigint };
}

/** What is known of the archive when its end is reached. */
export interface ArchiveSummary {
  bytes: number;
  events: number;
  time: string;
  lastEvent: string;
}

/** Reads an archive: yields its events, tells faults, and returns the summary.
 * @throws NotABoard where the file does not begin as one. */
export async function* readArchive(
  source: Source,
  faults: Faults,
  progress?: (bytes: number) => void,
): AsyncGenerator<BoardEvent, ArchiveSummary> {
  const input = new Input(await unpacked(source), progress);
  const chain = new Chain(faults);
  const first = await readFirst(input);
  const time = checkFirst(first, faults);
  for (;;) {
    const start = input.at;
    const header = await input.take(BLOCK);
    if (header.length === 0) break;
    if (header.length < BLOCK) {
      faults.add({ rule: "A6", byte: start, expected: `${BLOCK} bytes of a header`, found: `${header.length}` });
      return chain.summary(input.at, time, "inside");
    }
    const fields = readHeader(header);
    const kind = fields === undefined ? null : /^([0-9a-f]{64})\.(data|event)\.json$/.exec(fields.name);
    if (fields === undefined || kind === null) {
      faults.add({ rule: "A3", byte: start, found: "no record" });
      return chain.summary(input.at, time, "inside");
    }
    checkHeader(header, makeHeader(fields.name, fields.size, time.fromHeaders), start, faults);
    if (fields.size > LARGEST_RECORD) throw new Unsupported("limit", `a record of ${fields.size} bytes`);
    const bytes = await input.take(fields.size);
    const padding = await input.take((BLOCK - (fields.size % BLOCK)) % BLOCK);
    if (bytes.length < fields.size || padding.length < (BLOCK - (fields.size % BLOCK)) % BLOCK) {
      faults.add({ rule: "A6", byte: start, expected: `${fields.size} bytes`, found: `${bytes.length}` });
      return chain.summary(input.at, time, "inside");
    }
    if (padding.some((byte) => byte !== 0)) faults.add({ rule: "A4", byte: start + BLOCK + fields.size });
    const digest = hexDigest(bytes);
    if (digest !== kind[1]) faults.add({ rule: "A5", byte: start, expected: digest, found: kind[1]! });
    if (kind[2] === "data") chain.record({ bytes, digest });
    else {
      const event = chain.event({ bytes, digest }, start);
      if (event !== undefined) yield event;
    }
  }
  return chain.summary(input.at, time, "end");
}

/** The first record; a file that does not begin with one is no board. */
async function readFirst(input: Input): Promise<{ header: Uint8Array; bytes: Uint8Array; padding: Uint8Array }> {
  const header = await input.take(BLOCK);
  const fields = header.length === BLOCK ? readHeader(header) : undefined;
  if (fields === undefined || fields.name !== "BELENIOS" || fields.size > LARGEST_FIRST || !hasChecksum(header)) {
    throw new NotABoard("the file does not begin as a board");
  }
  const bytes = await input.take(fields.size);
  if (bytes.length < fields.size) throw new NotABoard("the file ends in its first record");
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new NotABoard("the first record is no JSON");
  }
  return { header, bytes, padding: await input.take((BLOCK - (fields.size % BLOCK)) % BLOCK) };
}

/** A1 and A2, and the header of the first record. Returns the time that all headers must state. */
function checkFirst(
  { header, bytes, padding }: { header: Uint8Array; bytes: Uint8Array; padding: Uint8Array },
  faults: Faults,
): { text: string; fromHeaders: number } {
  const fields = readHeader(header)!;
  let time = fields.time;
  let text = String(time);
  const version = (JSON.parse(new TextDecoder().decode(bytes)) as { version?: unknown } | null)?.version;
  if (version !== 1) faults.add({ rule: "A1", byte: 0, expected: "1", found: JSON.stringify(version) ?? "nothing" });
  else {
    try {
      text = whole(latin1(bytes), (cursor) => {
        cursor.pass('{"version":1,"timestamp":"');
        const digits = cursor.digits();
        cursor.pass('"}');
        return digits;
      });
      time = Number(text);
    } catch (fault) {
      if (!(fault instanceof FormFault)) throw fault;
      faults.add({ rule: "A2", byte: BLOCK + fault.at, expected: fault.expected });
    }
  }
  checkHeader(header, makeHeader("BELENIOS", fields.size, time), 0, faults);
  if (padding.some((byte) => byte !== 0)) faults.add({ rule: "A4", byte: BLOCK + fields.size });
  return { text, fromHeaders: time };
}

function checkHeader(found: Uint8Array, expected: Uint8Array, start: number, faults: Faults): void {
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  if (at >= 0) faults.add({ rule: "A3", byte: start, found: `byte ${at} of the header` });
}

/** The events, each of which names the one before it and the last of its records. */
class Chain {
  private pending: Entry[] = [];
  private parent: string | undefined;
  private count = 0;
  private readonly faults: Faults;

  constructor(faults: Faults) {
    this.faults = faults;
  }

  record(entry: Entry): void {
    this.pending.push(entry);
    // No event has more than four records before it: A10 is broken already, and only the number is needed.
    if (this.pending.length > 5) this.pending[this.pending.length - 6]!.bytes = new Uint8Array(0);
  }

  event(entry: Entry, start: number): BoardEvent | undefined {
    const number = this.count++;
    const [before, parent] = [this.pending, this.parent];
    this.pending = [];
    this.parent = entry.digest;
    let says;
    try {
      says = whole(latin1(entry.bytes), readEvent);
    } catch (fault) {
      if (!(fault instanceof FormFault)) throw fault;
      this.faults.add({ rule: "A7", event: number, byte: start + BLOCK + fault.at, expected: fault.expected });
      return undefined;
    }
    const tell = (rule: "A8" | "A9" | "A10" | "A11", expected: unknown, found: unknown) =>
      this.faults.add({ rule, event: number, expected: String(expected ?? "none"), found: String(found ?? "none") });
    if (says.parent !== parent) tell("A8", parent, says.parent);
    if (says.height !== number) tell("A9", number, says.height);
    const needed = RECORDS[says.type];
    if (before.length !== needed) tell("A10", needed, before.length);
    const last = needed > 0 ? before.at(-1)?.digest : undefined;
    if (says.payload !== last) tell("A11", last, says.payload);
    const event: BoardEvent = { number, type: says.type, digest: entry.digest, records: undefined };
    // Records that the event does not vouch for are a fault already; they are looked at all the same.
    if (before.length < needed) return event;
    event.records = needed === 0 ? [] : before.slice(-needed);
    this.names(event);
    return event;
  }

  /** A12: the last record of an event names those before it. */
  private names(event: BoardEvent): void {
    const records = event.records!;
    const source = latin1(records.at(-1)?.bytes ?? new Uint8Array(0));
    const digests = records.map((record) => record.digest);
    const named = (cursor: Cursor, at: number) => {
      const start = cursor.at;
      if (cursor.digest() !== digests[at]) throw new FormFault(start, digests[at]!);
    };
    try {
      if (event.type === "Setup") {
        whole(source, (cursor) => {
          for (const [at, name] of ['{"election":', ',"trustees":', ',"credentials":'].entries()) {
            cursor.pass(name);
            named(cursor, at);
          }
          cursor.pass("}");
        });
      } else if (event.type === "Shuffle" || event.type === "PartialDecryption") {
        whole(source, (cursor) => {
          cursor.pass('{"owner":');
          event.owner = cursor.small();
          cursor.pass(',"payload":');
          named(cursor, 0);
          cursor.pass("}");
        });
      }
    } catch (fault) {
      if (!(fault instanceof FormFault)) throw fault;
      this.faults.add({ rule: "A12", event: event.number, expected: fault.expected });
      if (event.type !== "Setup") event.records = undefined;
    }
  }

  /** A6, and what is known at the end. */
  summary(bytes: number, time: { text: string }, where: "end" | "inside"): ArchiveSummary {
    if (where === "end" && (this.pending.length > 0 || this.count === 0)) {
      this.faults.add({ rule: "A6", byte: bytes, expected: "an event", found: `${this.pending.length} records without one` });
    }
    return { bytes, events: this.count, time: time.text, lastEvent: this.parent ?? "" };
  }
}

function readEvent(
  cursor: Cursor,
): { parent: string | undefined; height: number; type: EventType; payload: string | undefined } {
  cursor.pass("{");
  let parent: string | undefined;
  if (cursor.maybe('"parent":')) {
    parent = cursor.digest();
    cursor.pass(",");
  }
  cursor.pass('"height":');
  const height = cursor.small();
  cursor.pass(',"type":');
  const start = cursor.at;
  const type = EVENT_TYPES.find((known) => cursor.maybe(`"${known}"`));
  if (type === undefined) throw new FormFault(start, "a known type");
  let payload: string | undefined;
  if (RECORDS[type] > 0) {
    cursor.pass(',"payload":');
    payload = cursor.digest();
  }
  cursor.pass("}");
  return { parent, height, type, payload };
}
