// The private files of roles: what stands inside the sealed files that a credential authority, a holder of spare codes
// and a trustee keep. Each is JSON, sealed under a passphrase (sealed.ts), and names its election.
import { count, kind, list, object, optional, type Reader, RecordFault, text } from "../protocol/records.ts";

/** A voter in the authority's register: who has which public credential. The code is not kept. */
export interface RegisterEntry {
  id: string;
  name?: string;
  language: string;
  weight: string;
  credential: string;
}

/** What the credential authority keeps. */
export interface AuthorityFile {
  adil: "authority-keys/1";
  uuid: string;
  /** The text of the signing key. */
  key: string;
  register: RegisterEntry[];
  /** The spares that were given, by the credential whose place they take. */
  given: Record<string, string>;
}

/** A spare code. */
export interface SpareCode {
  credential: string;
  code: string;
  weight: string;
}

/** What the holder of the spare codes keeps. */
export interface SparesFile {
  adil: "spare-codes/1";
  uuid: string;
  /** The fingerprint of the list of credentials. */
  fingerprint: string;
  spares: SpareCode[];
}

/** What a trustee keeps. */
export interface TrusteeFile {
  adil: "trustee-key/1";
  uuid: string;
  number: number;
  threshold?: number;
  members?: number;
  /** A member's seed, or the private text of a single trustee. */
  private: string;
  /** The certificates of all, as they were when this member contributed. */
  certificates?: string[];
  /** The member's file of the end of the ceremony. */
  finished?: string;
  /** The setup that the key was tried on. */
  rehearsed?: RehearsedSetup;
  /** The SHA-256, in hexadecimal digits, of the own shuffles that were handed in; the server may have taken one of them. */
  shuffled?: string[];
  /** The SHA-256, in hexadecimal digits, of the tally that was decrypted. */
  decrypted?: string;
}

/** A setup, by digests of its records in base64, and the key of its log. */
export interface RehearsedSetup {
  election: string;
  trustees: string;
  log: string;
}

/** Why a file is not the one that is asked for. */
export class RoleFileFault extends Error {
  constructor(readonly kind: "form" | "another-kind" | "another-election" | "another-trustee" | "older") {
    super({
      form: "the opened file is damaged",
      "another-kind": "this is the file of another role",
      "another-election": "this is the file of another election",
      "another-trustee": "this is the file of another trustee",
      older: "this is an older file than the one that was just saved",
    }[kind]);
  }
}

const registerEntry = object<RegisterEntry>({
  id: text,
  name: optional(text),
  language: text,
  weight: text,
  credential: text,
});
const authorityFile = object<AuthorityFile>({
  adil: kind("authority-keys/1"),
  uuid: text,
  key: text,
  register: list(registerEntry),
  given: textsByName,
});
const sparesFile = object<SparesFile>({
  adil: kind("spare-codes/1"),
  uuid: text,
  fingerprint: text,
  spares: list(object<SpareCode>({ credential: text, code: text, weight: text })),
});
const trusteeFile = object<TrusteeFile>({
  adil: kind("trustee-key/1"),
  uuid: text,
  number: count,
  threshold: optional(count),
  members: optional(count),
  private: text,
  certificates: optional(list(text)),
  finished: optional(text),
  rehearsed: optional(object<RehearsedSetup>({ election: text, trustees: text, log: text })),
  shuffled: optional(list(text)),
  decrypted: optional(text),
});

/** The authority's file of an election, from what was sealed.
 * @throws RoleFileFault */
export function readAuthorityFile(secret: string, uuid: string): AuthorityFile {
  return read(secret, authorityFile, "authority-keys/1", uuid);
}

/** The spare codes of an election, from what was sealed.
 * @throws RoleFileFault */
export function readSparesFile(secret: string, uuid: string): SparesFile {
  return read(secret, sparesFile, "spare-codes/1", uuid);
}

/** The file of a trustee of an election, from what was sealed.
 * @throws RoleFileFault */
export function readTrusteeFile(secret: string, uuid: string, number: number): TrusteeFile {
  const file = read(secret, trusteeFile, "trustee-key/1", uuid);
  if (file.number !== number) throw new RoleFileFault("another-trustee");
  return file;
}

/** What is sealed of a file. */
export function fileText(file: AuthorityFile | SparesFile | TrusteeFile): string {
  return JSON.stringify(file);
}

function read<T extends { uuid: string }>(secret: string, reader: Reader<T>, expected: string, uuid: string): T {
  let file: T;
  try {
    const value: unknown = JSON.parse(secret);
    const found = (value as { adil?: unknown } | null)?.adil;
    if (typeof found === "string" && found !== expected) throw new RoleFileFault("another-kind");
    file = reader(value);
  } catch (fault) {
    throw fault instanceof RecordFault || fault instanceof SyntaxError ? new RoleFileFault("form") : fault;
  }
  if (file.uuid !== uuid) throw new RoleFileFault("another-election");
  return file;
}

function textsByName(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new RecordFault("no object");
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, text(own)]));
}
