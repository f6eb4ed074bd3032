// Faults in the words of each language: every code has a text, none of which is the sentence of the layer that found it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { NoteKeyFault } from "../src/log/key.ts";
import { DownloadFault } from "../src/pages/download.ts";
import { ServerFault } from "../src/pages/roles/api.ts";
import { UnknownVoter } from "../src/pages/roles/authority/revoke.ts";
import { BREACHES, told } from "../src/pages/roles/fault-texts.ts";
import { setTexts } from "../src/pages/texts.ts";
import { NoTrustee } from "../src/protocol/decrypt.ts";
import { ElementFault } from "../src/protocol/group.ts";
import { RecordFault } from "../src/protocol/records.ts";
import { RevocationFault } from "../src/protocol/revocations.ts";
import { ShuffleFault } from "../src/protocol/shuffle-proof.ts";
import { type Breach, CeremonyFault, KeyFault } from "../src/protocol/trustee/fault.ts";
import { TrusteesFault } from "../src/protocol/trustee/trustees.ts";
import { RoleFileFault } from "../src/secret/role-files.ts";
import { textsOf } from "./roles-server.ts";

const NAMES = ["Trustee 1", "Trustee 2"];

for (const language of ["en", "ru", "kk"]) {
  test(`faults have words in ${language}`, () => {
    const texts = textsOf(language);
    setTexts(texts);
    const faults = [
      ...(Object.keys(BREACHES) as Breach[]).flatMap((breach) => [new CeremonyFault(breach, 2), new CeremonyFault(breach)]),
      ...(["again", "no-spare", "future"] as const).map((kind) => new RevocationFault(kind, "a".repeat(64), 7n)),
      new UnknownVoter("v9"), new NoTrustee(), new KeyFault("pair"), new NoteKeyFault("no signing key"), new ShuffleFault("proof", 0),
      new TrusteesFault("there is no trustee"), new DownloadFault("503"), new RecordFault("no text"), new ElementFault("no point of the curve"),
      new Error("something else"),
    ];
    for (const fault of faults) {
      const { texts: said, detail } = told(fault, NAMES);
      assert.equal(detail, fault.message);
      // A key without a text would be shown itself, and a name without its value as it stands in the pattern.
      for (const text of said) assert.ok(text !== "" && !/^js-|[{}]/.test(text) && !text.includes(fault.message), `${fault.message}: ${text}`);
    }
    assert.ok(told(new CeremonyFault("share", 2), NAMES).texts[0]!.includes("Trustee 2"));
    assert.ok(told(new CeremonyFault("share", 3), NAMES).texts[0]!.includes("3"));
    assert.ok(told(new RevocationFault("no-spare", "", 7n)).texts[0]!.includes("7"));
    assert.ok(told(new UnknownVoter("v9")).texts[0]!.includes("v9"));
    for (const kind of ["form", "another-kind", "another-election", "another-trustee", "older"] satisfies RoleFileFault["kind"][]) {
      assert.ok(texts[`js-roles-role-file-${kind}`], kind);
    }
    // The server speaks the language of the page itself.
    assert.deepEqual(told(new ServerFault("closed", "Voting is closed.")), { texts: ["Voting is closed."] });
    assert.deepEqual(told(new ServerFault("unreachable", "")), { texts: [texts["js-roles-unreachable"]] });
  });
}
