// Long computations on a page: they stop now and then, so that the page can draw and be clicked, and say how far they are.

/** Told how much of the work is done, from 0 to 1. */
export type Progress = (done: number) => void;

/** Milliseconds of work between two stops. */
const SLICE = 40;

/** The pace of one computation of a known number of steps. */
export class Pace {
  private done = 0;
  private since = performance.now();

  constructor(private readonly steps: number, private readonly progress?: Progress) {}

  /** Says that steps were taken, and stops where it is time. */
  async step(steps = 1): Promise<void> {
    this.done += steps;
    if (performance.now() - this.since < SLICE) return;
    this.progress?.(this.steps > 0 ? Math.min(1, this.done / this.steps) : 1);
    await pause();
    this.since = performance.now();
  }

  /** The end. */
  finish(): void {
    this.progress?.(1);
  }
}

/** Lets the page do what is waiting. A message comes at once, also to a page in the background, where timers wait. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
