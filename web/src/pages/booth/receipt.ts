// Receipts as the booth checks them: that the log has the entry, and that the entry is the ballot.
import { CheckpointFault } from "../../log/checkpoint.ts";
import { EntryFault, readEntry } from "../../log/entry.ts";
import { NoteKeyFault, VerifierKey } from "../../log/key.ts";
import { NoteFault } from "../../log/note.ts";
import { ProofFault, proves, readProof } from "../../log/proof.ts";
import { base64Digest, fromBase64, hexDigest } from "../../protocol/hash.ts";
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

/** Whether an entry of a log is this ballot, byte for byte. */
export function isEntryOf(entry: Uint8Array, ballot: string): boolean {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(entry);
  } catch {
    return false;
  }
  const [, rest] = /^\{"adil":"ballot\/1","minute":(?:0|[1-9][0-9]*),(.*)\}$/s.exec(text) ?? [];
  const bytes = new TextEncoder().encode(ballot).length;
  return rest === `"ballot":${ballot}` || rest === `"object":{"sha256":"${hexDigest(ballot)}","bytes":${bytes}}`;
}

/** Whether an entry of a log is the ballot with this tracker: the ballot itself, or the digest that names it, which is the
 * tracker in other digits. Statements and everything else are other entries. */
export function isEntryOfTracker(entry: Uint8Array, tracker: string): boolean {
  try {
    const read = readEntry(entry);
    if (read.kind === "ballot") return base64Digest(read.bytes) === tracker;
    return read.kind === "object" && read.content.sha256 === hexOf(tracker);
  } catch (fault) {
    if ([EntryFault, NoteFault, RecordFault].some((kind) => fault instanceof kind)) return false;
    throw fault;
  }
}

function hexOf(tracker: string): string | undefined {
  const bytes = fromBase64(tracker);
  return bytes && Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of base64, padded or not. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
