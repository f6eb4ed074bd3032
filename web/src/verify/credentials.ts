// The list of credentials: who may vote, with which weight. Rules C1 to C6 of docs/spec/belenios-v1.md.
import { ElementFault, type Element } from "../protocol/group.ts";
import { FormFault, latin1, whole } from "./canonical.ts";
import { decodeOnCurve } from "./decode.ts";
import { breathe } from "./pause.ts";
import { areMembers, isMember } from "./points.ts";
import { Faults } from "./rules.ts";

/** Weights add up within 128 bits. */
const LARGEST_WEIGHT = 10n ** 24n;

/** The credentials of a board, numbered from 0. */
export class Credentials {
  readonly texts: string[] = [];
  readonly weights: bigint[] = [];
  readonly weighted: boolean;
  /** Whether some weight could not be read, so that no total follows. */
  readonly weightsUnknown: boolean;
  private readonly numbers = new Map<string, number>();

  constructor(entries: { text: string; weight: bigint }[], weighted: boolean, weightsUnknown: boolean) {
    for (const { text, weight } of entries) {
      if (!this.numbers.has(text)) this.numbers.set(text, this.texts.length);
      this.texts.push(text);
      this.weights.push(weight);
    }
    this.weighted = weighted;
    this.weightsUnknown = weightsUnknown;
  }

  /** The number of a credential; `undefined` for one that is not listed. */
  number(text: string): number | undefined {
    return this.numbers.get(text);
  }
}

/** Reads the list; everything but C2, which takes time, is checked here. */
export function readCredentials(bytes: Uint8Array, everyWeightIsOne: boolean, faults: Faults): Credentials | undefined {
  const event = 0;
  let lines: string[];
  try {
    lines = whole(latin1(bytes), (cursor) => cursor.list(() => cursor.text()));
  } catch (fault) {
    if (!(fault instanceof FormFault)) throw fault;
    faults.add({ rule: "C1", event, byte: fault.at, expected: fault.expected });
    return undefined;
  }
  let [weighted, unknown] = [0, false];
  const seen = new Map<string, number>();
  const entries = lines.map((line, at) => {
    const where = { event, credential: at + 1 };
    const comma = line.indexOf(",");
    const text = comma < 0 ? line : line.slice(0, comma);
    const earlier = seen.get(text);
    if (earlier === undefined) seen.set(text, at + 1);
    else faults.add({ rule: "C3", ...where, found: `as number ${earlier}` });
    if (comma < 0) return { text, weight: 1n };
    weighted++;
    const written = line.slice(comma + 1);
    const valid = /^(0|[1-9][0-9]{0,24})$/.test(written) && BigInt(written) <= LARGEST_WEIGHT;
    if (!valid) faults.add({ rule: "C4", ...where, expected: `0 to ${LARGEST_WEIGHT}`, found: written.slice(0, 50) });
    unknown ||= !valid;
    const weight = valid ? BigInt(written) : 1n;
    if (everyWeightIsOne && weight !== 1n) faults.add({ rule: "C6", ...where, expected: "1", found: written });
    return { text, weight };
  });
  if (weighted > 0 && weighted < lines.length) {
    faults.add({ rule: "C5", event, found: `${weighted} of ${lines.length}` });
  }
  return new Credentials(entries, weighted > 0, unknown);
}

/** Credentials that are tested for membership at once; fewer are tested one by one, which takes no longer then. */
const CHUNK = 512;
const FEWEST = 64;

/** Decodes the credentials of some numbers: C2. */
export async function decodeCredentials(
  credentials: Credentials,
  numbers: readonly number[],
  faults: Faults,
  progress?: (done: number) => void,
): Promise<Map<number, Element>> {
  const elements = new Map<number, Element>();
  for (let first = 0; first < numbers.length; first += CHUNK) {
    const chunk = numbers.slice(first, first + CHUNK);
    const points: [number, Element][] = [];
    for (const number of chunk) {
      const point = attempt(() => decodeOnCurve(credentials.texts[number]!));
      if (point === undefined) tell(number);
      else points.push([number, point]);
      await breathe();
    }
    const isOne = points.length >= FEWEST && areMembers(points.map(([, point]) => point));
    for (const [number, point] of points) {
      if (isOne || isMember(point)) elements.set(number, point);
      else tell(number);
      if (!isOne) await breathe();
    }
    progress?.(first + chunk.length);
  }
  return elements;

  function tell(number: number): void {
    faults.add({ rule: "C2", event: 0, credential: number + 1, found: credentials.texts[number]!.slice(0, 100) });
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof ElementFault)) throw fault;
    return undefined;
  }
}
