// Fields for passphrases: a new one, given twice, with a word about its strength; and one that opens a file.
import { FEWEST_CHARACTERS, type Strength, strengthOf, suggestPassphrase } from "../../secret/strength.ts";
import { t } from "../texts.ts";
import { button, type Field, field, h } from "./dom.ts";

/** A field for a passphrase that the browser should not offer to keep with this site's passwords. */
export function passphraseField(label: string, hint?: string, autocomplete = "off"): Field<HTMLInputElement> {
  const input = h("input", { type: "password", autocomplete, spellcheck: "false", autocapitalize: "off" });
  return field(label, input, hint);
}

/** A new passphrase, given twice. */
export class NewPassphrase {
  private readonly first: Field<HTMLInputElement>;
  private readonly again: Field<HTMLInputElement>;
  private readonly said = h("p", { class: "strength", role: "status" });
  readonly element: HTMLElement;

  constructor(label: string, hint: string) {
    this.first = passphraseField(label, hint, "new-password");
    this.again = passphraseField(t("js-roles-passphrase-again"), undefined, "new-password");
    this.first.input.addEventListener("input", () => this.sayStrength());
    const visible = h("input", { type: "checkbox" });
    visible.addEventListener("change", () => {
      for (const { input } of [this.first, this.again]) input.type = visible.checked ? "text" : "password";
    });
    const suggest = button(t("js-roles-passphrase-suggest"), () => {
      visible.checked = true;
      for (const { input } of [this.first, this.again]) input.type = "text";
      this.first.input.value = suggestPassphrase();
      this.again.input.value = "";
      this.sayStrength();
    }, "button secondary");
    this.element = h(
      "div",
      { class: "passphrase" },
      this.first.element,
      this.said,
      suggest,
      this.again.element,
      h("label", { class: "choice" }, visible, t("js-roles-passphrase-visible")),
    );
  }

  private sayStrength(): void {
    const { value } = this.first.input;
    this.first.complain(undefined);
    this.said.textContent = value === "" ? "" : sentence(strengthOf(value));
  }

  /** The passphrase, where both fields have the same and it is long enough; says what is wrong otherwise. */
  take(): string | undefined {
    const { value } = this.first.input;
    const short = ["short", "weak"].includes(strengthOf(value));
    this.first.complain(short ? sentence(strengthOf(value)) : undefined);
    if (short) this.said.textContent = "";
    if (short) return this.first.input.focus(), undefined;
    const differs = this.again.input.value !== value;
    this.again.complain(differs ? t("js-roles-passphrase-differs") : undefined);
    if (differs) return this.again.input.focus(), undefined;
    return value;
  }
}

function sentence(strength: Strength): string {
  return t(`js-roles-strength-${strength}`, { characters: FEWEST_CHARACTERS });
}
