// A trustee's file: sealed again and given out after every step that changes it.
import { fileText, readTrusteeFile, type TrusteeFile } from "../../../secret/role-files.ts";
import { seal } from "../../../secret/sealed.ts";
import { t } from "../../texts.ts";
import { ProgressBar } from "../dom.ts";
import { keepCopy, save } from "../files.ts";

/** The name of a trustee's file. */
export function trusteeFileName(uuid: string, number: number): string {
  return `trustee-${uuid}-${number}.json`;
}

/** Reads what was sealed for a trustee. */
export function trusteeReader(uuid: string, number: number): (secret: string) => TrusteeFile {
  return (secret) => readTrusteeFile(secret, uuid, number);
}

/** Seals a file under the passphrase, gives it out to be saved, and keeps a sealed copy in the browser. */
export async function keep(file: TrusteeFile, passphrase: string, state: Element): Promise<string> {
  const bar = new ProgressBar(t("js-roles-sealing"));
  state.replaceChildren(bar.element);
  const sealed = await seal(fileText(file), passphrase, bar.set);
  const name = trusteeFileName(file.uuid, file.number);
  await keepSealed(name, sealed);
  state.replaceChildren();
  return sealed;
}

/** Gives a sealed file out, and keeps a copy in the browser. */
export async function keepSealed(name: string, sealed: string): Promise<void> {
  save(name, sealed);
  await keepCopy(name, sealed);
}
