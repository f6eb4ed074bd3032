// The record of all trustees, read as a verifier does: single ones, and groups of which a threshold is enough.
//
// Trustees are numbered from 1 in the order of the record, the members of a group one by one. The election's public key
// is the product of the single keys and of all members' first coefficients, and a member's verification key is
// X_j = prod_i prod_k A_ik^(j^k).
import * as group from "../group.ts";
import { isSigned, powerOfG } from "../knowledge.ts";
import { product } from "../products.ts";
import { count, list, object, proofText, type ProofText, readRecord, RecordFault } from "../records.ts";
import { Certificates, readMessage } from "./certificate.ts";
import { coefficientsRecord, readCoefficients, valueInExponent } from "./contribution.ts";
import { CeremonyFault, ofMember } from "./fault.ts";
import { checkedKey, keyRecord, type KeyRecord, type Signed, signedText } from "./key.ts";

/** A trustee: the key that partial decryptions are proven with, and the name, which nothing covers. */
export interface Trustee {
  key: group.Element;
  name?: string;
}

/** Trustees who must decrypt together: the indices from 0 of some, of whom a threshold is needed. */
export interface TrusteeGroup {
  kind: "single" | "threshold";
  first: number;
  members: number;
  threshold: number;
}

/** All trustees of an election. */
export interface Trustees {
  trustees: Trustee[];
  groups: TrusteeGroup[];
  /** The product of their keys, which the election's public key must be. */
  publicKey: group.Element;
}

/** A fault in the record, and the trustee's number from 1 where it is one's. */
export class TrusteesFault extends Error {
  constructor(reason: string, readonly trustee?: number) {
    super(trustee === undefined ? reason : `trustee ${trustee}: ${reason}`);
  }
}

interface PedersenRecord {
  threshold: number;
  certs: Signed[];
  coefexps: Signed[];
  signatures: ProofText[];
  verification_keys: KeyRecord[];
}

const pedersenRecord = object<PedersenRecord>({
  threshold: count,
  certs: list(signedText),
  coefexps: list(signedText),
  signatures: list(proofText),
  verification_keys: list(keyRecord),
});

/** Reads the record and checks every proof and signature in it.
 * @throws TrusteesFault */
export function readTrustees(record: string): Trustees {
  const entries = attempt(() => readRecord(record, "a record of trustees", list(entry)));
  if (entries.length === 0) throw new TrusteesFault("there is no trustee");
  const all: Trustees = { trustees: [], groups: [], publicKey: group.neutral };
  for (const own of entries) {
    const first = all.trustees.length;
    attempt(() => (own[0] === "Single" ? addSingle(all, own[1]) : addGroup(all, own[1])), first);
  }
  if (all.publicKey.equals(group.neutral)) throw new TrusteesFault("the election's public key is the neutral element");
  return all;
}

type Entry = ["Single", KeyRecord] | ["Pedersen", PedersenRecord];

function entry(value: unknown): Entry {
  if (!Array.isArray(value) || value.length !== 2) throw new RecordFault("no trustee");
  if (value[0] === "Single") return ["Single", keyRecord(value[1])];
  if (value[0] === "Pedersen") return ["Pedersen", pedersenRecord(value[1])];
  throw new RecordFault("no trustee");
}

function addSingle(all: Trustees, record: KeyRecord): void {
  if (record.signature !== undefined) throw new CeremonyFault("form", 1);
  const key = ofMember(0, () => checkedKey(record));
  all.groups.push({ kind: "single", first: all.trustees.length, members: 1, threshold: 1 });
  all.trustees.push(trustee(key, record));
  all.publicKey = all.publicKey.add(key);
}

function addGroup(all: Trustees, record: PedersenRecord): void {
  const { threshold, certs, coefexps, signatures, verification_keys: keys } = record;
  const members = keys.length;
  if ([certs, coefexps, signatures].some((own) => own.length !== members)) throw new CeremonyFault("count");
  const certificates = Certificates.read({ threshold, members }, certs.map((own) => JSON.stringify(own)));
  const coefficients = coefexps.map((own, index) =>
    ofMember(index, () => {
      const { coefexps: texts } = readMessage(own.message, coefficientsRecord);
      const elements = readCoefficients(certificates, index, own, texts);
      if (!isSigned(certificates.verification[index]!, signatures[index]!, certificates.ceremonyText(texts))) {
        throw new CeremonyFault("other-certificates");
      }
      return elements;
    }),
  );
  const columns = Array.from({ length: threshold }, (_, k) => product(coefficients.map((own) => own[k]!)));
  all.groups.push({ kind: "threshold", first: all.trustees.length, members, threshold });
  keys.forEach((own, index) => {
    const key = ofMember(index, () => checkedVerificationKey(own, certificates.verification[index]!, columns, index + 1));
    all.trustees.push(trustee(key, own));
  });
  all.publicKey = all.publicKey.add(columns[0]!);
}

/** A member's verification key, if it is signed and follows from the coefficients. */
function checkedVerificationKey(record: KeyRecord, signer: group.Element, columns: group.Element[], j: number): group.Element {
  const key = checkedKey(record);
  if (record.signature === undefined || !isSigned(signer, record.signature, record.public_key)) {
    throw new CeremonyFault("verification-key-signature");
  }
  if (!key.equals(valueInExponent(columns, j))) throw new CeremonyFault("verification-key");
  return key;
}

/** The number from 1 of the trustee with a private key; `undefined` where it is none's. */
export function numberOf({ trustees }: Trustees, x: bigint): number | undefined {
  const own = powerOfG(x);
  const index = trustees.findIndex(({ key }) => key.equals(own));
  return index < 0 ? undefined : index + 1;
}

/** Whether a private key is that of the trustee with a number. Where one member of a group is enough, all have the same key. */
export function isOf({ trustees }: Trustees, x: bigint, number: number): boolean {
  return trustees[number - 1]?.key.equals(powerOfG(x)) ?? false;
}

/** Whether trustees of these numbers are enough to decrypt. */
export function areEnough({ groups }: Trustees, numbers: ReadonlySet<number>): boolean {
  const has = ({ first, members }: TrusteeGroup) =>
    Array.from({ length: members }, (_, at) => first + at + 1).filter((number) => numbers.has(number)).length;
  return groups.every((own) => has(own) >= own.threshold);
}

function trustee(key: group.Element, { name }: KeyRecord): Trustee {
  return { key, ...(name !== undefined && { name }) };
}

function attempt<T>(check: () => T, first?: number): T {
  try {
    return check();
  } catch (fault) {
    if (fault instanceof RecordFault) throw new TrusteesFault(fault.message);
    if (!(fault instanceof CeremonyFault)) throw fault;
    const reason = new CeremonyFault(fault.breach).message;
    throw new TrusteesFault(reason, (first ?? 0) + (fault.member ?? 1));
  }
}
