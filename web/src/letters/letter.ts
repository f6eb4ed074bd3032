// Letters to voters: what each says, and the table for a mail merge. Drawing them is the page's.
import { csv } from "./csv.ts";
import { type Matrix, qrCode } from "./qr.ts";

/** The recipient of a letter, with the voting code. */
export interface Recipient {
  id: string;
  name?: string;
  email?: string;
  language: string;
  weight: string;
  /** The voting code: a secret. */
  code: string;
}

/** What all letters of an election say. */
export interface Occasion {
  title: string;
  /** The identifier of the election. */
  uuid: string;
  /** Where voters vote. */
  voteAt: string;
  /** Where the board is. */
  checkAt: string;
  hasWeights: boolean;
  /** The fingerprint of the list of credentials, where it is printed. */
  fingerprint?: string;
  /** When voting closes, as announced. */
  closes?: string;
}

/** The address that a voter's telephone opens: the code stands behind the #, which browsers send to nobody. */
function voteAddress({ voteAt }: Occasion, code: string): string {
  return `${voteAt}#${code}`;
}

/** The code of the voter's address. */
export function voteQr(occasion: Occasion, code: string): Matrix {
  return qrCode(voteAddress(occasion, code));
}

/** Modules of a path in SVG: runs of dark modules of a row, one rectangle each, with four light modules around. */
export function svgPath(matrix: Matrix): { size: number; path: string } {
  const quiet = 4;
  const runs: string[] = [];
  for (const [row, modules] of matrix.entries()) {
    for (let at = 0; at < modules.length; at++) {
      if (!modules[at]) continue;
      const from = at;
      while (modules[at + 1]) at++;
      runs.push(`M${from + quiet} ${row + quiet}h${at - from + 1}v1h-${at - from + 1}z`);
    }
  }
  return { size: matrix.length + 2 * quiet, path: runs.join("") };
}

/** The table for a mail merge. Its columns have English names in all languages, so that templates can be shared. */
export function mailMerge(occasion: Occasion, recipients: readonly Recipient[]): string {
  const weight = occasion.hasWeights ? ["weight"] : [];
  const header = ["id", "name", "email", "language", ...weight, "code", "vote_at", "vote_link", "check_at", "fingerprint"];
  const rows = recipients.map((own) => [
    own.id,
    own.name ?? "",
    own.email ?? "",
    own.language,
    ...(occasion.hasWeights ? [own.weight] : []),
    own.code,
    occasion.voteAt,
    voteAddress(occasion, own.code),
    occasion.checkAt,
    occasion.fingerprint ?? "",
  ]);
  return csv([header, ...rows]);
}
