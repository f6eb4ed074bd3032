// The channel between members: a message, signed by its sender and encrypted to its recipient.
//
//   alpha = g^r,  beta = e^r K                    for a random element K and the recipient's key e
//   AES-256-GCM, key SHA-256("key|" K), nonce all 32 bytes of SHA-256("iv|" alpha)
//
// Inside stands the signed text {"recipient":e,"message":…}.
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import * as group from "../group.ts";
import { digest } from "../hash.ts";
import { powerOfG, sign } from "../knowledge.ts";
import { object, readRecord, text } from "../records.ts";
import { CeremonyFault } from "./fault.ts";
import { isBy, type Signed, signedText } from "./key.ts";

interface Sealed {
  algorithm: string;
  alpha: string;
  beta: string;
  data: string;
}

const ALGORITHM = "AES-GCM";
const sealedRecord = object<Sealed>({ algorithm: text, alpha: text, beta: text, data: text });
const addressedRecord = object<{ recipient: string; message: string }>({ recipient: text, message: text });

/** Signs a message as one to the recipient, and encrypts it. */
export async function send(sender: bigint, recipient: string, message: string): Promise<string> {
  const addressed = JSON.stringify({ recipient, message });
  return seal(recipient, JSON.stringify({ message: addressed, signature: sign(sender, addressed) }));
}

/** Decrypts a message; its sender must have signed it as one to this recipient.
 * @throws CeremonyFault of no member: whose it is, the caller knows. */
export async function receive(opening: bigint, recipient: string, sender: group.Element, sealed: string): Promise<string> {
  const letter = await open(opening, sealed).catch(() => {
    throw new CeremonyFault("sealed");
  });
  const signed = attempt("unsigned", () => readRecord<Signed>(letter, "a signed text", signedText));
  if (!isBy(sender, signed)) throw new CeremonyFault("unsigned");
  const addressed = attempt("recipient", () => readRecord(signed.message, "a text to somebody", addressedRecord));
  if (addressed.recipient !== recipient) throw new CeremonyFault("recipient");
  return addressed.message;
}

/** Encrypts a letter to a key. */
export async function seal(recipient: string, letter: string): Promise<string> {
  const [K, r] = [powerOfG(group.randomScalar()), group.randomScalar()];
  const alpha = group.encode(powerOfG(r));
  const beta = group.encode(group.power(group.decode(recipient), r).add(K));
  const { key, iv } = await cipher(K, alpha);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(letter));
  return JSON.stringify({ algorithm: ALGORITHM, alpha, beta, data: bytesToHex(new Uint8Array(data)) });
}

/** Decrypts a letter. */
export async function open(opening: bigint, sealed: string): Promise<string> {
  const { algorithm, alpha, beta, data } = readRecord(sealed, "an encrypted letter", sealedRecord);
  if (algorithm !== ALGORITHM || !/^([0-9a-f]{2})+$/.test(data)) throw new CeremonyFault("sealed");
  const K = group.decode(beta).subtract(group.power(group.decode(alpha), opening));
  const { key, iv } = await cipher(K, alpha);
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, hexToBytes(data) as Uint8Array<ArrayBuffer>);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

async function cipher(K: group.Element, alpha: string): Promise<{ key: CryptoKey; iv: Uint8Array<ArrayBuffer> }> {
  const bytes = digest(`key|${group.encode(K)}`) as Uint8Array<ArrayBuffer>;
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, iv: digest(`iv|${alpha}`) as Uint8Array<ArrayBuffer> };
}

function attempt<T>(breach: "unsigned" | "recipient", read: () => T): T {
  try {
    return read();
  } catch {
    throw new CeremonyFault(breach);
  }
}
