// The offline verifier: one HTML file with script and style inside. Its policy allows exactly these two, by their SHA-256, a
// worker made of the script, and no connection at all.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export const LANGUAGES = ["en", "ru", "kk"];

/** The texts of a Fluent file whose keys match, each on one line; the part of the key that is kept is the first group. */
function texts(file, pattern) {
  const found = {};
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, key, text] = /^([a-z0-9-]+) = (.*)$/.exec(line) ?? [];
    const kept = key && pattern.exec(key)?.[1];
    if (kept) found[kept] = text;
  }
  return found;
}

const inAll = (read) => Object.fromEntries(LANGUAGES.map((language) => [language, read(language)]));

/** What is put into scripts in the place of names. */
export function definitions() {
  const rules = inAll((language) => ({
    ...texts(`../crates/report/locales/${language}/rules.ftl`, /^rule-([a-z][0-9]+)$/),
    ...texts(`../crates/report/locales/${language}/board-log.ftl`, /^ledger-rule-([a-z][0-9]+)$/),
  }));
  const own = inAll((language) => texts(`../crates/server/locales/${language}.ftl`, /^(js-verify-.+)$/));
  return { RULE_TEXTS: JSON.stringify(rules), OFFLINE_TEXTS: JSON.stringify(own) };
}

/** The page. */
export function offlinePage(script, style) {
  // Nothing in the script may end the element that it stands in.
  const inside = script.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
  const digest = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy =
    `default-src 'none'; script-src ${digest(inside)}; style-src ${digest(style)}; worker-src blob:; ` +
    "base-uri 'none'; form-action 'none'";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>adil</title>
<style>${style}</style>
</head>
<body>
<noscript>JavaScript</noscript>
<script>${inside}</script>
</body>
</html>
`;
}
