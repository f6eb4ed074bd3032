// Private keys at rest, encrypted under a passphrase: the form `sealed/1`, which the command line opens too.
//
//   key = Argon2id(passphrase, salt),   file = AES-256-GCM(key, nonce, secret)
//
// with 64 MiB, three passes and one lane (RFC 9106, section 4, the second recommended choice with one lane).
import { argon2idAsync } from "@noble/hashes/argon2.js";

import { base64, fromBase64 } from "../protocol/hash.ts";
import { randomBytes } from "../protocol/random.ts";

const FORM = "sealed/1";
const MEMORY_KIB = 65_536;
const PASSES = 3;
/** The most that a file may ask for. */
const MOST_MEMORY_KIB = 1 << 20;
const MOST_PASSES = 64;

/** Why a sealed file cannot be opened: its bytes are none, or the passphrase is another one. */
export class SealedFault extends Error {
  constructor(readonly kind: "form" | "passphrase") {
    super(kind === "form" ? "it is no file of a private key, or it is damaged" : "the passphrase is wrong, or the file was changed");
  }
}

/** The text of a sealed file, a line. `progress` is told how much of the work is done, from 0 to 1. */
export async function seal(secret: string, passphrase: string, progress?: (done: number) => void): Promise<string> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const key = await keyOf(passphrase, salt, MEMORY_KIB, PASSES, ["encrypt"], progress);
  const bytes = new TextEncoder().encode(secret);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv: plain(nonce) }, key, bytes);
  bytes.fill(0);
  const texts = { salt: base64(salt), nonce: base64(nonce), data: base64(new Uint8Array(data)) };
  return JSON.stringify({ adil: FORM, memory_kib: MEMORY_KIB, passes: PASSES, ...texts }) + "\n";
}

/** The secret in a sealed file.
 * @throws SealedFault */
export async function open(file: string, passphrase: string, progress?: (done: number) => void): Promise<string> {
  const { memory_kib, passes, salt, nonce, data } = read(file);
  const key = await keyOf(passphrase, salt, memory_kib, passes, ["decrypt"], progress);
  try {
    const secret = await crypto.subtle.decrypt({ name: "AES-GCM", iv: plain(nonce) }, key, plain(data));
    return new TextDecoder("utf-8", { fatal: true }).decode(secret);
  } catch {
    throw new SealedFault("passphrase");
  }
}

/** Whether a text looks like a sealed file. */
export function isSealed(file: string): boolean {
  try {
    read(file);
    return true;
  } catch {
    return false;
  }
}

function read(file: string) {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(file);
  } catch {
    throw new SealedFault("form");
  }
  const bytes = (name: string) => {
    const of = value?.[name];
    const read = typeof of === "string" && !of.endsWith("=") ? fromBase64(of) : undefined;
    if (read === undefined) throw new SealedFault("form");
    return read;
  };
  const number = (name: string, least: number, most: number) => {
    const of = value?.[name];
    if (typeof of !== "number" || !Number.isInteger(of) || of < least || of > most) throw new SealedFault("form");
    return of;
  };
  const [salt, nonce, data] = [bytes("salt"), bytes("nonce"), bytes("data")];
  if (value.adil !== FORM || nonce.length !== 12 || salt.length < 8) throw new SealedFault("form");
  return { memory_kib: number("memory_kib", 8, MOST_MEMORY_KIB), passes: number("passes", 1, MOST_PASSES), salt, nonce, data };
}

async function keyOf(
  passphrase: string,
  salt: Uint8Array,
  memory: number,
  passes: number,
  uses: KeyUsage[],
  onProgress?: (done: number) => void,
): Promise<CryptoKey> {
  const options = { t: passes, m: memory, p: 1, dkLen: 32, version: 0x13, asyncTick: 40, ...(onProgress && { onProgress }) };
  const bytes = await argon2idAsync(new TextEncoder().encode(passphrase), salt, options);
  const key = await crypto.subtle.importKey("raw", plain(bytes), "AES-GCM", false, uses);
  bytes.fill(0);
  return key;
}

/** Bytes as WebCrypto's types want them. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
