// The questions of an election, for a role to read before it does its part.
import { t } from "../texts.ts";
import { h } from "./dom.ts";
import type { AskedQuestion } from "./views.ts";

/** All questions with their answers. */
export function questionList(questions: readonly AskedQuestion[]): HTMLElement {
  return h("ol", { class: "questions" }, ...questions.map(one));
}

function one({ title, answers, lists }: AskedQuestion): HTMLElement {
  const items = answers?.map((answer) => h("li", {}, answer)) ?? lists?.map(listItem) ?? [];
  return h("li", {}, h("strong", {}, title), h("ul", {}, ...items));
}

function listItem([name, ...candidates]: string[]): HTMLElement {
  return h("li", {}, t("js-roles-list", { name: name ?? "", candidates: candidates.join(", ") }));
}

/** A moment of RFC 3339 as it was announced: in its own offset from Greenwich, which is named, so that everybody reads the
 * same in a letter. */
export function moment(rfc3339: string, language = document.documentElement.lang): string {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(rfc3339) ?? [];
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
  const seconds = Date.parse(rfc3339);
  return Number.isNaN(seconds) ? rfc3339 : written(seconds / 60_000, offset, language);
}

/** A minute since 1970 where the reader is. */
export function minute(minutes: number, language = document.documentElement.lang): string {
  return written(minutes, -new Date(60_000 * minutes).getTimezoneOffset(), language);
}

function written(minutes: number, offset: number, language: string): string {
  const shifted = new Date(60_000 * (minutes + offset));
  const [date, time] = [shifted.toISOString().slice(0, 10), shifted.toISOString().slice(11, 16)];
  // Not every browser has the months of every language: digits are read in all of them.
  const day = language === "en" ? new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(shifted) : date.split("-").reverse().join(".");
  const [hours, rest] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const zone = offset === 0 ? "UTC" : `UTC${offset < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
  return `${day}, ${time} (${zone})`;
}
