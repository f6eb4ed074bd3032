// "Check my ballot", `/e/<election>/ballot`: what became of the ballot with a tracker, which is typed or read from a
// receipt's entry or stands after the # of the address, and whether the log's proof of it holds.
import { base64Digest, fromBase64 } from "../protocol/hash.ts";
import { Api, type BoothData, Refused, type Whereabouts } from "./booth/api.ts";
import { type Child, h, moment, newId, p } from "./booth/dom.ts";
import { Frame } from "./booth/frame.ts";
import { receiptBlock, trackerBlock } from "./booth/log-receipt.ts";
import { trackerOfEntry } from "./booth/receipt.ts";
import { secondFactor } from "./booth/second-factor.ts";
import { ofFailure } from "./booth/words.ts";
import { loadTexts, t } from "./texts.ts";

/** A tracker as somebody typed it; nothing where it is none. */
function readTracker(typed: string): string | undefined {
  const text = typed.replace(/[\s=]/g, "");
  return /^[A-Za-z0-9+/]{43}$/.test(text) ? text : undefined;
}

/** What a ballot begins with. */
const BALLOT = '{"election_uuid":';

/** The tracker of a file: the entry of a receipt, or a ballot that was saved. */
function trackerOfFile(bytes: Uint8Array): string | undefined {
  const isBallot = new TextDecoder().decode(bytes.subarray(0, BALLOT.length)) === BALLOT;
  return isBallot ? base64Digest(bytes) : trackerOfEntry(bytes);
}

/** What became of a ballot, in words. */
function verdict({ state, by, reason }: Whereabouts): HTMLElement {
  const values = { by: by ?? "", reason: reason ?? "" };
  const kinds = { counted: "good", replaced: "warn", "set-aside": "bad", waiting: "warn" } as const;
  const more: Child[] = [];
  if (state === "replaced") more.push(p(t("js-check-replaced-not-you")));
  if (state === "set-aside") {
    if (reason) more.push(p(t("js-check-set-aside-reason", values)));
    more.push(p(t("js-check-set-aside-then")));
  }
  return h("div", { class: `notice ${kinds[state]}` }, p(t(`js-check-${state}`, values)), ...more);
}

async function start(root: HTMLElement): Promise<void> {
  await loadTexts();
  const uuid = decodeURIComponent(/^\/e\/([^/]+)\//.exec(location.pathname)?.[1] ?? "");
  const api = new Api(uuid);
  const frame = new Frame(root);
  const hint = newId();
  const tracker = h("input", { id: newId(), class: "code", autocomplete: "off", autocapitalize: "none", spellcheck: "false", "aria-describedby": hint });
  const file = h("input", { id: newId(), type: "file", accept: ".entry,.json" });
  let booth: BoothData | undefined;

  const ask = async (text: string | undefined, field: HTMLElement): Promise<void> => {
    frame.accept();
    if (text === undefined) return frame.refuse(t(field === file ? "js-check-file-none" : "js-check-tracker-form"), field);
    try {
      booth ??= await api.booth();
      show(text, await api.whereabouts(text));
    } catch (fault) {
      if (fault instanceof Refused && fault.code === "unknown") unknown(text);
      else frame.refuse(ofFailure(fault), field);
    }
  };
  const again = () => h("p", {}, h("a", { href: location.pathname }, t("js-check-another")));
  const show = (text: string, found: Whereabouts) => {
    // What the server says of another entry is not said of her ballot.
    const entry = fromBase64(found.entry_base64);
    if (entry === undefined || trackerOfEntry(entry) !== text) return other(text, found);
    const second = found.state === "waiting" ? secondFactor(api, frame, text, undefined, () => void ask(text, tracker)) : undefined;
    frame.show({
      heading: t(`js-check-heading-${found.state}`),
      body: [
        verdict(found),
        second,
        h("h2", {}, t("js-booth-tracker")),
        trackerBlock(text),
        p(t("js-check-when", { entry: found.entry, when: moment(found.minute * 60) })),
        ...receiptBlock(found, text, booth!.log_key),
        again(),
      ],
    });
  };
  const other = (text: string, found: Whereabouts) =>
    frame.show({
      heading: t("js-check-heading-other"),
      body: [h("div", { class: "notice bad" }, p(t("js-check-other"))), trackerBlock(text), ...receiptBlock(found, text, booth!.log_key), again()],
    });
  const unknown = (text: string) =>
    frame.show({
      heading: t("js-check-heading-unknown"),
      body: [h("div", { class: "notice bad" }, p(t("js-check-unknown"))), trackerBlock(text), p(t("js-check-unknown-then")), again()],
    });

  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen) await ask(chosen.size < 70_000_000 ? trackerOfFile(new Uint8Array(await chosen.arrayBuffer())) : undefined, file);
  });
  const form = h("form", { novalidate: true, submit: (event) => (event.preventDefault(), void ask(readTracker(tracker.value), tracker)) });
  form.append(
    h(
      "div",
      { class: "field" },
      h("label", { for: tracker.id }, t("js-check-tracker")),
      h("span", { class: "hint", id: hint }, t("js-check-tracker-hint")),
      tracker,
    ),
    h("div", { class: "actions" }, h("button", { class: "button" }, t("js-check-look"))),
  );
  frame.show({
    heading: t("js-check-heading"),
    body: [
      p(t("js-check-lead")),
      form,
      h("div", { class: "field" }, h("label", { for: file.id }, t("js-check-file")), h("span", { class: "hint" }, t("js-check-file-hint")), file),
      h("p", {}, h("a", { href: `/e/${encodeURIComponent(uuid)}` }, t("js-booth-to-board"))),
    ],
  });
  const named = readTracker(location.hash.slice(1).replace(/%2f/gi, "/").replace(/%2b/gi, "+"));
  if (named === undefined) return;
  tracker.value = named;
  await ask(named, tracker);
}

const root = document.querySelector<HTMLElement>("[data-check]");
if (root) void start(root);
