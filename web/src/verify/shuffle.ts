// Shuffles: other ciphertexts of the same votes, in another order, and the proof that nothing else changed. Rules M1 to M5
// of docs/spec/belenios-v1.md, which writes out the equations; the proof is that of Wikstroem and Terelius, as in the
// CHVote protocol specification, 1.3.2.
import { challenge, decodeScalar, ElementFault, g, independentGenerator, mod, neutral, type Element } from "../protocol/group.ts";
import { hexDigest } from "../protocol/hash.ts";
import { readCiphertext, type CiphertextText } from "./ballot.ts";
import { FormFault, latin1, whole, type Cursor } from "./canonical.ts";
import { breathe } from "./pause.ts";
import { decode, powerOf } from "./points.ts";
import type { Bases, Ciphertext } from "./proofs.ts";
import { Faults } from "./rules.ts";
import type { Election } from "./setup.ts";
import { ShapeFault, shaped, type Tally } from "./tally.ts";

interface ShuffleText {
  t: string[];
  tHat: string[];
  s: string[];
  sHat: string[];
  sPrime: string[];
  c: string[];
  cHat: string[];
}

/** Checks a shuffle of the tally as it stands. Returns the tally with its ciphertexts, or the old one where it cannot be read. */
export async function checkShuffle(
  bytes: Uint8Array,
  event: number,
  tally: Tally,
  election: Election,
  bases: Bases,
  faults: Faults,
): Promise<Tally> {
  const shuffled = election.questions.flatMap((question, at) => (question.kind === "non-homomorphic" ? [at] : []));
  let outputs: CiphertextText[][];
  let proofs: ShuffleText[];
  try {
    const lengths = shuffled.map((at) => tally.texts[at]!.length);
    [outputs, proofs] = whole(latin1(bytes), (cursor) => {
      const wrong = () => new ShapeFault(-1);
      cursor.pass('{"ciphertexts":');
      const lists = cursor.each(lengths, (length) => shaped(cursor, length, () => readCiphertext(cursor)), wrong);
      cursor.pass(',"proofs":');
      const read = cursor.each(lengths, (length) => readShuffleProof(cursor, length), wrong);
      cursor.pass("}");
      return [lists, read] as const;
    });
  } catch (fault) {
    if (!(fault instanceof FormFault || fault instanceof ShapeFault)) throw fault;
    faults.add({ rule: "M1", event, found: fault.message });
    return tally;
  }
  const after: Tally = { shapes: tally.shapes, texts: [...tally.texts], ciphertexts: [...tally.ciphertexts] };
  for (const [index, at] of shuffled.entries()) {
    const where = { event, question: at + 1 };
    const read = attempt(() => outputs[index]!.map(({ alpha, beta }) => ({ alpha: decode(alpha), beta: decode(beta) })));
    const proof = attempt(() => decodeProof(proofs[index]!));
    if (read === undefined || proof === undefined) faults.add({ rule: "M4", ...where });
    if (read === undefined) return tally;
    const [inputs, texts] = [tally.ciphertexts[at]!, { inputs: tally.texts[at]!, outputs: outputs[index]!, proof: proofs[index]! }];
    if (proof !== undefined && read.length > 0 && !(await holds(inputs, read, proof, texts, election, bases))) {
      faults.add({ rule: "M5", ...where });
    }
    after.texts[at] = outputs[index]!;
    after.ciphertexts[at] = read;
  }
  return after;
}

/** [[t1,t2,t3,[t41,t42],[t^..]], [s1,s2,s3,s4,[s^..],[s'..]], [c..], [c^..]] */
function readShuffleProof(cursor: Cursor, length: number): ShuffleText {
  const text = () => cursor.text();
  const next = () => {
    cursor.pass(",");
    return text();
  };
  const row = (count: number) => {
    cursor.pass(",");
    return shaped(cursor, count, text);
  };
  cursor.pass("[[");
  const t = [text(), next(), next(), ...row(2)];
  const tHat = row(length);
  cursor.pass("],[");
  const s = [text(), next(), next(), next()];
  const [sHat, sPrime] = [row(length), row(length)];
  cursor.pass("]");
  const [c, cHat] = [row(length), row(length)];
  cursor.pass("]");
  return { t, tHat, s, sHat, sPrime, c, cHat };
}

