// Checkpoints (C2SP tlog-checkpoint): origin, size and root, a line each, in a signed note.
import { digest } from "../protocol/hash.ts";
import { fromPadded, type VerifierKey } from "./key.ts";
import { sameHash } from "./merkle.ts";
import { Note } from "./note.ts";

const LONGEST_ORIGIN = 1000;

/** A text that is no checkpoint, or one that its log did not sign. */
export class CheckpointFault extends Error {}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
  note: Note;
}

/** Reads a checkpoint; its signatures are not looked at.
 * @throws CheckpointFault, or NoteFault */
export function readCheckpoint(bytes: string | Uint8Array): Checkpoint {
  const note = Note.parse(bytes);
  const [origin = "", size = "", root = "", ...more] = note.text.slice(0, -1).split("\n");
  if (origin === "" || new TextEncoder().encode(origin).length > LONGEST_ORIGIN) throw new CheckpointFault("no origin");
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) throw new CheckpointFault("no size");
  const hash = fromPadded(root);
  if (hash?.length !== 32) throw new CheckpointFault("no root");
  if (more.includes("")) throw new CheckpointFault("an empty line");
  if (size === "0" && !sameHash(hash, digest(new Uint8Array(0)))) {
    throw new CheckpointFault("no entries, and the root of some");
  }
  return { origin, size: Number(size), root: hash, note };
}

/** Holds a checkpoint to the key of its log, whose name is the origin.
 * @throws CheckpointFault, or NoteFault */
export function verifyCheckpoint(checkpoint: Checkpoint, key: VerifierKey): void {
  if (checkpoint.origin !== key.name) throw new CheckpointFault(`of ${checkpoint.origin}, not of ${key.name}`);
  if (!checkpoint.note.isSignedBy(key)) throw new CheckpointFault(`not signed by ${key.name}`);
}
