// QR codes (ISO/IEC 18004), as far as letters need them: error correction of level M, versions 1 to 10, alphanumeric or
// bytes. The matrix is one of modules, dark or light; whoever draws it adds four light modules on every side.
//
// Codewords are polynomials over GF(256) with x^8 + x^4 + x^3 + x^2 + 1; the correction of a block is the remainder of
// its data, times x^e, divided by (x - 1)(x - 2)...(x - 2^(e-1)).

/** Modules by row, dark ones true. */
export type Matrix = boolean[][];

/** A text that is too long for the largest code that is made. */
export class QrFault extends Error {
  constructor() {
    super("the text is too long for a code of version 10");
  }
}

/** For each version: codewords of correction in a block, and [number of blocks, data codewords in each]. Level M. */
const BLOCKS: readonly { correction: number; groups: readonly (readonly [number, number])[] }[] = [
  { correction: 10, groups: [[1, 16]] },
  { correction: 16, groups: [[1, 28]] },
  { correction: 26, groups: [[1, 44]] },
  { correction: 18, groups: [[2, 32]] },
  { correction: 24, groups: [[2, 43]] },
  { correction: 16, groups: [[4, 27]] },
  { correction: 18, groups: [[4, 31]] },
  { correction: 22, groups: [[2, 38], [2, 39]] },
  { correction: 22, groups: [[3, 36], [2, 37]] },
  { correction: 26, groups: [[4, 43], [1, 44]] },
];
/** Where alignment patterns have their centres, by version. */
const ALIGNMENT: readonly (readonly number[])[] = [
  [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
];
const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** Two bits of level M in the format. */
const LEVEL_M = 0b00;

/** The code of a text, in the smallest version that it fits, with the mask of the lowest penalty or the given one.
 * @throws QrFault */
export function qrCode(text: string, mask?: number): Matrix {
  const version = BLOCKS.findIndex((_, at) => bitsOf(text, at + 1).length <= 8 * capacity(at + 1)) + 1;
  if (version === 0) throw new QrFault();
  const codewords = interleave(version, padded(bitsOf(text, version), capacity(version)));
  const masks = mask === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [mask];
  const drawn = masks.map((own) => draw(version, codewords, own)).map((matrix) => ({ matrix, points: penalty(matrix) }));
  return drawn.reduce((best, own) => (own.points < best.points ? own : best)).matrix;
}

/** The data codewords of a text in a version, before correction: what the standard's worked example shows. */
export function dataCodewords(text: string, version: number): number[] {
  return padded(bitsOf(text, version), capacity(version));
}

/** The codewords of correction of a block of data. */
export function correctionOf(data: readonly number[], count: number): number[] {
  const divisor = generator(count);
  const remainder = new Array<number>(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ remainder.shift()!;
    remainder.push(0);
    divisor.forEach((coefficient, at) => (remainder[at]! ^= times(coefficient, factor)));
  }
  return remainder;
}

function capacity(version: number): number {
  return BLOCKS[version - 1]!.groups.reduce((sum, [count, length]) => sum + count * length, 0);
}

/** Mode, length and content, in bits. */
function bitsOf(text: string, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let at = length - 1; at >= 0; at--) bits.push((value >> at) & 1);
  };
  const values = [...text].map((character) => ALPHANUMERIC.indexOf(character));
  if (values.every((value) => value >= 0)) {
    put(0b0010, 4);
    put(values.length, version < 10 ? 9 : 11);
    for (let at = 0; at < values.length; at += 2) {
      if (at + 1 < values.length) put(45 * values[at]! + values[at + 1]!, 11);
      else put(values[at]!, 6);
    }
  } else {
    const bytes = new TextEncoder().encode(text);
    put(0b0100, 4);
    put(bytes.length, version < 10 ? 8 : 16);
    for (const byte of bytes) put(byte, 8);
  }
  return bits;
}

/** The end, zeros up to a whole codeword, and the two codewords that fill what is left. */
function padded(bits: readonly number[], length: number): number[] {
  const all = [...bits, ...new Array<number>(Math.min(4, 8 * length - bits.length)).fill(0)];
  while (all.length % 8 !== 0) all.push(0);
  const codewords: number[] = [];
  for (let at = 0; at < all.length; at += 8) codewords.push(all.slice(at, at + 8).reduce((byte, bit) => 2 * byte + bit, 0));
  for (let filler = 0xec; codewords.length < length; filler ^= 0xec ^ 0x11) codewords.push(filler);
  return codewords;
}

/** The blocks with their correction, codeword by codeword. */
function interleave(version: number, data: readonly number[]): number[] {
  const { correction, groups } = BLOCKS[version - 1]!;
  const blocks: number[][] = [];
  let from = 0;
  for (const [count, length] of groups) {
    for (let block = 0; block < count; block++) blocks.push(data.slice(from, (from += length)));
  }
  const corrections = blocks.map((block) => correctionOf(block, correction));
  return [...columns(blocks), ...columns(corrections)];
}

function columns(blocks: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, at) => blocks.flatMap((block) => block.slice(at, at + 1))).flat();
}

