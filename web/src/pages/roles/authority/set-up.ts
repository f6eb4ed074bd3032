// Before the election, step by step: look at the questions and the voters, make the codes, seal and save the files, open
// them again as they were saved, print the letters, hand in the lists. Codes are in the page's memory alone, so that the
// page asks before it is left.
import { fileText, readAuthorityFile, readSparesFile, RoleFileFault } from "../../../secret/role-files.ts";
import { seal } from "../../../secret/sealed.ts";
import { t } from "../../texts.ts";
import { handIn } from "../api.ts";
import { actions, button, facts, h, notice, panel, ProgressBar, show } from "../dom.ts";
import { keepCopy, save } from "../files.ts";
import { guardLeaving, type Place, reporting, steps } from "../frame.ts";
import { letterDesk } from "../letters.ts";
import { NewPassphrase } from "../passphrase.ts";
import { moment, questionList } from "../questions.ts";
import { sparesFileName } from "../spare-letters.ts";
import { unlockForm } from "../unlock.ts";
import type { AuthorityView } from "../views.ts";
import {
  authorityFile,
  authorityFileName,
  listsText,
  makeMaterial,
  type Material,
  occasionOf,
  recipients,
  sparesFile,
} from "./material.ts";

/** Voters who are shown at once. */
const SHOWN = 100;

/** The whole way from the questions to the lists. */
export async function setUp(place: Place, view: AuthorityView): Promise<void> {
  const { root, uuid } = place;
  if (view.voters.length === 0) return show(root, panel(t("js-authority-look"), notice("warn", h("p", {}, t("js-authority-no-voters")))));
  await lookedAt(root, view);
  const unguard = guardLeaving();
  const material = await made(root, view);
  const sealed = await savedFiles(root, view, material);
  await rehearsed(root, uuid, material);
  await lettersMade(root, view, material);
  await handedIn(root, uuid, material, sealed);
  unguard();
  show(
    root,
    progressOf(5),
    panel(
      t("js-authority-sent"),
      notice("good", h("p", {}, t("js-authority-sent-text"))),
      facts([[t("js-authority-fingerprint"), material.lists.fingerprint]]),
      h("p", {}, t("js-authority-keep", { name: authorityFileName(uuid) })),
    ),
  );
}

const LABELS = ["look", "make", "save", "rehearse", "letters", "send"] as const;

function progressOf(now: number): HTMLElement {
  return steps(LABELS.map((label) => t(`js-authority-step-${label}`)), now);
}

/** Shows the questions and the voters, and waits until the authority says that they are right. */
function lookedAt(root: HTMLElement, view: AuthorityView): Promise<void> {
  return new Promise((resolve) => {
    const known: [string, string | null][] = [
      [t("js-roles-organiser"), view.organiser_name],
      [t("js-roles-opens"), view.opens && moment(view.opens)],
      [t("js-roles-closes"), view.closes && moment(view.closes)],
      [t("js-authority-voters"), String(view.voters.length)],
      [t("js-authority-spares-percent"), `${view.spares_percent} %`],
    ];
    show(
      root,
      progressOf(0),
      panel(
        t("js-authority-look"),
        h("p", {}, t("js-authority-look-text")),
        facts(known.filter((row): row is [string, string] => Boolean(row[1]))),
        h("h3", {}, t("js-roles-questions")),
        questionList(view.questions),
        h("h3", {}, t("js-authority-voters")),
        voterTable(view),
        actions(button(t("js-authority-make"), resolve)),
      ),
    );
  });
}

function voterTable({ voters, has_weights }: AuthorityView): HTMLElement {
  const headings = ["id", "name", "email", ...(has_weights ? ["weight"] : [])];
  const head = h("tr", {}, ...headings.map((name) => h("th", { scope: "col" }, t(`js-authority-column-${name}`))));
  const cells = ({ id, name, email, weight }: (typeof voters)[number]) => [id, name ?? "", email ?? "", ...(has_weights ? [weight] : [])];
  const rows = (own: typeof voters) => own.map((voter) => h("tr", {}, ...cells(voter).map((text) => h("td", {}, text))));
  const body = h("tbody", {}, ...rows(voters.slice(0, SHOWN)));
  const table = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("js-authority-voters") },
    h("table", {}, h("thead", {}, head), body));
  if (voters.length <= SHOWN) return table;
  let shown = SHOWN;
  const more = button(t("js-authority-more"), () => {
    body.append(...rows(voters.slice(shown, shown + 1000)));
    shown += 1000;
    more.hidden = shown >= voters.length;
  }, "button secondary");
  return h("div", {}, table, actions(more));
}

async function made(root: HTMLElement, view: AuthorityView): Promise<Material> {
  const bar = new ProgressBar(t("js-authority-making", { codes: view.voters.length }));
  show(root, progressOf(1), panel(t("js-authority-step-make"), bar.element, h("p", {}, t("js-authority-making-text"))));
  return makeMaterial(view, bar.set);
}

