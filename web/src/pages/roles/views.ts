// What the server tells the pages of roles, as crates/server/src/service/{authority,trustees}.rs write it.

/** The election that is being prepared. */
export interface Draft {
  uuid: string;
  plan: string;
  organiser: string;
  log: string;
  acceptance?: string;
}

/** A question as people read it. */
export interface AskedQuestion {
  title: string;
  answers?: string[];
  /** A list's name, then its candidates. */
  lists?: string[][];
}

/** A voter on the list. */
export interface Voter {
  id: string;
  name?: string;
  email?: string;
  language: string;
  weight: string;
}

/** A leak that the organiser has declared. */
export interface Leak {
  /** The minute since 1970. */
  since: number;
  reason: string;
  affected: "all" | { voters: string[] };
}

/** `GET /api/authority/{uuid}`. */
export interface AuthorityView {
  draft: Draft;
  title: string;
  questions: AskedQuestion[];
  has_weights: boolean;
  spares_percent: number;
  vote_at: string;
  check_at: string;
  opens: string | null;
  closes: string | null;
  organiser_name: string | null;
  authority_name: string | null;
  voters: Voter[];
  fingerprint: string | null;
  phase: string;
  leak: Leak | null;
  /** Credential and weight. */
  free_spares: [string, string][];
  /** Revoked credential, and the spare in its place. */
  revoked: [string, string][];
}

/** A voter who gets a spare code. */
export interface Order extends Voter {
  spare: string;
}

/** `GET /api/spares/{uuid}`. */
export interface SparesView {
  draft: Draft;
  title: string;
  questions: AskedQuestion[];
  vote_at: string;
  check_at: string;
  has_weights: boolean;
  orders: Order[];
}

export type TrusteeStep =
  | "key"
  | "wait-certificates"
  | "contribute"
  | "wait-contributions"
  | "finish"
  | "wait-setup"
  | "rehearse"
  | "wait-open"
  | "voting"
  | "wait-tally"
  | "wait-shuffle"
  | "shuffle"
  | "wait-decrypt"
  | "decrypt"
  | "done";

/** `GET /api/trustee/{uuid}/{number}`. */
export interface TrusteeView {
  draft: Draft;
  title: string;
  questions: AskedQuestion[];
  name: string;
  number: number;
  threshold?: number;
  members?: number;
  names: string[];
  step: TrusteeStep;
  waiting_for: number[];
  certificates: string[];
  contributions: string[];
  rehearsal?: { election: string; trustees: string; credentials: string };
  tally?: string;
  shuffles: string[];
  phase: string;
}
