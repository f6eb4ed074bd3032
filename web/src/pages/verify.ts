// "Check it yourself": verifies the election of the page, or a file of the disk, in a worker.
import { sorted } from "./chosen-files.ts";
import { byId } from "./dom.ts";
import { ownWorker } from "./own-worker.ts";
import { loadTexts, t } from "./texts.ts";
import { failureView, findingsView, showProgress } from "./verify-view.ts";
import type { Answer, Work } from "./verify-work.ts";

/** `data-worker` and `data-election` of the element with the identifier `verify`. */
async function run(): Promise<void> {
  await loadTexts();
  const place = byId("verify");
  const { worker = "", election = "" } = place.dataset;
  const [button, file] = [byId<HTMLButtonElement>("verify-start"), byId<HTMLInputElement>("verify-file")];
  const start = (what: Work) => verify(what, worker, place, [button, file]);
  const address = new URL(election, location.href).href;
  button.addEventListener("click", () => start({ address }));
  file.addEventListener("change", async () => {
    const { election: chosen, receipts } = await sorted([...(file.files ?? [])]);
    if (chosen !== undefined) start({ file: chosen, receipts });
    else if (receipts.length > 0) start({ address, receipts });
  });
  button.disabled = file.disabled = false;
}

function verify(
  what: Work,
  address: string,
  place: HTMLElement,
  controls: (HTMLButtonElement | HTMLInputElement)[],
): void {
  const [bar, text, out] = [byId<HTMLProgressElement>("verify-bar"), byId("verify-progress"), byId("verify-findings")];
  out.replaceChildren();
  for (const control of controls) control.disabled = true;
  place.setAttribute("aria-busy", "true");
  bar.hidden = text.hidden = false;
  // A button that is disabled loses the focus.
  text.tabIndex = -1;
  text.focus();
  const worker = ownWorker(address);
  const end = (view: HTMLElement) => {
    worker.terminate();
    bar.hidden = text.hidden = true;
    for (const control of controls) control.disabled = false;
    place.removeAttribute("aria-busy");
    out.replaceChildren(view);
    out.focus();
  };
  worker.addEventListener("error", ({ message }) => end(failureView({ failure: "program", message: message ?? t("js-verify-failure-program") })));
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    if ("findings" in data) end(findingsView(data.findings, data.milliseconds));
    else if ("failure" in data) end(failureView(data));
    else showProgress(bar, text, data.progress);
  });
  worker.postMessage(what);
}

void run();
