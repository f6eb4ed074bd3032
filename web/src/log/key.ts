// Keys of signed notes (C2SP signed-note), Ed25519.
//
//   identifier = first four bytes of SHA-256(name || 0x0A || 0x01 || public key)
//   verifier key:  name+<identifier in hex>+base64(0x01 || public key)
//   signing key:   PRIVATE+KEY+name+<identifier in hex>+base64(0x01 || seed)
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { base64, digest, fromBase64 } from "../protocol/hash.ts";
import { fromBytes, randomBytes } from "../protocol/random.ts";

const { Point } = ed25519;
const PRIVATE = "PRIVATE+KEY+";
/** The algorithm: the text of a note with Ed25519. */
const ALGORITHM = 1;
const LONGEST_NAME = 1000;

/** A text that is no key. */
export class NoteKeyFault extends Error {}

/** A public key that signatures are verified with. */
export class VerifierKey {
  private constructor(readonly name: string, readonly publicKey: Uint8Array, readonly id: string) {}

  /** The key of a name and 32 bytes. */
  static of(name: string, publicKey: Uint8Array): VerifierKey {
    const id = digest(concatBytes(utf8ToBytes(`${checkedName(name)}\n`), Uint8Array.of(ALGORITHM), publicKey));
    return new VerifierKey(name, publicKey, bytesToHex(id.subarray(0, 4)));
  }

  /** Reads `name+identifier+base64`.
   * @throws NoteKeyFault where the text has another form, its identifier is another key's, it is for something else, or
   * anybody could make signatures for it. */
  static parse(text: string): VerifierKey {
    const [name, id, bytes] = parts(text);
    const key = VerifierKey.of(name, bytes);
    if (key.id !== id) throw new NoteKeyFault("the identifier does not belong to the key");
    if (point(bytes) === undefined) throw new NoteKeyFault("the key is no point that signatures can be verified with");
    return key;
  }

  /** The text of the key. */
  toString(): string {
    return `${this.name}+${this.id}+${padded(concatBytes(Uint8Array.of(ALGORITHM), this.publicKey))}`;
  }

  /** Verifies a signature strictly: no point of small order, no other form of the same signature, s B = R + k A. */
  verify(text: string, signature: Uint8Array): boolean {
    if (signature.length !== 64) return false;
    const [R, A] = [point(signature.subarray(0, 32)), point(this.publicKey)];
    const s = littleEndian(signature.subarray(32));
    if (R === undefined || A === undefined || s >= Point.Fn.ORDER) return false;
    const hashed = sha512(concatBytes(signature.subarray(0, 32), this.publicKey, utf8ToBytes(text)));
    const k = littleEndian(hashed) % Point.Fn.ORDER;
    const left = s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s);
    return left.equals(R.add(A.multiplyUnsafe(k)));
  }
}

/** A secret key with its name. */
export class SigningKey {
  readonly verifier: VerifierKey;

  private constructor(name: string, private readonly seed: Uint8Array) {
    this.verifier = VerifierKey.of(name, ed25519.getPublicKey(seed));
  }

  /** A new key. */
  static draw(name: string): SigningKey {
    return new SigningKey(name, randomBytes(32));
  }

  /** Reads `PRIVATE+KEY+name+identifier+base64`, line ends after it.
   * @throws NoteKeyFault */
  static parse(text: string): SigningKey {
    const own = text.replace(/[\r\n]+$/, "");
    if (!own.startsWith(PRIVATE)) throw new NoteKeyFault("no signing key");
    const [name, id, seed] = parts(own.slice(PRIVATE.length));
    const key = new SigningKey(name, seed);
    if (key.verifier.id !== id) throw new NoteKeyFault("the identifier does not belong to the key");
    return key;
  }

  /** The text of the key, secret. */
  toText(): string {
    const { name, id } = this.verifier;
    return `${PRIVATE}${name}+${id}+${padded(concatBytes(Uint8Array.of(ALGORITHM), this.seed))}`;
  }

  /** The signature of a text. */
  sign(text: string): Uint8Array {
    return ed25519.sign(utf8ToBytes(text), this.seed);
  }
}

/** Base64 with padding. */
export function padded(bytes: Uint8Array): string {
  const text = base64(bytes);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** The bytes of base64 with padding, in its one form. */
export function fromPadded(text: string): Uint8Array | undefined {
  const bytes = fromBase64(text);
  return bytes !== undefined && padded(bytes) === text ? bytes : undefined;
}

/** The name of a key: no spaces, no plus, no control characters.
 * @throws NoteKeyFault */
export function checkedName(name: string): string {
  const tooLong = utf8ToBytes(name).length > LONGEST_NAME;
  if (name === "" || tooLong || /[+\p{White_Space}\p{Cc}]/u.test(name)) throw new NoteKeyFault("no name of a key");
  return name;
}

/** Name, identifier and the 32 bytes of a key's text. */
function parts(text: string): [string, string, Uint8Array] {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromPadded(encoded);
  if (bytes === undefined || bytes.length === 0) throw new NoteKeyFault("the key has another form");
  if (bytes[0] !== ALGORITHM || bytes.length !== 33) throw new NoteKeyFault("the key is for something else");
  return [checkedName(name!), id!, bytes.subarray(1)];
}

/** The point of 32 bytes in its one form, if it is not of small order. */
function point(bytes: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    const read = Point.fromBytes(bytes, false);
    return read.isSmallOrder() ? undefined : read;
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return fromBytes(Uint8Array.from(bytes).reverse());
}
