// Bytes on demand from a stream, and unpacking of what is packed with gzip.

/** Where bytes come from. */
export type Source = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array;

/** Bytes on demand, from pieces of any size. */
export class Input {
  at = 0;
  private readonly pieces: AsyncIterator<Uint8Array>;
  private readonly progress: ((bytes: number) => void) | undefined;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>, progress?: (bytes: number) => void) {
    this.pieces = source[Symbol.asyncIterator]();
    this.progress = progress;
  }

  /** The next bytes: fewer than asked for only at the end. Memory is taken as they come, not as a header promises. */
  async take(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let taken = 0;
    while (taken < count) {
      if (this.rest.length === 0) {
        const next = await this.pieces.next();
        if (next.done) break;
        this.rest = next.value;
        continue;
      }
      const part = this.rest.subarray(0, count - taken);
      this.rest = this.rest.subarray(part.length);
      parts.push(part);
      taken += part.length;
    }
    this.at += taken;
    this.progress?.(this.at);
    const bytes = new Uint8Array(taken);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}

/** The pieces of a source, unpacked where it is packed with gzip. */
export async function unpacked(source: Source): Promise<AsyncIterable<Uint8Array>> {
  const pieces = (source instanceof Uint8Array ? once(source) : source instanceof ReadableStream ? fromStream(source) : source)[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  while (head.length < 2) {
    const next = await pieces.next();
    if (next.done) break;
    const joined = new Uint8Array(head.length + next.value.length);
    joined.set(head);
    joined.set(next.value, head.length);
    head = joined;
  }
  const all = (async function* () {
    if (head.length > 0) yield head;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  })();
  if (head[0] !== 0x1f || head[1] !== 0x8b) return all;
  const packed = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await all.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
  });
  return fromStream(packed.pipeThrough(new DecompressionStream("gzip")));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Not every browser iterates over a stream itself. */
async function* fromStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const next = await reader.read();
    if (next.done) return;
    yield next.value;
  }
}
