// After the lists are in: nothing, unless codes leak. Then the authority opens its file and signs the revocations; the
// holder of the spare codes writes letters, or the authority itself where it holds them.
import { fileText, readAuthorityFile } from "../../../secret/role-files.ts";
import { seal } from "../../../secret/sealed.ts";
import { t } from "../../texts.ts";
import { ask, handIn } from "../api.ts";
import { actions, button, facts, h, notice, panel, ProgressBar, show } from "../dom.ts";
import { keepCopy, save } from "../files.ts";
import { failure, type Place, poll } from "../frame.ts";
import { minute } from "../questions.ts";
import { spareLetters } from "../spare-letters.ts";
import { type Opened, unlockForm } from "../unlock.ts";
import type { AuthorityFile } from "../../../secret/role-files.ts";
import type { AuthorityView, Leak, Order } from "../views.ts";
import { authorityFileName, occasionOf } from "./material.ts";
import { answerLeak } from "./revoke.ts";
import { setUp } from "./set-up.ts";

/** The page once the lists are in. */
export async function afterLists(place: Place, view: AuthorityView): Promise<void> {
  const { root, uuid } = place;
  if (view.leak) return leaked(place, view, view.leak);
  const anew = button(t("js-authority-anew"), () => {
    stop();
    void setUp(place, view);
  }, "button danger");
  show(
    root,
    panel(
      t("js-authority-quiet"),
      notice("good", h("p", {}, t("js-authority-quiet-text"))),
      facts([[t("js-authority-fingerprint"), view.fingerprint ?? ""], [t("js-authority-revoked"), String(view.revoked.length)]]),
      h("p", {}, t("js-authority-keep", { name: authorityFileName(uuid) })),
      view.phase === "setting-up" &&
        h("details", {}, h("summary", {}, t("js-authority-anew")), h("p", {}, t("js-authority-anew-text")), actions(anew)),
    ),
  );
  const stop = poll(async () => {
    const now = await ask<AuthorityView>(`/api/authority/${uuid}`);
    if (!now.leak) return false;
    await leaked(place, now, now.leak);
    return true;
  }, 15_000);
}

async function leaked({ root, uuid }: Place, view: AuthorityView, leak: Leak): Promise<void> {
  const state = h("div", {});
  const count = leak.affected === "all" ? t("js-authority-leak-all") : String(leak.affected.voters.length);
  const names = new Map(view.voters.map(({ id, name }) => [id, name === undefined ? id : `${name} (${id})`]));
  const affected = leak.affected === "all" ? [] : leak.affected.voters.map((id) => h("li", {}, names.get(id) ?? id));
  const form = await unlockForm({
    name: authorityFileName(uuid),
    action: t("js-authority-revoke"),
    read: (secret) => readAuthorityFile(secret, uuid),
    use: async (opened) => {
      state.replaceChildren();
      try {
        const orders = await revoke(uuid, view, leak, opened, state);
        await revoked(root, uuid, view, orders);
      } catch (fault) {
        state.replaceChildren(failure(fault));
      }
    },
  });
  show(
    root,
    panel(
      t("js-authority-leak"),
      notice("warn", h("p", {}, t("js-authority-leak-text"))),
      facts([
        [t("js-authority-leak-since"), minute(leak.since)],
        [t("js-authority-leak-reason"), leak.reason],
        [t("js-authority-leak-voters"), count],
      ]),
      affected.length > 0 && h("details", {}, h("summary", {}, t("js-authority-leak-voters")), h("ul", {}, ...affected)),
      form,
      state,
    ),
  );
}

/** Signs, saves the file with the spares that were given, and hands the revocations in. */
async function revoke(uuid: string, view: AuthorityView, leak: Leak, opened: Opened<AuthorityFile>, state: Element): Promise<Order[]> {
  const { message, orders, file } = answerLeak(view, leak, opened.file, Math.floor(Date.now() / 60_000));
  const bar = new ProgressBar(t("js-roles-sealing"));
  state.replaceChildren(bar.element);
  const sealed = await seal(fileText(file), opened.passphrase, bar.set);
  save(authorityFileName(uuid), sealed);
  await keepCopy(authorityFileName(uuid), sealed);
  const pairs = orders.map(({ id, spare }) => [id, spare]);
  await handIn(`/api/authority/${uuid}/revocations`, JSON.stringify({ message, orders: pairs }));
  state.replaceChildren();
  return orders;
}

async function revoked(root: HTMLElement, uuid: string, view: AuthorityView, orders: readonly Order[]): Promise<void> {
  const holder = h("div", {});
  const itself = button(t("js-authority-issue"), async () => {
    holder.replaceChildren(await spareLetters(uuid, occasionOf(view), orders));
  }, "button secondary");
  show(
    root,
    panel(
      t("js-authority-revoked-heading"),
      notice("good", h("p", {}, t("js-authority-revoked-text", { voters: orders.length }))),
      h("p", {}, t("js-authority-file-changed", { name: authorityFileName(uuid) })),
      h("p", {}, t("js-authority-issue-text")),
      actions(itself),
      holder,
    ),
  );
}
