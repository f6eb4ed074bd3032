// Contributions: a member's polynomial f_i of t coefficients, these in the exponent, and a share f_i(j) for each member j.
import * as group from "../group.ts";
import { isSigned, powerOfG, sign } from "../knowledge.ts";
import { productOfPowers } from "../products.ts";
import { list, object, proofText, type ProofText, text } from "../records.ts";
import { Certificates, readMessage } from "./certificate.ts";
import { send } from "./channel.ts";
import { CeremonyFault, ofMember } from "./fault.ts";
import { element, isBy, type Signed, signedText } from "./key.ts";
import { Member, type Terms } from "./member.ts";

interface Contribution {
  polynomial: string;
  secrets: string[];
  coefexps: Signed;
  signature: ProofText;
}

const contributionRecord = object<Contribution>({
  polynomial: text,
  secrets: list(text),
  coefexps: signedText,
  signature: proofText,
});
/** Reads a list of coefficients. */
export const coefficientsRecord = object<{ coefexps: string[] }>({ coefexps: list(text) });

/** Step 3: contributes, once: every call draws another polynomial, and all members must get the same one.
 * @throws CeremonyFault where a certificate does not hold. */
export async function contribute(seed: string, terms: Terms, certificates: readonly string[]): Promise<string> {
  const member = Member.read(seed);
  const all = Certificates.read(terms, certificates);
  all.index(member);
  const polynomial = Array.from({ length: terms.threshold }, () => group.randomScalar());
  const coefexps = group.encodeAll(polynomial.map((coefficient) => powerOfG(coefficient)));
  const message = JSON.stringify({ coefexps });
  const own = JSON.stringify({ polynomial: polynomial.map(String) });
  const secrets: string[] = [];
  for (const [index, recipient] of all.encryption.entries()) {
    const secret = JSON.stringify({ secret: value(polynomial, index + 1).toString() });
    secrets.push(await send(member.signing, recipient, secret));
  }
  const contribution: Contribution = {
    polynomial: await send(member.signing, member.encryption, own),
    secrets,
    coefexps: { message, signature: sign(member.signing, message) },
    signature: sign(member.signing, all.ceremonyText(coefexps)),
  };
  return JSON.stringify(contribution);
}

/** f(j). */
function value(polynomial: readonly bigint[], j: number): bigint {
  return polynomial.reduceRight((sum, coefficient) => group.mod(sum * BigInt(j) + coefficient), 0n);
}

/** Step 4: the contributions of all members, checked as far as everybody can. */
export class Contributions {
  /** The signed lists of coefficients, as they stand in the record of trustees. */
  readonly signed: Signed[] = [];
  /** The coefficients of each member. */
  readonly coefficients: group.Element[][] = [];
  /** Each member's polynomial, encrypted to that member. */
  readonly polynomials: string[] = [];
  /** What member i sent to member j, at [i][j]. */
  readonly secrets: string[][] = [];

  private constructor(readonly certificates: Certificates) {}

  /** Reads the contributions of all members, in the order of their numbers: as many coefficients as the threshold, as
   * many shares as members, and signatures that hold. What is encrypted, `finish` checks.
   * @throws CeremonyFault: the first that is wrong. */
  static read(certificates: Certificates, texts: readonly string[]): Contributions {
    if (texts.length !== certificates.terms.members) throw new CeremonyFault("count");
    const all = new Contributions(certificates);
    texts.forEach((own, index) => ofMember(index, () => all.add(own, index)));
    return all;
  }

  private add(own: string, index: number): void {
    const { certificates } = this;
    const { polynomial, secrets, coefexps, signature } = readMessage(own, contributionRecord);
    const { coefexps: texts } = readMessage(coefexps.message, coefficientsRecord);
    const elements = readCoefficients(certificates, index, coefexps, texts);
    if (!isSigned(certificates.verification[index]!, signature, certificates.ceremonyText(texts))) {
      throw new CeremonyFault("other-certificates");
    }
    if (secrets.length !== certificates.terms.members) throw new CeremonyFault("form");
    this.signed.push(coefexps);
    this.coefficients.push(elements);
    this.polynomials.push(polynomial);
    this.secrets.push(secrets);
  }
}

/** A member's coefficients, as many as the threshold and signed by the member.
 * @throws CeremonyFault of no member. */
export function readCoefficients(
  certificates: Certificates,
  index: number,
  signed: Signed,
  texts: readonly string[],
): group.Element[] {
  if (!isBy(certificates.verification[index]!, signed)) {
    const another = certificates.verification.some((key) => isBy(key, signed));
    throw new CeremonyFault(another ? "signed-by-another" : "coefficients-signature");
  }
  if (texts.length !== certificates.terms.threshold) throw new CeremonyFault("coefficients-signature");
  return texts.map(element);
}

/** prod_k A_k^(j^k): what g^(f(j)) must be, from the coefficients A_k = g^(f_k). */
export function valueInExponent(coefficients: readonly group.Element[], j: number): group.Element {
  const powers: bigint[] = [];
  for (let k = 0, power = 1n; k < coefficients.length; k++, power = group.mod(power * BigInt(j))) powers.push(power);
  return productOfPowers(coefficients, powers);
}
