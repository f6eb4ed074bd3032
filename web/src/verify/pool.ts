// The ballots of a large board in several workers, each with the ballot box of a part of the credentials.
//
// Whoever reads the board sends ballots in small parcels, and waits where a worker has too many before it.
import { BallotBox, type BoxOutcome, shardOf, type Shard } from "./box.ts";
import { type Boxes, type MakeBoxes, oneBox, together } from "./boxes.ts";
import { breathe } from "./pause.ts";

/** A worker has ended: the work is to be done without it. */
export class PoolFault extends Error {}

type Parcel = [event: number, bytes: Uint8Array, counted: boolean][];

/** What is said to the worker of a box; the first message makes the box. */
export type ToBox = { box: { election: Uint8Array; credentials: Uint8Array; place: Shard } } | { ballots: Parcel } | { decode: true } | { outcome: true };

type FromBox = { decoding: number } | { decoded: true } | { took: number } | { outcome: BoxOutcome } | { failed: string };

/** A worker, or a port to something like one. */
export interface BoxPort {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

const PARCEL = 8;
const MOST_WAITING = 4 * PARCEL;
/** Boards with fewer credentials are verified before the workers have started. */
const FEWEST_CREDENTIALS = 100;
const MOST_WORKERS = 8;

/** Boxes in workers, one less than there are processors; a single one here where the board is small. */
export function pooled(
  start: () => BoxPort,
  workers = Math.min(MOST_WORKERS, navigator.hardwareConcurrency - 1),
  fewest = FEWEST_CREDENTIALS,
): MakeBoxes {
  return (election, credentials, records) => {
    if (workers < 2 || credentials.texts.length < fewest) return oneBox(election, credentials, records);
    const boxes = Array.from({ length: workers }, (_, shard) => new RemoteBox(started(start), { ...records, place: { shard, shards: workers } }));
    return new Pool(boxes, (bytes) => shardOf(bytes, credentials, workers), (outcomes) => together(outcomes, election));
  };
}

/** @throws PoolFault where no worker can be started. */
function started(start: () => BoxPort): BoxPort {
  try {
    return start();
  } catch (fault) {
    throw new PoolFault(fault instanceof Error ? fault.message : String(fault));
  }
}

class Pool implements Boxes {
  constructor(
    private readonly boxes: RemoteBox[],
    private readonly shardOf: (bytes: Uint8Array) => number,
    private readonly together: (outcomes: BoxOutcome[]) => BoxOutcome,
  ) {}

  async decodeCredentials(progress: (done: number) => void): Promise<void> {
    const done = this.boxes.map(() => 0);
    const told = (at: number) => (own: number) => {
      done[at] = own;
      progress(done.reduce((sum, one) => sum + one));
    };
    await Promise.all(this.boxes.map((box, at) => box.decode(told(at))));
  }

  add(event: number, bytes: Uint8Array, counted: boolean): Promise<void> {
    return this.boxes[this.shardOf(bytes)]!.add([event, bytes, counted]);
  }

  async outcome(): Promise<BoxOutcome> {
    return this.together(await Promise.all(this.boxes.map((box) => box.outcome())));
  }
}

/** A box elsewhere. One thing is waited for at a time. */
class RemoteBox {
  private parcel: Parcel = [];
  private waiting = 0;
  private progress: (done: number) => void = () => {};
  private wake: (() => void) | undefined;
  private fail: ((fault: Error) => void) | undefined;
  private failed: Error | undefined;
  private last: BoxOutcome | undefined;
  private decoded = false;

  constructor(private readonly port: BoxPort, box: { election: Uint8Array; credentials: Uint8Array; place: Shard }) {
    port.onmessage = ({ data }: MessageEvent<FromBox>) => this.heard(data);
    if ("onerror" in port) port.onerror = () => this.heard({ failed: "a worker has ended" });
    port.postMessage({ box } satisfies ToBox);
  }

  async decode(progress: (done: number) => void): Promise<void> {
    this.progress = progress;
    this.port.postMessage({ decode: true } satisfies ToBox);
    await this.until(() => this.decoded);
  }

  async add(ballot: Parcel[number]): Promise<void> {
    this.parcel.push(ballot);
    if (this.parcel.length < PARCEL) return;
    this.send();
    await this.until(() => this.waiting <= MOST_WAITING);
  }

  async outcome(): Promise<BoxOutcome> {
    this.send();
    this.last = undefined;
    this.port.postMessage({ outcome: true } satisfies ToBox);
    await this.until(() => this.last !== undefined);
    return this.last!;
  }

  private send(): void {
    if (this.parcel.length === 0) return;
    this.waiting += this.parcel.length;
    this.port.postMessage({ ballots: this.parcel } satisfies ToBox);
    this.parcel = [];
  }

  private heard(said: FromBox): void {
    if ("decoding" in said) this.progress(said.decoding);
    else if ("decoded" in said) this.decoded = true;
    else if ("took" in said) this.waiting -= said.took;
    else if ("outcome" in said) this.last = said.outcome;
    else {
      this.failed = new PoolFault(said.failed);
      this.fail?.(this.failed);
    }
    this.wake?.();
  }

  private async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.failed !== undefined) throw this.failed;
      await new Promise<void>((resolve, reject) => ([this.wake, this.fail] = [resolve, reject]));
    }
  }
}

/** Is the worker of a box. `first` is the message that makes it, where it has been taken already. */
export function serveBox(port: BoxPort, first?: ToBox): void {
  let box: BallotBox | undefined;
  const answer = (message: FromBox) => port.postMessage(message);
  const take = async (message: ToBox) => {
    if ("box" in message) box = BallotBox.ofRecords(message.box.election, message.box.credentials, message.box.place);
    else if ("decode" in message) {
      await box!.decodeCredentials((done) => answer({ decoding: done }));
      answer({ decoded: true });
    } else if ("ballots" in message) {
      for (const [event, bytes, counted] of message.ballots) {
        box!.add(event, bytes, counted);
        await breathe();
      }
      answer({ took: message.ballots.length });
    } else answer({ outcome: box!.outcome() });
  };
  // One message after the other, also where one takes its time.
  let queue = Promise.resolve();
  const next = (message: ToBox) => {
    queue = queue.then(() => take(message)).catch((fault: unknown) => answer({ failed: fault instanceof Error ? fault.message : String(fault) }));
  };
  port.onmessage = ({ data }: MessageEvent<ToBox>) => next(data);
  if (first !== undefined) next(first);
}
