// Opening a sealed file: from the browser's copy where there is one, and from the saved file.
import { isSealed, open, SealedFault } from "../../secret/sealed.ts";
import { RoleFileFault } from "../../secret/role-files.ts";
import { t } from "../texts.ts";
import { actions, field, h, ProgressBar } from "./dom.ts";
import { keptCopy } from "./files.ts";
import { failure } from "./frame.ts";
import { passphraseField } from "./passphrase.ts";

/** An opened file, and the passphrase, under which it is sealed again. */
export interface Opened<F> {
  file: F;
  passphrase: string;
  sealed: string;
}

/** A form that opens the file of a name. `read` makes the file of what was sealed; `use` is given it, and what one of them
 * throws is shown. A rehearsal wants the saved file itself, not the copy. Nothing is opened while something else is not `ready`. */
export async function unlockForm<F>(options: {
  name: string;
  action: string;
  read: (secret: string) => F;
  use: (opened: Opened<F>) => Promise<void>;
  savedFileOnly?: boolean;
  ready?: () => boolean;
}): Promise<HTMLElement> {
  const { name, action, read, use, savedFileOnly = false, ready = () => true } = options;
  const copy = savedFileOnly ? undefined : await keptCopy(name);
  const chooser = field(t("js-roles-file"), h("input", { type: "file", accept: ".json,application/json" }), t("js-roles-file-hint", { name }));
  const passphrase = passphraseField(t("js-roles-passphrase"));
  const state = h("div", {});
  const form = h("form", { class: "unlock", novalidate: true });
  if (copy !== undefined) {
    const other = h("details", {}, h("summary", {}, t("js-roles-file-other")), chooser.element);
    form.append(h("p", {}, t("js-roles-copy", { name })), other);
  } else form.append(chooser.element);
  const submit = h("button", { class: "button" }, action);
  form.append(passphrase.element, actions(submit), state);

  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    submit.setAttribute("aria-disabled", "true");
    try {
      await run();
    } finally {
      busy = false;
      submit.removeAttribute("aria-disabled");
    }
  });

  async function run(): Promise<void> {
    state.replaceChildren();
    chooser.complain(undefined);
    passphrase.complain(undefined);
    if (!ready()) return;
    const chosen = chooser.input.files?.[0];
    const sealed = chosen === undefined ? copy : await chosen.text();
    if (sealed === undefined) return refuse(chooser, t("js-roles-file-missing"));
    if (!isSealed(sealed)) return refuse(chooser, t("js-roles-file-form"));
    if (passphrase.input.value === "") return refuse(passphrase, t("js-roles-passphrase-missing"));
    const bar = new ProgressBar(t("js-roles-opening"));
    state.replaceChildren(bar.element);
    let opened: Opened<F>;
    try {
      const secret = await open(sealed, passphrase.input.value, bar.set);
      opened = { file: read(secret), passphrase: passphrase.input.value, sealed };
    } catch (fault) {
      state.replaceChildren();
      if (fault instanceof SealedFault) return refuse(passphrase, t(`js-roles-sealed-${fault.kind}`));
      if (fault instanceof RoleFileFault) return refuse(chooser, t(`js-roles-role-file-${fault.kind}`));
      return state.replaceChildren(failure(fault));
    }
    state.replaceChildren();
    try {
      await use(opened);
    } catch (fault) {
      state.replaceChildren(failure(fault));
    }
  }

  return form;
}

function refuse(of: { input: HTMLInputElement; complain(text: string): void }, text: string): void {
  of.complain(text);
  of.input.focus();
}
