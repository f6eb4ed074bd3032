// Which spare code each voter of an order gets.
import type { Recipient } from "../../letters/letter.ts";
import { deriveCredential } from "../../protocol/credential.ts";
import type { SparesFile } from "../../secret/role-files.ts";
import type { Order } from "./views.ts";

/** The code of each order. A code counts only where the ordered credential follows from it. */
export function handOut(uuid: string, file: SparesFile, orders: readonly Order[]): { recipients: Recipient[]; missing: string[] } {
  const codes = new Map(file.spares.map(({ credential, code }) => [credential, code]));
  const recipients: Recipient[] = [];
  const missing: string[] = [];
  for (const { spare, ...voter } of orders) {
    const code = codes.get(spare);
    if (code !== undefined && deriveCredential(uuid, code).public === spare) recipients.push({ ...voter, code });
    else missing.push(voter.id);
  }
  return { recipients, missing };
}
