// Files out of a zip (APPNOTE 6.3.3): names and places from its directory, each file when it is asked for, stored or deflated.
// The zip is never in memory as a whole: a blob of a disk file is read piece by piece.

/** A file that is no zip, or one of a form that is not read. */
export class ZipFault extends Error {}

interface Place {
  method: number;
  packed: number;
  size: number;
  header: number;
}

const [END, DIRECTORY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END64, LOCATOR64] = [0x06064b50, 0x07064b50];
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

export class Zip {
  private constructor(private readonly blob: Blob, private readonly places: ReadonlyMap<string, Place>) {}

  static async open(blob: Blob): Promise<Zip> {
    const tailAt = Math.max(0, blob.size - END_BYTES - LONGEST_COMMENT);
    const tail = await view(blob, tailAt, blob.size);
    let at = tail.byteLength - END_BYTES;
    while (at >= 0 && tail.getUint32(at, true) !== END) at--;
    if (at < 0) throw new ZipFault("the file is no zip, or it is cut off");
    let [count, size, start] = [tail.getUint16(at + 10, true), tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
    if (at >= 20 && tail.getUint32(at - 20, true) === LOCATOR64) {
      const end = await view(blob, number64(tail, at - 12), number64(tail, at - 12) + 56);
      if (end.byteLength < 56 || end.getUint32(0, true) !== END64) {
        throw new ZipFault("the zip's directory cannot be found");
      }
      [count, size, start] = [number64(end, 32), number64(end, 40), number64(end, 48)];
    }
    return new Zip(blob, readDirectory(await view(blob, start, start + size), count));
  }

  names(): string[] {
    return [...this.places.keys()];
  }

  /** The contents of a file; `undefined` where there is none of that name. */
  async file(name: string): Promise<ReadableStream<Uint8Array> | undefined> {
    const place = this.places.get(name);
    if (place === undefined) return undefined;
    const header = await view(this.blob, place.header, place.header + 30);
    if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL) {
      throw new ZipFault(`${name} is not where the directory says`);
    }
    const start = place.header + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    const packed = this.blob.slice(start, start + place.packed).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
    if (place.method === 0) return packed;
    if (place.method === 8) return packed.pipeThrough(new DecompressionStream("deflate-raw" as CompressionFormat));
    throw new ZipFault(`${name} is packed in a way that is not read`);
  }

  /** The bytes of a file that is not larger than `most`. */
  async bytes(name: string, most: number): Promise<Uint8Array | undefined> {
    const place = this.places.get(name);
    if (place === undefined) return undefined;
    if (place.size > most) throw new ZipFault(`${name} is too large`);
    const bytes = new Uint8Array(place.size);
    const reader = (await this.file(name))!.getReader();
    let at = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (at + next.value.length > bytes.length) throw new ZipFault(`${name} is longer than the directory says`);
      bytes.set(next.value, at);
      at += next.value.length;
    }
    if (at < bytes.length) throw new ZipFault(`${name} is shorter than the directory says`);
    return bytes;
  }
}

function readDirectory(directory: DataView, count: number): Map<string, Place> {
  const places = new Map<string, Place>();
  let at = 0;
  for (let number = 0; number < count; number++) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== DIRECTORY) {
      throw new ZipFault("the zip's directory is broken");
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => directory.getUint16(at + offset, true)) as [number, number, number];
    if (at + 46 + nameLength + extraLength > directory.byteLength) throw new ZipFault("the zip's directory is broken");
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength));
    const place: Place = {
      method: directory.getUint16(at + 10, true),
      packed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      header: directory.getUint32(at + 42, true),
    };
    readLarge(new DataView(directory.buffer, directory.byteOffset + at + 46 + nameLength, extraLength), place);
    if (places.has(name)) throw new ZipFault(`${name} is there twice`);
    places.set(name, place);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return places;
}

/** Numbers of 64 bits stand in an extra field, those that do not fit 32. */
function readLarge(extra: DataView, place: Place): void {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const [kind, length] = [extra.getUint16(at, true), extra.getUint16(at + 2, true)];
    at += 4;
    if (kind === 1) {
      let from = at;
      for (const field of ["size", "packed", "header"] as const) {
        if (place[field] !== 0xffffffff || from + 8 > extra.byteLength) continue;
        place[field] = number64(extra, from);
        from += 8;
      }
    }
    at += length;
  }
}

function number64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

async function view(blob: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await blob.slice(start, end).arrayBuffer());
}
