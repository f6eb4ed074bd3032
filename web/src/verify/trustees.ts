// The trustees: who must decrypt, and that the election's key is theirs. Rules T1 to T12 of docs/spec/belenios-v1.md.
import { decodeScalar, ElementFault, GROUP, neutral, type Element } from "../protocol/group.ts";
import { asList, asText, fieldsOf, JsonFault, parseJson, type Json } from "./json.ts";
import { readPedersen } from "./pedersen.ts";
import { decode, powerOf } from "./points.ts";
import { Bases, holds, know, type Proof } from "./proofs.ts";
import { Faults, type Rule } from "./rules.ts";
import type { Election } from "./setup.ts";

/** One who decrypts, numbered from 1 through the whole list. */
export interface Trustee {
  /** X, with which the partial decryptions are proven; `undefined` where it cannot be read. */
  key: Element | undefined;
  keyText: string;
  name?: string;
}

/** Those of one entry: `threshold` of its members are needed. */
export interface TrusteeGroup {
  threshold: number;
  /** The numbers of the members. */
  members: number[];
}

export interface Trustees {
  all: Trustee[];
  groups: TrusteeGroup[];
}

/** Reads the trustees' record; `undefined` where it cannot be read. */
export function readTrustees(
  bytes: Uint8Array,
  election: Election,
  bases: Bases,
  faults: Faults,
): Trustees | undefined {
  const trustees: Trustees = { all: [], groups: [] };
  let key: Element | undefined = neutral;
  try {
    const entries = asList(parseJson(bytes));
    if (entries.length === 0) throw new JsonFault("there is no trustee");
    // The forms of all entries are looked at before anything is computed.
    for (const entry of entries) {
      const [kind, value, more] = asList(entry);
      if (more !== undefined || (kind !== "Single" && kind !== "Pedersen")) {
        throw new JsonFault("an entry of an unknown kind");
      }
      const first = trustees.all.length + 1;
      let part: Element | undefined;
      if (kind === "Single") {
        const single = new KeyEntry(value, false);
        trustees.all.push(single.check(first, bases, faults));
        trustees.groups.push({ threshold: 1, members: [first] });
        part = trustees.all.at(-1)!.key;
      } else {
        const group = readPedersen(value, first, bases, faults);
        trustees.all.push(...group.members);
        trustees.groups.push({ threshold: group.threshold, members: group.members.map((_, at) => first + at) });
        part = group.key;
      }
      key = key === undefined || part === undefined ? undefined : key.add(part);
    }
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    faults.add({ rule: "T1", event: 0, found: fault.message });
    return undefined;
  }
  if (key !== undefined && !key.equals(election.key)) faults.add({ rule: "T4", event: 0 });
  return trustees;
}

/** An entry {"pok":…,"public_key":…,"signature":?…,"name":?…}. */
export class KeyEntry {
  readonly keyText: string;
  readonly signature: Json | undefined;
  private readonly pok: Json | undefined;
  private readonly name: Json | undefined;

  constructor(value: Json | undefined, ofMember: boolean) {
    const fields = fieldsOf(value, ofMember ? ["pok", "public_key", "signature?", "name?"] : ["pok", "public_key", "name?"]);
    this.keyText = asText(fields("public_key"));
    this.pok = fields("pok");
    this.signature = fields("signature");
    this.name = fields("name");
    proofFields(this.pok);
    if (this.signature !== undefined) proofFields(this.signature);
    if (this.name !== undefined) asText(this.name);
  }

  /** T2 and T3. */
  check(number: number, bases: Bases, faults: Faults): Trustee {
    const read = new Reader(number, faults);
    const key = read.element(this.keyText);
    const pok = read.proof(this.pok);
    if (key !== undefined && pok !== undefined) {
      read.require("T3", holds(know(bases, key, pok, `pok|${GROUP}|${this.keyText}|`)));
    }
    const trustee: Trustee = { key, keyText: this.keyText };
    if (typeof this.name === "string") trustee.name = this.name;
    return trustee;
  }
}

/** The two texts of a proof. */
export function proofFields(value: Json | undefined): { challenge: string; response: string } {
  const fields = fieldsOf(value, ["challenge", "response"]);
  return { challenge: asText(fields("challenge")), response: asText(fields("response")) };
}

/** Reads the elements and scalars of a trustee, and tells T2 where one is none. */
export class Reader {
  private readonly trustee: number;
  private readonly faults: Faults;

  constructor(trustee: number, faults: Faults) {
    this.trustee = trustee;
    this.faults = faults;
  }

  element(text: string): Element | undefined {
    return this.attempt(() => decode(text), text);
  }

  proof(value: Json | undefined): Proof | undefined {
    const { challenge, response } = proofFields(value);
    const [c, r] = [challenge, response].map((text) => this.attempt(() => decodeScalar(text), text));
    return c === undefined || r === undefined ? undefined : { challenge: c, response: r };
  }

  require(rule: Rule, isSo: boolean, more: { expected?: string; found?: string } = {}): void {
    if (!isSo) this.faults.add({ rule, event: 0, trustee: this.trustee, ...more });
  }

  private attempt<T>(read: () => T, text: string): T | undefined {
    try {
      return read();
    } catch (fault) {
      if (!(fault instanceof ElementFault)) throw fault;
      this.require("T2", false, { found: text.slice(0, 100) });
      return undefined;
    }
  }
}

/** product of C_k^(j^k): a polynomial in the exponent at j, by Horner's rule. */
export function evaluate(coefficients: readonly Element[], j: number): Element {
  return coefficients.reduceRight((value, coefficient) => powerOf(value, BigInt(j)).add(coefficient), neutral);
}
