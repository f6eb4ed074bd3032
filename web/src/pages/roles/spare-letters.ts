// Spare codes for the voters whose codes leaked: the file is opened, and letters are made for the orders.
import type { Occasion } from "../../letters/letter.ts";
import { readSparesFile } from "../../secret/role-files.ts";
import { t } from "../texts.ts";
import { h, lead, notice } from "./dom.ts";
import { letterDesk } from "./letters.ts";
import { handOut } from "./spare-codes.ts";
import { unlockForm } from "./unlock.ts";
import type { Order } from "./views.ts";

/** The name of the file of spare codes. */
export function sparesFileName(uuid: string): string {
  return `spares-${uuid}.json`;
}

/** A form that opens the spare codes, and the letters that come of it. */
export async function spareLetters(uuid: string, occasion: Occasion, orders: readonly Order[]): Promise<HTMLElement> {
  const place = h("div", {});
  const form = await unlockForm({
    name: sparesFileName(uuid),
    action: t("js-spares-open"),
    read: (secret) => readSparesFile(secret, uuid),
    use: async ({ file }) => {
      const { recipients, missing } = handOut(uuid, file, orders);
      const complaint = missing.length > 0 && notice("bad", h("p", {}, t("js-spares-missing", { voters: missing.join(", ") })));
      const ready = h("p", {}, t("js-spares-ready", { letters: recipients.length }));
      const desk = letterDesk({ ...occasion, fingerprint: file.fingerprint }, recipients, "spare", `spare-letters-${uuid}.csv`);
      place.replaceChildren(...(complaint ? [complaint] : []), ...(recipients.length > 0 ? [ready, desk] : []));
      // The form that had the focus is gone.
      lead(complaint || ready);
    },
  });
  place.append(form);
  return place;
}
