// Canonical JSON: records that have exactly one form are read by going along it character by character.
//
// A record is given as the text of its bytes, a character each (Latin-1), so that nothing outside ASCII can pass.

/** The record departs from its one form here. */
export class FormFault extends Error {
  readonly at: number;
  readonly expected: string;

  constructor(at: number, expected: string) {
    super(`byte ${at}: expected ${expected}`);
    this.at = at;
    this.expected = expected;
  }
}

/** The largest weight or result that is written as a JSON number; above, it is a text. */
const LARGEST_NUMBER = 1_073_741_823n;
const LARGEST = (1n << 128n) - 1n;

/** The text of bytes, a character each. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

export class Cursor {
  at = 0;
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Whether `text` comes next; it is not passed. */
  comes(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Passes `text` if it comes next. */
  maybe(text: string): boolean {
    if (!this.comes(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Passes `text`. */
  pass(text: string): void {
    if (!this.maybe(text)) throw new FormFault(this.at, text);
  }

  end(): void {
    if (this.at !== this.source.length) throw new FormFault(this.at, "the end");
  }

  /** A text of printable ASCII without quotation marks and backslashes. */
  text(): string {
    this.pass('"');
    const start = this.at;
    for (; this.at < this.source.length; this.at++) {
      const code = this.source.charCodeAt(this.at);
      if (code === 0x22) return this.source.slice(start, this.at++);
      if (code < 0x20 || code > 0x7e || code === 0x5c) break;
    }
    throw new FormFault(this.at, "a text");
  }

  /** 64 lower-case hexadecimal digits. */
  digest(): string {
    const start = this.at;
    const text = this.text();
    if (!/^[0-9a-f]{64}$/.test(text)) throw new FormFault(start, "a digest");
    return text;
  }

  /** Digits without leading zeros. */
  digits(): string {
    const start = this.at;
    while (this.at < this.source.length && this.source[this.at]! >= "0" && this.source[this.at]! <= "9") this.at++;
    const digits = this.source.slice(start, this.at);
    if (!/^(0|[1-9][0-9]*)$/.test(digits)) throw new FormFault(start, "a number");
    return digits;
  }

  /** A small number: a height, an owner, a count. */
  small(): number {
    const start = this.at;
    const number = Number(this.digits());
    if (!Number.isSafeInteger(number)) throw new FormFault(start, "a smaller number");
    return number;
  }

  /** A weight or a result: a JSON number up to 1,073,741,823, a text above. */
  weight(): bigint {
    const start = this.at;
    const quoted = this.maybe('"');
    const digits = this.digits();
    if (quoted) this.pass('"');
    if (digits.length > 39) throw new FormFault(start, "a smaller number");
    const number = BigInt(digits);
    if (quoted !== number > LARGEST_NUMBER) {
      throw new FormFault(start, "a JSON number up to 1073741823, or a larger one as a text");
    }
    if (number > LARGEST) throw new FormFault(start, "a smaller number");
    return number;
  }

  /** A list of what `entry` reads, of any length. */
  list<T>(entry: () => T): T[] {
    this.pass("[");
    const entries: T[] = [];
    if (this.maybe("]")) return entries;
    do entries.push(entry()); while (this.maybe(","));
    this.pass("]");
    return entries;
  }

  /** A list of one entry for each of `kinds`, read by kind. Another number of entries is told by `wrong`. */
  each<K, T>(kinds: readonly K[], entry: (kind: K) => T, wrong: () => Error): T[] {
    this.pass("[");
    const entries: T[] = [];
    for (const kind of kinds) {
      if (this.comes("]")) throw wrong();
      if (entries.length > 0) this.pass(",");
      entries.push(entry(kind));
    }
    if (this.comes(",")) throw wrong();
    if (!this.comes("]") && kinds.length === 0) throw wrong();
    this.pass("]");
    return entries;
  }
}

/** Reads a whole record, which ends where `read` ends. */
export function whole<T>(source: string, read: (cursor: Cursor) => T): T {
  const cursor = new Cursor(source);
  const value = read(cursor);
  cursor.end();
  return value;
}
