// The rules of an election's log by their numbers: docs/spec/adil-v1.md.

export const LEDGER_RULES = {
  J1: "Every entry is a ballot or a signed statement, in its one form.",
  J2: "The first entry is the setup, and no other entry is one.",
  J3: "Every statement has the signatures of all who must agree to it, by the keys of the setup.",
  J4: "The credential authority's statement names the lists of the setup, its key, and as many voters as there are credentials that are not spare.",
  J5: "Entries come in the order of the election: setup, credentials, opening, ballots, closing, tally, shuffles, decryptions, result.",
  J6: "Every statement and every ballot names this election.",
  J7: "Spare credentials are on the list of credentials, and none is listed twice.",
  J8: "A revocation names a credential of the list that is not a spare one and was not revoked before.",
  J9: "The spare that a revocation gives is on the list of spares, was given to nobody before, and has the same weight.",
  J10: "A revocation is logged between opening and closing, and its time is not after the minute in which it was signed.",
  J11: "No ballot is accepted under a credential after its revocation.",
  J12: "No ballot is accepted under a spare credential that no revocation has given to a voter.",
  J13: "Every ballot is under a credential of the list.",
  J14: "No ballot is logged twice.",
  J15: "The minutes of ballots and statements do not go back.",
  J16: "An acceptance is of a ballot that was logged before and not accepted yet, in an election that declares them.",
  J17: "What a statement names by its digest is there, with that digest and size.",
  J18: "The checkpoint is signed by the log's key of the setup, for the log of this election.",
  J19: "The checkpoint's root is that of the entries.",
  J20: "The archive is, byte for byte, the one that follows from the log.",
  J21: "No voter has two counted ballots.",
  J22: "The setup says of the election, its trustees and its counting what their records say.",
} as const;

export type LedgerRule = keyof typeof LEDGER_RULES;

/** A rule that a log does not keep, and at which entry; none where it is of the log as a whole. */
export interface LedgerFault {
  rule: LedgerRule;
  entry?: number;
  found: string;
}

const MOST_FAULTS = 1000;

/** What was found to be broken so far. */
export class LedgerFaults {
  readonly told: LedgerFault[] = [];
  count = 0;

  add(rule: LedgerRule, entry: number | undefined, found: string): void {
    this.count++;
    if (this.told.length < MOST_FAULTS) {
      this.told.push({ rule, ...(entry === undefined ? {} : { entry }), found: found.slice(0, 300) });
    }
  }
}
