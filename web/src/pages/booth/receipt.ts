// Receipts as the booth checks them: that the log has the entry, and that the entry is the ballot.
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { CheckpointFault } from "../../log/checkpoint.ts";
import { type Entry, EntryFault, readEntry } from "../../log/entry.ts";
import { NoteKeyFault, VerifierKey } from "../../log/key.ts";
import { NoteFault } from "../../log/note.ts";
import { ProofFault, proves, readProof } from "../../log/proof.ts";
import { base64, base64Digest } from "../../protocol/hash.ts";
import { RecordFault } from "../../protocol/records.ts";

/** A receipt that does not show what it should: the server, or whoever gave it, is at fault. */
export class ReceiptFault extends Error {}

/** Verifies that the log with this key has the entry, and gives the entry's number.
 * @throws ReceiptFault */
export function verifyReceipt(proof: string, entry: Uint8Array, logKey: string): number {
  try {
    const read = readProof(proof);
    if (!proves(read, entry, VerifierKey.parse(logKey))) throw new ReceiptFault("the entry is not in the log");
    return read.index;
  } catch (fault) {
    const isTheirs = [ProofFault, CheckpointFault, NoteFault, NoteKeyFault].some((kind) => fault instanceof kind);
    throw isTheirs ? new ReceiptFault((fault as Error).message) : fault;
  }
}

/** The tracker of the ballot that an entry of a log is: the SHA-256 of the ballot, or of what lies beside the log, of which
 * the entry has it. `undefined` for statements and everything else. */
export function trackerOfEntry(entry: Uint8Array): string | undefined {
  const read = ballotEntry(entry);
  if (read === undefined) return undefined;
  return read.kind === "ballot" ? base64Digest(read.bytes) : base64(hexToBytes(read.content.sha256));
}

/** Whether an entry of a log is this ballot, byte for byte. */
export function isEntryOf(entry: Uint8Array, ballot: string): boolean {
  const read = ballotEntry(entry);
  if (read === undefined || trackerOfEntry(entry) !== base64Digest(ballot)) return false;
  return read.kind === "ballot" || read.content.bytes === utf8ToBytes(ballot).length;
}

function ballotEntry(entry: Uint8Array): Exclude<Entry, { kind: "statement" }> | undefined {
  try {
    const read = readEntry(entry);
    return read.kind === "statement" ? undefined : read;
  } catch (fault) {
    if ([EntryFault, NoteFault, RecordFault].some((kind) => fault instanceof kind)) return undefined;
    throw fault;
  }
}
