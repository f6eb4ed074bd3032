// A shuffle: the ciphertexts of each ranked or graded question in another order and encryption, with the proof of
// Terelius and Wikstroem that nothing else was done to them, as CHVote 1.3.2 has it (algorithms 8.44 to 8.48).
//
// Output i is input psi(i), re-encrypted with r'_i. With u_i from a digest of the lists, u'_i = u_psi(i), and ^c_-1 = h:
//
//   c_psi(i) = g^r_psi(i) h_i                          s1 = w1 + c sum r_j
//   ^c_i = g^^r_i ^c_(i-1)^u'_i = g^R_i h^U_i          s2 = w2 + c R_(N-1)
//   R_i = ^r_i + u'_i R_(i-1),  U_i = u'_i U_(i-1)     s3 = w3 + c sum r_j u_j
//   ^s_i = ^w_i + c ^r_i,  s'_i = w'_i + c u'_i        s4 = w4 + c sum r'_i u'_i
import * as group from "./group.ts";
import { powerOfG } from "./knowledge.ts";
import { Pace, type Progress } from "./pace.ts";
import { longProductOfPowers } from "./products.ts";
import { randomBelow } from "./random.ts";
import { exponents, generators, mainChallenge, type ShuffleProof, statement, writeShuffle } from "./shuffle-proof.ts";
import type { Ciphertext, Shaped, TallyElection } from "./tally.ts";

/** Steps of work for each ciphertext: powers, of a fixed base mostly. */
const STEPS = 13;

/** The record of a shuffle of every shuffled question of a tally, which is that after all shuffles before. */
export async function makeShuffle(election: TallyElection, tally: Shaped<Ciphertext>, progress?: Progress): Promise<string> {
  const lists = election.slots.flatMap((own, question) => (own.kind === "shuffled" ? [tally[question]!] : []));
  if (lists.length === 0) throw new RangeError("no question of this election is shuffled");
  const pace = new Pace(STEPS * lists.reduce((sum, list) => sum + list.length, 0), progress);
  const made: { outputs: Ciphertext[]; proof: ShuffleProof }[] = [];
  for (const list of lists) made.push(await shuffleList(election, list, pace));
  pace.finish();
  return writeShuffle(made.map(({ outputs }) => outputs), made.map(({ proof }) => proof));
}

async function shuffleList(election: TallyElection, inputs: readonly Ciphertext[], pace: Pace) {
  const { mod } = group;
  const { fingerprint, publicKey } = election;
  const N = inputs.length;
  const { h, hs } = await generators(N, pace);
  const [ofY, ofH] = [new group.FixedBase(publicKey), new group.FixedBase(h)];
  const draw = (count = N) => Array.from({ length: count }, () => group.randomScalar());
  const psi = permutation(N);

  const rPrime = draw();
  const outputs = await each(N, pace, 2, (i) => ({
    alpha: inputs[psi[i]!]!.alpha.add(powerOfG(rPrime[i]!)),
    beta: inputs[psi[i]!]!.beta.add(ofY.power(rPrime[i]!)),
  }));

  const r = draw();
  const c: group.Element[] = new Array(N);
  await each(N, pace, 1, (i) => {
    c[psi[i]!] = powerOfG(r[psi[i]!]!).add(hs[i]!);
  });

  const said = statement(inputs, outputs, c);
  const u = exponents(fingerprint, said, N);
  const uPrime = psi.map((from) => u[from]!);

  // The chain, by its exponents of g and h: the first entries are those of h itself.
  const [rHat, R, U] = [draw(), [0n], [1n]];
  for (let i = 0; i < N; i++) {
    R.push(mod(rHat[i]! + uPrime[i]! * R[i]!));
    U.push(mod(uPrime[i]! * U[i]!));
  }
  const ofGAndH = (x: bigint, y: bigint) => powerOfG(x).add(ofH.power(y));
  const cHat = await each(N, pace, 2, (i) => ofGAndH(R[i + 1]!, U[i + 1]!));

  const [w1, w2, w3, w4] = draw(4) as [bigint, bigint, bigint, bigint];
  const [wHat, wPrime] = [draw(), draw()];
  const tHat = await each(N, pace, 2, (i) => ofGAndH(mod(wHat[i]! + wPrime[i]! * R[i]!), mod(wPrime[i]! * U[i]!)));
  const t3 = powerOfG(w3).add(await longProductOfPowers(hs, wPrime, pace));
  const betas = await longProductOfPowers(outputs.map(({ beta }) => beta), wPrime, pace);
  const alphas = await longProductOfPowers(outputs.map(({ alpha }) => alpha), wPrime, pace);
  const commitments = {
    t: [powerOfG(w1), powerOfG(w2), t3] as ShuffleProof["t"],
    t4: [ofY.power(mod(-w4)).add(betas), powerOfG(mod(-w4)).add(alphas)] as ShuffleProof["t4"],
    tHat,
    c,
    cHat,
  };

  const challenge = mainChallenge(fingerprint, said, commitments, publicKey);
  const answer = (w: bigint, secret: bigint) => mod(w + challenge * secret);
  const inner = (left: readonly bigint[], right: readonly bigint[]) =>
    left.reduce((sum, own, i) => mod(sum + own * right[i]!), 0n);
  const sum = r.reduce((sum, own) => mod(sum + own), 0n);
  const proof: ShuffleProof = {
    ...commitments,
    s: [answer(w1, sum), answer(w2, R[N]!), answer(w3, inner(r, u)), answer(w4, inner(rPrime, uPrime))],
    sHat: wHat.map((w, i) => answer(w, rHat[i]!)),
    sPrime: wPrime.map((w, i) => answer(w, uPrime[i]!)),
  };
  return { outputs, proof };
}

/** A permutation, each as likely as any other (Fisher and Yates). */
function permutation(N: number): number[] {
  const psi = Array.from({ length: N }, (_, i) => i);
  for (let i = N - 1; i > 0; i--) {
    const j = Number(randomBelow(BigInt(i + 1)));
    [psi[i], psi[j]] = [psi[j]!, psi[i]!];
  }
  return psi;
}

async function each<T>(N: number, pace: Pace, steps: number, make: (i: number) => T): Promise<T[]> {
  const all: T[] = [];
  for (let i = 0; i < N; i++) {
    all.push(make(i));
    await pace.step(steps);
  }
  return all;
}
