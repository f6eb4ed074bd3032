// What is asked, who votes how, and what comes of it, worked out here from the votes alone.

export const TITLE = "Election of the board";
export const QUESTIONS = ["Who shall be on the board?", "Where shall we meet?"] as const;
export const CANDIDATES = ["Candidate 1", "Candidate 2", "Candidate 3"] as const;
export const PLACES = ["Place 1", "Place 2", "Place 3"] as const;

/** A vote: the places of the candidates that are chosen, and the places in their order, from 0. */
export interface Vote {
  chosen: readonly number[];
  order: readonly number[];
}

const vote = (chosen: readonly number[], order: readonly number[]): Vote => ({ chosen, order });

/** The first votes of the voters 1 to 12. */
export const FIRST: readonly Vote[] = [
  vote([0], [0, 1, 2]), vote([0, 1], [0, 2, 1]), vote([2], [2, 1, 0]), vote([1], [1, 2, 0]),
  vote([0, 2], [0, 1, 2]), vote([], [1, 0, 2]), vote([1, 2], [2, 0, 1]), vote([0], [0, 2, 1]),
  vote([1], [1, 0, 2]), vote([0, 1], [0, 1, 2]), vote([2], [2, 1, 0]), vote([0], [1, 2, 0]),
];

/** Voters who vote again later, with the same code. */
export const AGAIN: ReadonlyMap<number, Vote> = new Map([[3, vote([0], [0, 1, 2])], [7, vote([1], [1, 2, 0])]]);
/** The voter whose code leaks, what the attacker votes with it, and what she votes with the spare code. */
export const VICTIM = 2;
export const ATTACK = vote([2], [2, 1, 0]);
export const ANEW = vote([1], [0, 1, 2]);
/** The voter who votes again with a ballot of another program. */
export const OF_THE_PEER = 12;
export const PEERS = vote([0, 2], [0, 2, 1]);

/** The votes that count. */
export function counted(): Vote[] {
  return FIRST.map((first, at) => {
    const number = at + 1;
    if (number === VICTIM) return ANEW;
    if (number === OF_THE_PEER) return PEERS;
    return AGAIN.get(number) ?? first;
  });
}

/** How many chose each candidate. */
export function totals(votes: readonly Vote[]): number[] {
  return CANDIDATES.map((_, candidate) => votes.filter(({ chosen }) => chosen.includes(candidate)).length);
}

/** The answers as the protocol has them: a list of marks, and the rank of every place, from 1. */
export function asAnswers({ chosen, order }: Vote): number[][] {
  return [CANDIDATES.map((_, at) => Number(chosen.includes(at))), PLACES.map((_, at) => order.indexOf(at) + 1)];
}

/** The place that beats every other one in a duel: where there is one, Schulze's method elects it. */
export function condorcetWinner(votes: readonly Vote[]): string {
  const beats = (one: number, other: number) => {
    const prefer = votes.filter(({ order }) => order.indexOf(one) < order.indexOf(other)).length;
    return prefer > votes.length - prefer;
  };
  const winner = PLACES.findIndex((_, one) => PLACES.every((_, other) => one === other || beats(one, other)));
  if (winner < 0) throw new Error("the votes of this test have no such winner");
  return PLACES[winner]!;
}
