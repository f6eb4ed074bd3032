// The list of credentials as the rules of a log look at it: weights, and which of them are spare. Whether they are elements
// of the group is the matter of credentials.ts.
import { JsonFault, asList, asText, parseJson } from "./json.ts";

export class SpareList {
  /** The weight of each credential, spare ones among them. */
  readonly weights = new Map<string, bigint>();
  readonly spares: string[] = [];
  /** Spares that are listed twice, or not on the list of credentials with the same weight: J7. */
  readonly wrong: string[] = [];
  private readonly own = new Set<string>();

  /** Reads the two lists; `undefined` where one of them is no list of texts. */
  static read(credentials: Uint8Array, spares: Uint8Array): SpareList | undefined {
    const list = new SpareList();
    const [all, spare] = [split(credentials), split(spares)];
    if (all === undefined || spare === undefined) return undefined;
    for (const [credential, weight] of all) list.weights.set(credential, weight);
    for (const [credential, weight] of spare) {
      if (list.own.has(credential) || list.weights.get(credential) !== weight) list.wrong.push(credential);
      list.own.add(credential);
      list.spares.push(credential);
    }
    return list;
  }

  isSpare(credential: string): boolean {
    return this.own.has(credential);
  }
}

function split(record: Uint8Array): [string, bigint][] | undefined {
  try {
    return asList(parseJson(record)).map(asText).map((line) => {
      const [, credential = "", weight = "1"] = /^([^,]*)(?:,([0-9]{1,39}))?$/.exec(line) ?? [];
      if (credential === "") throw new JsonFault("no credential");
      return [credential, BigInt(weight)];
    });
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    return undefined;
  }
}
