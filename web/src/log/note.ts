// Signed notes (C2SP signed-note): a text that ends in a line feed, an empty line, and lines with signatures of it.
//
//   — <name of the key> base64(4 bytes of key identifier || signature)
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

import { checkedName, fromPadded, NoteKeyFault, padded, type SigningKey, type VerifierKey } from "./key.ts";

const DASH = "— ";
const LONGEST_NOTE = 1_000_000;
const MOST_SIGNATURES = 100;

/** A text that is no note, or a signature that its key did not make. */
export class NoteFault extends Error {}

/** A line with a signature, of whatever algorithm. */
export interface SignatureLine {
  name: string;
  /** The key's identifier, 8 hexadecimal digits. */
  id: string;
  signature: Uint8Array;
}

/** A text with signatures, none of which has been verified. */
export class Note {
  private constructor(readonly text: string, readonly signatures: readonly SignatureLine[]) {}

  /** A text that nobody has signed yet; it ends in a line feed.
   * @throws NoteFault */
  static unsigned(text: string): Note {
    checkLetters(text);
    if (!text.endsWith("\n")) throw new NoteFault("the text does not end in a line feed");
    return new Note(text, []);
  }

  /** Reads a note.
   * @throws NoteFault */
  static parse(note: string | Uint8Array): Note {
    const bytes = typeof note === "string" ? new TextEncoder().encode(note) : note;
    if (bytes.length > LONGEST_NOTE) throw new NoteFault("the note is too long");
    const whole = decoded(bytes);
    checkLetters(whole);
    const place = whole.lastIndexOf("\n\n");
    if (place < 0 || !whole.endsWith("\n")) throw new NoteFault("the note has no signatures");
    const lines = whole.slice(place + 2, -1);
    if (lines === "") throw new NoteFault("the note has no signatures");
    let read = Note.unsigned(whole.slice(0, place + 1));
    for (const line of lines.split("\n")) read = read.with(signatureLine(line));
    return read;
  }

  /** The note with a further signature; one that is there already is not repeated. */
  with(line: SignatureLine): Note {
    if (this.signatures.some((own) => written(own) === written(line))) return this;
    if (this.signatures.length >= MOST_SIGNATURES) throw new NoteFault("the note has too many signatures");
    return new Note(this.text, [...this.signatures, line]);
  }

  /** The note, signed with a further key. */
  signed(key: SigningKey): Note {
    const { name, id } = key.verifier;
    return this.with({ name, id, signature: key.sign(this.text) });
  }

  /** Whether the note is signed by a key. Signatures of other keys are ignored, as the specification wants.
   * @throws NoteFault where a signature bears the key's name and identifier and is not its own. */
  isSignedBy(key: VerifierKey): boolean {
    const own = this.signatures.filter(({ name, id }) => name === key.name && id === key.id);
    if (!own.every(({ signature }) => key.verify(this.text, signature))) throw new NoteFault(`a signature of ${key.name} does not hold`);
    return own.length > 0;
  }

  /** The note as it is written. */
  toString(): string {
    return `${this.text}\n${this.signatures.map((line) => `${written(line)}\n`).join("")}`;
  }
}

function signatureLine(line: string): SignatureLine {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromPadded(encoded);
  if (bytes === undefined || bytes.length < 5) throw new NoteFault("a line is no signature");
  try {
    return { name: checkedName(name!), id: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
  } catch (fault) {
    throw fault instanceof NoteKeyFault ? new NoteFault("a line is no signature") : fault;
  }
}

function written({ name, id, signature }: SignatureLine): string {
  return `${DASH}${name} ${padded(concatBytes(hexToBytes(id), signature))}`;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NoteFault("the note is no UTF-8");
  }
}

/** Line feeds are the only control characters of ASCII that a note may have. */
function checkLetters(note: string): void {
  if (/[\0-\x09\x0b-\x1f]/.test(note)) throw new NoteFault("the note has a control character");
}
