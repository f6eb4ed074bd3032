// Randomness of the browser's own generator, and nothing else.

/** Bytes from the system's generator. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  // The generator gives at most 65,536 bytes at a time.
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65536, length)));
  return bytes;
}

/** A number below `bound`, each as likely as any other: draws that would make some likelier are thrown away. */
export function randomBelow(bound: bigint): bigint {
  const bits = bound.toString(2).length;
  const length = Math.ceil(bits / 8);
  const mask = (1n << BigInt(bits)) - 1n;
  for (;;) {
    const drawn = fromBytes(randomBytes(length)) & mask;
    if (drawn < bound) return drawn;
  }
}

/** The number that bytes write, the highest first. */
export function fromBytes(bytes: Uint8Array): bigint {
  let hex = "0x0";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(hex);
}
