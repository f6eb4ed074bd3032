// What a trustee does in each step, without the page: the opened file in, the file to keep and the message to hand in out.
// Every step first checks what it is given against what the file knows from the steps before.
import { base64Digest, hexDigest } from "../../../protocol/hash.ts";
import { makeDecryption, makeRehearsed } from "../../../protocol/decrypt.ts";
import { type MemberMessage, messageText } from "../../../protocol/messages.ts";
import type { Progress } from "../../../protocol/pace.ts";
import { afterShuffles } from "../../../protocol/shuffle-proof.ts";
import { makeShuffle } from "../../../protocol/shuffle.ts";
import { readTally, tallyElection } from "../../../protocol/tally.ts";
import { Certificates, certify } from "../../../protocol/trustee/certificate.ts";
import { contribute } from "../../../protocol/trustee/contribution.ts";
import { finish, memberKey, tookPartIn } from "../../../protocol/trustee/finish.ts";
import { DecryptionKey, drawSingleKey } from "../../../protocol/trustee/key.ts";
import { Member, type Terms } from "../../../protocol/trustee/member.ts";
import { isOf, readTrustees } from "../../../protocol/trustee/trustees.ts";
import type { RehearsedSetup, TrusteeFile } from "../../../secret/role-files.ts";
import type { TrusteeView } from "../views.ts";
import type { BoardRecords, VerifiedBoard } from "./board.ts";

/** What a step gives: the file as it is to be kept, and the message. */
export interface Done {
  file: TrusteeFile;
  message: string;
}

/** Why a trustee must not do what is asked. The page has a sentence for each. */
export type Refusal =
  | "no-group" // a ceremony is asked of a single trustee
  | "not-here" // the server has not shown what the step needs
  | "other-certificates" // not those of the step before
  | "not-own" // the certificate in the own place is another one
  | "not-finished" // the file is an older one, without the end of the ceremony
  | "other-election" // the setup is of another election
  | "key-missing" // the own key is not among the trustees'
  | "key-product" // the election's key is not the product of the trustees' keys
  | "other-ceremony" // the trustees' record is of another ceremony
  | "other-setup" // not the setup that the key was tried on
  | "not-rehearsed" // the file is an older one, from before the rehearsal
  | "board" // the verified archive breaks a rule
  | "log" // there is no log, it breaks a rule, or the archive does not follow from it
  | "other-log" // the log is not that of the setup that was rehearsed
  | "other-tally" // the server asks for another tally than the archive has
  | "not-shuffled" // too few have shuffled: one of them might know in which order ballots came
  | "own-shuffle" // the own shuffle is not among those of the board
  | "older-file" // the file is an older one, from before the own shuffle
  | "second-tally"; // another tally was decrypted before

/** A step that was refused. */
export class RefusedStep extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal);
  }
}

/** A new key, or a certificate in a group. */
export function makeKey(view: TrusteeView): Done {
  const { number, name } = view;
  const { uuid } = view.draft;
  const start = { adil: "trustee-key/1", uuid, number } as const;
  if (view.members === undefined || view.threshold === undefined) {
    const { privateText, record } = drawSingleKey(name);
    return { file: { ...start, private: privateText }, message: messageText({ adil: "trustee/1", uuid, record }) };
  }
  const terms = termsOf(view);
  const { seed, certificate } = certify(terms, number);
  return { file: { ...start, ...terms, private: seed }, message: memberText("certificate/1", view, certificate) };
}

/** Contributes to the group's key, for the certificates of all. */
export async function makeContribution(view: TrusteeView, file: TrusteeFile): Promise<Done> {
  const terms = termsOf(view);
  checkCertificates(view, file, terms);
  const contribution = await contribute(file.private, terms, view.certificates);
  return { file: { ...file, certificates: view.certificates }, message: memberText("contribution/1", view, contribution) };
}

/** Checks what all contributed, and makes the decryption key. */
export async function finishCeremony(view: TrusteeView, file: TrusteeFile): Promise<Done> {
  const terms = termsOf(view);
  checkCertificates(view, file, terms);
  const { file: finished, publicKey } = await finish(file.private, terms, view.certificates, view.contributions, view.name);
  return { file: { ...file, certificates: view.certificates, finished }, message: memberText("finished/1", view, publicKey) };
}

/** Shows that the key works in the setup as it will be. */
export async function rehearse(view: TrusteeView, file: TrusteeFile): Promise<Done> {
  const { rehearsal, number } = view;
  const { uuid } = view.draft;
  if (rehearsal === undefined) throw new RefusedStep("not-here");
  const { log } = view.draft;
  const setup = { election: base64Digest(rehearsal.election), trustees: base64Digest(rehearsal.trustees), log };
  const x = await ownKey(rehearsal, uuid, number, file);
  const { record } = await makeRehearsed(tallyElection(rehearsal.election), readTrustees(rehearsal.trustees), x);
  return { file: { ...file, rehearsed: setup }, message: messageText({ adil: "rehearsed/1", uuid, owner: number, record }) };
}

/** Shuffles what the shuffles before left, after their proofs were checked. The file remembers the shuffle: nothing is
 * decrypted without it. */
