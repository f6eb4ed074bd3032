// The archive as a function of the log: archive = derive(counted(log)), with a fresh chain of events. The same log gives the
// same bytes, so that anybody can make the archive and compare (J20).
import { hexDigest } from "../protocol/hash.ts";
import { readEntry } from "../log/entry.ts";
import type { Content } from "../log/statement.ts";
import type { EventType } from "./archive.ts";
import { notCounted } from "./counted.ts";
import { BLOCK, makeHeader } from "./header.ts";
import { PHASES, type Contents, type Ledger } from "./ledger.ts";

/** No archive follows: something that the log names is not there, or it has no setup. */
export class DeriveFault extends Error {}

/** The pieces of the archive that follows from the log that a ledger was read from. `entries` are its entries once more. */
export async function* derive(
  ledger: Ledger,
  entries: AsyncIterable<Uint8Array>,
  contents: Contents,
): AsyncGenerator<Uint8Array> {
  const { setup } = ledger;
  if (setup === undefined) throw new DeriveFault("the log does not begin with the setup of an election");
  const record = async (content: Content) => {
    const bytes = await contents(content);
    if (bytes === undefined || hexDigest(bytes) !== content.sha256) {
      throw new DeriveFault(`the record ${content.sha256} is missing`);
    }
    return bytes;
  };
  const archive = new ArchiveWriter(setup.time);
  yield archive.first();
  const [election, trustees, credentials] = [setup.election, setup.trustees, setup.credentials];
  const digests = { election: election.sha256, trustees: trustees.sha256, credentials: credentials.sha256 };
  yield* archive.event("Setup", [await record(election), await record(trustees), await record(credentials), text(JSON.stringify(digests))]);

  const reasons = notCounted(ledger);
  const counted = new Set(ledger.ballots.filter((_, at) => reasons[at] === undefined).map(({ entry }) => entry));
  let number = 0;
  for await (const entry of entries) {
    if (!counted.has(number++)) continue;
    const read = readEntry(entry);
    if (read.kind === "statement") throw new DeriveFault("the log has changed since it was first read");
    yield* archive.event("Ballot", [read.kind === "ballot" ? read.bytes : await record(read.content)]);
  }

  const hasCome = (phase: (typeof PHASES)[number]) => PHASES.indexOf(ledger.phase) >= PHASES.indexOf(phase);
  if (hasCome("closed")) yield* archive.event("EndBallots", []);
  if (ledger.tally !== undefined) {
    yield* archive.event("EncryptedTally", [await record(ledger.tally.tally), await record(ledger.tally.sized)]);
  }
  const owned = (owner: number, content: Content) => text(`{"owner":${owner},"payload":"${content.sha256}"}`);
  for (const { owner, content } of ledger.shuffles) yield* archive.event("Shuffle", [await record(content), owned(owner, content)]);
  if (ledger.shuffles.length > 0 && hasCome("decrypting")) yield* archive.event("EndShuffles", []);
  for (const { owner, content } of ledger.decryptions) yield* archive.event("PartialDecryption", [await record(content), owned(owner, content)]);
  if (ledger.result !== undefined) yield* archive.event("Result", [await record(ledger.result)]);
}

/** Writes records and events, each event naming the one before it. */
class ArchiveWriter {
  private parent: string | undefined;
  private height = 0;

  constructor(private readonly time: number) {}

  first(): Uint8Array {
    return this.filled("BELENIOS", text(`{"version":1,"timestamp":"${this.time}"}`));
  }

  *event(type: EventType, records: readonly Uint8Array[]): Generator<Uint8Array> {
    let payload: string | undefined;
    for (const record of records) {
      payload = hexDigest(record);
      yield this.filled(`${payload}.data.json`, record);
    }
    const { parent, height } = this;
    const event = text(JSON.stringify({ parent, height, type, payload }));
    this.parent = hexDigest(event);
    this.height++;
    yield this.filled(`${this.parent}.event.json`, event);
  }

  /** A record with its header, filled up to whole blocks. */
  private filled(name: string, bytes: Uint8Array): Uint8Array {
    const record = new Uint8Array(BLOCK + Math.ceil(bytes.length / BLOCK) * BLOCK);
    record.set(makeHeader(name, bytes.length, this.time));
    record.set(bytes, BLOCK);
    return record;
  }
}

function text(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
