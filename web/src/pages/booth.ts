// The booth: `/e/<election>/vote` for voters, and in an organiser's preview, where nothing is sent.
//
// The server's page has an element with `data-booth` or `data-preview`, and in `data-worker` the address of the worker's
// script. The code stands after the # of the address: it is taken from there before anything else is done.
import { generateCode } from "../protocol/credential.ts";
import { parseElection } from "../protocol/election.ts";
import { Api, previewOf, Refused } from "./booth/api.ts";
import { h, p } from "./booth/dom.ts";
import { Flow, type Parts } from "./booth/flow.ts";
import { Frame } from "./booth/frame.ts";
import { sealerFor } from "./booth/sealing.ts";
import { ofFailure } from "./booth/words.ts";
import { loadTexts, t } from "./texts.ts";

/** The code of the address, which is cleared from it. */
function takeCode(): string | undefined {
  let code = location.hash.slice(1);
  if (code === "" || code === "content") return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    code = decodeURIComponent(code);
  } catch {
    // It is read as it stands.
  }
  return code;
}

async function start(root: HTMLElement, code: string | undefined): Promise<void> {
  await loadTexts();
  const isPreview = root.dataset.preview !== undefined;
  const uuid = /^\/(?:e|organiser)\/([^/]+)\//.exec(location.pathname)?.[1] ?? "";
  const api = new Api(decodeURIComponent(uuid));
  const frame = new Frame(root);
  try {
    const data = isPreview ? await previewOf(root.dataset.preview || `/organiser/${uuid}/preview.json`) : await api.booth();
    const election = parseElection(data.election);
    if (!isPreview && data.phase !== "open") {
      const isEarly = ["preparing", "setting-up"].includes(data.phase);
      return frame.show({
        heading: election.name,
        body: [
          h("div", { class: "notice" }, p(t(isEarly ? "js-booth-early" : "js-booth-over"))),
          h("p", {}, h("a", { href: `/e/${encodeURIComponent(api.uuid)}` }, t("js-booth-to-board"))),
        ],
      });
    }
    if (!isPreview && (election.uuid !== api.uuid || election.fingerprint !== data.fingerprint)) throw new Error("another election");
    const sealer = sealerFor(election, data.election, root.dataset.worker);
    const parts: Parts = { election, data, api, sealer, frame };
    if (isPreview) parts.previewCode = generateCode();
    if (code !== undefined) parts.code = code;
    new Flow(parts).begin();
    // The tables are made while the voter reads.
    sealer.prepare();
  } catch (fault) {
    const message = fault instanceof Refused ? fault.message : ofFailure(fault);
    frame.show({ heading: t("js-booth-no-booth"), body: [h("div", { class: "notice bad", role: "alert" }, p(message))] });
  }
}

const code = takeCode();
const root = document.querySelector<HTMLElement>("[data-booth], [data-preview]");
if (root) void start(root, code);
// A link with a code that is opened in a page that is there already.
window.addEventListener("hashchange", () => {
  if (/^#[0-9A-Za-z-]{20,}$/.test(location.hash)) location.reload();
});
