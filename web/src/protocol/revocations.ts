// The answer to a leak of voting codes: each revoked credential is taken from its voter, who gets a spare of the same
// weight that nobody else has.
import type { SigningKey } from "../log/key.ts";
import { signStatement } from "../log/statement.ts";
import type { RevocationsMessage } from "./messages.ts";

/** A credential with its weight. */
export interface Weighted {
  credential: string;
  weight: bigint;
}

/** Why credentials cannot be revoked. */
export class RevocationFault extends Error {
  constructor(
    readonly kind: "again" | "no-spare" | "future",
    /** The credential that is named twice or was revoked before. */
    readonly credential?: string,
    /** The weight of which no spare is left. */
    readonly weight?: bigint,
  ) {
    super({
      again: `the credential ${credential} is named twice, or was revoked before`,
      "no-spare": `no spare code of weight ${weight} is left: a leak as large as this is answered by a new election`,
      future: "the declared time of the leak is after now",
    }[kind]);
  }
}

/** A free spare of the same weight for each of these credentials. `given` are the spares of credentials for which one was
 * given before, in revocations that may not have been logged yet: they keep it, and nobody else gets it.
 * @throws RevocationFault */
export function pickSpares(
  credentials: readonly Weighted[],
  free: readonly Weighted[],
  given: ReadonlyMap<string, string>,
  revoked: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const taken = new Set(given.values());
  const byWeight = new Map<bigint, string[]>();
  for (const { credential, weight } of [...free].reverse()) {
    if (taken.has(credential)) continue;
    const own = byWeight.get(weight);
    if (own === undefined) byWeight.set(weight, [credential]);
    else own.push(credential);
  }
  const picked = new Map<string, string>();
  for (const { credential, weight } of credentials) {
    if (picked.has(credential) || revoked.has(credential)) throw new RevocationFault("again", credential);
    const spare = given.get(credential) ?? byWeight.get(weight)?.pop();
    if (spare === undefined) throw new RevocationFault("no-spare", credential, weight);
    picked.set(credential, spare);
  }
  return picked;
}

/** The revocations, each signed by the authority; the organiser signs them too. `since` and `now` are minutes since 1970.
 * @throws RevocationFault */
export function revocationsMessage(
  uuid: string,
  spares: ReadonlyMap<string, string>,
  since: number,
  now: number,
  reason: string,
  key: SigningKey,
): RevocationsMessage {
  if (since > now) throw new RevocationFault("future");
  const notes = [...spares].map(([credential, spare]) =>
    signStatement({ adil: "revocation/1", uuid, credential, since, minute: now, reason, spare }, key),
  );
  return { adil: "revocations/1", uuid, notes };
}
