// A text of one entry a line, as rows: added, removed, moved by buttons, or dragged. The text stays what the form sends.
import { t } from "../texts.ts";

/** Shows the lines of a text field as rows in its place. */
export function rowsOf(area: HTMLTextAreaElement): void {
  const list = document.createElement("ul");
  list.className = "rows-editor";
  const label = area.labels?.[0]?.textContent ?? "";
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");

  const rows = (): HTMLLIElement[] => [...list.querySelectorAll("li")];
  const inputOf = (row: HTMLLIElement | undefined): HTMLInputElement | null => row?.querySelector("input") ?? null;
  const keep = (): void => {
    area.value = rows().map((row) => inputOf(row)?.value.trim() ?? "").filter((line) => line !== "").join("\n");
    rows().forEach((row, place) => inputOf(row)?.setAttribute("aria-label", `${label} ${place + 1}`));
  };
  const move = (row: HTMLLIElement, by: -1 | 1): void => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    keep();
    told.textContent = t("js-organiser-moved", { place: rows().indexOf(row) + 1 });
  };
  const add = (text: string): HTMLLIElement => {
    const row = document.createElement("li");
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.setAttribute("aria-hidden", "true");
    const input = document.createElement("input");
    input.type = "text";
    input.value = text;
    input.addEventListener("input", keep);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const next = add("");
      row.after(next);
      keep();
      inputOf(next)?.focus();
    });
    // A list that is pasted becomes rows.
    input.addEventListener("paste", (event) => {
      const lines = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
      if (lines.length < 2) return;
      event.preventDefault();
      const [first, ...others] = lines;
      input.value += first ?? "";
      row.after(...others.map(add));
      keep();
    });
    const up = action("↑", t("js-organiser-up"), () => { move(row, -1); up.focus(); });
    const down = action("↓", t("js-organiser-down"), () => { move(row, 1); down.focus(); });
    const remove = action("×", t("js-organiser-remove"), () => {
      const near = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      if (rows().length === 0) list.append(add(""));
      keep();
      inputOf((near as HTMLLIElement | null) ?? rows()[0])?.focus();
    });
    row.append(grip, input, up, down, remove);
    draggable(row, grip, list, keep);
    return row;
  };

  const lines = area.value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  for (const line of lines) list.append(add(line));
  while (list.childElementCount < 3) list.append(add(""));
  const more = action(t("js-organiser-add-row"), "", () => {
    const row = add("");
    list.append(row);
    keep();
    inputOf(row)?.focus();
  });
  const before = area.value;
  keep();
  area.value = before;
  // Labels and links of errors lead to the first row.
  const id = area.id;
  area.hidden = true;
  area.removeAttribute("id");
  inputOf(rows()[0])?.setAttribute("id", id);
  area.after(list, more, told);
}

function action(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = text;
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

/** Lets a row be dragged by its grip; pointer events do for mouse and finger. */
function draggable(row: HTMLLIElement, grip: HTMLElement, list: HTMLElement, keep: () => void): void {
  grip.addEventListener("pointerdown", (down) => {
    down.preventDefault();
    grip.setPointerCapture(down.pointerId);
    row.classList.add("dragged");
    const drag = (event: PointerEvent): void => {
      const over = [...list.children].find((other) => {
        const box = other.getBoundingClientRect();
        return other !== row && event.clientY > box.top && event.clientY < box.bottom;
      });
      if (!over) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(row);
      else over.after(row);
    };
    const drop = (): void => {
      row.classList.remove("dragged");
      grip.removeEventListener("pointermove", drag);
      keep();
    };
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("pointerup", drop, { once: true });
    grip.addEventListener("pointercancel", drop, { once: true });
  });
}
