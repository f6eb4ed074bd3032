// What the verifier found, as plain values that a worker can send and a page can show: a finding for each check, with its
// numbers; fingerprints to compare; every ballot by its tracker; and what the result says.
import { base64Digest } from "../protocol/hash.ts";
import type { BoardReport, Verdict } from "./board.ts";
import type { LedgerRule } from "./ledger-rules.ts";
import type { LogReport, Standing } from "./log.ts";
import type { RecordReport } from "./record.ts";
import { PARTS, type Fault, type Part, type Rule } from "./rules.ts";

const LOG_CHECKS = ["log-statements", "log-tree", "log-archive"] as const;
export type CheckId = Part | (typeof LOG_CHECKS)[number];

/** A rule that is broken, and where: `event`, `entry`, `question`, `tracker` and so on, with their values. */
export interface Broken {
  rule: Rule | LedgerRule;
  place: [name: string, value: string][];
  found: string;
}

export interface Finding {
  id: CheckId;
  verdict: Verdict;
  numbers: Record<string, string>;
  broken: Broken[];
  /** How many there are, with those that are not told one by one. */
  brokenCount: number;
}

export type Overall = "proven" | "so-far" | "contradicted" | "unchecked";

/** What became of a ballot. `event` and `entry` are its places on the board and in the log. */
export interface BallotState {
  state: "counted" | "replaced" | "set-aside" | "unknown-voter";
  event?: number;
  entry?: number;
  minute?: number;
}

export interface Findings {
  title: string;
  uuid: string;
  overall: Overall;
  hasLog: boolean;
  findings: Finding[];
  fingerprints: { kind: string; of?: string; text: string }[];
  ballots: [tracker: string, state: BallotState][];
  /** Receipts that were given along. `tracker`: of the ballot in the entry, where it is one. */
  receipts: { index: number; standing: Standing; tracker?: string }[];
  results: { question: string; rows: [answer: string, number: string][]; votes?: number }[];
}

/** How many broken rules of a check are shown one by one. */
const SHOWN = 20;

export function findingsOf({ board, log }: RecordReport): Findings {
  const findings = [...boardFindings(board), ...logFindings(log, board)];
  const isContradicted = findings.some(({ verdict }) => verdict === "contradicted");
  const isRead = board.election !== undefined;
  const isFinished = board.verdicts.result === "proven";
  return {
    title: board.election?.name ?? "",
    uuid: board.election?.uuid ?? "",
    overall: isContradicted ? "contradicted" : !isRead || !board.isSound ? "unchecked" : isFinished ? "proven" : "so-far",
    hasLog: log !== undefined,
    findings,
    fingerprints: fingerprints(board, log),
    ballots: [...ballotStates(board, log)],
    receipts: (log?.receipts ?? []).map(({ index, standing }) => {
      const ballot = standing === "holds" ? log!.ballots.find(({ entry }) => entry === index) : undefined;
      return { index, standing, ...(ballot === undefined ? {} : { tracker: ballot.tracker }) };
    }),
    results: board.verdicts.result === "proven" ? results(board) : [],
  };
}

function boardFindings(board: BoardReport): Finding[] {
  const { numbers, archive } = board;
  const told: Record<Part, Record<string, string | number>> = {
    archive: { bytes: archive.bytes, events: archive.events },
    order: { events: archive.events },
    setup: { questions: board.election?.questions.length ?? 0 },
    credentials: { credentials: numbers.credentials },
    trustees: { trustees: numbers.trustees, needed: numbers.decryptionsNeeded },
    ballots: { ballots: numbers.ballots, voters: numbers.voters, replaced: numbers.replaced },
    tally: { voters: numbers.voters, weight: numbers.weight },
    shuffles: { shuffles: numbers.shuffles },
    decryption: { decryptions: numbers.decryptions, needed: numbers.decryptionsNeeded },
    result: {},
  };
  return (Object.keys(PARTS) as Part[]).map((part) => {
    const own = board.faults.filter(({ rule }) => rule[0] === PARTS[part]);
    return {
      id: part,
      verdict: board.verdicts[part],
      numbers: texts(told[part]),
      broken: own.slice(0, SHOWN).map(brokenOnBoard),
      brokenCount: board.faultCounts[part],
    };
  });
}

