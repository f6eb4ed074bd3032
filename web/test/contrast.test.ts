// The contrast of every pair of colours that pages use, light and dark, worked out as WCAG 2.2 defines it:
// (L1 + 0.05) / (L2 + 0.05), L = 0.2126 R + 0.7152 G + 0.0722 B of the linear channels. Text needs 4.5 (1.4.3), the edges
// of fields and the marks of charts 3 (1.4.11).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const TEXT = 4.5;
const MARK = 3;

const GROUNDS = ["paper", "panel", "sunk"];
const PAIRS: [front: string, ground: string, least: number][] = [
  ...GROUNDS.flatMap((ground): [string, string, number][] => [
    ["ink", ground, TEXT], ["soft", ground, TEXT], ["link", ground, TEXT], ["brand-deep", ground, TEXT],
    ["good", ground, TEXT], ["warn", ground, TEXT], ["bad", ground, TEXT], ["edge", ground, MARK], ["bar", ground, MARK],
    ["brand", ground, MARK],
  ]),
  ...["note-ground", "good-ground", "warn-ground", "bad-ground"].flatMap((ground): [string, string, number][] => [
    ["ink", ground, TEXT], ["link", ground, TEXT], ["soft", ground, TEXT],
  ]),
  ["brand-deep", "note-ground", TEXT], ["good", "good-ground", TEXT], ["warn", "warn-ground", TEXT],
  ["bad", "bad-ground", TEXT], ["on-brand", "brand", TEXT], ["on-brand", "brand-deep", TEXT], ["on-bad", "bad", TEXT],
  ["focus", "focus-ink", MARK], ["bar-quiet", "sunk", 1.9],
];

/** The colours of a block of custom properties. */
function colours(css: string): Map<string, string> {
  return new Map([...css.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]));
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

test("the contrast of black and white is 21, of a grey at the limit 4.54", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
});

const [light, dark] = readFileSync("css/tokens.css", "utf8").split("prefers-color-scheme: dark") as [string, string];
for (const [name, own] of [["light", colours(light)], ["dark", new Map([...colours(light), ...colours(dark)])]] as const) {
  test(`all pairs of colours are told apart, ${name}`, () => {
    const weak = PAIRS.flatMap(([front, ground, least]) => {
      const [a, b] = [own.get(front), own.get(ground)];
      assert.ok(a !== undefined && b !== undefined, `${front} on ${ground}: no such colour`);
      const found = contrast(a, b);
      return found < least ? [`${front} on ${ground}: ${found.toFixed(2)} < ${least}`] : [];
    });
    assert.deepEqual(weak, []);
  });
}
