// What the pages of roles ask of the server, and hand to it.

/** The server refused, or could not be reached; the message is for the reader. */
export class ServerFault extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** Whether the server has surely not taken what was handed in; without an answer it may have. */
export function isRefusal(fault: unknown): boolean {
  return fault instanceof ServerFault && !["unreachable", "server", "unavailable"].includes(fault.code) && !/^5/.test(fault.code);
}

/** The JSON of an address.
 * @throws ServerFault */
export async function ask<T>(address: string): Promise<T> {
  return (await answerOf(address, {})).json() as Promise<T>;
}

/** The bytes of an address.
 * @throws ServerFault */
export async function fetchBytes(address: string): Promise<Uint8Array> {
  return new Uint8Array(await (await answerOf(address, {})).arrayBuffer());
}

/** Hands in a text of JSON.
 * @throws ServerFault */
export async function handIn(address: string, message: string): Promise<void> {
  await answerOf(address, { method: "POST", headers: { "content-type": "application/json" }, body: message });
}

async function answerOf(address: string, request: RequestInit): Promise<Response> {
  const headers = { "accept-language": document.documentElement.lang, ...(request.headers as Record<string, string>) };
  let answer: Response;
  try {
    answer = await fetch(address, { cache: "no-store", credentials: "same-origin", redirect: "error", ...request, headers });
  } catch {
    throw new ServerFault("unreachable", "");
  }
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => ({}))) as { error?: unknown; message?: unknown };
  throw new ServerFault(String(said.error ?? answer.status), String(said.message ?? answer.statusText));
}
