// Programs that tests compare with: adil's command line (ADIL_PROGRAM) and belenios-tool (in the folder ADIL_PEER).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

/** A test that needs something outside, named by an environment variable; it is skipped where that is not set. */
export function testWith(variable: string, name: string, run: (value: string, context: TestContext) => Promise<void> | void) {
  test(name, async (context) => {
    const value = process.env[variable];
    if (value === undefined || value === "") return console.log(`skipped: ${name} (${variable} is not set)`);
    await run(value, context);
  });
}

/** A folder in which roles call adil; it goes with the test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "adil-web-"));

  constructor(private readonly program: string, context: TestContext) {
    context.after(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Calls `adil` with the words of a line; it must succeed. Gives what it prints. */
  done(line: string): string {
    const { status, stdout, stderr } = this.call(line);
    assert.equal(status, 0, `adil ${line}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Calls `adil` with the words of a line; it must refuse with status 2. Gives the sentence. */
  refused(line: string): string {
    const { status, stdout, stderr } = this.call(line);
    assert.equal(status, 2, `adil ${line}: ${stdout}${stderr}`);
    return stderr;
  }

  private call(line: string) {
    return spawnSync(this.program, line.split(" "), { cwd: this.path, encoding: "utf8" });
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  json(name: string): any {
    return JSON.parse(this.read(name));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** A file that its owner alone can read, as adil asks for where there is a secret. */
  writePrivate(name: string, text: string): void {
    this.write(name, text);
    chmodSync(join(this.path, name), 0o600);
  }

  /** The records of the board as it is now, by their kind, and those of events with an owner with it. */
  board(): Board {
    mkdirSync(join(this.path, "board"), { recursive: true });
    this.done("election publish ORG --to board/now.bel");
    return readBoard(readFileSync(join(this.path, "board/now.bel")));
  }
}

/** What is on a board. */
export interface Board {
  election: string;
  trustees: string;
  credentials: string;
  tally: string;
  totalWeight: bigint;
  shuffles: { owner: number; record: string }[];
  decryptions: { owner: number; record: string }[];
  result: string;
}

/** Takes an archive apart: blocks of 512 bytes, a header with name and size before every record. */
function readBoard(archive: Buffer): Board {
  const records = new Map<string, string>();
  const events: { type: string; payload?: string }[] = [];
  for (let at = 0; at < archive.length; ) {
    const name = archive.subarray(at, at + 100).toString().replace(/\0.*$/s, "");
    const size = parseInt(archive.subarray(at + 124, at + 135).toString(), 8);
    const body = archive.subarray(at + 512, at + 512 + size).toString();
    if (name.endsWith(".data.json")) records.set(name.slice(0, 64), body);
    if (name.endsWith(".event.json")) events.push(JSON.parse(body));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  const record = (hash: string | undefined) => records.get(hash ?? "") ?? "";
  const of = (type: string) => events.filter((event) => event.type === type).map((event) => record(event.payload));
  const owned = (type: string) => of(type).map((text) => JSON.parse(text)).map(({ owner, payload }) => ({ owner, record: record(payload) }));
  const setup = JSON.parse(of("Setup")[0]!);
  const sized = JSON.parse(of("EncryptedTally")[0] ?? "{}");
  return {
    election: record(setup.election),
    trustees: record(setup.trustees),
    credentials: record(setup.credentials),
    tally: record(sized.encrypted_tally),
    totalWeight: BigInt(sized.total_weight ?? 0),
    shuffles: owned("Shuffle"),
    decryptions: owned("PartialDecryption"),
    result: of("Result")[0] ?? "",
  };
}
