// Receipts as the booth checks them: proofs of every entry in trees of every shape, and proofs that have been changed; and
// where the browser's history leads in the booth.
import assert from "node:assert/strict";
import { test } from "node:test";

import { SigningKey } from "../src/log/key.ts";
import { signStatement } from "../src/log/statement.ts";
import { isEntryOf, ReceiptFault, trackerOfEntry, verifyReceipt } from "../src/pages/booth/receipt.ts";
import { stepAfter } from "../src/pages/booth/steps.ts";
import { trackerOf } from "../src/protocol/ballot.ts";
import { hexDigest } from "../src/protocol/hash.ts";
import { Log } from "./booth-server.ts";

test("an entry is proven in trees of 1 to 20 entries, and no other entry is", () => {
  const log = new Log();
  const key = log.key.verifier.toString();
  log.entries.length = 0;
  for (let size = 1; size <= 20; size++) {
    log.entries.push(Buffer.from(`entry ${size}`));
    for (let index = 0; index < size; index++) {
      const proof = log.proof(index);
      assert.equal(verifyReceipt(proof, log.entries[index]!, key), index);
      const other = log.entries[(index + 1) % size]!;
      if (size > 1) assert.throws(() => verifyReceipt(proof, other, key), ReceiptFault);
      assert.throws(() => verifyReceipt(proof.replace(`index ${index}`, `index ${index + size}`), log.entries[index]!, key), ReceiptFault);
      const hash = proof.split("\n")[2]!;
      if (hash !== "") assert.throws(() => verifyReceipt(proof.replace(`${hash}\n`, ""), log.entries[index]!, key), ReceiptFault);
    }
  }
});

test("the tree of docs/spec/log.md has the root and the proof that stand there", () => {
  const log = new Log();
  log.entries.splice(0, 3, ...["one", "two", "three"].map((text) => Buffer.from(text)));
  const lines = log.proof(1).split("\n");
  assert.deepEqual(lines.slice(2, 5), ["0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=", "Zx8UbF5HHooag6PCFM5LqQe486WIjRTMjNPOdbsS75Q=", ""]);
  assert.equal(lines[7], "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=");
});

test("an entry is a ballot, byte for byte, in both forms", () => {
  const ballot = '{"election_uuid":"HsqB3C3y62Ekq4D"}';
  const entry = (text: string) => new TextEncoder().encode(text);
  assert.ok(isEntryOf(entry(`{"adil":"ballot/1","minute":29916677,"ballot":${ballot}}`), ballot));
  const object = `{"sha256":"${hexDigest(ballot)}","bytes":${ballot.length}}`;
  assert.ok(isEntryOf(entry(`{"adil":"ballot/1","minute":29916677,"object":${object}}`), ballot));
  assert.ok(!isEntryOf(entry(`{"adil":"ballot/1","minute":29916677,"ballot":${ballot} }`), ballot));
  const longer = object.replace(`"bytes":${ballot.length}`, `"bytes":${ballot.length + 1}`);
  assert.ok(!isEntryOf(entry(`{"adil":"ballot/1","minute":29916677,"object":${longer}}`), ballot));
  assert.ok(!isEntryOf(entry(`{"adil":"ballot/1","minute":29916677,"ballot":${ballot}}`), ballot.replace("H", "h")));
});

test("an entry has the tracker of its ballot in both forms, and every other entry has none", () => {
  const ballot = '{"election_uuid":"HsqB3C3y62Ekq4D"}';
  const tracker = trackerOf(ballot);
  const entry = (text: string) => new TextEncoder().encode(text);
  const inline = (text: string) => entry(`{"adil":"ballot/1","minute":29916677,"ballot":${text}}`);
  const object = (text: string) => entry(`{"adil":"ballot/1","minute":29916677,"object":{"sha256":"${hexDigest(text)}","bytes":70000}}`);
  for (const form of [inline, object]) {
    assert.equal(trackerOfEntry(form(ballot)), tracker);
    assert.notEqual(trackerOfEntry(form(ballot.replace("H", "h"))), tracker);
  }
  const statement = signStatement({ adil: "close/1", uuid: "HsqB3C3y62Ekq4D", minute: 29916677 }, SigningKey.draw("o"));
  for (const other of [statement, "", ballot, '{"adil":"ballot/1","minute":29916677}', "setup"]) assert.equal(trackerOfEntry(entry(other)), undefined, other);
});

test("the browser's history leads to other steps of the booth alone", () => {
  // The link to the content makes an entry without a step; going back from it leads to the step that is shown.
  assert.equal(stepAfter(null, 5, 4), undefined);
  assert.equal(stepAfter({}, 5, 4), undefined);
  assert.equal(stepAfter({ step: 5 }, 5, 4), undefined);
  assert.equal(stepAfter({ step: 4 }, 5, 4), 4);
  assert.equal(stepAfter({ step: 0 }, 5, 4), 0);
  assert.equal(stepAfter({ step: 3 }, 0, 2), 2);
});