/** The coefficients after the leading one of (x - 1)(x - 2)...(x - 2^(count-1)). */
function generator(count: number): number[] {
  const divisor = [...new Array<number>(count - 1).fill(0), 1];
  for (let root = 1, at = 0; at < count; at++, root = times(root, 2)) {
    for (let place = 0; place < count; place++) {
      divisor[place] = times(divisor[place]!, root) ^ (divisor[place + 1] ?? 0);
    }
  }
  return divisor;
}

/** Powers of 2 in GF(256), and their exponents. */
const POWERS: number[] = [];
const EXPONENTS: number[] = [];
for (let exponent = 0, power = 1; exponent < 255; exponent++, power = (power << 1) ^ ((power >> 7) * 0x11d)) {
  POWERS.push(power);
  EXPONENTS[power] = exponent;
}

/** The product in GF(256). */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : POWERS[(EXPONENTS[a]! + EXPONENTS[b]!) % 255]!;
}

type Cell = boolean | undefined;

function draw(version: number, codewords: readonly number[], mask: number): Matrix {
  const cells = functionPatterns(version, mask);
  const matrix = cells.map((row) => row.map((cell) => cell === true));
  const size = matrix.length;
  const bits = codewords.flatMap((codeword) => [7, 6, 5, 4, 3, 2, 1, 0].map((at) => (codeword >> at) & 1));
  let [next, upwards] = [0, true];
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (cells[row]![column] !== undefined) continue;
        matrix[row]![column] = ((bits[next++] ?? 0) === 1) !== isMasked(mask, row, column);
      }
    }
    upwards = !upwards;
  }
  return matrix;
}

/** Everything but the data; undefined where these go. */
function functionPatterns(version: number, mask: number): Cell[][] {
  const size = 17 + 4 * version;
  const cells: Cell[][] = Array.from({ length: size }, () => new Array<Cell>(size).fill(undefined));
  const set = (row: number, column: number, dark: boolean) => {
    if (row >= 0 && row < size && column >= 0 && column < size) cells[row]![column] = dark;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) {
    square(4, (y, x, distance) => set(row + y, column + x, distance !== 2 && distance !== 4));
  }
  const centres = ALIGNMENT[version - 1]!;
  const last = centres.at(-1);
  for (const row of centres) {
    for (const column of centres) {
      const onFinder = (row === 6 && (column === 6 || column === last)) || (row === last && column === 6);
      if (!onFinder) square(2, (y, x, distance) => set(row + y, column + x, distance !== 1));
    }
  }
  // The format twice, and the module that is always dark.
  const format = formatBits((LEVEL_M << 3) | mask);
  for (let at = 0; at < 15; at++) {
    const dark = ((format >> at) & 1) === 1;
    const beside = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    set(beside, 8, dark);
    set(8, at < 8 ? size - 1 - at : at === 8 ? 7 : 14 - at, dark);
  }
  set(size - 8, 8, true);
  if (version >= 7) {
    const bits = versionBits(version);
    for (let at = 0; at < 18; at++) {
      const [far, near] = [size - 11 + (at % 3), Math.floor(at / 3)];
      set(far, near, ((bits >> at) & 1) === 1);
      set(near, far, ((bits >> at) & 1) === 1);
    }
  }
  return cells;
}

function square(reach: number, each: (y: number, x: number, distance: number) => void): void {
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) each(y, x, Math.max(Math.abs(x), Math.abs(y)));
  }
}

/** Five bits with the ten of their BCH code, masked. */
export function formatBits(data: number): number {
  return ((data << 10) | remainder(data << 10, 0x537, 10)) ^ 0x5412;
}

/** Six bits with the twelve of their Golay code. */
export function versionBits(version: number): number {
  return (version << 12) | remainder(version << 12, 0x1f25, 12);
}

function remainder(value: number, divisor: number, degree: number): number {
  for (let at = 17; at >= degree; at--) {
    if ((value >> at) & 1) value ^= divisor << (at - degree);
  }
  return value;
}

function isMasked(mask: number, i: number, j: number): boolean {
  const third = Math.floor(i / 2) + Math.floor(j / 3);
  const product = ((i * j) % 2) + ((i * j) % 3);
  const value = [i + j, i, j, i + j, third, product, product, ((i + j) % 2) + ((i * j) % 3)][mask]!;
  const modulus = [2, 2, 3, 3, 2, Infinity, 2, 2][mask]!;
  return value % modulus === 0;
}

/** The four rules by which masks are compared. */
function penalty(matrix: Matrix): number {
  const size = matrix.length;
  const turned = matrix.map((_, at) => matrix.map((row) => row[at]!));
  let points = 0;
  for (const line of [...matrix, ...turned]) {
    const text = line.map((dark) => (dark ? "1" : "0")).join("");
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    for (const pattern of ["10111010000", "00001011101"]) {
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) points += 40;
    }
  }
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const own = matrix[row]![column]!;
      const same = [matrix[row]![column + 1], matrix[row + 1]![column], matrix[row + 1]![column + 1]];
      if (same.every((other) => other === own)) points += 3;
    }
  }
  const dark = matrix.flat().filter(Boolean).length;
  return points + 10 * Math.floor(Math.abs((20 * dark) / (size * size) - 10));
}