function brokenOnBoard({ rule, expected, found, ...place }: Fault): Broken {
  const parts = [expected === undefined ? "" : `${expected} ≠`, found ?? ""];
  const places = Object.entries(place).map(([name, value]): [string, string] => [name, String(value)]);
  return { rule, place: places, found: parts.join(" ").trim().slice(0, 200) };
}

function logFindings(log: LogReport | undefined, board: BoardReport): Finding[] {
  const rules: Record<(typeof LOG_CHECKS)[number], (rule: LedgerRule) => boolean> = {
    "log-statements": (rule) => !["J18", "J19", "J20"].includes(rule),
    "log-tree": (rule) => rule === "J18" || rule === "J19",
    "log-archive": (rule) => rule === "J20",
  };
  return LOG_CHECKS.map((id) => {
    if (log === undefined) return { id, verdict: "unchecked", numbers: {}, broken: [], brokenCount: 0 };
    const own = log.faults.filter(({ rule }) => rules[id](rule));
    const holds: Verdict = id === "log-archive" && log.archived.kind !== "equal" ? "unchecked" : "proven";
    const { totals } = log;
    const numbers = {
      entries: log.entries, logged: totals.logged, counted: totals.counted, setAside: totals.setAside, revocations: totals.revocations,
      voters: totals.votersSetAside, notAgain: totals.votersNotVotedAgain, archived: board.numbers.ballots,
    };
    const broken = own.slice(0, SHOWN).map(({ rule, entry, found }): Broken => ({ rule, place: entry === undefined ? [] : [["entry", String(entry)]], found }));
    return { id, verdict: own.length > 0 ? "contradicted" : holds, numbers: texts(numbers), broken, brokenCount: own.length };
  });
}

function fingerprints(board: BoardReport, log: LogReport | undefined): Findings["fingerprints"] {
  const list: Findings["fingerprints"] = [];
  if (board.election !== undefined) list.push({ kind: "election", text: board.election.fingerprint });
  if (board.credentialsFingerprint !== undefined) {
    list.push({ kind: "credentials", text: board.credentialsFingerprint });
  }
  board.trustees.forEach(({ name, key }, at) => list.push({ kind: "trustee", of: name ?? String(at + 1), text: base64Digest(key) }));
  if (log !== undefined && log.root !== "") list.push({ kind: "root", of: String(log.entries), text: log.root });
  list.push({ kind: "event", text: board.archive.lastEvent });
  return list;
}

/** Every ballot of the board and of the log by its tracker. Of a voter's ballots the last one counts. */
function ballotStates(board: BoardReport, log: LogReport | undefined): Map<string, BallotState> {
  const states = new Map<string, BallotState>();
  const last = new Map(board.recorded.map(([, tracker, credential]) => [credential, tracker]));
  for (const [event, tracker, credential] of board.recorded) {
    const state = credential < 0 ? "unknown-voter" : last.get(credential) === tracker ? "counted" : "replaced";
    states.set(tracker, { state, event });
  }
  for (const { tracker, entry, minute, reason } of log?.ballots ?? []) {
    const own = states.get(tracker) ?? { state: reason?.why === "unlisted" ? "unknown-voter" : "set-aside" };
    states.set(tracker, { ...own, entry, minute });
  }
  return states;
}

function results(board: BoardReport): Findings["results"] {
  return (board.result ?? []).map((count, at) => {
    const question = board.election!.questions[at]!;
    const row = (answer: string, number: bigint): [string, string] => [answer, number.toString()];
    if (question.kind === "homomorphic" && count.kind === "numbers") {
      // An empty name stands for the blank vote, which the page has a word for.
      const answers = question.blank ? ["", ...question.answers] : question.answers;
      return { question: question.question, rows: answers.map((answer, place) => row(answer, count.numbers[place]!)) };
    }
    if (question.kind === "lists" && count.kind === "lists") {
      return { question: question.question, rows: question.answers.flatMap((list, own) => list.map((name, place) => row(place === 0 ? name : `– ${name}`, count.numbers[own]![place]!))) };
    }
    return { question: question.question, rows: [], votes: count.kind === "votes" ? count.votes.length : 0 };
  });
}

function texts(numbers: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}
