// Keys of trustees: a private number x and the public X = g^x with a proof that x is known, c = H("pok|" group "|" X "|" A).
//
// The election's key is the product of all public keys, so a key without that proof could be chosen to cancel the others.
import * as group from "../group.ts";
import { isSigned, knowsLogarithm, powerOfG, proveLogarithm, readProof, writeProof } from "../knowledge.ts";
import { object, optional, proofText, type ProofText, text } from "../records.ts";
import { CeremonyFault, KeyFault } from "./fault.ts";

/** The record of a public key. Only members of a group sign theirs. */
export interface KeyRecord {
  pok: ProofText;
  public_key: string;
  signature?: ProofText;
  name?: string;
}

/** Reads the record of a public key. */
export const keyRecord = object<KeyRecord>({
  pok: proofText,
  public_key: text,
  signature: optional(proofText),
  name: optional(text),
});

/** What a trustee decrypts with. */
export class DecryptionKey {
  /** X = g^x. */
  readonly publicKey: string;

  /** @throws KeyFault where x is zero. */
  constructor(readonly x: bigint) {
    if (x === 0n) throw new KeyFault("neutral");
    this.publicKey = group.encode(powerOfG(x));
  }

  /** The key of a private text: a JSON string with the number in decimal digits.
   * @throws KeyFault */
  static read(privateText: string): DecryptionKey {
    const [, digits] = /^"([0-9]+)"[\r\n]*$/.exec(privateText) ?? [];
    try {
      return new DecryptionKey(group.decodeScalar(digits));
    } catch (fault) {
      throw fault instanceof group.ElementFault ? new KeyFault("form") : fault;
    }
  }

  /** The private text, secret. */
  privateText(): string {
    return `"${this.x}"`;
  }

  /** The record of the public key. */
  record(name?: string): KeyRecord {
    const pok = writeProof(proveLogarithm(this.x, proofPrefix(this.publicKey)));
    return { pok, public_key: this.publicKey, ...(name !== undefined && { name }) };
  }
}

/** A new key of a single trustee: the private text to keep, and the public record. */
export function drawSingleKey(name?: string): { privateText: string; record: string } {
  const key = new DecryptionKey(group.randomScalar() || 1n);
  return { privateText: key.privateText(), record: JSON.stringify(key.record(name)) };
}

/** The element of a record, if its owner knows the private side.
 * @throws CeremonyFault */
export function checkedKey(record: KeyRecord): group.Element {
  const key = element(record.public_key);
  if (key.equals(group.neutral)) throw new CeremonyFault("neutral");
  let holds: boolean;
  try {
    holds = knowsLogarithm(key, readProof(record.pok), proofPrefix(record.public_key));
  } catch (fault) {
    throw fault instanceof group.ElementFault ? new CeremonyFault("proof") : fault;
  }
  if (!holds) throw new CeremonyFault("proof");
  return key;
}

/** The element of a text in a message.
 * @throws CeremonyFault */
export function element(encoded: string): group.Element {
  try {
    return group.decode(encoded);
  } catch (fault) {
    throw fault instanceof group.ElementFault ? new CeremonyFault("key") : fault;
  }
}

/** A text with its signature. */
export interface Signed {
  message: string;
  signature: ProofText;
}

/** Reads a text with its signature; the signature is not looked at. */
export const signedText = object<Signed>({ message: text, signature: proofText });

/** Whether a signed text is a member's. */
export function isBy(key: group.Element, signed: Signed): boolean {
  return isSigned(key, signed.signature, signed.message);
}

function proofPrefix(publicKey: string): string {
  return `pok|${group.GROUP}|${publicKey}|`;
}