/** Seals both files and gives them out; the sealed file of the authority. */
function savedFiles(root: HTMLElement, view: AuthorityView, material: Material): Promise<string> {
  const { uuid } = material;
  const own = new NewPassphrase(t("js-authority-passphrase"), t("js-roles-passphrase-hint"));
  const others = new NewPassphrase(t("js-authority-spares-passphrase"), t("js-authority-spares-passphrase-hint"));
  const withSpares = material.spares.length > 0;
  const state = h("div", {});
  return new Promise((resolve) => {
    const sealAndSave = () => reporting(state, async () => {
      const passphrase = own.take();
      const ofSpares = withSpares ? others.take() : "";
      if (passphrase === undefined || ofSpares === undefined) return;
      const bar = new ProgressBar(t("js-roles-sealing"));
      state.replaceChildren(bar.element);
      const half = withSpares ? 0.5 : 1;
      const sealed = await seal(fileText(authorityFile(view, material)), passphrase, (done) => bar.set(half * done));
      const sealedSpares = withSpares && await seal(fileText(sparesFile(material)), ofSpares, (done) => bar.set(half + half * done));
      const give = () => save(authorityFileName(uuid), sealed);
      const giveSpares = () => sealedSpares && save(sparesFileName(uuid), sealedSpares);
      give();
      // Browsers ask before a page saves several files at once, which a moment between them avoids mostly.
      if (sealedSpares) setTimeout(giveSpares, 800);
      show(
        root,
        progressOf(2),
        panel(
          t("js-authority-saved"),
          h("p", {}, t("js-authority-saved-text", { name: authorityFileName(uuid) })),
          withSpares && h("p", {}, t("js-authority-saved-spares", { name: sparesFileName(uuid) })),
          actions(
            button(t("js-roles-saved-next"), () => resolve(sealed)),
            button(t("js-roles-save-again", { name: authorityFileName(uuid) }), give, "button secondary"),
            withSpares && button(t("js-roles-save-again", { name: sparesFileName(uuid) }), giveSpares, "button secondary"),
          ),
        ),
      );
    });
    show(
      root,
      progressOf(2),
      panel(
        t("js-authority-save"),
        notice("good", h("p", {}, t("js-authority-made", { codes: material.voters.length, spares: material.spares.length }))),
        h("p", {}, t("js-authority-save-text")),
        h("h3", {}, t("js-authority-own-file")),
        own.element,
        withSpares && h("h3", {}, t("js-authority-spares-file")),
        withSpares && h("p", {}, t("js-authority-spares-text")),
        withSpares && others.element,
        actions(button(t("js-roles-seal"), sealAndSave)),
        state,
      ),
    );
  });
}

/** The files are opened as they were saved, before anything depends on them. */
async function rehearsed(root: HTMLElement, uuid: string, { key, spares }: Material): Promise<void> {
  await reopened(root, authorityFileName(uuid), t("js-authority-rehearse-text"), (secret) => {
    const file = readAuthorityFile(secret, uuid);
    if (file.key !== key.toText()) throw new RoleFileFault("older");
    return file;
  });
  if (spares.length === 0) return;
  await reopened(root, sparesFileName(uuid), t("js-authority-rehearse-spares"), (secret) => {
    const file = readSparesFile(secret, uuid);
    if (file.spares[0]?.credential !== spares[0]!.credential) throw new RoleFileFault("older");
    return file;
  });
}

async function reopened<F>(root: HTMLElement, name: string, text: string, read: (secret: string) => F): Promise<void> {
  await new Promise<void>(async (resolve) => {
    const form = await unlockForm({ name, action: t("js-roles-try"), read, use: async () => resolve(), savedFileOnly: true });
    show(root, progressOf(3), panel(t("js-authority-rehearse", { name }), h("p", {}, text), form));
  });
}

function lettersMade(root: HTMLElement, view: AuthorityView, material: Material): Promise<void> {
  return new Promise((resolve) => {
    const sure = h("input", { type: "checkbox", id: "letters-made" });
    const error = h("p", { class: "field-error", role: "alert", hidden: true });
    const next = button(t("js-authority-letters-next"), () => {
      error.hidden = sure.checked;
      error.textContent = sure.checked ? "" : t("js-authority-letters-first");
      if (sure.checked) resolve();
    });
    const occasion = occasionOf(view, material.lists.fingerprint);
    show(
      root,
      progressOf(4),
      panel(
        t("js-authority-letters"),
        h("p", {}, t("js-authority-letters-text")),
        letterDesk(occasion, recipients(view, material), "first", `letters-${material.uuid}.csv`),
        h("div", {}, h("label", { class: "choice", for: "letters-made" }, sure, t("js-authority-letters-sure")), error),
        actions(next),
      ),
    );
  });
}

function handedIn(root: HTMLElement, uuid: string, material: Material, sealed: string): Promise<void> {
  return new Promise((resolve) => {
    const state = h("div", {});
    const send = button(t("js-authority-send"), () => reporting(state, async () => {
      state.replaceChildren(h("p", { role: "status" }, t("js-roles-sending")));
      await handIn(`/api/authority/${uuid}/lists`, listsText(material));
      await keepCopy(authorityFileName(uuid), sealed);
      resolve();
    }));
    show(
      root,
      progressOf(5),
      panel(
        t("js-authority-step-send"),
        h("p", {}, t("js-authority-send-text")),
        facts([[t("js-authority-fingerprint"), material.lists.fingerprint]]),
        actions(send),
        state,
      ),
    );
  });
}
