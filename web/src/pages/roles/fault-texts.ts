// What went wrong, for people: the kind of a fault and its code choose a text in the language of the page. The sentence of
// the layer that found it, which is always English, goes with it as a detail, for whoever is asked for help.
import { NoteKeyFault } from "../../log/key.ts";
import { NoTrustee } from "../../protocol/decrypt.ts";
import { ElementFault } from "../../protocol/group.ts";
import { FormFault } from "../../protocol/json.ts";
import { RecordFault } from "../../protocol/records.ts";
import { RevocationFault } from "../../protocol/revocations.ts";
import { ShuffleFault } from "../../protocol/shuffle-proof.ts";
import { type Breach, CeremonyFault, KeyFault } from "../../protocol/trustee/fault.ts";
import { TrusteesFault } from "../../protocol/trustee/trustees.ts";
import { DownloadFault } from "../download.ts";
import { t } from "../texts.ts";
import { ServerFault } from "./api.ts";
import { UnknownVoter } from "./authority/revoke.ts";

/** A fault in the language of the page, in one or more paragraphs, and in the words of the layer that found it. */
export interface Told {
  texts: string[];
  detail?: string;
}

/** What each breach of a ceremony means to a trustee. */
export const BREACHES: Readonly<Record<Breach, "form" | "other" | "key" | "signature" | "sealed" | "proof">> = {
  form: "form",
  count: "form",
  terms: "form",
  number: "form",
  context: "other",
  "not-a-member": "other",
  "other-certificates": "other",
  recipient: "other",
  key: "key",
  neutral: "key",
  "same-key": "key",
  "certificate-signature": "signature",
  "signed-by-another": "signature",
  "coefficients-signature": "signature",
  unsigned: "signature",
  "verification-key-signature": "signature",
  sealed: "sealed",
  share: "proof",
  polynomial: "proof",
  proof: "proof",
  "verification-key": "proof",
};

/** A fault in words; `names` are those of the trustees, where the page knows them. */
export function told(fault: unknown, names: readonly string[] = []): Told {
  if (fault instanceof ServerFault) return { texts: [fault.code === "unreachable" ? t("js-roles-unreachable") : fault.message] };
  return { texts: textsOf(fault, names), detail: fault instanceof Error ? fault.message : String(fault) };
}

function textsOf(fault: unknown, names: readonly string[]): string[] {
  if (fault instanceof CeremonyFault) {
    const { member, breach } = fault;
    const whose = member === undefined ? t("js-trustee-ceremony-fault") : t("js-trustee-member-fault", { name: names[member - 1] ?? member });
    return [whose, t(`js-trustee-breach-${BREACHES[breach]}`)];
  }
  if (fault instanceof RevocationFault) return [t(`js-roles-fault-revocation-${fault.kind}`, { weight: String(fault.weight ?? "") })];
  if (fault instanceof UnknownVoter) return [t("js-roles-fault-voter", { id: fault.id })];
  if (fault instanceof NoTrustee) return [t("js-trustee-refused-key-missing")];
  const kind = KINDS.find(([of]) => fault instanceof of)?.[1];
  return [t(kind === undefined ? "js-roles-failed" : `js-roles-fault-${kind}`)];
}

/** Faults of which their class says enough. */
const KINDS = [
  [KeyFault, "own-key"],
  [NoteKeyFault, "own-key"],
  [ShuffleFault, "shuffle"],
  [TrusteesFault, "trustees"],
  [DownloadFault, "download"],
  [RecordFault, "form"],
  [FormFault, "form"],
  [ElementFault, "form"],
  [SyntaxError, "form"],
] as const;
