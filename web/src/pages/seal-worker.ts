// The worker that makes ballots beside the booth's page.
import { type Port, serveSealing } from "../protocol/sealer.ts";

serveSealing(self as unknown as Port);
