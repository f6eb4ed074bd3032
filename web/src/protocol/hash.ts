// The protocol's hash is SHA-256 of a text in UTF-8; what differs is how its 32 bytes are written.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { fromBytes } from "./random.ts";

/** SHA-256 of a text, or of bytes. */
export function digest(content: string | Uint8Array): Uint8Array {
  return sha256(typeof content === "string" ? utf8ToBytes(content) : content);
}

/** The digest in 64 lower-case hexadecimal digits. */
export function hexDigest(content: string | Uint8Array): string {
  return bytesToHex(digest(content));
}

/** The digest in base64 without padding, 43 characters: fingerprints and trackers. */
export function base64Digest(content: string | Uint8Array): string {
  return base64(digest(content));
}

/** The digest as a number, the highest byte first. */
export function numberDigest(content: string | Uint8Array): bigint {
  return fromBytes(digest(content));
}

/** Base64 with the letters + and /, without padding. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/=+$/, "");
}

/** The bytes of base64, padded or not; `undefined` where it is none, or not in its one form. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bare = text.replace(/=+$/, "");
  let decoded: string;
  try {
    decoded = atob(bare);
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(decoded, (character) => character.charCodeAt(0));
  return base64(bytes) === bare ? bytes : undefined;
}
