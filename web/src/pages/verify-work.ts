// What verifying is in a worker, and what page and worker say to each other.
import { ProofFault } from "../log/proof.ts";
import { type Findings, findingsOf } from "../verify/findings.ts";
import { type BoxPort, PoolFault, pooled, serveBox, type ToBox } from "../verify/pool.ts";
import { type ElectionFiles, filesOf, type RecordOptions, verifyRecord } from "../verify/record.ts";
import { NotABoard, Unsupported } from "../verify/rules.ts";
import { ZipFault } from "../verify/zip.ts";
import { download, DownloadFault } from "./download.ts";

/** What is to be verified: a file, or the election at an address like `https://…/e/<uuid>`, with receipts to be held to its
 * log. A page that has its script inside sends it along, for further workers. */
export type Work = ({ file: Blob; script?: string } | { address: string }) & { receipts?: string[] };

export type Progress = { stage: "download" | "credentials" | "ballots" | "tallying" | "log"; done: number; of?: number };

/** Why nothing could be verified. */
export type Failure = { failure: "no-board" | "group" | "limit" | "zip" | "receipt" | "download" | "program"; message: string };

export type Answer = { progress: Progress } | { findings: Findings; milliseconds: number } | Failure;

export interface VerifyPort {
  onmessage: ((event: MessageEvent<Work | ToBox>) => void) | null;
  postMessage(answer: unknown): void;
}

/** Does the work in a worker, which starts others like itself for the ballots of large boards. */
export function serveVerifying(port: VerifyPort, another: (work: Work) => BoxPort): void {
  port.onmessage = ({ data }) => {
    if ("file" in data || "address" in data) void work(data, (answer) => port.postMessage(answer), () => another(data));
    else serveBox(port as BoxPort, data);
  };
}

/** Does the work and tells how it goes. */
export async function work(what: Work, tell: (answer: Answer) => void, another?: () => BoxPort): Promise<void> {
  const start = performance.now();
  const progress = throttled((progress: Progress) => tell({ progress }));
  try {
    const files = "file" in what ? await filesOf(what.file) : await downloaded(what.address, progress);
    const options: RecordOptions = {
      receipts: (what.receipts ?? []).map((proof) => ({ proof })),
      progress: ({ stage, done, of }) => progress({ stage, done, ...(of === undefined ? {} : { of }) }),
      logProgress: (done, of) => progress({ stage: "log", done, of }),
    };
    let report;
    try {
      report = await verifyRecord(files, another === undefined ? options : { ...options, boxes: pooled(another) });
    } catch (fault) {
      if (!(fault instanceof PoolFault)) throw fault;
      report = await verifyRecord(files, options);
    }
    tell({ findings: findingsOf(report), milliseconds: performance.now() - start });
  } catch (fault) {
    tell(failureOf(fault));
  }
}

function failureOf(fault: unknown): Failure {
  const message = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof NotABoard) return { failure: "no-board", message };
  if (fault instanceof Unsupported) return { failure: fault.why, message };
  if (fault instanceof ZipFault) return { failure: "zip", message };
  if (fault instanceof ProofFault) return { failure: "receipt", message };
  if (fault instanceof DownloadFault) return { failure: "download", message };
  return { failure: "program", message };
}

async function downloaded(address: string, progress: (progress: Progress) => void): Promise<ElectionFiles> {
  progress({ stage: "download", done: 0 });
  return download(address);
}

/** At most ten reports a second. */
function throttled(tell: (progress: Progress) => void): (progress: Progress) => void {
  let [last, stage] = [0, ""];
  return (progress) => {
    const now = performance.now();
    if (now - last < 100 && progress.stage === stage) return;
    [last, stage] = [now, progress.stage];
    tell(progress);
  };
}
