// A text that can be copied with one press.
import { t } from "../texts.ts";

/** Puts a button below a field that copies what stands in it. */
export function copyable(area: HTMLTextAreaElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = t("js-organiser-copy");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = t("js-organiser-copied");
    } catch {
      // Without the permission the text is selected, and the keys for copying do it.
      said.textContent = t("js-organiser-copy-by-hand");
    }
  });
  const line = document.createElement("p");
  line.append(button, " ", said);
  area.after(line);
}
