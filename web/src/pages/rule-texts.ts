// What the rules say, in the languages of the reports: build.mjs puts the texts of crates/report in.

declare const RULE_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The text of a rule in the language of the page, English where there is none. */
export function ruleText(rule: string, language: string): string {
  const key = rule.toLowerCase();
  return RULE_TEXTS[language]?.[key] ?? RULE_TEXTS.en?.[key] ?? rule;
}
