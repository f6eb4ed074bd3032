// A step for which the file is opened: it is done, the changed file is saved, and the message handed in, in this order, so
// that nothing is handed in that the file does not know of.
import { t } from "../../texts.ts";
import { handIn, isRefusal } from "../api.ts";
import { h, panel, ProgressBar } from "../dom.ts";
import { unlockForm } from "../unlock.ts";
import type { TrusteeFile } from "../../../secret/role-files.ts";
import type { TrusteeView } from "../views.ts";
import { keep, keepSealed, trusteeFileName, trusteeReader } from "./keeping.ts";
import { type Stage, stepFailure } from "./stage.ts";
import type { Done } from "./work.ts";

/** Shows the step. `work` may say how far it is, and what it does. Nothing is opened while the step is not `ready`. `takeBack`:
 * the file before is given out again where the server refuses the message, since this one knows of what nobody has. */
export async function secretStep(
  stage: Stage,
  view: TrusteeView,
  texts: { heading: string; action: string; content: Node[]; ready?: () => boolean; takeBack?: boolean },
  work: (file: TrusteeFile, say: (label: string) => (done: number) => void) => Promise<Done>,
): Promise<void> {
  const { number } = view;
  const { uuid } = view.draft;
  const state = h("div", {});
  const say = (label: string) => {
    const bar = new ProgressBar(label);
    state.replaceChildren(bar.element);
    return bar.set;
  };
  const form = await unlockForm({
    name: trusteeFileName(uuid, number),
    action: texts.action,
    read: trusteeReader(uuid, number),
    ...(texts.ready !== undefined && { ready: texts.ready }),
    use: async ({ file, passphrase, sealed }) => {
      try {
        const done = await work(file, say);
        await keep(done.file, passphrase, state);
        state.replaceChildren(h("p", { role: "status" }, t("js-roles-sending")));
        await handIn(stage.address, done.message).catch(async (fault: unknown) => {
          if (texts.takeBack && isRefusal(fault)) await keepSealed(trusteeFileName(uuid, number), sealed);
          throw fault;
        });
        await stage.next();
      } catch (fault) {
        state.replaceChildren(stepFailure(fault, view));
      }
    },
  });
  stage.show(panel(texts.heading, ...texts.content, form, state));
}
