// What can be wrong with keys and messages of trustees, and with whose.

/** What is wrong with a message of a key ceremony. */
export type Breach =
  | "form" // not the record that its step writes
  | "count" // not one message of each member
  | "terms" // the numbers of members and threshold are none, or the member's number is none of theirs
  | "context" // the certificate is for another ceremony or another place
  | "key" // a key or coefficient is no element
  | "neutral" // a key is the neutral element
  | "same-key" // a key is that of another member too
  | "certificate-signature" // the certificate is not signed by its own key
  | "not-a-member" // the seed belongs to no certificate
  | "signed-by-another" // the contribution is signed by another member
  | "coefficients-signature" // the coefficients are not signed by the member, or not as many as the threshold
  | "other-certificates" // the member signed other certificates or other coefficients than these
  | "sealed" // what the member sent cannot be decrypted
  | "unsigned" // what was decrypted is not signed by the member
  | "recipient" // what was decrypted is addressed to another key
  | "number" // what was decrypted is no canonical number below the order
  | "share" // the share does not follow from the member's coefficients
  | "polynomial" // the own coefficients are not those of the own polynomial
  | "proof" // the proof that the private key is known does not hold
  | "verification-key" // the verification key does not follow from the coefficients
  | "verification-key-signature"; // the verification key is not signed by the member

const SENTENCES: Record<Breach, string> = {
  form: "the message is not the one that its step writes",
  count: "there is not one message of each member",
  terms: "there is no such member, or no such threshold",
  context: "the certificate is for another ceremony, or for another member",
  key: "a key is no element of the group",
  neutral: "a key is the neutral element",
  "same-key": "a key is that of another member too",
  "certificate-signature": "the certificate is not signed by its own key",
  "not-a-member": "none of the certificates belongs to this seed",
  "signed-by-another": "the contribution is signed by another member",
  "coefficients-signature": "the coefficients are not signed by the member, or are not as many as the threshold",
  "other-certificates": "the member signed other certificates or other coefficients than these",
  sealed: "what the member sent cannot be decrypted",
  unsigned: "what the member sent encrypted is not signed by the member",
  recipient: "what the member sent encrypted is addressed to somebody else",
  number: "what the member sent encrypted is no number below the order of the group",
  share: "the share does not follow from the member's coefficients",
  polynomial: "the coefficients are not those of the member's polynomial",
  proof: "the proof that the private key is known does not hold",
  "verification-key": "the verification key does not follow from the coefficients of all",
  "verification-key-signature": "the verification key is not signed by the member",
};

/** What is wrong in a key ceremony, and with whose message: a member's number from 1, or nobody's. */
export class CeremonyFault extends Error {
  constructor(readonly breach: Breach, readonly member?: number) {
    super((member === undefined ? "" : `member ${member}: `) + SENTENCES[breach]);
  }
}

/** Why a text is no private key, no seed, or no file of a member. */
export class KeyFault extends Error {
  constructor(readonly kind: "form" | "neutral" | "sealed" | "pair") {
    super({
      form: "it is no private key of a trustee",
      neutral: "the key is zero",
      sealed: "the seed does not open it: it is another member's, or it was changed",
      pair: "its private key does not belong to its public key",
    }[kind]);
  }
}

/** Runs a check; whatever fault it finds is the member's of an index from 0.
 * @throws CeremonyFault */
export function ofMember<T>(index: number, check: () => T): T {
  try {
    return check();
  } catch (fault) {
    throw named(index, fault);
  }
}

/** The same fault, with the member named. */
export function named(index: number, fault: unknown): unknown {
  return fault instanceof CeremonyFault && fault.member === undefined ? new CeremonyFault(fault.breach, index + 1) : fault;
}
