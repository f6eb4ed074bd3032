// The server that tests of the booth play: one election, a log in memory, and the pages as the real one frames them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { SigningKey } from "../src/log/key.ts";
import { Note } from "../src/log/note.ts";
import { trackerOf } from "../src/protocol/ballot.ts";
import { deriveCredential } from "../src/protocol/credential.ts";
import { fingerprintOf } from "../src/protocol/election.ts";

export const UUID = "HsqB3C3y62Ekq4D";
export const CODE = "23456-789ABC-DEFGH-JKLMNP";
const RECORD = JSON.stringify({
  version: 1,
  description: "A description.",
  name: "Election",
  group: "Ed25519",
  public_key: "6666666666666666666666666666666666666666666666666666666666666658",
  questions: [
    { answers: ["A", "B", "C"], blank: true, min: 1, max: 1, question: "One" },
    { answers: ["A", "B", "C"], min: 1, max: 2, question: "Several" },
    { type: "NonHomomorphic", value: { answers: ["A", "B", "C"], question: "Ranked" }, extra: { method: "Schulze", blank: true } },
    { type: "NonHomomorphic", value: { answers: ["A", "B"], question: "Graded" }, extra: { method: "MajorityJudgment", blank: false, grades: ["Good", "Poor"] } },
    { type: "Lists", value: { answers: [["L", "A", "B"], ["M", "C"]], question: "Lists" } },
  ],
  uuid: UUID,
});

/** A log in memory (docs/spec/log.md), which a page is to verify. */
export class Log {
  readonly key = SigningKey.draw("vote.example.org/board");
  readonly entries: Buffer[] = ["setup", "credentials", "open"].map((text) => Buffer.from(text));

  proof(index: number): string {
    const leaves = this.entries.map((entry) => sha256(Buffer.from([0]), entry));
    const text = `${this.key.verifier.name}\n${leaves.length}\n${root(leaves).toString("base64")}\n`;
    const path = siblings(index, leaves).map((hash) => `${hash.toString("base64")}\n`).join("");
    return `c2sp.org/tlog-proof@v1\nindex ${index}\n${path}\n${Note.unsigned(text).signed(this.key)}`;
  }
}

function sha256(...parts: Buffer[]): Buffer {
  return parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
}

/** RFC 6962, section 2.1: the first k leaves and the rest, k the largest power of two below their number. */
function split(leaves: Buffer[]): [Buffer[], Buffer[]] {
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return [leaves.slice(0, k), leaves.slice(k)];
}

function root(leaves: Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const [left, right] = split(leaves);
  return sha256(Buffer.from([1]), root(left), root(right));
}

function siblings(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const [left, right] = split(leaves);
  return index < left.length ? [...siblings(index, left), root(right)] : [...siblings(index - left.length, right), root(left)];
}

