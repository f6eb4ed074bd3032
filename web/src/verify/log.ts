// An election's log, read whole: its entries, the tree over them, its checkpoint, and whether the archive follows from it.
// Rules J18 to J20 of docs/spec/adil-v1.md, and those of ledger.ts.
import { base64 } from "../protocol/hash.ts";
import { type Checkpoint, CheckpointFault, readCheckpoint, verifyCheckpoint } from "../log/checkpoint.ts";
import type { VerifierKey } from "../log/key.ts";
import { Frontier, leafHash, sameHash, verifyInclusion } from "../log/merkle.ts";
import { NoteFault } from "../log/note.ts";
import type { LogProof } from "../log/proof.ts";
import { type LogFiles, readEntries, TileFault } from "../log/tiles.ts";
import { objectPath } from "../log/statement.ts";
import { notCounted, totalsOf, votersCountedTwice, type NotCounted, type Totals } from "./counted.ts";
import { derive, DeriveFault } from "./derive.ts";
import { Input, unpacked, type Source } from "./input.ts";
import { Ledger, type Contents, type LoggedBallot, type LoggedRevocation, type Phase } from "./ledger.ts";
import type { LedgerFault } from "./ledger-rules.ts";
import { breathe } from "./pause.ts";

/** How the archive and the log stand to each other. */
export type Archived =
  | { kind: "equal"; entries: number }
  | { kind: "differs"; byte: number }
  /** The archive was made of more entries than there are here. */
  | { kind: "newer"; entries: number }
  | { kind: "unknown" };

/** How a receipt, or a checkpoint noted earlier, stands to the log. */
export type Standing = "holds" | "fork" | "other-log" | "newer" | "other-entry";

export interface LogReport {
  origin: string;
  entries: number;
  /** The root in base64, as the checkpoint has it. */
  root: string;
  phase: Phase;
  isSound: boolean;
  faults: LedgerFault[];
  faultCount: number;
  archived: Archived;
  totals: Totals;
  ballots: (LoggedBallot & { reason: NotCounted | undefined })[];
  revocations: LoggedRevocation[];
  /** The key that checkpoints of this log are verified with. */
  key: string | undefined;
  receipts: { index: number; standing: Standing }[];
}

export interface LogOptions {
  progress?: (entries: number, of: number) => void;
  /** Receipts, with the bytes of their entries where there are any. */
  receipts?: readonly { proof: LogProof; entry?: Uint8Array }[];
}

/** The archive that is compared: its bytes anew each time, and the checkpoint beside it. */
export interface ArchiveOfLog {
  source: () => Promise<Source>;
  checkpoint: Uint8Array | undefined;
}

/** Reads a log whole; `undefined` where there is none. */
export async function verifyLog(
  files: LogFiles,
  archive: ArchiveOfLog,
  options: LogOptions = {},
): Promise<LogReport | undefined> {
  const bytes = await files("checkpoint");
  if (bytes === undefined) return undefined;
  const contents: Contents = (content) => files(objectPath(content));
  const ledger = new Ledger(contents);
  const said = attempt(ledger, () => readCheckpoint(bytes));
  if (said === undefined) return report(ledger, undefined, { kind: "unknown" }, []);
  const before = archive.checkpoint === undefined ? undefined : attempt(ledger, () => readCheckpoint(archive.checkpoint!));

  const receipts = options.receipts ?? [];
  const watched = new Watched([said, ...(before ? [before] : []), ...receipts.map(({ proof }) => proof.checkpoint)], receipts.map(({ proof }) => proof.index));
  const beginning = before !== undefined && before.size < said.size ? new Ledger(contents) : undefined;
  const isWhole = await readWhole(files, said.size, ledger, watched, beginning, before?.size, options.progress);

  const { keys } = ledger;
  signed(ledger, said, keys?.log);
  if (isWhole && !sameHash(watched.roots.get(said.size)!, said.root)) {
    ledger.fault("J19", undefined, `${said.size} entries have another root`);
  }
  let archived: Archived = { kind: "unknown" };
  if (before !== undefined) {
    const isSigned = signed(ledger, before, keys?.log);
    if (before.size > said.size && isSigned) archived = { kind: "newer", entries: before.size };
    const root = watched.roots.get(before.size);
    if (root !== undefined && !sameHash(root, before.root)) {
      ledger.fault("J19", undefined, `the archive's checkpoint states another root of ${before.size} entries`);
    }
  }
  const twice = votersCountedTwice(ledger, notCounted(ledger));
  if (twice > 0) ledger.fault("J21", undefined, `${twice} voters`);
  if (isWhole && archived.kind !== "newer") {
    const of = beginning ?? ledger;
    archived = await compared(of, watched.roots.get(of.size), files, contents, archive, ledger);
  }
  return report(ledger, said, archived, receipts.map(({ proof, entry }) => ({ index: proof.index, standing: watched.standing(proof, keys?.log, entry) })));
}

