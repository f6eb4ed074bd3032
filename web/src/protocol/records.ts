// Records have one text: compact JSON with their fields in order. What is read is written again and compared, so that a
// field given twice, one too many, or another way to write a number is refused.

/** A text that is no record of its kind. */
export class RecordFault extends Error {}

/** A proof as it is written: challenge and response in decimal digits. */
export interface ProofText {
  challenge: string;
  response: string;
}

/** What makes the value of a record from what JSON gives, field by field.
 * @throws RecordFault where it cannot. */
export type Reader<T> = (value: unknown) => T;

/** The record of a text.
 * @throws RecordFault where it is none in its one form. */
export function readRecord<T>(text: string, what: string, reader: Reader<T>): T {
  let record: T;
  try {
    record = reader(JSON.parse(text));
  } catch (fault) {
    if (fault instanceof SyntaxError || fault instanceof RecordFault) throw new RecordFault(`not ${what}`);
    throw fault;
  }
  if (JSON.stringify(record) !== text) throw new RecordFault(`not ${what} in its one form`);
  return record;
}

/** A text. */
export function text(value: unknown): string {
  if (typeof value !== "string") throw new RecordFault("no text");
  return value;
}

/** This text and no other: what a record is. */
export function kind<K extends string>(own: K): Reader<K> {
  return (value) => {
    if (value !== own) throw new RecordFault("another kind");
    return own;
  };
}

/** A whole number from 0. */
export function count(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new RecordFault("no whole number");
  return value;
}

/** A list, read item by item. */
export function list<T>(reader: Reader<T>): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new RecordFault("no list");
    return value.map(reader);
  };
}

/** An object with exactly these fields, in this order; a reader of `optional` may be left out. */
export function object<T extends object>(fields: { [name in keyof T]-?: Reader<Exclude<T[name], undefined>> }): Reader<T> {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new RecordFault("no object");
    const given = value as Record<string, unknown>;
    const names = Object.keys(fields);
    if (Object.keys(given).some((name) => !names.includes(name))) throw new RecordFault("a field too many");
    const read: Record<string, unknown> = {};
    for (const [name, reader] of Object.entries(fields) as [string, Reader<unknown> & { mayLack?: boolean }][]) {
      if (name in given) read[name] = reader(given[name]);
      else if (!reader.mayLack) throw new RecordFault("a field too few");
    }
    return read as T;
  };
}

/** A field that may be left out. */
export function optional<T>(reader: Reader<T>): Reader<T> & { mayLack: true } {
  return Object.assign((value: unknown) => reader(value), { mayLack: true as const });
}

/** A proof. */
export const proofText: Reader<ProofText> = object<ProofText>({ challenge: text, response: text });
