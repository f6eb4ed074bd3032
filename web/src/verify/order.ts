// The order of events: Setup, Ballot*, EndBallots, EncryptedTally, [Shuffle+, EndShuffles], PartialDecryption+, Result.
// Rules O1 to O3 of docs/spec/belenios-v1.md.
import { EVENT_TYPES, type EventType } from "./archive.ts";
import type { Faults } from "./rules.ts";

const FOLLOWS: Record<EventType, readonly EventType[]> = {
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["Shuffle", "PartialDecryption"],
  Shuffle: ["Shuffle", "EndShuffles"],
  EndShuffles: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

export class Order {
  /** The last event that was taken for what it says. */
  private last: EventType | undefined;
  private readonly faults: Faults;

  constructor(faults: Faults) {
    this.faults = faults;
  }

  /** Whether an event may be taken for what it says. One that stands too early, because others are missing before it, is a
   * fault, but what follows can be checked; one that comes too late, or again, is a fault and changes nothing. */
  follow(type: EventType, event: number): boolean {
    const { last } = this;
    const allowed = last === undefined ? (["Setup"] as const) : FOLLOWS[last];
    if (allowed.some((one) => one === type)) {
      this.last = type;
      return true;
    }
    const rule = last === "Result" ? "O3" : type === "Setup" || last === undefined ? "O1" : "O2";
    this.faults.add({ rule, event, expected: allowed.join(" or ") || "nothing", found: type });
    const isEarly = last === undefined || EVENT_TYPES.indexOf(type) > EVENT_TYPES.indexOf(last);
    if (isEarly) this.last = type;
    return isEarly;
  }
}
