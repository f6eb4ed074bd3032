// The rules of docs/spec/belenios-v1.md by their numbers, and faults: where a board does not follow one.

/** Every rule of a board, as the specification says it. */
export const RULES = {
  A1: "The archive's first record says version 1.",
  A2: "The first record is the canonical JSON of version and time.",
  A3: "The header of a record is the one that name, size and time give, byte for byte.",
  A4: "A record is filled with zero bytes to a whole block.",
  A5: "A record's name is the SHA-256 of its bytes, with its kind.",
  A6: "The archive ends with the bytes of an event and nothing after it.",
  A7: "An event is canonical JSON of a known type.",
  A8: "An event names the SHA-256 of the event before it; the first names none.",
  A9: "The heights of events count from 0.",
  A10: "Before an event stand the records that its type needs, and no others.",
  A11: "The payload of an event is the hash of the last record before it.",
  A12: "A record that names others names those before it, in canonical JSON.",
  O1: "The first event is the setup, and there is no other.",
  O2: "Events follow in the protocol's order.",
  O3: "Nothing follows the result.",
  O4: "There are shuffles if and only if a question is non-homomorphic.",
  S1: "The election is JSON of the fields of version 1, each at most once.",
  S2: "The election says version 1.",
  S3: "The group is known, or its numbers make a group of prime order.",
  S4: "The public key is an element of the group, and not the neutral one.",
  S5: "There is a question, and every question can be answered.",
  S6: "The identifier has at least 14 characters of base 58.",
  S7: "The group can hold the answers of every question.",
  C1: "The credentials are a canonical JSON list of texts.",
  C2: "Every credential is an element of the group.",
  C3: "No credential is listed twice.",
  C4: "A weight is a canonical decimal number.",
  C5: "All credentials have a weight, or none.",
  C6: "Where a question is non-homomorphic, every weight is 1.",
  T1: "The trustees are JSON of the fields of version 1, and there is one.",
  T2: "Every key, coefficient and scalar of the trustees is one of the group.",
  T3: "Every trustee proves to know the private key.",
  T4: "The election's public key is the product of the trustees' keys.",
  T5: "A threshold is from 1 to the number of its trustees, and every list has their number.",
  T6: "Every certificate is signed by its own verification key.",
  T7: "The context of a certificate is that of its place.",
  T8: "The coefficients of a trustee are signed and as many as the threshold.",
  T9: "Every verification key follows from the coefficients.",
  T10: "Every trustee signed the certificates of all and the own coefficients.",
  T11: "Every trustee signed the own verification key.",
  T12: "The ceremony is of one of the three known forms, for all its trustees.",
  B1: "A ballot is canonical JSON of the fields that its election needs.",
  B2: "A ballot names the election's identifier.",
  B3: "A ballot names the election's fingerprint.",
  B4: "A ballot's credential is on the list.",
  B5: "Every element of a ballot is one of the group, in canonical form.",
  B6: "Every scalar of a ballot is below the order of the group, in canonical form.",
  B7: "A ballot has as many answers, choices and proofs as the questions need.",
  B8: "There is a blank proof if and only if the question allows a blank vote.",
  B9: "Every choice is proven to be 0 or 1.",
  B10: "The number of choices is proven to be allowed.",
  B11: "A blank vote is proven to choose nothing else.",
  B12: "Whoever made a non-homomorphic choice is proven to know its randomness.",
  B13: "Choices within a list are proven to belong to the list chosen.",
  B14: "Somebody of a list is proven to be chosen.",
  B15: "The hash that a ballot's signature names is the ballot's.",
  B16: "A ballot is signed with its credential.",
  B17: "No ballot stands on the board twice.",
  E1: "The encrypted tally and its size are canonical JSON of the right shape.",
  E2: "Every element of the encrypted tally is one of the group.",
  E3: "The number tallied is that of the voters with a ballot.",
  E4: "The total weight is that of the voters with a ballot.",
  E5: "The encrypted tally is the product of the last ballots of all voters.",
  M1: "A shuffle is canonical JSON of the right shape.",
  M2: "A shuffle belongs to a trustee.",
  M3: "No trustee shuffles twice.",
  M4: "Every element and scalar of a shuffle is one of the group.",
  M5: "A shuffle is proven to change nothing but order and encryption.",
  D1: "A partial decryption is canonical JSON of the tally's shape.",
  D2: "A partial decryption belongs to a trustee.",
  D3: "No trustee decrypts twice.",
  D4: "Every factor and scalar of a partial decryption is one of the group.",
  D5: "Every factor is proven to come from the trustee's key.",
  D6: "There are as many partial decryptions as the result needs.",
  R1: "The result is canonical JSON of whole numbers.",
  R2: "The result has a number or a vote for every place of the tally.",
  R3: "A number of the result is from 0 to the total weight.",
  R4: "The result is the decryption of the tally.",
} as const;

export type Rule = keyof typeof RULES;

/** The parts of a board, in the order of the specification; the letter of its rules. */
export const PARTS = {
  archive: "A",
  order: "O",
  setup: "S",
  credentials: "C",
  trustees: "T",
  ballots: "B",
  tally: "E",
  shuffles: "M",
  decryption: "D",
  result: "R",
} as const;

export type Part = keyof typeof PARTS;

/** Where something is. Events count from 0, everything else from 1. */
export interface Place {
  event?: number;
  byte?: number;
  question?: number;
  choice?: number;
  trustee?: number;
  credential?: number;
  tracker?: string;
}

/** A rule that does not hold. */
export interface Fault extends Place {
  rule: Rule;
  expected?: string;
  found?: string;
}

/** The part that a rule belongs to. */
function partOf(rule: Rule): Part {
  for (const part of Object.keys(PARTS) as Part[]) if (PARTS[part] === rule[0]) return part;
  throw new RangeError(rule);
}

/** How many faults of a part are told one by one; the others are counted. */
export const MOST_FAULTS = 1000;

/** What was found to be broken so far. */
export class Faults {
  readonly told: Fault[] = [];
  private readonly counts = new Map<Part, number>();

  add(fault: Fault): void {
    const part = partOf(fault.rule);
    const count = (this.counts.get(part) ?? 0) + 1;
    this.counts.set(part, count);
    if (count <= MOST_FAULTS) this.told.push(fault);
  }

  /** How many there are in a part, or in all. */
  count(part?: Part): number {
    if (part !== undefined) return this.counts.get(part) ?? 0;
    let sum = 0;
    for (const count of this.counts.values()) sum += count;
    return sum;
  }
}

/** The file is no board at all: nothing is said about an election. */
export class NotABoard extends Error {}

/** A board that this program does not verify: of another group, or larger than the limits. No fault of the board. */
export class Unsupported extends Error {
  readonly why: "group" | "limit";

  constructor(why: "group" | "limit", message: string) {
    super(message);
    this.why = why;
  }
}
