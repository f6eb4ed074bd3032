// `adil serve` for a test: it listens on an address of its own, keeps its data in a folder that goes with the test, and
// writes mail to files there.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** A letter. */
export interface Letter {
  to: string;
  body: string;
}

export class Served {
  #told = "";
  #log = "";

  private constructor(
    private readonly process: ChildProcess,
    private readonly data: string,
  ) {}

  /** Starts the program; it listens once this returns. `more` are further arguments. */
  static async start(program: string, folder: string, more: string[] = []): Promise<Served> {
    const data = join(folder, "data");
    const process = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--data", data, ...more], { stdio: ["ignore", "pipe", "pipe"] });
    const served = new Served(process, data);
    process.stdout!.setEncoding("utf8").on("data", (text: string) => (served.#told += text));
    process.stderr!.setEncoding("utf8").on("data", (text: string) => (served.#log += text));
    for (let left = 300; left > 0 && !/\/mail$/m.test(served.#told); left--) {
      assert.equal(process.exitCode, null, served.#log);
      await wait(100);
    }
    return served;
  }

  /** The address that people use. */
  get address(): string {
    return this.#found(/^adil serves (http:\S+)/m);
  }

  /** The link that makes the first account. */
  get setUpLink(): string {
    return this.#found(/^(http:\S+)$/m);
  }

  /** What the server has written about its work that should not have happened. */
  get complaints(): string[] {
    return this.#log.split("\n").filter((line) => /"level":"(ERROR|WARN)"|panicked/.test(line));
  }

  #found(pattern: RegExp): string {
    const found = pattern.exec(this.#told)?.[1];
    assert.ok(found, `${this.#told}\n${this.#log}`);
    return found;
  }

  /** All letters so far, the oldest first. */
  letters(): Letter[] {
    const folder = join(this.data, "mail");
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((name) => name.endsWith(".eml")).map((name) => join(folder, name));
    const times = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
    return files.sort((a, b) => times.get(a)! - times.get(b)!).map((file) => letterOf(readFileSync(file, "utf8")));
  }

  /** The last link in the letters to an address that begins in some way; letters may take a few seconds. */
  async linkTo(email: string, begin: string): Promise<string> {
    const body = (await this.letter(email, (text) => text.includes(this.address + begin))).body;
    return body.split(/\s/).filter((word) => word.startsWith(this.address + begin)).at(-1)!;
  }

  /** The last letter to an address that something holds of. */
  async letter(email: string, holds: (body: string) => boolean): Promise<Letter> {
    for (let left = 150; left > 0; left--) {
      const found = this.letters().filter(({ to, body }) => to.includes(email) && holds(body)).at(-1);
      if (found) return found;
      await wait(200);
    }
    assert.fail(`no such letter to ${email}: ${JSON.stringify(this.letters().map(({ to }) => to))}`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await Promise.race([ended, wait(5_000)]);
    this.process.kill("SIGKILL");
  }
}

/** Reads a letter of one part (RFC 5322, RFC 2045). */
function letterOf(text: string): Letter {
  const [head, ...rest] = text.replaceAll("\r\n", "\n").split("\n\n");
  const header = (name: string) => new RegExp(`^${name}: *(.*(?:\n[ \t].*)*)`, "im").exec(head!)?.[1]?.replaceAll("\n", "") ?? "";
  const raw = rest.join("\n\n");
  const encoding = header("Content-Transfer-Encoding").toLowerCase();
  if (encoding === "base64") return { to: header("To"), body: Buffer.from(raw, "base64").toString() };
  if (encoding !== "quoted-printable") return { to: header("To"), body: raw };
  const bytes = raw.replaceAll("=\n", "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return { to: header("To"), body: Buffer.from(bytes, "latin1").toString() };
}
