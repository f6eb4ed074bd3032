// The page of a trustee: the step that is to be done, or who is waited for. While it waits it asks again every few
// seconds, and not at all while nobody looks at it.
import { ask } from "./roles/api.ts";
import { begin, poll } from "./roles/frame.ts";
import { showStep } from "./roles/trustee/show.ts";
import { stageOf } from "./roles/trustee/stage.ts";
import type { TrusteeStep, TrusteeView } from "./roles/views.ts";

/** Steps in which others do something. */
const OTHERS: readonly TrusteeStep[] = [
  "wait-certificates", "wait-contributions", "wait-setup", "wait-open", "voting", "wait-tally", "wait-shuffle", "wait-decrypt",
];

void begin(async ({ root, uuid, number }) => {
  const address = `/api/trustee/${uuid}/${number}`;
  let stop = () => {};

  async function next(): Promise<void> {
    stop();
    await draw(await ask<TrusteeView>(address));
  }

  async function draw(view: TrusteeView): Promise<void> {
    await showStep(stageOf(root, address, view, next), view);
    if (!OTHERS.includes(view.step)) return;
    const told = stateOf(view);
    stop = poll(async () => {
      const now = await ask<TrusteeView>(address);
      if (stateOf(now) === told) return false;
      await draw(now);
      return true;
    });
  }

  await next();
});

function stateOf({ step, waiting_for }: TrusteeView): string {
  return `${step} ${waiting_for.join(" ")}`;
}
