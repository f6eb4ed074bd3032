// What the roles hand to each other: small texts of JSON. Nothing in them is secret; each names its election.

/** The credential authority's lists with its statement. */
export interface ListsMessage {
  adil: "credential-lists/1";
  uuid: string;
  credentials: string;
  spares: string;
  /** A signed note. */
  statement: string;
}

/** The credential authority's revocations, each a note that it has signed. */
export interface RevocationsMessage {
  adil: "revocations/1";
  uuid: string;
  notes: string[];
}

/** A single trustee's public key. */
export interface TrusteeMessage {
  adil: "trustee/1";
  uuid: string;
  record: string;
}

/** A member's step in a ceremony. */
export interface MemberMessage {
  adil: "certificate/1" | "contribution/1" | "finished/1";
  uuid: string;
  threshold: number;
  members: number;
  /** The member's number, from 1. */
  number: number;
  message: string;
}

/** The setup as it will be, for trustees to try their keys on. */
export interface RehearsalMessage {
  adil: "rehearsal/1";
  election: string;
  trustees: string;
  credentials: string;
}

/** A record that a trustee hands in. */
export interface TrusteeRecordMessage {
  adil: "rehearsed/1" | "shuffle/1" | "decryption/1";
  uuid: string;
  /** The trustee's number, from 1. */
  owner: number;
  record: string;
}

export type Message =
  | ListsMessage
  | RevocationsMessage
  | TrusteeMessage
  | MemberMessage
  | RehearsalMessage
  | TrusteeRecordMessage;

/** The text of a message, a line. */
export function messageText(message: Message): string {
  return `${JSON.stringify(message)}\n`;
}
