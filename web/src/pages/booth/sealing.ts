// Who makes the ballots: a worker beside the page, or the page itself where there is no worker.
import type { Election } from "../../protocol/election.ts";
import { localSealer, type Sealer, SealerFault, workerSealer } from "../../protocol/sealer.ts";
import { ownWorker } from "../own-worker.ts";

/** The sealer of an election; `worker` is the address of its script. */
export function sealerFor(election: Election, text: string, worker: string | undefined): Sealer {
  const local = localSealer(election);
  if (!worker) return local;
  let beside: Sealer | undefined;
  try {
    beside = workerSealer(ownWorker(worker), text);
  } catch {
    return local;
  }
  /** Has the worker do it, and the page where the worker has failed. */
  const either = async <T>(ask: (sealer: Sealer) => Promise<T>): Promise<T> => {
    if (!beside) return ask(local);
    try {
      return await ask(beside);
    } catch (fault) {
      if (!(fault instanceof SealerFault)) throw fault;
      beside = undefined;
      return ask(local);
    }
  };
  return {
    prepare: () => beside?.prepare(),
    credential: (code) => either((sealer) => sealer.credential(code)),
    seal: (code, answers, onProgress) => either((sealer) => sealer.seal(code, answers, onProgress)),
  };
}
