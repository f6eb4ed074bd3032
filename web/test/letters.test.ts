// Letters: codes for cameras, against the worked examples of ISO/IEC 18004 and an independent reader; tables.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { csv } from "../src/letters/csv.ts";
import { mailMerge, svgPath, voteQr } from "../src/letters/letter.ts";
import { correctionOf, dataCodewords, formatBits, type Matrix, qrCode, QrFault, versionBits } from "../src/letters/qr.ts";

const CODE = "aB3dE-fGh1jK-mN2pQ-rSt4vW";
const OCCASION = { title: "Election", uuid: "h5HtcJ7p1oJBqp", voteAt: "https://vote.example.org/e/h5HtcJ7p1oJBqp/vote", checkAt: "https://vote.example.org/e/h5HtcJ7p1oJBqp", hasWeights: false };

// ISO/IEC 18004:2015, annex I: the digits 01234567 in version 1, level M, have these codewords of data and correction.
test("the correction of the standard's worked example", () => {
  const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11];
  assert.deepEqual(correctionOf(data, 10), [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55]);
});

// Section 7.4.4: "AC-42" is 0010 000000101 00111001110 11100111001 000010. What follows is the end, 0000, zeros to a whole
// codeword, and the two fillers by turns.
test("the alphanumeric mode of the standard's example", () => {
  const bits = "0010" + "000000101" + "00111001110" + "11100111001" + "000010" + "0000" + "000";
  const expected = bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  assert.equal(expected.length, 6);
  assert.deepEqual(dataCodewords("AC-42", 1), [...expected, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11]);
});

// Table C.1 (level M, mask 5 is data 00101) and table D.1 (version 7).
test("the formats and versions of the standard's tables", () => {
  assert.equal(formatBits(0b00101), 0b100000011001110);
  assert.equal(formatBits(0b00000), 0x5412);
  assert.equal(versionBits(7), 0x07c94);
  assert.equal(versionBits(10), 0x0a4d3);
});

test("the size follows from the length of the text", () => {
  // Bytes in level M (table 7): 14 in version 1, 213 in version 10.
  assert.equal(qrCode("a".repeat(14)).length, 21);
  assert.equal(qrCode("a".repeat(15)).length, 25);
  assert.equal(qrCode("a".repeat(213)).length, 57);
  assert.throws(() => qrCode("a".repeat(214)), QrFault);
  // Alphanumeric: 20 in version 1.
  assert.equal(qrCode("A".repeat(20)).length, 21);
  assert.equal(qrCode("A".repeat(21)).length, 25);
});

test("an independent program reads the codes, in every version and under every mask", (context) => {
  const reader = process.env.ADIL_QR_READER;
  if (!reader) return console.log("skipped: an independent program reads the codes (ADIL_QR_READER is not set)");
  const folder = mkdtempSync(join(tmpdir(), "adil-qr-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const read = (matrix: Matrix): string => {
    const file = join(folder, "code.pgm");
    writeFileSync(file, picture(matrix));
    const { stdout, status } = spawnSync(reader, ["--raw", "-q", "--nodbus", file], { encoding: "utf8" });
    assert.equal(status, 0);
    return stdout.replace(/\n$/, "");
  };
  for (const length of [10, 20, 40, 60, 80, 100, 120, 140, 170, 210]) {
    const text = `https://example.org/${"x7".repeat(105)}`.slice(0, length);
    assert.equal(read(qrCode(text)), text);
  }
  for (let mask = 0; mask < 8; mask++) assert.equal(read(qrCode("VOTE AT EXAMPLE.ORG", mask)), "VOTE AT EXAMPLE.ORG");
  assert.equal(read(voteQr(OCCASION, CODE)), `${OCCASION.voteAt}#${CODE}`);
});

test("a drawing has the dark modules of the matrix and no other", () => {
  const matrix = [[true, true, false], [false, true, true], [true, false, true]];
  const { size, path } = svgPath(matrix);
  assert.equal(size, 11);
  const drawn = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map(([, x, y, width, back]) => {
    assert.equal(width, back);
    return [Number(x) - 4, Number(y) - 4, Number(width)];
  });
  assert.deepEqual(drawn, [[0, 0, 2], [1, 1, 2], [0, 2, 1], [2, 2, 1]]);
});

// RFC 4180, section 2, rules 5 to 7: fields with commas, quotes and line ends are quoted, quotes doubled.
test("tables are quoted as RFC 4180 says", () => {
  assert.equal(csv([["a", 'b "c"', "d,e", "f\r\ng"]]), '\ufeffa,"b ""c""","d,e","f\r\ng"\r\n');
  assert.equal(csv([["=1+1", "-2", "@x", "a=b"]]), "\ufeff'=1+1,'-2,'@x,a=b\r\n");
});

test("the table for a mail merge has a row for each voter, with the address that opens the booth", () => {
  const table = mailMerge(OCCASION, [{ id: "1", name: 'Voter, "1"', language: "kk", weight: "1", code: CODE }]);
  assert.deepEqual(table.split("\r\n"), [
    "\ufeffid,name,email,language,code,vote_at,vote_link,check_at,fingerprint",
    `1,"Voter, ""1""",,kk,${CODE},${OCCASION.voteAt},${OCCASION.voteAt}#${CODE},${OCCASION.checkAt},`,
    "",
  ]);
  assert.match(mailMerge({ ...OCCASION, hasWeights: true }, []), /language,weight,code/);
});

/** A picture of a matrix, eight points a module, with four light modules around. */
function picture(matrix: Matrix): Buffer {
  const [scale, quiet] = [8, 4];
  const size = (matrix.length + 2 * quiet) * scale;
  const points = Buffer.alloc(size * size, 255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (matrix[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet]) points[y * size + x] = 0;
    }
  }
  return Buffer.concat([Buffer.from(`P5\n${size} ${size}\n255\n`), points]);
}
