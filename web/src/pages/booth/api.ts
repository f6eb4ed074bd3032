// What the booth asks the server. A voting code is never part of it.

/** What a booth works with. */
export interface BoothData {
  /** The election's record, byte for byte. */
  election: string;
  fingerprint: string;
  credentials: string;
  phase: string;
  second_factor: boolean;
  log_key: string;
  closes?: number | null;
  can_notify: boolean;
}

/** What a public credential is. */
export interface CredentialState {
  state: "voter" | "revoked" | "spare-of-nobody" | "unknown";
  weight?: string;
  revocation?: number;
}

/** The log's proof of an entry, and the entry. */
export interface InLog {
  entry: number;
  minute: number;
  proof: string;
  entry_base64: string;
}

/** A ballot that was taken. */
export interface Taken extends InLog {
  tracker: string;
  acceptance: "none" | "needed";
  notice?: string;
}

/** What became of a ballot. */
export interface Whereabouts extends InLog {
  state: "counted" | "replaced" | "set-aside" | "waiting";
  by?: number;
  reason?: string;
}

/** The server refused: its code, and a sentence for the voter. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The server was not reached, or gave no answer that can be read. */
export class NotReached extends Error {}

/** How long a request may take, in milliseconds: after that the voter is asked to try once more. */
const PATIENCE = 45_000;

async function ask(address: string, init: RequestInit = {}): Promise<unknown> {
  let answer: Response;
  let content: unknown;
  try {
    answer = await fetch(address, {
      ...init,
      headers: { accept: "application/json", "accept-language": document.documentElement.lang, ...init.headers },
      signal: AbortSignal.timeout(PATIENCE),
    });
    content = await answer.json();
  } catch (fault) {
    throw new NotReached(fault instanceof Error ? fault.message : String(fault));
  }
  if (answer.ok) return content;
  const { error, message } = (content ?? {}) as { error?: string; message?: string };
  if (typeof error !== "string" || typeof message !== "string") throw new NotReached(String(answer.status));
  throw new Refused(error, message);
}

function post(address: string, body: string | object): Promise<unknown> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return ask(address, { method: "POST", headers: { "content-type": "application/json" }, body: text });
}

/** What can be asked about one election. */
export class Api {
  readonly #base: string;

  constructor(readonly uuid: string) {
    this.#base = `/api/e/${encodeURIComponent(uuid)}`;
  }

  async booth(): Promise<BoothData> {
    return (await ask(`${this.#base}/booth`)) as BoothData;
  }

  async credential(credential: string): Promise<CredentialState> {
    return (await ask(`${this.#base}/credential?public=${credential}`)) as CredentialState;
  }

  async cast(ballot: string): Promise<Taken> {
    return (await post(`${this.#base}/ballots`, ballot)) as Taken;
  }

  async whereabouts(tracker: string): Promise<Whereabouts> {
    return (await ask(`${this.#base}/ballot?tracker=${encodeURIComponent(tracker)}`)) as Whereabouts;
  }

  /** `notice` is the token of the answer to the ballot, where it is at hand: with it strangers are not in the voter's way. */
  async askForSecondFactor(tracker: string, voter: string, notice?: string): Promise<void> {
    await post(`${this.#base}/second-factor`, { tracker, voter, notice });
  }

  async accept(tracker: string, voter: string, code: string, notice?: string): Promise<void> {
    await post(`${this.#base}/acceptances`, { tracker, voter, code, notice });
  }

  async leaveAddress(notice: string, email: string): Promise<void> {
    await post(`${this.#base}/notices`, { notice, email, language: document.documentElement.lang });
  }
}

/** The booth of an organiser's preview, from its address. */
export async function previewOf(address: string): Promise<BoothData> {
  return (await ask(address)) as BoothData;
}
