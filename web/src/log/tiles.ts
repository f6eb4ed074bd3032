// The files of a log (C2SP tlog-tiles): its entries in bundles of 256, each after its length in two bytes. The hashes are
// worked out from the entries, so that the tiles of hashes need not be read.
import type { Frontier } from "./merkle.ts";
import { leafHash } from "./merkle.ts";

const WIDTH = 256;

/** The files below a log's folder: bytes, or `undefined` where a file is not there. */
export type LogFiles = (path: string) => Promise<Uint8Array | undefined>;

/** A file of the log that cannot be used. */
export class TileFault extends Error {}

/** The path of a bundle of entries, or of a tile of hashes of a level. */
export function tilePath(level: number | "entries", number: number, width = WIDTH): string {
  let rest = Math.floor(number / 1000);
  let path = three(number % 1000);
  for (; rest > 0; rest = Math.floor(rest / 1000)) path = `x${three(rest % 1000)}/${path}`;
  return `tile/${level}/${path}${width < WIDTH ? `.p/${width}` : ""}`;
}

/** The entries of a log of `size` entries, in order; `tree` gets the leaf of each.
 * @throws TileFault where a bundle is missing or has another form. */
export async function* readEntries(files: LogFiles, size: number, tree: Frontier): AsyncGenerator<Uint8Array> {
  for (let first = 0; first < size; first += WIDTH) {
    const [number, width] = [first / WIDTH, Math.min(WIDTH, size - first)];
    // A partial bundle that has grown since is the beginning of the longer one.
    const bytes = (await files(tilePath("entries", number, width))) ?? (width < WIDTH ? await files(tilePath("entries", number)) : undefined);
    if (bytes === undefined) throw new TileFault(`${tilePath("entries", number, width)} is missing`);
    for (const entry of readBundle(bytes, width)) {
      tree.append(leafHash(entry));
      yield entry;
    }
  }
}

/** The first `width` entries of a bundle.
 * @throws TileFault */
export function readBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; entries.length < width; ) {
    if (at + 2 > bytes.length) throw new TileFault("a bundle ends before its last entry");
    const length = bytes[at]! * 256 + bytes[at + 1]!;
    at += 2 + length;
    if (at > bytes.length) throw new TileFault("a bundle ends inside an entry");
    entries.push(bytes.subarray(at - length, at));
  }
  return entries;
}

function three(number: number): string {
  return String(number).padStart(3, "0");
}
