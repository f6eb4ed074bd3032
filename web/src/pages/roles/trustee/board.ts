// The election's record as a trustee needs it before she decrypts: the archive verified from the first ballot on, held to the
// log from which it must follow byte for byte (an archive of some of the ballots is sound too), and the exact records that
// are decrypted taken from it.
import { readArchive } from "../../../verify/archive.ts";
import type { Source } from "../../../verify/input.ts";
import { type ElectionFiles, verifyRecord } from "../../../verify/record.ts";
import { Faults } from "../../../verify/rules.ts";
import { RefusedStep } from "./work.ts";

/** The exact records of a board. */
export interface BoardRecords {
  election: string;
  trustees: string;
  tally: string;
  shuffles: string[];
  /** The number of the trustee of each shuffle. */
  shufflers: number[];
}

/** The records of a board of which every check holds. */
export interface VerifiedBoard extends BoardRecords {
  /** Ballots that were counted, of how many voters. */
  ballots: number;
  voters: number;
  /** The log from which the board follows: how many entries it has, their root, and the key that has signed them. */
  log: { entries: number; root: string; key: string };
}

/** How far the verification is: bytes of the archive, then entries of the log. */
export type VerifyingProgress = { bytes: number } | { entries: number; of: number };

/** Verifies a record with its log, rules J1 to J22 of docs/spec/adil-v1.md among the others, and takes its records.
 * @throws RefusedStep where a rule is broken, or there is no tally yet. */
export async function verifiedBoard(files: ElectionFiles, progress: (progress: VerifyingProgress) => void = () => {}): Promise<VerifiedBoard> {
  const { board, log } = await verifyRecord(files, { progress, logProgress: (entries, of) => progress({ entries, of }) });
  if (!board.isSound || board.verdicts.tally !== "proven") throw new RefusedStep("board");
  if (log === undefined || !log.isSound || log.key === undefined) throw new RefusedStep("log");
  const { ballots, voters } = board.numbers;
  const { entries, root, key } = log;
  return { ...(await recordsOf(await files.archive())), ballots, voters, log: { entries, root, key } };
}

/** The records of an archive, of which nothing has been verified. */
export async function recordsOf(archive: Source): Promise<BoardRecords> {
  const board: BoardRecords = { election: "", trustees: "", tally: "", shuffles: [], shufflers: [] };
  const events = readArchive(archive, new Faults());
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const { type, records, owner } = next.value;
    const record = (at: number) => new TextDecoder().decode(records?.[at]?.bytes);
    if (type === "Setup") [board.election, board.trustees] = [record(0), record(1)];
    if (type === "EncryptedTally") board.tally = record(0);
    if (type === "Shuffle") {
      board.shuffles.push(record(0));
      board.shufflers.push(owner ?? 0);
    }
  }
  return board;
}