function decodeProof(text: ShuffleText) {
  const elements = (texts: string[]) => texts.map(decode);
  const scalars = (texts: string[]) => texts.map(decodeScalar);
  return {
    t: elements(text.t) as [Element, Element, Element, Element, Element],
    tHat: elements(text.tHat),
    s: scalars(text.s) as [bigint, bigint, bigint, bigint],
    sHat: scalars(text.sHat),
    sPrime: scalars(text.sPrime),
    c: elements(text.c),
    cHat: elements(text.cHat),
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof ElementFault)) throw fault;
    return undefined;
  }
}

/** The N + 5 equations. */
async function holds(
  inputs: Ciphertext[],
  outputs: Ciphertext[],
  proof: ReturnType<typeof decodeProof>,
  texts: { inputs: CiphertextText[]; outputs: CiphertextText[]; proof: ShuffleText },
  election: Election,
  bases: Bases,
): Promise<boolean> {
  const phi = election.fingerprint;
  const ciphertexts = (list: CiphertextText[]) => list.map(({ alpha, beta }) => `${alpha},${beta},`).join("");
  const L = ciphertexts(texts.inputs) + ciphertexts(texts.outputs) + texts.proof.c.map((c) => `${c},`).join("");
  const seed = hexDigest(`shuffle-challenges|${phi}|${L}`);
  const u = inputs.map((_, i) => challenge(seed + hexDigest(String(i))));
  const commitments = [...texts.proof.t, ...texts.proof.tHat].map((t) => `${t},`).join("");
  const cHats = texts.proof.cHat.map((c) => `${c},`).join("");
  const minusC = mod(-challenge(`shuffle-challenge|${phi}|${commitments}${L}${cHats}${election.keyText}`));

  const { t, tHat, s, sHat, sPrime, c, cHat } = proof;
  const h = await generator(-1);
  let [cBar, cTilde, a, b, ofH, ofBeta, ofAlpha] = [neutral, neutral, neutral, neutral, neutral, neutral, neutral];
  let U = 1n;
  for (let i = 0; i < inputs.length; i++) {
    const h_i = await generator(i);
    cBar = cBar.add(c[i]!).subtract(h_i);
    U = mod(U * u[i]!);
    cTilde = cTilde.add(powerOf(c[i]!, u[i]!));
    a = a.add(powerOf(inputs[i]!.alpha, u[i]!));
    b = b.add(powerOf(inputs[i]!.beta, u[i]!));
    ofH = ofH.add(powerOf(h_i, sPrime[i]!));
    ofAlpha = ofAlpha.add(powerOf(outputs[i]!.alpha, sPrime[i]!));
    ofBeta = ofBeta.add(powerOf(outputs[i]!.beta, sPrime[i]!));
    const before = i === 0 ? h : cHat[i - 1]!;
    const expected = powerOf(cHat[i]!, minusC).add(bases.g(sHat[i]!)).add(powerOf(before, sPrime[i]!));
    if (!expected.equals(tHat[i]!)) return false;
    await breathe();
  }
  const cHatN = cHat.at(-1)!.subtract(powerOf(h, U));
  return (
    t[0].equals(powerOf(cBar, minusC).add(bases.g(s[0]))) &&
    t[1].equals(powerOf(cHatN, minusC).add(bases.g(s[1]))) &&
    t[2].equals(powerOf(cTilde, minusC).add(bases.g(s[2])).add(ofH)) &&
    t[3].equals(powerOf(b, minusC).subtract(bases.key(s[3])).add(ofBeta)) &&
    t[4].equals(powerOf(a, minusC).subtract(powerOf(g, s[3])).add(ofAlpha))
  );
}

/** The independent generators, of which every shuffle needs the same. */
const generators = new Map<number, Element>();

async function generator(index: number): Promise<Element> {
  let element = generators.get(index);
  if (element === undefined) {
    element = independentGenerator(index);
    generators.set(index, element);
    await breathe();
  }
  return element;
}
