// The header of a record: 512 bytes, of which name, size and time decide every other.
import { latin1 } from "./canonical.ts";

export const BLOCK = 512;

/** Name, size and time of a header; `undefined` where one of them cannot be read. */
export function readHeader(header: Uint8Array): { name: string; size: number; time: number } | undefined {
  const text = latin1(header);
  const name = /^[\x21-\x7e]{1,100}(?=\0|$)/.exec(text.slice(0, 100))?.[0];
  const [size, time] = [text.slice(124, 135), text.slice(136, 147)];
  if (name === undefined || !/^[0-7]{11}$/.test(size) || !/^[0-7]{11}$/.test(time)) return undefined;
  return { name, size: parseInt(size, 8), time: parseInt(time, 8) };
}

/** The one header of a record. */
export function makeHeader(name: string, size: number, time: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const write = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++) header[at + index] = text.charCodeAt(index);
  };
  write(0, name);
  write(100, "0000644");
  write(108, "0000000");
  write(116, "0000000");
  write(124, size.toString(8).padStart(11, "0"));
  write(136, time.toString(8).padStart(11, "0"));
  write(156, "0");
  write(148, `${checksum(header).toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** The sum of a header's bytes, with eight spaces in the place of the sum. */
function checksum(header: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += header[at]!;
  return sum;
}

export function hasChecksum(header: Uint8Array): boolean {
  return latin1(header.subarray(148, 156)) === `${checksum(header).toString(8).padStart(6, "0")}\0 `;
}
