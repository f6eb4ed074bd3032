// The server that tests of the roles' pages play: the pages as the real one frames them, and an organiser who puts what is
// handed in together with adil's command line, in a folder ORG.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { Folder } from "./outside.ts";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types adil";
const ROLES: Record<string, string> = { authority: "Credential authority", spares: "Spare voting codes", trustee: "Trustee" };

export const VOTERS = [1, 2, 3, 4].map((number) => ({ id: `v${number}`, name: `Voter ${number}`, language: number === 2 ? "kk" : "en", weight: "1" }));
export const TRUSTEES = ["Trustee 1", "Trustee 2"];

/** See the file. */
export class RolesServer {
  readonly uuid: string;
  private readonly server = createServer((request, response) => void this.answer(request, response));
  /** Messages by kind and trustee. */
  private readonly messages = new Map<string, string>();
  private lists: { credentials: string; spares: string } | undefined;
  private fingerprint: string | null = null;
  leak: { since: number; reason: string; affected: "all" | { voters: string[] } } | null = null;
  orders: [string, string][] = [];
  revoked: [string, string][] = [];
  phase: "setting-up" | "open" | "closed" = "setting-up";
  /** What was sent to the server. */
  readonly sent: string[] = [];
  /** The folder of the election whose archive is shown; the log is always that of ORG. */
  archived = "ORG";
  /** Changes what a trustee is shown, for tests of refusals. */
  change: (view: Record<string, unknown>) => Record<string, unknown> = (view) => view;

  constructor(private readonly folder: Folder) {
    this.uuid = folder.json("ORG/draft.json").uuid;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Opens the voting with the answers of the rehearsal. */
  open(): void {
    const files = TRUSTEES.map((_, at) => this.file("rehearsed", at + 1)).join(" ");
    this.folder.done(`election open ORG ${files}`);
    this.phase = "open";
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const part of request) body += part;
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const send = (status: number, type: string, text: string | Buffer) => {
      response.writeHead(status, { "content-type": type, "content-security-policy": POLICY, "cache-control": "no-store" });
      response.end(text);
    };
    this.sent.push(`${request.url} ${JSON.stringify(request.headers)}`, body);
    const [, first, second, third, fourth] = pathname.split("/");
    try {
      if (first === "api") {
        if (request.method === "POST") this.take(second!, Number(fourth), fourth, body);
        const view = request.method === "POST" ? {} : this.view(second!, Number(fourth));
        return send(200, "application/json", JSON.stringify(view));
      }
      if (first === "assets" && second?.startsWith("texts-")) return send(200, "application/json", JSON.stringify(textsOf(second.slice(6, 8))));
      if (first === "assets") return send(200, second!.endsWith("css") ? "text/css" : "text/javascript", readFileSync(`dist/${second}`));
      if (first === "e" && (third === "election.bel" || third === "election.checkpoint")) {
        this.folder.done(`election publish ${this.archived} --to now.bel`);
        const kind = third === "election.bel" ? "application/octet-stream" : "text/plain";
        return send(200, kind, readFileSync(`${this.folder.path}/now${third.slice("election".length)}`));
      }
      if (first === "e" && third === "log") {
        const file = `${this.folder.path}/ORG/${pathname.split("/").slice(3).join("/")}`;
        return existsSync(file) ? send(200, "application/octet-stream", readFileSync(file)) : send(404, "text/plain", "");
      }
      if (first! in ROLES) return send(200, "text/html; charset=utf-8", page(first!, second!, third));
      send(404, "text/plain", "");
    } catch (fault) {
      const message = fault instanceof Error ? fault.message : String(fault);
      send(422, "application/json", JSON.stringify({ error: "refused", message }));
    }
  }

  private view(role: string, number: number): object {
    const { adil: _, ...draft } = this.folder.json("ORG/draft.json");
    const at = "https://vote.example.org/e";
    const questions = [{ title: "Choices", answers: ["A", "B", "C"] }, { title: "Ranked", answers: ["A", "B", "C"] }];
    const all = { draft, title: "Election", questions, vote_at: `${at}/${this.uuid}/vote`, check_at: `${at}/${this.uuid}`, has_weights: false, phase: this.phase };
    const entries = (text: string | undefined): string[] => JSON.parse(text ?? "[]");
    if (role === "authority") {
      const taken = new Set(this.revoked.map(([, spare]) => spare));
      const free_spares = entries(this.lists?.spares).filter((spare) => !taken.has(spare)).map((spare) => [spare, "1"]);
      const { fingerprint, leak, revoked } = this;
      const announced = { opens: "2027-01-10T08:00:00+05:00", closes: "2027-01-11T20:00:00+05:00", organiser_name: "Organiser", authority_name: null };
      return { ...all, ...announced, spares_percent: 100, voters: VOTERS, fingerprint, leak, free_spares, revoked };
    }
    if (role === "spares") {
      return { ...all, orders: this.orders.map(([id, spare]) => ({ ...VOTERS.find((voter) => voter.id === id), spare })) };
    }
    const terms = { threshold: 2, members: 2, names: TRUSTEES, name: TRUSTEES[number - 1], number };
    return this.change({ ...all, ...terms, certificates: [], contributions: [], shuffles: [], ...this.step(number) });
  }

