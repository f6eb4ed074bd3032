// Making ballots beside the page: the messages between a page and the worker that seals for it, and both ends of them.
//
// The code goes to the worker, which is of the page's own origin, and to nobody else. The worker keeps the sealed ballot
// until it is told what the voter has decided, and then drops it.
import { type Answer, AnswerFault, type AnswerProblem } from "./answers.ts";
import { type SealedBallot, seal, sealAtOnce, trackerOf } from "./ballot.ts";
import { CodeFault, type CodeProblem, deriveCredential } from "./credential.ts";
import { type Election, ElectionFault, parseElection } from "./election.ts";
import { FixedBase, ofG } from "./group.ts";

/** A ballot that is cast. */
export interface CastBallot {
  /** Its exact text. */
  ballot: string;
  tracker: string;
}

/** A sealed ballot, wherever it is kept: either it is cast, or opened, or forgotten. */
export interface Sealed {
  readonly commitment: string;
  cast(): Promise<CastBallot>;
  open(): Promise<string>;
  forget(): void;
}

/** What makes the ballots of one election. */
export interface Sealer {
  /** Makes the tables, while the voter reads. */
  prepare(): void;
  /** The public credential of a code.
   * @throws CodeFault */
  credential(code: string): Promise<string>;
  /** Makes a ballot.
   * @throws AnswerFault, CodeFault */
  seal(code: string, answers: readonly Answer[], onProgress?: (share: number) => void): Promise<Sealed>;
}

/** What a page asks of a worker. `id` names the request, and for the last three the request that sealed. */
export type Request =
  | { type: "prepare"; election: string }
  | { type: "credential"; id: number; election: string; code: string }
  | { type: "seal"; id: number; election: string; code: string; answers: readonly Answer[] }
  | { type: "cast" | "open" | "forget"; id: number };

/** What a worker tells. */
export type Reply =
  | { type: "progress"; id: number; share: number }
  | { type: "credential"; id: number; credential: string }
  | { type: "sealed"; id: number; commitment: string }
  | { type: "cast"; id: number; ballot: string; tracker: string }
  | { type: "opened"; id: number; file: string }
  | { type: "fault"; id: number; fault: Fault };

/** A fault that goes between threads. */
export type Fault =
  | { of: "code"; problem: CodeProblem }
  | { of: "answers"; problem: AnswerProblem; question: number | undefined }
  | { of: "election"; message: string }
  | { of: "us"; message: string };

/** The sealing failed for a reason that is nobody's but ours, or the worker's end. */
export class SealerFault extends Error {}

/** One end of a channel: a worker, or the inside of one. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

/** A `Port` that can break. */
export interface WorkerPort extends Port {
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "error" | "messageerror", listener: () => void): void;
}

/** Seals on the page's own thread, in slices. */
export function localSealer(election: Election): Sealer {
  const ofY = new FixedBase(election.key);
  return {
    prepare: () => {
      ofG.prepare();
      ofY.prepare();
    },
    credential: async (code) => deriveCredential(election.uuid, code).public,
    seal: async (code, answers, onProgress) => {
      const credential = deriveCredential(election.uuid, code);
      const sealed = await seal(election, credential, answers, onProgress ? { ofY, onProgress } : { ofY });
      return {
        commitment: sealed.commitment,
        cast: async () => castOf(sealed),
        open: async () => sealed.open(),
        forget: () => sealed.forget(),
      };
    },
  };
}

function castOf(sealed: SealedBallot): CastBallot {
  const ballot = sealed.cast();
  return { ballot, tracker: trackerOf(ballot) };
}

