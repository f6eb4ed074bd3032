// The page that verifies a file of the disk without a connection: texts of all languages and everything else is inside it.
// The work is done in a worker of this very script, and on the page where a browser starts none.
import { sorted } from "./chosen-files.ts";
import { byId, element } from "./dom.ts";
import { setTexts, t } from "./texts.ts";
import { failureView, findingsView, showProgress } from "./verify-view.ts";
import { serveVerifying, type Answer, type VerifyPort, type Work, work } from "./verify-work.ts";

/** The `js-verify-` texts of all languages, put in by build.mjs, and what each language calls itself. */
declare const OFFLINE_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>>;
const NAMES: Readonly<Record<string, string>> = { en: "English", ru: "Русский", kk: "Қазақша" };

/** This very script; the element goes when the page is built. */
const SCRIPT = typeof document === "undefined" ? undefined : document.currentScript?.textContent;

/** What was shown last, to be shown again in another language. */
let shown: (() => HTMLElement) | undefined;

function build(): void {
  const asked = navigator.languages.map((language) => language.split("-")[0]!);
  speak(asked.find((language) => language in NAMES) ?? "en");
}

function speak(language: string): void {
  setTexts(OFFLINE_TEXTS[language]!);
  document.documentElement.lang = language;
  document.title = t("js-verify-title");
  const languages = element("p", { class: "languages" }, ...Object.entries(NAMES).map(([code, name]) => {
    const button = element("button", { type: "button", class: "link", lang: code, ...(code === language ? { "aria-current": "true" } : {}) }, name);
    button.addEventListener("click", () => speak(code));
    return button;
  }));
  const file = element("input", { id: "file", type: "file", multiple: "", accept: ".bel,.zip,.gz,.tlog-proof", "aria-describedby": "file-hint" });
  file.addEventListener("change", async () => {
    const { election, receipts } = await sorted([...(file.files ?? [])]);
    if (election !== undefined) verify({ file: election, receipts });
  });
  const main = element("main", { id: "content" },
    element("h1", {}, t("js-verify-title")),
    element("p", {}, t("js-verify-lead")),
    element("div", { class: "field" }, element("label", { for: "file" }, t("js-verify-file")), element("p", { class: "hint", id: "file-hint" }, t("js-verify-file-hint")), file),
    element("progress", { id: "bar", max: "1", hidden: "", "aria-label": t("js-verify-progress") }),
    element("p", { id: "progress", hidden: "" }),
    element("div", { id: "findings", tabindex: "-1" }));
  document.body.replaceChildren(element("header", { class: "site" }, element("strong", { class: "brand" }, "adil"), languages), main);
  if (shown !== undefined) byId("findings").replaceChildren(shown());
}

let running = 0;

function verify(what: Work): void {
  const own = ++running;
  shown = undefined;
  byId("findings").replaceChildren();
  const end = (view: () => HTMLElement) => {
    shown = view;
    byId("bar").hidden = byId("progress").hidden = true;
    byId("findings").replaceChildren(view());
    byId("findings").focus();
  };
  const answered = (answer: Answer) => {
    if (own !== running) return;
    if ("findings" in answer) return end(() => findingsView(answer.findings, answer.milliseconds));
    if ("failure" in answer) return end(() => failureView(answer));
    showProgress(byId<HTMLProgressElement>("bar"), byId("progress"), answer.progress);
  };
  const worker = startWorker();
  if (worker === undefined) return void work(what, answered);
  let hasAnswered = false;
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    hasAnswered = true;
    answered(data);
    if (!("progress" in data)) worker.terminate();
  });
  worker.addEventListener("error", ({ message }) => {
    worker.terminate();
    if (hasAnswered) answered({ failure: "program", message: message ?? "" });
    else void work(what, answered);
  });
  worker.postMessage({ ...what, ...(SCRIPT ? { script: SCRIPT } : {}) });
}

function startWorker(): Worker | undefined {
  try {
    return SCRIPT ? workerOf(SCRIPT) : undefined;
  } catch {
    return undefined;
  }
}

/** A worker may only load what was made where it is started: a page on the disk has no origin that others could share. */
function workerOf(script: string): Worker {
  return new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
}

if (typeof document === "undefined") {
  serveVerifying(self as unknown as VerifyPort, (what) => workerOf("script" in what ? (what.script ?? "") : ""));
} else build();
