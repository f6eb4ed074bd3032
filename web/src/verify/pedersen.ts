// A group of n trustees of whom any t decrypt: the record of their key ceremony. Rules T5 to T12.
//
//   X_j = product over i and k of A_ik^(j^k),    the group's part of y = product over i of A_i0
import { GROUP, neutral, type Element } from "../protocol/group.ts";
import { asCount, asList, asText, fieldsOf, parseJson, type Json } from "./json.ts";
import { Bases, holds, signed } from "./proofs.ts";
import { Faults } from "./rules.ts";
import { evaluate, KeyEntry, proofFields, Reader, type Trustee } from "./trustees.ts";

const MOST_MEMBERS = 1000;

interface SignedMessage {
  message: string;
  signature: Json | undefined;
}

/** Checks a group whose first member has the number `first`. `key` is its part of the election's key, if that is known. */
export function readPedersen(
  value: Json | undefined,
  first: number,
  bases: Bases,
  faults: Faults,
): { threshold: number; members: Trustee[]; key: Element | undefined } {
  const fields = fieldsOf(value, ["threshold", "certs", "coefexps", "signatures?", "verification_keys"]);
  const threshold = asCount(fields("threshold"));
  const certificates = asList(fields("certs")).map(readMessage);
  const coefficients = asList(fields("coefexps")).map(readMessage);
  const entries = asList(fields("verification_keys")).map((entry) => new KeyEntry(entry, true));
  const signatures = fields("signatures") === undefined ? undefined : asList(fields("signatures"));
  signatures?.forEach(proofFields);
  const n = entries.length;
  const members = entries.map((entry, at) => entry.check(first + at, bases, faults));
  const lengths = [certificates.length, coefficients.length, signatures?.length ?? n];
  if (threshold < 1 || threshold > n || n > MOST_MEMBERS || lengths.some((length) => length !== n)) {
    faults.add({ rule: "T5", event: 0, trustee: first, expected: `1 to ${n}`, found: `${threshold}; lists of ${lengths.join(", ")}` });
    return { threshold, members, key: undefined };
  }

  const opened = certificates.map((certificate) => readCertificate(certificate.message));
  const polynomials = coefficients.map((entry) => asList(fieldsOf(parseJson(entry.message), ["coefexps"])("coefexps")).map(asText));
  const decoded: (Element[] | undefined)[] = [];
  opened.forEach((certificate, at) => {
    const read = new Reader(first + at, faults);
    const vk = read.element(certificate.verification);
    read.element(certificate.encryption);
    const signedBy = (signature: Json | undefined, text: string) => {
      const proof = read.proof(signature);
      return vk === undefined || proof === undefined || holds(signed(bases, vk, proof, text));
    };
    read.require("T6", signedBy(certificates[at]!.signature, certificates[at]!.message));
    const { context } = certificate;
    if (context !== undefined) {
      const isSo = context.group === GROUP && context.size === n && context.threshold === threshold && context.index === at + 1;
      read.require("T7", isSo, { found: `${context.index} of ${context.size}, threshold ${context.threshold}` });
    }
    const row = polynomials[at]!;
    read.require("T8", signedBy(coefficients[at]!.signature, coefficients[at]!.message) && row.length === threshold);
    const elements = row.map((text) => read.element(text));
    decoded.push(elements.every((element) => element !== undefined) && row.length === threshold ? (elements as Element[]) : undefined);
    if (signatures !== undefined) read.require("T10", signedBy(signatures[at], ceremonyText(certificates, row)));
    const own = entries[at]!;
    if (own.signature !== undefined) read.require("T11", signedBy(own.signature, own.keyText));
  });
  checkForm(opened.map((certificate) => certificate.context !== undefined), signatures !== undefined, entries.map((entry) => entry.signature !== undefined), first, faults);

  if (decoded.some((row) => row === undefined)) return { threshold, members, key: undefined };
  // The products of the coefficients of one degree: the ceremony's common polynomial.
  const common = Array.from({ length: threshold }, (_, k) => (decoded as Element[][]).reduce((sum, row) => sum.add(row[k]!), neutral));
  members.forEach(({ key }, at) => {
    if (key !== undefined && !key.equals(evaluate(common, at + 1))) {
      faults.add({ rule: "T9", event: 0, trustee: first + at });
    }
  });
  return { threshold, members, key: common[0]! };
}

function readMessage(value: Json): SignedMessage {
  const fields = fieldsOf(value, ["message", "signature"]);
  proofFields(fields("signature"));
  return { message: asText(fields("message")), signature: fields("signature") };
}

interface Context {
  group: string;
  size: number;
  threshold: number;
  index: number;
}

function readCertificate(message: string): { context: Context | undefined; verification: string; encryption: string } {
  const fields = fieldsOf(parseJson(message), ["context?", "verification", "encryption"]);
  let context: Context | undefined;
  if (fields("context") !== undefined) {
    const inner = fieldsOf(fields("context"), ["group", "size", "threshold", "index"]);
    context = {
      group: asText(inner("group")),
      size: asCount(inner("size")),
      threshold: asCount(inner("threshold")),
      index: asCount(inner("index")),
    };
  }
  return { context, verification: asText(fields("verification")), encryption: asText(fields("encryption")) };
}

/** What a member signs after the ceremony: the certificates of all, and the own coefficients. */
function ceremonyText(certificates: readonly SignedMessage[], coefficients: readonly string[]): string {
  const certs = certificates.map(({ message, signature }) => {
    const { challenge, response } = proofFields(signature);
    return { message, signature: { challenge, response } };
  });
  return `certs_sig|${JSON.stringify({ certs, coefexps: coefficients })}`;
}

/** T12: contexts, signatures of the ceremony and of the keys: none; the first two; or all. */
function checkForm(contexts: boolean[], ceremony: boolean, keys: boolean[], first: number, faults: Faults): void {
  const all = (list: boolean[]) => list.every((one) => one);
  const none = (list: boolean[]) => !list.some((one) => one);
  const known = (none(contexts) && !ceremony && none(keys)) || (all(contexts) && ceremony && (none(keys) || all(keys)));
  if (!known) faults.add({ rule: "T12", event: 0, trustee: first });
}