/** Answers the requests of a page: what a worker does. */
export function serveSealing(port: Port): void {
  const elections = new Map<string, { election: Election; ofY: FixedBase }>();
  const kept = new Map<number, SealedBallot>();
  const opened = (text: string) => {
    let known = elections.get(text);
    if (!known) {
      const election = parseElection(text);
      elections.set(text, (known = { election, ofY: new FixedBase(election.key) }));
    }
    return known;
  };
  const tell = (reply: Reply) => port.postMessage(reply);
  const answer = (request: Request): void => {
    switch (request.type) {
      case "prepare":
        ofG.prepare();
        return opened(request.election).ofY.prepare();
      case "credential": {
        const { election } = opened(request.election);
        return tell({ type: "credential", id: request.id, credential: deriveCredential(election.uuid, request.code).public });
      }
      case "seal": {
        const { election, ofY } = opened(request.election);
        let told = 0;
        const onProgress = (share: number) => {
          if (share - told >= 0.05) tell({ type: "progress", id: request.id, share: (told = share) });
        };
        const sealed = sealAtOnce(election, deriveCredential(election.uuid, request.code), request.answers, { ofY, onProgress });
        kept.set(request.id, sealed);
        return tell({ type: "sealed", id: request.id, commitment: sealed.commitment });
      }
      default: {
        const sealed = kept.get(request.id);
        kept.delete(request.id);
        if (request.type === "forget") return sealed?.forget();
        if (!sealed) throw new SealerFault("the ballot has been cast, opened or forgotten");
        if (request.type === "cast") tell({ type: "cast", id: request.id, ...castOf(sealed) });
        else tell({ type: "opened", id: request.id, file: sealed.open() });
      }
    }
  };
  port.addEventListener("message", ({ data }) => {
    const request = data as Request;
    try {
      answer(request);
    } catch (fault) {
      if (request.type !== "prepare") tell({ type: "fault", id: request.id, fault: describe(fault) });
    }
  });
}

function describe(fault: unknown): Fault {
  if (fault instanceof CodeFault) return { of: "code", problem: fault.problem };
  if (fault instanceof AnswerFault) return { of: "answers", problem: fault.problem, question: fault.question };
  if (fault instanceof ElectionFault) return { of: "election", message: fault.message };
  return { of: "us", message: fault instanceof Error ? fault.message : String(fault) };
}

function errorOf(fault: Fault): Error {
  switch (fault.of) {
    case "code":
      return new CodeFault(fault.problem);
    case "answers":
      return new AnswerFault(fault.problem, fault.question);
    case "election":
      return new ElectionFault(fault.message);
    case "us":
      return new SealerFault(fault.message);
  }
}

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (fault: Error) => void;
  onProgress?: ((share: number) => void) | undefined;
}

/** Seals in a worker that serves `serveSealing`. `election` is the record's exact text. Once the worker has failed,
 * everything is refused with a `SealerFault`: the page goes on with a local one. */
export function workerSealer(worker: WorkerPort, election: string): Sealer {
  let last = 0;
  let isBroken = false;
  const waiting = new Map<number, Waiting>();
  const broken = () => new SealerFault("the worker has failed");
  const breaks = () => {
    isBroken = true;
    for (const { reject } of waiting.values()) reject(broken());
    waiting.clear();
  };
  worker.addEventListener("error", breaks);
  worker.addEventListener("messageerror", breaks);
  worker.addEventListener("message", ({ data }) => {
    const reply = data as Reply;
    const request = waiting.get(reply.id);
    if (reply.type === "progress") return request?.onProgress?.(reply.share);
    waiting.delete(reply.id);
    if (reply.type === "fault") request?.reject(errorOf(reply.fault));
    else request?.resolve(reply);
  });
  const ask = <T extends Reply["type"]>(request: Exclude<Request, { type: "prepare" }>, type: T, onProgress?: (share: number) => void) =>
    new Promise<Extract<Reply, { type: T }>>((resolve, reject) => {
      if (isBroken) return reject(broken());
      const expect = (reply: Reply) => {
        if (reply.type === type) resolve(reply as Extract<Reply, { type: T }>);
        else reject(new SealerFault(`the worker answered with ${reply.type}`));
      };
      waiting.set(request.id, { resolve: expect, reject, onProgress });
      worker.postMessage(request);
    });
  return {
    prepare: () => worker.postMessage({ type: "prepare", election } satisfies Request),
    credential: async (code) => (await ask({ type: "credential", id: ++last, election, code }, "credential")).credential,
    seal: async (code, answers, onProgress) => {
      const id = ++last;
      const { commitment } = await ask({ type: "seal", id, election, code, answers }, "sealed", onProgress);
      return {
        commitment,
        cast: async () => {
          const { ballot, tracker } = await ask({ type: "cast", id }, "cast");
          return { ballot, tracker };
        },
        open: async () => (await ask({ type: "open", id }, "opened")).file,
        forget: () => worker.postMessage({ type: "forget", id } satisfies Request),
      };
    },
  };
}
