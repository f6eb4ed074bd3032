// Whose credentials a leak takes away, and which spares take their places.
import { SigningKey } from "../../../log/key.ts";
import { messageText } from "../../../protocol/messages.ts";
import { pickSpares, revocationsMessage } from "../../../protocol/revocations.ts";
import type { AuthorityFile, RegisterEntry } from "../../../secret/role-files.ts";
import type { AuthorityView, Leak, Order } from "../views.ts";

/** What is handed in, who gets which spare, and the file as it is to be kept. */
export interface Answer {
  /** The message `revocations/1`. */
  message: string;
  orders: Order[];
  file: AuthorityFile;
}

/** A voter of the leak who is not in the authority's register. */
export class UnknownVoter extends Error {
  constructor(readonly id: string) {
    super(`voter ${id} is not in the register`);
  }
}

/** Signs the revocations that a leak makes necessary. `now` is a minute since 1970. A spare is never revoked (rule J8): where
 * all codes leaked, voters who have one are left out, and who is named keeps no second one.
 * @throws UnknownVoter, or RevocationFault. */
export function answerLeak(view: AuthorityView, leak: Leak, file: AuthorityFile, now: number): Answer {
  const { uuid } = view.draft;
  const replaced = new Set(view.revoked.map(([credential]) => credential));
  const affected = affectedOf(leak, file.register, replaced);
  const weighted = affected.map(({ credential, weight }) => ({ credential, weight: BigInt(weight) }));
  const free = view.free_spares.map(([credential, weight]) => ({ credential, weight: BigInt(weight) }));
  const spares = pickSpares(weighted, free, new Map(Object.entries(file.given)), replaced);
  const key = SigningKey.parse(file.key);
  const message = messageText(revocationsMessage(uuid, spares, leak.since, now, leak.reason, key));
  const addresses = new Map(view.voters.map((voter) => [voter.id, voter]));
  const orders = affected.map(({ id, name, language, weight, credential }) => {
    const email = addresses.get(id)?.email;
    return { id, ...(name !== undefined && { name }), ...(email !== undefined && { email }), language, weight, spare: spares.get(credential)! };
  });
  return { message, orders, file: { ...file, given: { ...file.given, ...Object.fromEntries(spares) } } };
}

function affectedOf({ affected }: Leak, register: readonly RegisterEntry[], replaced: ReadonlySet<string>): RegisterEntry[] {
  if (affected === "all") return register.filter(({ credential }) => !replaced.has(credential));
  const byId = new Map(register.map((entry) => [entry.id, entry]));
  return affected.voters.map((id) => {
    const entry = byId.get(id);
    if (entry === undefined) throw new UnknownVoter(id);
    return entry;
  });
}
