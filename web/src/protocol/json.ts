// JSON read as strictly as the rest of adil reads it: no name is given twice in an object, and numbers are whole. The
// reader of JavaScript takes the last of several values of a name, so that one text could be two elections.

/** A text that is no JSON of the form that is read: whoever wrote it is at fault. */
export class FormFault extends Error {}

/** An object of JSON. */
export type Fields = Record<string, unknown>;

/** The value of a text.
 * @throws FormFault */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    throw new FormFault(`no JSON: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  onlyOnce(text);
  return value;
}

/** Refuses names that are given twice, and numbers that are not whole, in what is JSON. */
function onlyOnce(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]|-?[0-9][0-9.eE+-]*/g)) {
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) {
      const name = JSON.parse(token.slice(0, -1)) as string;
      const names = open.at(-1);
      if (names?.has(name)) throw new FormFault(`the field ${JSON.stringify(name)} is given twice`);
      names?.add(name);
    } else if (!token.startsWith('"') && !/^(0|-?[1-9][0-9]*)$/.test(token)) {
      throw new FormFault(`${token} is not a whole number in its one form`);
    }
  }
}

/** The fields of an object that has all of `needed` and none besides them and `optional`.
 * @throws FormFault */
export function fields(value: unknown, what: string, needed: readonly string[], optional: readonly string[] = []): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FormFault(`${what} is no object`);
  for (const name of needed) if (!Object.hasOwn(value, name)) throw new FormFault(`${what} has no field ${name}`);
  for (const name of Object.keys(value)) {
    if (!needed.includes(name) && !optional.includes(name)) throw new FormFault(`${what} has an unknown field ${JSON.stringify(name)}`);
  }
  return value as Fields;
}

/** @throws FormFault */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") throw new FormFault(`${what} is no text`);
  return value;
}

/** @throws FormFault */
export function flagOf(value: unknown, what: string): boolean {
  if (typeof value !== "boolean") throw new FormFault(`${what} is neither true nor false`);
  return value;
}

/** A number from 0 to 2^32 - 1.
 * @throws FormFault */
export function countOf(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new FormFault(`${what} is no number from 0 to 4294967295`);
  }
  return value;
}

/** @throws FormFault */
export function listOf<T>(value: unknown, what: string, item: (value: unknown, what: string) => T): T[] {
  if (!Array.isArray(value)) throw new FormFault(`${what} is no list`);
  return value.map((entry, at) => item(entry, `${what}, number ${at + 1},`));
}
