// `adil serve --demo` on a port of its own, with a folder of its own, for tests that walk through its pages.
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Served {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** The address, without a slash at the end. */
    readonly base: string,
    /** The path of the link that makes the first account. */
    readonly setUp: string,
  ) {}

  /** Starts the program; it is ready once it has told its address and the set-up link. */
  static async start(program: string): Promise<Served> {
    const folder = mkdtempSync(join(tmpdir(), "adil-pages-"));
    const words = ["serve", "--demo", "--open-registration", "--listen", "127.0.0.1:0", "--data", folder];
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ADIL_LOG: "warn" } });
    let complaints = "";
    child.stderr.on("data", (bytes) => (complaints += bytes));
    const told = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout.on("data", (bytes) => {
        text += bytes;
        if (/\/set-up\/\S+\n/.test(text)) resolve(text);
      });
      child.on("exit", () => reject(new Error(`the server ended: ${text}${complaints}`)));
    });
    const base = /https?:\/\/[^\s]+/.exec(told)![0];
    return new Served(child, folder, base, /\/set-up\/\S+/.exec(told)![0]);
  }

  stop(): void {
    this.process.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The link in the newest letter to an address that has one of that kind. */
  mailed(to: string, path: string): string {
    const folder = join(this.folder, "mail");
    const letters = readdirSync(folder).sort().reverse().map((name) => readFileSync(join(folder, name), "utf8"));
    for (const letter of letters.filter((text) => text.includes(to))) {
      const found = new RegExp(`${path}[A-Za-z0-9_-]+`).exec(decoded(letter));
      if (found) return found[0];
    }
    throw new Error(`no letter to ${to} has a link ${path}`);
  }
}

/** The text of a letter, which goes out in one of two encodings. */
function decoded(letter: string): string {
  const [head = "", ...rest] = letter.replaceAll("\r\n", "\n").split("\n\n");
  const body = rest.join("\n\n");
  if (/base64/i.test(head)) return Buffer.from(body, "base64").toString();
  return body.replaceAll("=\n", "").replaceAll("=3D", "=");
}

/** The code of an app at a time (RFC 6238: HMAC-SHA-1, 30 seconds, six digits). */
export function totp(secret: string, seconds: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[\s=]/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac("sha1", key).update(step).digest();
  const at = digest[19]! & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
