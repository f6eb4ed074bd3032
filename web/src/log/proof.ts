// Receipts: proofs that an entry is in a log, to be kept and checked without a connection (C2SP tlog-proof).
//
//   c2sp.org/tlog-proof@v1
//   extra <base64>                 (left out where there is nothing; signed by nobody)
//   index <number of the entry>
//   <hashes from the leaf's sibling up, a line each>
//
//   <the signed checkpoint>
import { type Checkpoint, CheckpointFault, readCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { fromPadded, type VerifierKey } from "./key.ts";
import { leafHash, verifyInclusion } from "./merkle.ts";
import { NoteFault } from "./note.ts";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const MOST_HASHES = 63;
const LONGEST = 1_200_000;

/** A text that is no proof. */
export class ProofFault extends Error {}

export interface LogProof {
  extra?: Uint8Array;
  index: number;
  hashes: Uint8Array[];
  checkpoint: Checkpoint;
}

/** Reads a proof; nothing about it is verified yet.
 * @throws ProofFault */
export function readProof(text: string): LogProof {
  if (text.length > LONGEST) throw new ProofFault("the proof is too long");
  const end = text.indexOf("\n\n");
  if (end < 0) throw new ProofFault("the proof ends before its checkpoint");
  const lines = text.slice(0, end).split("\n");
  if (lines.shift() !== FIRST_LINE) throw new ProofFault(`the first line is not ${FIRST_LINE}`);
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith("extra ")) {
    extra = fromPadded(lines.shift()!.slice("extra ".length));
    if (extra === undefined) throw new ProofFault("the extra data is no base64");
  }
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "")?.[1];
  if (index === undefined || !Number.isSafeInteger(Number(index))) {
    throw new ProofFault("there is no number of an entry");
  }
  if (lines.length > MOST_HASHES) throw new ProofFault("too many hashes");
  const hashes = lines.map((line) => {
    const hash = fromPadded(line);
    if (hash?.length !== 32) throw new ProofFault("a line is no hash");
    return hash;
  });
  let checkpoint: Checkpoint;
  try {
    checkpoint = readCheckpoint(text.slice(end + 2));
  } catch (fault) {
    if (fault instanceof NoteFault || fault instanceof CheckpointFault) {
      throw new ProofFault(`the checkpoint: ${fault.message}`);
    }
    throw fault;
  }
  return { ...(extra === undefined ? {} : { extra }), index: Number(index), hashes, checkpoint };
}

/** Whether the proof shows that an entry is in the log of a key.
 * @throws CheckpointFault, or NoteFault, where its checkpoint is not that log's. */
export function proves(proof: LogProof, entry: Uint8Array, key: VerifierKey): boolean {
  verifyCheckpoint(proof.checkpoint, key);
  const { size, root } = proof.checkpoint;
  return verifyInclusion(leafHash(entry), proof.index, size, root, proof.hashes);
}