export async function shuffle(view: TrusteeView, file: TrusteeFile, board: BoardRecords, progress: Progress): Promise<Done> {
  const { number } = view;
  const { uuid } = view.draft;
  checkAsked(view, board);
  const election = tallyElection(board.election);
  const parts = board.shuffles.length + 2;
  const published = await readTally(election.slots, board.tally, (done) => progress(done / parts));
  const after = await afterShuffles(election, published, board.shuffles, (done) => progress((1 + done * board.shuffles.length) / parts));
  const record = await makeShuffle(election, after, (done) => progress((parts - 1 + done) / parts));
  const shuffled = [...(file.shuffled ?? []), hexDigest(record)];
  return { file: { ...file, shuffled }, message: messageText({ adil: "shuffle/1", uuid, owner: number, record }) };
}

/** Whether a verified board is what the server asks for, and as many have shuffled as are needed: votes are secret as long as
 * one of those who shuffle keeps the order to herself, and fewer than are needed to decrypt may be in league.
 * @throws RefusedStep */
export function checkBoard(view: TrusteeView, board: BoardRecords): void {
  checkAsked(view, board);
  const isShuffled = tallyElection(board.election).slots.some(({ kind }) => kind === "shuffled");
  const needed = readTrustees(board.trustees).groups.reduce((sum, { threshold }) => sum + threshold, 0);
  if (isShuffled && board.shuffles.length < needed) throw new RefusedStep("not-shuffled");
}

/** Decrypts the tally of a verified board, if it is the one that the server asks for, of the setup that was rehearsed, with
 * the own shuffle, and no other was decrypted before. */
export async function decrypt(view: TrusteeView, file: TrusteeFile, board: VerifiedBoard, progress: Progress): Promise<Done> {
  const { number } = view;
  const { uuid } = view.draft;
  checkBoard(view, board);
  checkSetup(file.rehearsed, board);
  checkOwnShuffle(file, number, board);
  const digest = hexDigest(board.tally);
  if (file.decrypted !== undefined && file.decrypted !== digest) throw new RefusedStep("second-tally");
  const x = await ownKey(board, uuid, number, file);
  const election = tallyElection(board.election);
  const trustees = readTrustees(board.trustees);
  const published = await readTally(election.slots, board.tally, (done) => progress(0.2 * done));
  const after = await afterShuffles(election, published, board.shuffles, (done) => progress(0.2 + 0.3 * done));
  const { record } = await makeDecryption(election, trustees, after, x, (done) => progress(0.5 + 0.5 * done));
  return { file: { ...file, decrypted: digest }, message: messageText({ adil: "decryption/1", uuid, owner: number, record }) };
}

/** The server asks for what the archive has. */
function checkAsked(view: TrusteeView, board: BoardRecords): void {
  const same = view.shuffles.length === board.shuffles.length && view.shuffles.every((own, at) => own === board.shuffles[at]);
  if (view.tally !== board.tally || !same) throw new RefusedStep("other-tally");
}

function checkSetup(rehearsed: RehearsedSetup | undefined, { election, trustees, log }: VerifiedBoard): void {
  if (rehearsed === undefined) throw new RefusedStep("not-rehearsed");
  const same = rehearsed.election === base64Digest(election) && rehearsed.trustees === base64Digest(trustees);
  if (!same) throw new RefusedStep("other-setup");
  if (log.key !== rehearsed.log) throw new RefusedStep("other-log");
}

function checkOwnShuffle({ shuffled = [] }: TrusteeFile, number: number, { shuffles, shufflers }: BoardRecords): void {
  if (shuffled.length === 0 && shufflers.includes(number)) throw new RefusedStep("older-file");
  const own = new Set(shuffled);
  if (own.size > 0 && !shuffles.some((record) => own.has(hexDigest(record)))) throw new RefusedStep("own-shuffle");
}

/** The private key of a file, after all that a trustee can check of a setup: it is that of the election, its key is the
 * product of the trustees' keys, and the own key stands in the own place, by the ceremony that the trustee took part in. */
async function ownKey(setup: { election: string; trustees: string }, uuid: string, number: number, file: TrusteeFile): Promise<bigint> {
  const election = tallyElection(setup.election);
  if ((JSON.parse(setup.election) as { uuid?: unknown }).uuid !== uuid) throw new RefusedStep("other-election");
  const trustees = readTrustees(setup.trustees);
  if (!trustees.publicKey.equals(election.publicKey)) throw new RefusedStep("key-product");
  if (file.certificates !== undefined && !tookPartIn(setup.trustees, file.certificates)) throw new RefusedStep("other-ceremony");
  const x = await privateKey(file);
  if (!isOf(trustees, x, number)) throw new RefusedStep("key-missing");
  return x;
}

async function privateKey(file: TrusteeFile): Promise<bigint> {
  if (file.members === undefined) return DecryptionKey.read(file.private).x;
  if (file.finished === undefined) throw new RefusedStep("not-finished");
  return (await memberKey(file.private, file.finished)).x;
}

/** All members' certificates hold, the own one is in the own place, and they are those of the step before. */
function checkCertificates(view: TrusteeView, file: TrusteeFile, terms: Terms): void {
  const index = Certificates.read(terms, view.certificates).index(Member.read(file.private));
  if (index + 1 !== view.number) throw new RefusedStep("not-own");
  const before = file.certificates;
  if (before !== undefined && before.join("\n") !== view.certificates.join("\n")) throw new RefusedStep("other-certificates");
}

function termsOf({ threshold, members }: TrusteeView): Terms {
  if (threshold === undefined || members === undefined) throw new RefusedStep("no-group");
  return { threshold, members };
}

function memberText(adil: MemberMessage["adil"], view: TrusteeView, message: string): string {
  return messageText({ adil, uuid: view.draft.uuid, ...termsOf(view), number: view.number, message });
}
