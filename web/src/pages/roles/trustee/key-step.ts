// The first step: a key, or a certificate in a group. The file is sealed, saved and opened again before the public part is
// handed in, so that no election depends on a file that cannot be opened.
import { seal } from "../../../secret/sealed.ts";
import { fileText, RoleFileFault } from "../../../secret/role-files.ts";
import { t } from "../../texts.ts";
import { handIn } from "../api.ts";
import { actions, button, h, panel, ProgressBar } from "../dom.ts";
import { keepCopy, save } from "../files.ts";
import { failure, guardLeaving, reporting } from "../frame.ts";
import { NewPassphrase } from "../passphrase.ts";
import { questionList } from "../questions.ts";
import { unlockForm } from "../unlock.ts";
import type { TrusteeView } from "../views.ts";
import { trusteeFileName, trusteeReader } from "./keeping.ts";
import type { Stage } from "./stage.ts";
import { type Done, makeKey } from "./work.ts";

/** Shows the questions, makes the key, saves the file. */
export function keyStep(stage: Stage, view: TrusteeView): void {
  const passphrase = new NewPassphrase(t("js-trustee-passphrase"), t("js-roles-passphrase-hint"));
  const state = h("div", {});
  const { members, threshold } = view;
  const isGroup = members !== undefined && threshold !== undefined;
  const text = isGroup ? t("js-trustee-key-group", { members, threshold }) : t("js-trustee-key-single", { trustees: view.names.length });
  const make = button(t("js-trustee-key-make"), () => reporting(state, async () => {
    const own = passphrase.take();
    if (own === undefined) return;
    const made = makeKey(view);
    const bar = new ProgressBar(t("js-roles-sealing"));
    state.replaceChildren(bar.element);
    const sealed = await seal(fileText(made.file), own, bar.set);
    await savedStep(stage, view, made, sealed);
  }));
  stage.show(
    panel(
      t("js-trustee-key-heading"),
      h("p", {}, text),
      h("details", {}, h("summary", {}, t("js-roles-questions")), questionList(view.questions)),
      passphrase.element,
      actions(make),
      state,
    ),
  );
}

/** The file is saved; it is opened again as it was saved, and the public part handed in. */
async function savedStep(stage: Stage, view: TrusteeView, made: Done, sealed: string): Promise<void> {
  const { number } = view;
  const { uuid } = view.draft;
  const name = trusteeFileName(uuid, number);
  const unguard = guardLeaving();
  save(name, sealed);
  const read = trusteeReader(uuid, number);
  const state = h("div", {});
  const form = await unlockForm({
    name,
    action: t("js-trustee-key-try"),
    savedFileOnly: true,
    read: (secret) => {
      const file = read(secret);
      if (file.private !== made.file.private) throw new RoleFileFault("older");
      return file;
    },
    use: async () => {
      try {
        await handIn(stage.address, made.message);
        await keepCopy(name, sealed);
        unguard();
        await stage.next();
      } catch (fault) {
        state.replaceChildren(failure(fault));
      }
    },
  });
  stage.show(
    panel(
      t("js-trustee-saved"),
      h("p", {}, t("js-trustee-saved-text", { name })),
      actions(button(t("js-roles-save-again", { name }), () => save(name, sealed), "button secondary")),
      h("h3", {}, t("js-trustee-rehearse-file")),
      h("p", {}, t("js-trustee-rehearse-file-text")),
      form,
      state,
    ),
  );
}
