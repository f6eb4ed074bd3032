// Certificates: each member's two keys for one place in one ceremony, signed with the first of them.
import * as group from "../group.ts";
import { base64Digest } from "../hash.ts";
import { sign } from "../knowledge.ts";
import { count, object, readRecord, RecordFault, type Reader, text } from "../records.ts";
import { CeremonyFault, ofMember } from "./fault.ts";
import { element, isBy, type Signed, signedText } from "./key.ts";
import { Member, type Terms } from "./member.ts";

interface Context {
  group: string;
  size: number;
  threshold: number;
  index: number;
}

interface Certificate {
  context: Context;
  verification: string;
  encryption: string;
}

const certificateRecord = object<Certificate>({
  context: object<Context>({ group: text, size: count, threshold: count, index: count }),
  verification: text,
  encryption: text,
});

/** More members than any ceremony has. */
export const MOST_MEMBERS = 1000;

/** Step 1: joins a ceremony as the member of a number from 1: the seed to keep, and the certificate.
 * @throws CeremonyFault where there is no such number. */
export function certify(terms: Terms, number: number): { seed: string; certificate: string } {
  checkTerms(terms);
  if (!Number.isInteger(number) || number < 1 || number > terms.members) throw new CeremonyFault("terms");
  const member = Member.draw();
  const { verification, encryption } = member;
  const message = JSON.stringify({ context: context(terms, number - 1), verification, encryption });
  return { seed: member.seed, certificate: JSON.stringify({ message, signature: sign(member.signing, message) }) };
}

/** Step 2: the certificates of all members, checked. */
export class Certificates {
  readonly signed: Signed[] = [];
  /** The members' keys g^sk. */
  readonly verification: group.Element[] = [];
  /** The members' keys g^dk. */
  readonly encryption: string[] = [];

  private constructor(readonly terms: Terms) {}

  /** Reads the certificates of all members, in the order of their numbers: every one is for its place in this ceremony
   * and signed by its own key, and no two have a key in common.
   * @throws CeremonyFault: the first that is wrong. */
  static read(terms: Terms, texts: readonly string[]): Certificates {
    checkTerms(terms);
    if (texts.length !== terms.members) throw new CeremonyFault("count");
    const all = new Certificates(terms);
    texts.forEach((own, index) => ofMember(index, () => all.add(own)));
    return all;
  }

  private add(own: string): void {
    const signed = readMessage(own, signedText);
    const certificate = readMessage(signed.message, certificateRecord);
    const expected = context(this.terms, this.signed.length);
    if (JSON.stringify(certificate.context) !== JSON.stringify(expected)) throw new CeremonyFault("context");
    const [verification, encryption] = [element(certificate.verification), element(certificate.encryption)];
    if (verification.equals(group.neutral) || encryption.equals(group.neutral)) throw new CeremonyFault("neutral");
    if (!isBy(verification, signed)) throw new CeremonyFault("certificate-signature");
    const known = [...group.encodeAll(this.verification), ...this.encryption];
    if (known.includes(certificate.verification) || known.includes(certificate.encryption)) throw new CeremonyFault("same-key");
    this.signed.push(signed);
    this.verification.push(verification);
    this.encryption.push(certificate.encryption);
  }

  /** The index from 0 of the member.
   * @throws CeremonyFault where none of the certificates is the member's. */
  index(member: Member): number {
    const index = this.verification.findIndex((key) => group.encode(key) === member.verification);
    if (index < 0) throw new CeremonyFault("not-a-member");
    return index;
  }

  /** What a member signs at the end: all certificates, and the own coefficients. */
  ceremonyText(coefficients: readonly string[]): string {
    return `certs_sig|${JSON.stringify({ certs: this.signed, coefexps: coefficients })}`;
  }
}

/** What members read to each other: the digest of the messages of all, in the order of their numbers. Whoever carried
 * the messages must have shown all of them the same. */
export function ceremonyFingerprint(messages: readonly string[]): string {
  return base64Digest(messages.join("\n"));
}

/** A record in a message of the ceremony.
 * @throws CeremonyFault */
export function readMessage<T>(message: string, reader: Reader<T>): T {
  try {
    return readRecord(message, "the record of the step", reader);
  } catch (fault) {
    throw fault instanceof RecordFault ? new CeremonyFault("form") : fault;
  }
}

/** @throws CeremonyFault unless 1 <= threshold <= members. */
function checkTerms({ threshold, members }: Terms): void {
  const whole = Number.isInteger(threshold) && Number.isInteger(members);
  if (!whole || threshold < 1 || threshold > members || members > MOST_MEMBERS) throw new CeremonyFault("terms");
}

function context({ threshold, members }: Terms, index: number): Context {
  return { group: group.GROUP, size: members, threshold, index: index + 1 };
}
