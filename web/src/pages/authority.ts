// The page of the credential authority: codes before the election; revocations after a leak.
import { ask } from "./roles/api.ts";
import { afterLists } from "./roles/authority/after.ts";
import { setUp } from "./roles/authority/set-up.ts";
import { begin } from "./roles/frame.ts";
import type { AuthorityView } from "./roles/views.ts";

void begin(async (place) => {
  const view = await ask<AuthorityView>(`/api/authority/${place.uuid}`);
  if (view.fingerprint === null || view.fingerprint === undefined) await setUp(place, view);
  else await afterLists(place, view);
});