/** A server with one election. */
export class Server {
  readonly log = new Log();
  readonly ballots: string[] = [];
  /** Everything that was asked: addresses and bodies. */
  readonly asked: string[] = [];
  /** The next ballot is taken, and its answer gets lost. */
  losesAnswer = false;
  /** Voters prove a second time who they are, by the code 12345678. */
  hasSecondFactor = false;
  /** The ballots of those who have, by their trackers. */
  readonly accepted = new Set<string>();
  /** Receipts are given of the entry before. */
  givesFalseReceipts = false;
  /** The first entry is given, with its true proof, for every ballot. */
  givesOtherEntries = false;
  /** The next ballot is taken, and the answer is one that says nothing. */
  answersNothing = false;
  /** Entries are given as what is no base64. */
  givesUnreadableEntries = false;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #whereabouts(tracker: string): object | undefined {
    const place = this.ballots.findIndex((ballot) => trackerOf(ballot) === tracker);
    if (place < 0) return undefined;
    const entry = this.givesOtherEntries ? 0 : place + 3;
    const proof = this.log.proof(this.givesFalseReceipts ? entry - 1 : entry);
    const state = this.hasSecondFactor && !this.accepted.has(tracker) ? "waiting" : "counted";
    return { state, entry, minute: 29916677, proof, entry_base64: this.givesUnreadableEntries ? "?" : this.log.entries[entry]!.toString("base64") };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    this.asked.push(`${request.url} ${JSON.stringify(request.headers)}`, body);
    const send = (status: number, type: string, text: string | Buffer) => {
      const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types adil";
      response.writeHead(status, { "content-type": type, "content-security-policy": policy });
      response.end(text);
    };
    const json = (status: number, value: object) => send(status, "application/json", JSON.stringify(value));
    const api = `/api/e/${UUID}`;
    if (pathname === `/e/${UUID}/vote`) return send(200, "text/html", page("data-booth", "booth"));
    if (pathname === `/organiser/${UUID}/preview`) return send(200, "text/html", page("data-preview", "booth"));
    if (pathname === `/e/${UUID}/ballot`) return send(200, "text/html", page("data-check", "check"));
    if (pathname === "/assets/texts-en.json") return json(200, texts());
    if (pathname.startsWith("/assets/")) {
      return send(200, pathname.endsWith(".css") ? "text/css" : "text/javascript", readFileSync(`dist/${pathname.slice("/assets/".length)}`));
    }
    if (pathname === `${api}/booth` || pathname === `/organiser/${UUID}/preview.json`) {
      const log_key = this.log.key.verifier.toString();
      return json(200, { election: RECORD, fingerprint: fingerprintOf(RECORD), credentials: "", phase: "open", second_factor: this.hasSecondFactor, log_key, can_notify: true });
    }
    if (pathname === `${api}/credential`) {
      return json(200, { state: searchParams.get("public") === deriveCredential(UUID, CODE).public ? "voter" : "unknown", weight: "1" });
    }
    if (pathname === `${api}/ballots`) {
      const tracker = trackerOf(body);
      if (this.ballots.includes(body)) return json(409, { error: "again", message: "again" });
      this.ballots.push(body);
      this.log.entries.push(Buffer.from(`{"adil":"ballot/1","minute":29916677,"ballot":${body}}`));
      if (this.losesAnswer) {
        this.losesAnswer = false;
        return send(502, "text/html", "Bad gateway");
      }
      if (this.answersNothing) {
        this.answersNothing = false;
        return send(201, "application/json", "null");
      }
      return json(201, { tracker, ...this.#whereabouts(tracker), acceptance: this.hasSecondFactor ? "needed" : "none", notice: "a token" });
    }
    if (pathname === `${api}/ballot`) {
      const found = this.#whereabouts(searchParams.get("tracker") ?? "");
      return found ? json(200, found) : json(404, { error: "unknown", message: "unknown" });
    }
    if (pathname === `${api}/second-factor` || pathname === `${api}/notices`) return json(202, {});
    if (pathname === `${api}/acceptances`) {
      const { tracker, voter, code } = JSON.parse(body) as Record<string, string>;
      if (voter !== "voter-1" || code !== "12345678") return json(422, { error: "wrong", message: "This is not the code." });
      this.accepted.add(tracker!);
      return json(201, { entry: this.log.entries.length });
    }
    send(404, "text/plain", "");
  }
}

function page(attribute: string, script: string): string {
  const manifest = JSON.parse(readFileSync("dist/manifest.json", "utf8")) as Record<string, { path: string; integrity: string }>;
  const of = (name: string) => manifest[name]!;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vote</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/${of("adil.css").path}"><meta name="texts" content="/assets/texts-en.json">
<script type="module" src="/assets/${of(`${script}.js`).path}" integrity="${of(`${script}.js`).integrity}"></script></head>
<body><main><div ${attribute} data-worker="/assets/${of("seal-worker.js").path}"><h1>Loading</h1></div></main></body></html>`;
}

/** The texts that the server gives to scripts. */
function texts(): Record<string, string> {
  const lines = readFileSync("../crates/server/locales/en.ftl", "utf8").split("\n").filter((line) => line.startsWith("js-"));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(" = ")), line.slice(line.indexOf(" = ") + 3)]));
}
