// What is published of an election: the archive, and the log where there is one. Both are verified here, and compared.
import { readProof } from "../log/proof.ts";
import type { LogFiles } from "../log/tiles.ts";
import { type BoardOptions, type BoardReport, verifyBoard } from "./board.ts";
import type { Source } from "./input.ts";
import { type LogReport, verifyLog } from "./log.ts";
import { NotABoard } from "./rules.ts";
import { Zip } from "./zip.ts";

/** Where the files of an election are. */
export interface ElectionFiles {
  /** The archive, from its beginning each time. */
  archive: () => Promise<Source>;
  checkpoint: () => Promise<Uint8Array | undefined>;
  /** The files of the log; `undefined` where there is none to be read. */
  log: LogFiles | undefined;
}

export interface RecordReport {
  board: BoardReport;
  log: LogReport | undefined;
}

export interface RecordOptions extends BoardOptions {
  logProgress?: (entries: number, of: number) => void;
  receipts?: readonly { proof: string; entry?: Uint8Array }[];
}

/** Bytes of a file of the log that is read: the largest record that is taken from a board. */
const LARGEST = 256 * 1024 * 1024;

/** Verifies everything that is there.
 * @throws NotABoard, Unsupported, or ProofFault for a receipt that is none. */
export async function verifyRecord(files: ElectionFiles, options: RecordOptions = {}): Promise<RecordReport> {
  const receipts = (options.receipts ?? []).map(({ proof, entry }) => ({ proof: readProof(proof), ...(entry === undefined ? {} : { entry }) }));
  const board = await verifyBoard(await files.archive(), options);
  if (files.log === undefined) return { board, log: undefined };
  const archive = { source: files.archive, checkpoint: await files.checkpoint() };
  const log = await verifyLog(files.log, archive, { receipts, ...(options.logProgress === undefined ? {} : { progress: options.logProgress }) });
  return { board, log };
}

/** The files of a disk file: an archive, or a zip of the whole record. */
export async function filesOf(blob: Blob): Promise<ElectionFiles> {
  const start = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  const isZip = start[0] === 0x50 && start[1] === 0x4b;
  if (!isZip) return { archive: async () => blob.stream(), checkpoint: async () => undefined, log: undefined };
  const zip = await Zip.open(blob);
  const archive = zip.names().find((name) => /(^|\/)[^/]+\.bel$/.test(name));
  if (archive === undefined) throw new NotABoard("there is no archive (.bel) in the zip");
  const folder = archive.slice(0, archive.lastIndexOf("/") + 1);
  const stem = archive.slice(0, -".bel".length);
  const hasLog = zip.names().includes(`${folder}log/checkpoint`);
  return {
    archive: async () => (await zip.file(archive))!,
    checkpoint: () => zip.bytes(`${stem}.checkpoint`, LARGEST),
    log: hasLog ? (path) => zip.bytes(`${folder}log/${path}`, LARGEST) : undefined,
  };
}