async function readWhole(
  files: LogFiles, size: number, ledger: Ledger, watched: Watched, beginning: Ledger | undefined, beginningSize: number | undefined,
  progress: LogOptions["progress"],
): Promise<boolean> {
  const tree = new Frontier();
  watched.at(tree);
  try {
    for await (const entry of readEntries(files, size, tree)) {
      watched.leaf(tree.size - 1, entry);
      watched.at(tree);
      await ledger.absorb(entry);
      if (beginning !== undefined && beginning.size < beginningSize!) await beginning.absorb(entry);
      if (tree.size % 64 === 0) progress?.(tree.size, size);
      await breathe();
    }
  } catch (fault) {
    if (!(fault instanceof TileFault)) throw fault;
    ledger.fault("J19", undefined, fault.message);
    return false;
  }
  progress?.(size, size);
  return true;
}

/** J20. The entries are read a second time, and must be the same. */
async function compared(
  of: Ledger,
  root: Uint8Array | undefined,
  files: LogFiles,
  contents: Contents,
  archive: ArchiveOfLog,
  ledger: Ledger,
): Promise<Archived> {
  const input = new Input(await unpacked(await archive.source()));
  const tree = new Frontier();
  try {
    for await (const piece of derive(of, readEntries(files, of.size, tree), contents)) {
      const start = input.at;
      const found = await input.take(piece.length);
      const at = piece.findIndex((byte, index) => byte !== found[index]);
      if (at >= 0) return differs(ledger, start + at);
      await breathe();
    }
  } catch (fault) {
    if (!(fault instanceof DeriveFault || fault instanceof TileFault)) throw fault;
    ledger.fault("J20", undefined, fault.message);
    return { kind: "unknown" };
  }
  if (root === undefined || !sameHash(tree.root(), root)) {
    ledger.fault("J19", undefined, "the log was another one when it was read again");
    return { kind: "unknown" };
  }
  const end = input.at;
  if ((await input.take(1)).length > 0) return differs(ledger, end);
  return { kind: "equal", entries: of.size };
}

function differs(ledger: Ledger, byte: number): Archived {
  ledger.fault("J20", undefined, `byte ${byte}`);
  return { kind: "differs", byte };
}

/** Roots and leaves that are asked about, noted while the log is read. */
class Watched {
  readonly roots = new Map<number, Uint8Array>();
  private readonly sizes: Set<number>;
  private readonly indices: Set<number>;
  private readonly leaves = new Map<number, Uint8Array>();

  constructor(checkpoints: readonly Checkpoint[], indices: readonly number[]) {
    this.sizes = new Set(checkpoints.map(({ size }) => size));
    this.indices = new Set(indices);
  }

  at(tree: Frontier): void {
    if (this.sizes.has(tree.size)) this.roots.set(tree.size, tree.root());
  }

  leaf(index: number, entry: Uint8Array): void {
    if (this.indices.has(index)) this.leaves.set(index, leafHash(entry));
  }

  /** Two checkpoints under one key with one size and different roots are a fork: the receipt contradicts this log. */
  standing(proof: LogProof, key: VerifierKey | undefined, entry: Uint8Array | undefined): Standing {
    if (key === undefined || signingFault(proof.checkpoint, key) !== undefined) return "other-log";
    const root = this.roots.get(proof.checkpoint.size);
    if (root === undefined) return "newer";
    if (!sameHash(root, proof.checkpoint.root)) return "fork";
    const leaf = this.leaves.get(proof.index);
    if (leaf === undefined || (entry !== undefined && !sameHash(leaf, leafHash(entry)))) return "other-entry";
    return verifyInclusion(leaf, proof.index, proof.checkpoint.size, root, proof.hashes) ? "holds" : "other-entry";
  }
}

/** J18. */
function signed(ledger: Ledger, checkpoint: Checkpoint, key: VerifierKey | undefined): boolean {
  const why = key === undefined ? "the log names no key of its own" : signingFault(checkpoint, key);
  if (why !== undefined) ledger.fault("J18", undefined, why);
  return why === undefined;
}

function signingFault(checkpoint: Checkpoint, key: VerifierKey): string | undefined {
  try {
    verifyCheckpoint(checkpoint, key);
    return undefined;
  } catch (fault) {
    if (fault instanceof CheckpointFault || fault instanceof NoteFault) return fault.message;
    throw fault;
  }
}

function attempt<T>(ledger: Ledger, read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof CheckpointFault || fault instanceof NoteFault)) throw fault;
    ledger.fault("J18", undefined, fault.message);
    return undefined;
  }
}

function report(
  ledger: Ledger,
  checkpoint: Checkpoint | undefined,
  archived: Archived,
  receipts: LogReport["receipts"],
): LogReport {
  const reasons = notCounted(ledger);
  return {
    origin: checkpoint?.origin ?? "",
    entries: ledger.size,
    root: checkpoint === undefined ? "" : `${base64(checkpoint.root)}=`,
    phase: ledger.phase,
    isSound: ledger.faults.count === 0 && archived.kind === "equal",
    faults: ledger.faults.told,
    faultCount: ledger.faults.count,
    archived,
    totals: totalsOf(ledger, reasons),
    ballots: ledger.ballots.map((ballot, at) => ({ ...ballot, reason: reasons[at] })),
    revocations: ledger.revocations,
    key: ledger.keys?.log.toString(),
    receipts,
  };
}
