// A zip with stored files, as `/e/…/record.zip` is one.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The zip of some files and folders below a folder. The sums (CRC-32) are left out: nobody here looks at them. */
export function zipOf(
  folder: string,
  names: readonly string[],
  change: (name: string, bytes: Buffer) => Buffer = (_, bytes) => bytes,
): Buffer<ArrayBuffer> {
  const paths = names.flatMap((name) => below(folder, name));
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const path of paths) {
    const [name, bytes] = [Buffer.from(path), change(path, readFileSync(join(folder, path)))];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, name, bytes);
    directory.push(entry, name);
    at += 30 + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(paths.length, 8);
  end.writeUInt16LE(paths.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

function below(folder: string, name: string): string[] {
  if (!statSync(join(folder, name)).isDirectory()) return [name];
  return readdirSync(join(folder, name)).filter((own) => !own.startsWith(".")).flatMap((own) => below(folder, `${name}/${own}`));
}
