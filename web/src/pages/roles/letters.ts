// Letters to voters, on the screen and on paper: a voter a page, the code in large groups, and the address as a code for
// cameras. They are made in the browser; codes go to nobody.
import { mailMerge, type Occasion, type Recipient, svgPath, voteQr } from "../../letters/letter.ts";
import { Pace } from "../../protocol/pace.ts";
import { filled, t } from "../texts.ts";
import { actions, button, drawing, field, h, notice, ProgressBar } from "./dom.ts";
import { save } from "./files.ts";
import { moment } from "./questions.ts";

/** Letters that are laid out together: more than that is slow to print. */
const TOGETHER = 250;

/** Whether the letter is a voter's first, or brings a spare code after a leak. */
export type LetterKind = "first" | "spare";

type Texts = Readonly<Record<string, string>>;
const known = new Map<string, Texts>();

/** What writes and prints letters. `done` is called once letters were printed or a table was saved. */
export function letterDesk(
  occasion: Occasion,
  recipients: readonly Recipient[],
  kind: LetterKind,
  fileName: string,
  done?: () => void,
): HTMLElement {
  const sheets = h("div", { class: "letters" });
  const batches = Math.ceil(recipients.length / TOGETHER);
  const options = Array.from({ length: batches }, (_, at) => {
    const to = Math.min(recipients.length, (at + 1) * TOGETHER);
    return h("option", { value: at }, t("js-letters-batch", { from: at * TOGETHER + 1, to }));
  });
  const batch = field(t("js-letters-which"), h("select", {}, ...options));
  const onPaper = button(t("js-letters-print"), () => {
    print();
    done?.();
  });
  onPaper.hidden = true;
  const lay = button(t("js-letters-show"), async () => {
    const from = Number(batch.input.value) * TOGETHER;
    const own = recipients.slice(from, from + TOGETHER);
    await Promise.all([...new Set(own.map(({ language }) => language))].map(loadLanguage));
    onPaper.hidden = true;
    const bar = new ProgressBar(t("js-letters-making"));
    sheets.replaceChildren(bar.element);
    const pace = new Pace(own.length, bar.set);
    const made: HTMLElement[] = [];
    for (const recipient of own) {
      made.push(letter(occasion, recipient, kind));
      await pace.step();
    }
    sheets.replaceChildren(...made);
    onPaper.hidden = false;
  }, "button secondary");
  const table = button(t("js-letters-table"), () => {
    save(fileName, mailMerge(occasion, recipients), "text/csv;charset=utf-8");
    done?.();
  }, "button secondary");
  return h(
    "div",
    { class: "letter-desk" },
    notice("warn", h("p", {}, t("js-letters-warning"))),
    batches > 1 && batch.element,
    actions(lay, onPaper, table),
    sheets,
  );
}

async function loadLanguage(language: string): Promise<void> {
  if (known.has(language)) return;
  const answer = await fetch(`/assets/texts-${language}.json`);
  if (answer.ok) known.set(language, (await answer.json()) as Texts);
}

function letter(occasion: Occasion, recipient: Recipient, kind: LetterKind): HTMLElement {
  const { code, language, name, id, weight } = recipient;
  const say = (key: string, values: Readonly<Record<string, string>> = {}) => {
    const pattern = known.get(language)?.[key];
    return pattern === undefined ? t(key, values) : filled(pattern, values);
  };
  const groups = code.split("-").flatMap((group, at) => [...(at === 0 ? [] : ["-"]), h("span", {}, group)]);
  const { size, path } = svgPath(voteQr(occasion, code));
  const lines = (keys: readonly string[]) =>
    keys.map((key) => h("li", {}, say(key, { vote: occasion.voteAt, check: occasion.checkAt })));
  const compared = (key: string, text: string) => h("p", { class: "hint" }, `${say(key)}: `, h("span", { class: "code" }, text));
  return h(
    "article",
    { class: "letter", lang: language },
    h("h3", {}, occasion.title),
    h("p", { class: "recipient" }, name === undefined ? id : `${name} (${id})`),
    h("p", {}, say(`js-letter-${kind}`)),
    h("p", { class: "letter-code code" }, ...groups),
    h(
      "div",
      { class: "letter-vote" },
      drawing(size, path, say("js-letter-qr")),
      h("div", {}, h("h4", {}, say("js-letter-how")), h("ol", {}, ...lines(["js-letter-how-1", "js-letter-how-2", "js-letter-how-3"]))),
    ),
    h("h4", {}, say("js-letter-check")),
    h("ol", {}, ...lines(["js-letter-check-1", "js-letter-check-2"])),
    occasion.closes !== undefined && h("p", {}, say("js-letter-closes", { moment: moment(occasion.closes, language) })),
    occasion.hasWeights && h("p", {}, say("js-letter-weight", { weight })),
    // What the booth shows for comparing, under the names that it has there.
    compared("js-booth-identifier", occasion.uuid),
    occasion.fingerprint !== undefined && compared("js-booth-credentials", occasion.fingerprint),
  );
}
