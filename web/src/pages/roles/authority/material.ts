// What the credential authority makes: codes for all voters, spare ones, the lists, the own key; and what is kept of it.
import type { Occasion, Recipient } from "../../../letters/letter.ts";
import { SigningKey } from "../../../log/key.ts";
import {
  authorityKeyName,
  issue,
  type Issued,
  listsMessage,
  publishedLists,
  type PublishedLists,
  spareWeights,
} from "../../../protocol/credentials-list.ts";
import { messageText } from "../../../protocol/messages.ts";
import type { Progress } from "../../../protocol/pace.ts";
import type { AuthorityFile, SparesFile } from "../../../secret/role-files.ts";
import type { AuthorityView } from "../views.ts";

/** Codes of an election that has not got its lists yet. They are in the page's memory alone. */
export interface Material {
  uuid: string;
  voters: Issued[];
  spares: Issued[];
  lists: PublishedLists;
  key: SigningKey;
}

/** The name of the authority's file. */
export function authorityFileName(uuid: string): string {
  return `authority-${uuid}.json`;
}

/** Makes a code for each voter, and spare ones. */
export async function makeMaterial(view: AuthorityView, progress: Progress): Promise<Material> {
  const { uuid } = view.draft;
  const weights = view.voters.map(({ weight }) => BigInt(weight));
  const ofSpares = spareWeights(weights, view.spares_percent);
  const share = weights.length / (weights.length + ofSpares.length);
  const voters = await issue(uuid, weights, (done) => progress(share * done));
  const spares = await issue(uuid, ofSpares, (done) => progress(share + (1 - share) * done));
  progress(1);
  const lists = publishedLists(voters, spares, view.has_weights);
  return { uuid, voters, spares, lists, key: SigningKey.draw(authorityKeyName(uuid)) };
}

/** What the authority keeps: who has which credential, and the key that signs revocations. */
export function authorityFile(view: AuthorityView, { uuid, voters, key }: Material): AuthorityFile {
  const register = view.voters.map(({ id, name, language, weight }, at) => ({
    id,
    ...(name !== undefined && { name }),
    language,
    weight,
    credential: voters[at]!.credential,
  }));
  return { adil: "authority-keys/1", uuid, key: key.toText(), register, given: {} };
}

/** What the holder of the spare codes keeps. */
export function sparesFile({ uuid, spares, lists }: Material): SparesFile {
  const all = spares.map(({ credential, code, weight }) => ({ credential, code, weight: weight.toString() }));
  return { adil: "spare-codes/1", uuid, fingerprint: lists.fingerprint, spares: all };
}

/** The message for the organiser. */
export function listsText({ uuid, lists, voters, key }: Material): string {
  return messageText(listsMessage(uuid, lists, voters.length, key));
}

/** Whom letters go to, with their codes. */
export function recipients(view: AuthorityView, { voters }: Material): Recipient[] {
  return view.voters.map((voter, at) => ({ ...voter, code: voters[at]!.code }));
}

/** What letters say. */
export function occasionOf(view: AuthorityView, fingerprint?: string): Occasion {
  const { title, vote_at: voteAt, check_at: checkAt, has_weights: hasWeights, closes } = view;
  return { title, uuid: view.draft.uuid, voteAt, checkAt, hasWeights, ...(fingerprint !== undefined && { fingerprint }), ...(closes && { closes }) };
}
