// The worker that verifies an election beside the page: from the server's files, or from a file of the disk.
import { ownWorker } from "./own-worker.ts";
import { serveVerifying, type VerifyPort } from "./verify-work.ts";

serveVerifying(self as unknown as VerifyPort, () => ownWorker(location.pathname));
