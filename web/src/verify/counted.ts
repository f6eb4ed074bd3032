// Which ballots of a log count: docs/spec/adil-v1.md, "Which ballots count". With R(c) the revocation of a credential c,
//
//   counted(log) = [ b in log : listed(c) and (not spare(c) or given(c)) and accepted(b)
//                    and (R(c) is none or (minute(b) < R(c).since and entry(b) < entry(R(c))
//                                          and no accepted ballot is under R(c).spare)) ]
import type { Ledger, LoggedBallot } from "./ledger.ts";

/** Why a ballot is not in the archive. `revocation`: the entry that set it aside. */
export type NotCounted =
  | { why: "set-aside" | "voted-by-spare"; revocation: number }
  | { why: "spare-of-nobody" | "unlisted" | "not-accepted" };

/** What the set-aside ballots come to. */
export interface Totals {
  logged: number;
  counted: number;
  setAside: number;
  notAccepted: number;
  votersSetAside: number;
  votersNotVotedAgain: number;
  votersWithoutBallot: number;
  revocations: number;
}

/** For every ballot, in the order of the log, why it does not go into the archive; `undefined` for those that do. */
export function notCounted(ledger: Ledger): (NotCounted | undefined)[] {
  const isAccepted = ({ accepted }: LoggedBallot) => accepted || ledger.keys?.acceptance === undefined;
  const spareVotes = new Set(ledger.ballots.filter((ballot) => ledger.given.has(ballot.credential) && isAccepted(ballot)).map(({ credential }) => credential));
  return ledger.ballots.map((ballot) => {
    if (!ledger.list.weights.has(ballot.credential)) return { why: "unlisted" };
    if (ledger.list.isSpare(ballot.credential) && !ledger.given.has(ballot.credential)) {
      return { why: "spare-of-nobody" };
    }
    const revoked = ledger.revoked.get(ballot.credential);
    if (revoked !== undefined) {
      const { entry: revocation, said } = revoked;
      if (ballot.minute >= said.since || ballot.entry > revocation) return { why: "set-aside", revocation };
      if (spareVotes.has(said.spare)) return { why: "voted-by-spare", revocation };
    }
    return isAccepted(ballot) ? undefined : { why: "not-accepted" };
  });
}

export function totalsOf(ledger: Ledger, reasons: readonly (NotCounted | undefined)[]): Totals {
  const totals: Totals = {
    logged: ledger.ballots.length, counted: 0, setAside: 0, notAccepted: 0, votersSetAside: 0, votersNotVotedAgain: 0, votersWithoutBallot: 0,
    revocations: ledger.revoked.size,
  };
  const counted = new Set<string>();
  const affected = new Set<number>();
  ledger.ballots.forEach(({ credential }, at) => {
    const reason = reasons[at];
    if (reason === undefined) {
      totals.counted++;
      counted.add(credential);
    } else if ("revocation" in reason) {
      totals.setAside++;
      affected.add(reason.revocation);
    } else if (reason.why === "not-accepted") totals.notAccepted++;
  });
  for (const { entry, said } of ledger.revocations) {
    if (!affected.has(entry)) continue;
    totals.votersSetAside++;
    if (counted.has(said.spare)) continue;
    totals.votersNotVotedAgain++;
    if (!counted.has(said.credential)) totals.votersWithoutBallot++;
  }
  return totals;
}

/** J21, worked out once more from the ballots that count: how many voters have a counted ballot under both credentials. */
export function votersCountedTwice(ledger: Ledger, reasons: readonly (NotCounted | undefined)[]): number {
  const counted = new Set(ledger.ballots.filter((_, at) => reasons[at] === undefined).map(({ credential }) => credential));
  return ledger.revocations.filter(({ said }) => counted.has(said.credential) && counted.has(said.spare)).length;
}
