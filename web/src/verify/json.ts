// JSON of any form, for the records whose form is free: the election, the trustees, the messages that members sign.
// Stricter than JSON.parse in what matters: a field twice is refused, and so are bytes that are no UTF-8.

export type Json = null | boolean | string | JsonNumber | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** A number as it was written. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The text is no JSON, or not of the fields that are due. */
export class JsonFault extends Error {}

const DEEPEST = 100;

/** The value of a text, or of bytes in UTF-8. */
export function parseJson(source: string | Uint8Array): Json {
  const parser = new Parser(typeof source === "string" ? source : utf8(source));
  const value = parser.value(0);
  parser.space();
  if (parser.at !== parser.source.length) throw new JsonFault("something follows the value");
  return value;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonFault("not UTF-8");
  }
}

class Parser {
  at = 0;
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  space(): void {
    while (" \t\n\r".includes(this.source[this.at] ?? "x")) this.at++;
  }

  value(depth: number): Json {
    if (depth > DEEPEST) throw new JsonFault("nested too deeply");
    this.space();
    const first = this.source[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.list(depth);
    if (first === '"') return this.text();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]] as const) {
      if (this.source.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const number = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
    number.lastIndex = this.at;
    const found = number.exec(this.source);
    if (found === null) throw new JsonFault(`no value at character ${this.at}`);
    this.at += found[0].length;
    return new JsonNumber(found[0]);
  }

  private object(depth: number): JsonObject {
    const fields: JsonObject = new Map();
    this.members("}", () => {
      this.space();
      const name = this.text();
      this.space();
      if (this.source[this.at++] !== ":") throw new JsonFault("a colon is missing");
      if (fields.has(name)) throw new JsonFault(`the field ${name} stands twice`);
      fields.set(name, this.value(depth + 1));
    });
    return fields;
  }

  private list(depth: number): Json[] {
    const entries: Json[] = [];
    this.members("]", () => entries.push(this.value(depth + 1)));
    return entries;
  }

  private members(close: string, member: () => void): void {
    this.at++;
    this.space();
    if (this.source[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      member();
      this.space();
      const next = this.source[this.at++];
      if (next === close) return;
      if (next !== ",") throw new JsonFault("a comma is missing");
    }
  }

  private text(): string {
    const start = this.at;
    if (this.source[this.at] !== '"') throw new JsonFault(`no text at character ${start}`);
    for (this.at++; this.at < this.source.length; this.at++) {
      if (this.source[this.at] === "\\") this.at++;
      else if (this.source[this.at] === '"') {
        this.at++;
        let value: string;
        try {
          value = JSON.parse(this.source.slice(start, this.at)) as string;
        } catch {
          throw new JsonFault(`no text at character ${start}`);
        }
        if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)) {
          throw new JsonFault("half a character");
        }
        return value;
      }
    }
    throw new JsonFault("a text does not end");
  }
}

/** The fields of an object: those named, of which the ones with a question mark may be absent, and no others. */
export function fieldsOf<N extends string>(
  value: Json | undefined,
  names: readonly N[],
): (name: string) => Json | undefined {
  if (!(value instanceof Map)) throw new JsonFault("not an object");
  const known = new Set<string>();
  for (const name of names) {
    const bare = name.endsWith("?") ? name.slice(0, -1) : name;
    known.add(bare);
    if (bare === name && !value.has(name)) throw new JsonFault(`the field ${name} is missing`);
  }
  for (const name of value.keys()) if (!known.has(name)) throw new JsonFault(`an unknown field ${name}`);
  return (name) => value.get(name);
}

export function asText(value: Json | undefined): string {
  if (typeof value !== "string") throw new JsonFault("not a text");
  return value;
}

export function asList(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw new JsonFault("not a list");
  return value;
}

/** A whole number from 0 on. */
export function asCount(value: Json | undefined): number {
  if (!(value instanceof JsonNumber) || !/^(0|[1-9][0-9]*)$/.test(value.text) || value.text.length > 15) {
    throw new JsonFault("not a number");
  }
  return Number(value.text);
}
