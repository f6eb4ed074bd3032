// The credential authority: a voting code for every voter, spare ones for a leak, and the public lists.
//
// A list is JSON: ["credential",...], or ["credential,weight",...] where votes have weights, in the order of the elements.
import type { SigningKey } from "../log/key.ts";
import { contentOf, signStatement } from "../log/statement.ts";
import { generateCode, secretExponent } from "./credential.ts";
import * as group from "./group.ts";
import { base64Digest } from "./hash.ts";
import { powerOfG } from "./knowledge.ts";
import type { ListsMessage } from "./messages.ts";
import { Pace, type Progress } from "./pace.ts";

/** Credentials that are written together, with one inversion. */
const TOGETHER = 256;

/** A code with its public credential. The code is secret. */
export interface Issued {
  code: string;
  credential: string;
  weight: bigint;
}

/** The lists that the authority publishes. */
export interface PublishedLists {
  /** The public credentials in the protocol's order, spare ones among them. */
  credentials: string;
  /** The spare ones. */
  spares: string;
  /** What is printed and compared by people: the digest of the list of credentials. */
  fingerprint: string;
}

/** A code for each weight. */
export async function issue(uuid: string, weights: readonly bigint[], progress?: Progress): Promise<Issued[]> {
  const pace = new Pace(weights.length, progress);
  const issued: Issued[] = [];
  for (let at = 0; at < weights.length; at += TOGETHER) {
    const own = weights.slice(at, at + TOGETHER).map((weight) => ({ code: generateCode(), weight }));
    const elements: group.Element[] = [];
    for (const { code } of own) {
      elements.push(powerOfG(secretExponent(uuid, code)));
      await pace.step();
    }
    group.encodeAll(elements).forEach((credential, index) => issued.push({ ...own[index]!, credential }));
  }
  pace.finish();
  return issued;
}

/** The weights of spare codes: for each weight `percent` of the voters who have it, rounded up. */
export function spareWeights(weights: readonly bigint[], percent: number): bigint[] {
  const counts = new Map<bigint, number>();
  for (const weight of weights) counts.set(weight, (counts.get(weight) ?? 0) + 1);
  const sorted = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.flatMap(([weight, count]) => new Array<bigint>(Math.ceil((count * percent) / 100)).fill(weight));
}

/** The lists of voters' and spare credentials. Weights are written where the election has them. */
export function publishedLists(voters: readonly Issued[], spares: readonly Issued[], hasWeights: boolean): PublishedLists {
  const credentials = listOf([...voters, ...spares], hasWeights);
  return { credentials, spares: listOf(spares, hasWeights), fingerprint: base64Digest(credentials) };
}

function listOf(issued: readonly Issued[], hasWeights: boolean): string {
  const keyed = issued.map(({ credential, weight }) => ({ key: littleEndian(credential), credential, weight }));
  keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  return JSON.stringify(keyed.map(({ credential, weight }) => (hasWeights ? `${credential},${weight}` : credential)));
}

/** The order of the list: elements by their 32 bytes, the lowest first, which is the order of the texts' pairs of digits
 * from the last on. */
function littleEndian(credential: string): string {
  return credential.match(/../g)!.reverse().join("");
}

/** The name of the authority's key. */
export function authorityKeyName(uuid: string): string {
  return `authority/${uuid}`;
}

/** What the authority hands to the organiser: the lists, and its signed statement about them. */
export function listsMessage(uuid: string, lists: PublishedLists, voters: number, key: SigningKey): ListsMessage {
  const { credentials, spares } = lists;
  const statement = signStatement(
    {
      adil: "credentials/1",
      uuid,
      credentials: contentOf(credentials),
      spares: contentOf(spares),
      voters,
      key: key.verifier.toString(),
    },
    key,
  );
  return { adil: "credential-lists/1", uuid, credentials, spares, statement };
}