  /** What a trustee has to do, and what she needs for it. */
  private step(number: number): { step: string; waiting_for: number[] } & Record<string, unknown> {
    const missing = (kind: string) => [1, 2].filter((own) => !this.messages.has(`${kind}-${own}`));
    const texts = (kind: string) => [1, 2].map((own): string => JSON.parse(this.messages.get(`${kind}-${own}`)!).message);
    for (const [kind, own, wait] of [["certificate", "key", "wait-certificates"], ["contribution", "contribute", "wait-contributions"], ["finished", "finish", "wait-setup"]] as const) {
      const still = missing(kind);
      const certificates = kind === "certificate" ? [] : texts("certificate");
      const contributions = kind === "finished" ? texts("contribution") : [];
      if (still.includes(number)) return { step: own, waiting_for: [], certificates, contributions };
      if (still.length > 0) return { step: wait, waiting_for: still };
    }
    if (this.lists === undefined) return { step: "wait-setup", waiting_for: [] };
    if (missing("rehearsed").includes(number)) {
      const { election, trustees, credentials } = this.folder.json("ORG/rehearsal.json");
      return { step: "rehearse", waiting_for: [], rehearsal: { election, trustees, credentials } };
    }
    if (this.phase === "setting-up") return { step: "wait-open", waiting_for: missing("rehearsed") };
    if (this.phase === "open") return { step: "voting", waiting_for: [] };
    const { tally, shuffles } = this.folder.board();
    const asked = { tally, shuffles: shuffles.map(({ record }) => record) };
    const still = missing("shuffle");
    if (still[0] === number) return { step: "shuffle", waiting_for: [], ...asked };
    if (still.length > 0) return { step: still.includes(number) ? "wait-shuffle" : "wait-decrypt", waiting_for: still };
    if (missing("decryption").includes(number)) return { step: "decrypt", waiting_for: [], ...asked };
    return { step: "done", waiting_for: missing("decryption") };
  }

  private take(role: string, number: number, what: string | undefined, body: string): void {
    if (role === "authority" && what === "lists") {
      this.folder.write("credentials.json", body);
      const { credentials, spares } = JSON.parse(body);
      this.lists = { credentials, spares };
      this.fingerprint = "of the lists";
      return this.assemble();
    }
    if (role === "authority") {
      const { message, orders } = JSON.parse(body);
      this.folder.write("revocations.json", message);
      this.folder.done("election cosign ORG revocations.json");
      const notes: string[] = JSON.parse(message).notes;
      this.revoked = notes.map((note) => JSON.parse(note.split("\n")[0]!)).map(({ credential, spare }) => [credential, spare]);
      [this.orders, this.leak] = [orders, null];
      return;
    }
    const kind: string = JSON.parse(body).adil.slice(0, -2);
    this.folder.write(this.file(kind, number), body);
    if (kind === "shuffle" || kind === "decryption") this.folder.done(`election add ORG ${this.file(kind, number)}`);
    this.messages.set(`${kind}-${number}`, body);
    if (kind === "finished") this.assemble();
  }

  private assemble(): void {
    const kinds = ["certificate", "contribution", "finished"];
    if (this.lists === undefined || kinds.some((kind) => [1, 2].some((own) => !this.messages.has(`${kind}-${own}`)))) return;
    const files = kinds.flatMap((kind) => [1, 2].map((own) => this.file(kind, own)));
    this.folder.done(`election assemble ORG credentials.json ${files.join(" ")}`);
  }

  private file(kind: string, number: number): string {
    return `${kind}-of-${number}.json`;
  }
}

function page(role: string, uuid: string, number: string | undefined): string {
  const manifest = JSON.parse(readFileSync("dist/manifest.json", "utf8"));
  const data = `data-uuid="${uuid}"${number === undefined ? "" : ` data-number="${number}"`}`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${ROLES[role]}</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/assets/${manifest["adil.css"].path}"><meta name="texts" content="/assets/texts-en.json">
<script type="module" src="/assets/${manifest[`${role}.js`].path}"></script></head><body>
<header class="site"><a class="brand" href="/">adil</a></header>
<main id="content" tabindex="-1"><h1>${ROLES[role]}</h1><p class="election-title">Election</p><p class="roles-lead"></p><div id="role" ${data}></div></main></body></html>`;
}

/** The texts that the server gives to scripts. */
export function textsOf(language: string): Record<string, string> {
  const lines = readFileSync(`../crates/server/locales/${language}.ftl`, "utf8").split("\n");
  const pairs = lines.filter((line) => line.startsWith("js-")).map((line) => line.split(/ = (.*)/s));
  return Object.fromEntries(pairs.map(([key, text]) => [key, text]));
}
