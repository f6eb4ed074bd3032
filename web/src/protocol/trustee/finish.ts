// The end of a ceremony for one member: the shares of all are checked and added up to the decryption key,
//
//   S_j = sum_i f_i(j),   X_j = g^(S_j)
import * as group from "../group.ts";
import { powerOfG, sign } from "../knowledge.ts";
import { list, object, text } from "../records.ts";
import { Certificates, readMessage } from "./certificate.ts";
import { receive, send } from "./channel.ts";
import { Contributions, valueInExponent } from "./contribution.ts";
import { CeremonyFault, KeyFault, named } from "./fault.ts";
import { DecryptionKey, keyRecord, type KeyRecord } from "./key.ts";
import { Member, type Terms } from "./member.ts";

/** What a member keeps and gives away at the end. */
export interface Finished {
  /** The file to keep: only the member can read it, with the seed. */
  file: string;
  /** The record of the public key, for the organiser. */
  publicKey: string;
}

const secretRecord = object<{ secret: string }>({ secret: text });
const polynomialRecord = object<{ polynomial: string[] }>({ polynomial: list(text) });
const decryptionKeyRecord = object<{ decryption_key: string }>({ decryption_key: text });
const finishedRecord = object<{ private_key: string; public_key: KeyRecord }>({ private_key: text, public_key: keyRecord });

/** Step 5: checks what every member sent, and makes the decryption key.
 * @throws CeremonyFault: the first message that is wrong, and whose. */
export async function finish(
  seed: string,
  terms: Terms,
  certificates: readonly string[],
  contributions: readonly string[],
  name?: string,
): Promise<Finished> {
  const member = Member.read(seed);
  const certified = Certificates.read(terms, certificates);
  const own = certified.index(member);
  const all = Contributions.read(certified, contributions);
  await by(own, () => checkPolynomial(member, all, own));
  let sum = 0n;
  for (const index of certified.signed.keys()) {
    const share = await by(index, () => readShare(member, all, index, own));
    sum = group.mod(sum + share);
  }
  if (sum === 0n) throw new CeremonyFault("neutral");
  const key = new DecryptionKey(sum);
  const { pok, public_key } = key.record();
  const record: KeyRecord = { pok, public_key, signature: sign(member.signing, public_key), ...(name !== undefined && { name }) };
  const message = JSON.stringify({ decryption_key: sum.toString() });
  const private_key = await send(member.signing, member.encryption, message);
  return { file: JSON.stringify({ private_key, public_key: record }), publicKey: JSON.stringify(record) };
}

/** The share that a member sent, if it follows from that member's coefficients. */
async function readShare(member: Member, all: Contributions, index: number, own: number): Promise<bigint> {
  const sender = all.certificates.verification[index]!;
  const message = await receive(member.opening, member.encryption, sender, all.secrets[index]![own]!);
  const share = scalar(() => readMessage(message, secretRecord).secret);
  if (!powerOfG(share).equals(valueInExponent(all.coefficients[index]!, own + 1))) throw new CeremonyFault("share");
  return share;
}

/** The own coefficients are those of the own polynomial: nobody put an old contribution in the place of this one. */
async function checkPolynomial(member: Member, all: Contributions, own: number): Promise<void> {
  const sender = all.certificates.verification[own]!;
  const message = await receive(member.opening, member.encryption, sender, all.polynomials[own]!);
  const polynomial = attempt(() => readMessage(message, polynomialRecord).polynomial);
  const coefficients = all.coefficients[own]!;
  const same = (digits: string, k: number) => powerOfG(scalar(() => digits)).equals(coefficients[k]!);
  if (polynomial.length !== coefficients.length || !polynomial.every(same)) throw new CeremonyFault("polynomial");
}

/** The decryption key of a member, from the seed and the own finished file.
 * @throws KeyFault where they do not belong together. */
export async function memberKey(seed: string, file: string): Promise<DecryptionKey> {
  const member = Member.read(seed);
  const wrong = (kind: "form" | "sealed") => (fault: unknown) => {
    throw fault instanceof CeremonyFault ? new KeyFault(kind) : fault;
  };
  const read = async () => readMessage(file, finishedRecord);
  const { private_key, public_key } = await read().catch(wrong("form"));
  const own = group.decode(member.verification);
  const message = await receive(member.opening, member.encryption, own, private_key).catch(wrong("sealed"));
  const number = async () => scalar(() => readMessage(message, decryptionKeyRecord).decryption_key);
  const key = new DecryptionKey(await number().catch(wrong("form")));
  if (key.publicKey !== public_key.public_key) throw new KeyFault("pair");
  return key;
}

/** Whether the record of trustees has the certificates of the ceremony that a member took part in, in one of its groups:
 * whoever carried the messages could have shown each member a ceremony of its own. */
export function tookPartIn(trustees: string, certificates: readonly string[]): boolean {
  const own = certificates.map((certificate) => JSON.stringify(JSON.parse(certificate)));
  const groups: unknown = JSON.parse(trustees);
  const isThis = (group: unknown) => {
    const certs: unknown = Array.isArray(group) ? group[1]?.certs : undefined;
    return Array.isArray(certs) && certs.length === own.length && certs.every((of, at) => JSON.stringify(of) === own[at]);
  };
  return Array.isArray(groups) && groups.some(isThis);
}

async function by<T>(index: number, check: () => Promise<T>): Promise<T> {
  return check().catch((fault: unknown) => {
    throw named(index, fault);
  });
}

function scalar(digits: () => string): bigint {
  return attempt(() => group.decodeScalar(digits()));
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new CeremonyFault("number");
  }
}
