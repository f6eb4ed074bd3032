// The record of an election as its server publishes it.
import type { ElectionFiles } from "../verify/record.ts";

/** The server cannot be reached, or does not give a file. */
export class DownloadFault extends Error {}

/** The files of an election, and how long its archive is. */
export interface Downloaded extends ElectionFiles {
  bytes: number;
}

/** The files of an election on its server. The archive may change while it is downloaded: it is taken with the checkpoint
 * that was there before and after.
 * @throws DownloadFault */
export async function download(address: string): Promise<Downloaded> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = await fetched(`${address}/election.checkpoint`);
    const archive = await fetched(`${address}/election.bel`);
    const after = await fetched(`${address}/election.checkpoint`);
    if (archive === undefined) throw new DownloadFault("there is no archive yet");
    if ((await before?.text()) !== (await after?.text())) continue;
    const checkpoint = after && new Uint8Array(await after.arrayBuffer());
    const log = async (path: string) => {
      const file = await fetched(`${address}/log/${path}`);
      return file && new Uint8Array(await file.arrayBuffer());
    };
    return { bytes: archive.size, archive: async () => archive.stream(), checkpoint: async () => checkpoint, log: checkpoint === undefined ? undefined : log };
  }
  throw new DownloadFault("the election changes faster than it can be downloaded");
}

async function fetched(address: string): Promise<Blob | undefined> {
  let answer;
  try {
    answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  } catch (fault) {
    throw new DownloadFault(`${address}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new DownloadFault(`${address}: ${answer.status}`);
  return answer.blob();
}
