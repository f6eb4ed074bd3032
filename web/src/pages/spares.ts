// The page of the holder of the spare codes: nothing to do until the organiser confirms what the credential authority
// signed after a leak; then letters with spare codes.
import type { Occasion } from "../letters/letter.ts";
import { ask } from "./roles/api.ts";
import { h, notice, panel, show } from "./roles/dom.ts";
import { begin, type Place, poll } from "./roles/frame.ts";
import { spareLetters, sparesFileName } from "./roles/spare-letters.ts";
import type { SparesView } from "./roles/views.ts";
import { t } from "./texts.ts";

void begin(run);

async function run({ root, uuid }: Place): Promise<void> {
  const address = `/api/spares/${uuid}`;
  const view = await ask<SparesView>(address);
  await draw(root, uuid, view);
  let known = view.orders.length;
  poll(async () => {
    const { orders, ...now } = await ask<SparesView>(address);
    if (orders.length !== known) await draw(root, uuid, { ...now, orders });
    known = orders.length;
    return false;
  }, 15_000);
}

async function draw(root: HTMLElement, uuid: string, view: SparesView): Promise<void> {
  const keep = h("p", {}, t("js-spares-keep", { name: sparesFileName(uuid) }));
  if (view.orders.length === 0) return show(root, panel(t("js-spares-none"), h("p", {}, t("js-spares-none-text")), keep));
  const { title, vote_at: voteAt, check_at: checkAt, has_weights: hasWeights } = view;
  const occasion: Occasion = { title, uuid, voteAt, checkAt, hasWeights };
  const letters = await spareLetters(uuid, occasion, view.orders);
  show(root, panel(t("js-spares-orders", { voters: view.orders.length }), notice("", h("p", {}, t("js-spares-orders-text"))), letters));
}
