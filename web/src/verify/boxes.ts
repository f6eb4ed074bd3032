// The ballots of a board in one box or in several: what the board's reader needs of either, and how the outcomes of several
// become one.
import { encode } from "../protocol/group.ts";
import { BallotBox, type BoxOutcome } from "./box.ts";
import type { Credentials } from "./credentials.ts";
import { breathe } from "./pause.ts";
import { decode } from "./points.ts";
import type { Election } from "./setup.ts";

export interface Boxes {
  /** C2 of all credentials; `progress` is told how many are done. */
  decodeCredentials(progress: (done: number) => void): Promise<void>;
  /** Takes a ballot; resolves when the next one may come. */
  add(event: number, bytes: Uint8Array, counted: boolean): Promise<void>;
  /** What is known after all ballots so far. */
  outcome(): Promise<BoxOutcome>;
}

/** Makes the boxes of a board; the records are those of the setup, for whoever works elsewhere. */
export type MakeBoxes = (election: Election, credentials: Credentials, records: { election: Uint8Array; credentials: Uint8Array }) => Boxes;

/** One box, here. */
export const oneBox: MakeBoxes = (election, credentials) => {
  const box = new BallotBox(election, credentials);
  return {
    decodeCredentials: (progress) => box.decodeCredentials(progress),
    async add(event, bytes, counted) {
      box.add(event, bytes, counted);
      await breathe();
    },
    async outcome() {
      return box.outcome();
    },
  };
};

/** The outcome of all boxes together. */
export function together(outcomes: readonly BoxOutcome[], election: Election): BoxOutcome {
  const tallied = outcomes.map((outcome) => outcome.tallied);
  const counts = new Map<BoxOutcome["counts"][number][0], number>();
  for (const [part, count] of outcomes.flatMap((outcome) => outcome.counts)) counts.set(part, (counts.get(part) ?? 0) + count);
  return {
    faults: outcomes.flatMap((outcome) => outcome.faults),
    counts: [...counts],
    recorded: outcomes.flatMap((outcome) => outcome.recorded),
    tallied: tallied.includes(undefined)
      ? undefined
      : {
          voters: tallied.reduce((sum, one) => sum + one!.voters, 0),
          weight: tallied.reduce((sum, one) => sum + BigInt(one!.weight), 0n).toString(),
        },
    questions: election.questions.map((question, at) => {
      const parts = outcomes.map((outcome) => outcome.questions[at]);
      if (parts.includes(undefined)) return undefined;
      if (question.kind === "non-homomorphic") return (parts as [string, string][][]).flat();
      return (parts as [string, string][][]).reduce((sums, part) => sums.map(([a, b], place) => [times(a, part[place]![0]), times(b, part[place]![1])]));
    }),
  };
}

function times(one: string, other: string): string {
  return encode(decode(one).add(decode(other)));
}
