// What is said in the log of an election besides ballots: statements, each one line of JSON in a signed note. The rules are
// in docs/spec/adil-v1.md.
import { hexDigest } from "../protocol/hash.ts";
import { count, kind, list, object, optional, type Reader, readRecord, RecordFault, text } from "../protocol/records.ts";
import type { SigningKey } from "./key.ts";
import { Note } from "./note.ts";

/** A record that the log names by its digest. */
export interface Content {
  /** SHA-256 in hexadecimal digits. */
  sha256: string;
  bytes: number;
}

/** These are the credentials of the voters, and which of them are spare. */
export interface CredentialsStatement {
  adil: "credentials/1";
  uuid: string;
  credentials: Content;
  spares: Content;
  voters: number;
  /** The authority's verifier key. */
  key: string;
}

/** A credential is no longer its voter's, who has `spare` from now on. */
export interface RevocationStatement {
  adil: "revocation/1";
  uuid: string;
  credential: string;
  /** The minute since 1970 from which on ballots are set aside. */
  since: number;
  /** The minute of signing. */
  minute: number;
  reason: string;
  spare: string;
}

/** The first statement of a log: what the election is. */
export interface SetupStatement {
  adil: "setup/1";
  uuid: string;
  title: string;
  /** Seconds since 1970; the archive states them too. */
  time: number;
  election: Content;
  trustees: Content;
  credentials: Content;
  spares: Content;
  keys: Keys;
  named: NamedTrustee[];
  /** How each question is counted; `null` where its record says nothing. */
  counting: (CountingMethod | null)[];
  opens?: string;
  closes?: string;
  /** The digests of the booth's files, where voters vote on pages. */
  booth?: Content;
}

/** Verifier keys. */
export interface Keys {
  organiser: string;
  authority: string;
  log: string;
  acceptance?: string;
}

export interface NamedTrustee {
  number: number;
  name?: string;
  fingerprint: string;
}

export interface CountingMethod {
  method: string;
  blank?: boolean;
  seats?: number;
  grades?: string[];
}

/** Voting opens, or closes. */
export interface MomentStatement {
  adil: "open/1" | "close/1";
  uuid: string;
  minute: number;
}

/** The voter of this ballot has proven a second time who she is. */
export interface AcceptanceStatement {
  adil: "acceptance/1";
  uuid: string;
  tracker: string;
}

export interface TallyStatement {
  adil: "tally/1";
  tally: Content;
  sized: Content;
}

export interface ShuffleStatement {
  adil: "shuffle/1";
  owner: number;
  shuffle: Content;
}

export interface DecryptionStatement {
  adil: "decryption/1";
  owner: number;
  decryption: Content;
}

export interface ResultStatement {
  adil: "result/1";
  result: Content;
}

export type Statement =
  | SetupStatement
  | CredentialsStatement
  | MomentStatement
  | AcceptanceStatement
  | RevocationStatement
  | TallyStatement
  | ShuffleStatement
  | DecryptionStatement
  | ResultStatement;

const content = object<Content>({ sha256: digits, bytes: count });
const moment = <K extends MomentStatement["adil"]>(own: K) => object<MomentStatement>({ adil: kind(own), uuid: text, minute: count });
const READERS: Record<Statement["adil"], Reader<Statement>> = {
  "setup/1": object<SetupStatement>({
    adil: kind("setup/1"),
    uuid: text,
    title: text,
    time: count,
    election: content,
    trustees: content,
    credentials: content,
    spares: content,
    keys: object<Keys>({ organiser: text, authority: text, log: text, acceptance: optional(text) }),
    named: list(object<NamedTrustee>({ number: count, name: optional(text), fingerprint: text })),
    counting: list((value) => (value === null ? null : readCounting(value))),
    opens: optional(text),
    closes: optional(text),
    booth: optional(content),
  }),
  "credentials/1": object<CredentialsStatement>({
    adil: kind("credentials/1"),
    uuid: text,
    credentials: content,
    spares: content,
    voters: count,
    key: text,
  }),
  "open/1": moment("open/1"),
  "close/1": moment("close/1"),
  "acceptance/1": object<AcceptanceStatement>({ adil: kind("acceptance/1"), uuid: text, tracker: text }),
  "revocation/1": object<RevocationStatement>({
    adil: kind("revocation/1"),
    uuid: text,
    credential: text,
    since: count,
    minute: count,
    reason: text,
    spare: text,
  }),
  "tally/1": object<TallyStatement>({ adil: kind("tally/1"), tally: content, sized: content }),
  "shuffle/1": object<ShuffleStatement>({ adil: kind("shuffle/1"), owner: count, shuffle: content }),
  "decryption/1": object<DecryptionStatement>({ adil: kind("decryption/1"), owner: count, decryption: content }),
  "result/1": object<ResultStatement>({ adil: kind("result/1"), result: content }),
};

/** Reads a counting method, as the setup and the `extra` of a question have it.
 * @throws RecordFault where it is none that is known. */
export function readCounting(value: unknown): CountingMethod {
  const method = (value as CountingMethod | null)?.method;
  const reader = method === undefined || !Object.hasOwn(METHODS, method) ? undefined : METHODS[method];
  if (reader === undefined) throw new RecordFault("no way of counting that is known");
  return reader(value);
}

const flag: Reader<boolean> = (value) => {
  if (typeof value !== "boolean") throw new RecordFault("neither true nor false");
  return value;
};
const METHODS: Record<string, Reader<CountingMethod>> = {
  Plurality: object<{ method: string; seats: number }>({ method: text, seats: count }),
  Approval: object<{ method: string; seats: number }>({ method: text, seats: count }),
  Schulze: object<{ method: string; blank: boolean }>({ method: text, blank: flag }),
  STV: object<{ method: string; blank: boolean; seats: number }>({ method: text, blank: flag, seats: count }),
  MajorityJudgment: object<{ method: string; blank: boolean; grades: string[] }>({ method: text, blank: flag, grades: list(text) }),
};

/** The content that a text is. */
export function contentOf(record: string): Content {
  return { sha256: hexDigest(record), bytes: new TextEncoder().encode(record).length };
}

/** The note of a statement, signed. Its fields are given in their order. */
export function signStatement(statement: Statement, ...keys: SigningKey[]): string {
  const line = JSON.stringify(READERS[statement.adil](statement));
  return keys.reduce((note, key) => note.signed(key), Note.unsigned(`${line}\n`)).toString();
}

/** Where the bytes of a content lie, below a log's folder. */
export function objectPath({ sha256 }: Content): string {
  return `object/${sha256}`;
}

/** Reads a statement; whose signatures are below it is not looked at.
 * @throws NoteFault, or RecordFault where the text is no such statement in its one form. */
export function readStatement(note: string | Uint8Array): { statement: Statement; note: Note } {
  const read = Note.parse(note);
  const line = read.text.slice(0, -1);
  const any: Reader<Statement> = (value) => {
    const reader = READERS[(value as Statement | null)?.adil as Statement["adil"]];
    if (reader === undefined) throw new RecordFault("a statement of another kind");
    return reader(value);
  };
  return { statement: readRecord(line, "a statement", any), note: read };
}

function digits(value: unknown): string {
  if (!/^[0-9a-f]{64}$/.test(text(value))) throw new RecordFault("no digest");
  return value as string;
}
