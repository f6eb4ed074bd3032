// The entries of an election's log: ballots, and statements. A ballot's entry has one form, which is taken apart without
// reading the ballot; what would be too long for an entry lies beside the log:
//
//   {"adil":"ballot/1","minute":29876543,"ballot":{…}}
//   {"adil":"ballot/1","minute":29876543,"object":{"sha256":"…","bytes":70000}}
import type { Note } from "./note.ts";
import { type Content, readStatement, type Statement } from "./statement.ts";

export type Entry =
  | { kind: "ballot"; minute: number; bytes: Uint8Array }
  | { kind: "object"; minute: number; content: Content }
  | { kind: "statement"; statement: Statement; note: Note };

/** An entry that is neither a ballot nor a statement in its one form. */
export class EntryFault extends Error {}

const BALLOT = /^\{"adil":"ballot\/1","minute":(0|[1-9][0-9]{0,9}),"ballot":/;
const OBJECT = /^\{"adil":"ballot\/1","minute":(0|[1-9][0-9]{0,9}),"object":\{"sha256":"([0-9a-f]{64})","bytes":(0|[1-9][0-9]{0,14})\}\}$/;
const BEGINNING = '{"adil":"ballot/1"';
const CLOSE = 0x7d;

/** Takes an entry apart.
 * @throws EntryFault, or NoteFault or RecordFault where it is no statement. */
export function readEntry(bytes: Uint8Array): Entry {
  const start = String.fromCharCode(...bytes.subarray(0, 220));
  const inline = BALLOT.exec(start);
  if (inline !== null && bytes.at(-1) === CLOSE) {
    return { kind: "ballot", minute: Number(inline[1]), bytes: bytes.subarray(inline[0].length, -1) };
  }
  const object = bytes.length <= 220 ? OBJECT.exec(start) : null;
  if (object !== null) {
    return { kind: "object", minute: Number(object[1]), content: { sha256: object[2]!, bytes: Number(object[3]) } };
  }
  if (start.startsWith(BEGINNING)) throw new EntryFault("a ballot's entry has another form");
  return { kind: "statement", ...readStatement(bytes) };
}
