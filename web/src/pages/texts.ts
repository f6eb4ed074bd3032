// The texts of a page's script, in the language of the page: `js-` keys of the Fluent file of that language.

let texts: Readonly<Record<string, string>> = {};

/** Loads the texts that `<meta name="texts">` names. */
export async function loadTexts(): Promise<void> {
  const address = document.querySelector<HTMLMetaElement>('meta[name="texts"]')?.content;
  if (!address) return;
  const answer = await fetch(address);
  if (answer.ok) texts = (await answer.json()) as Record<string, string>;
}

/** Puts texts in place of loaded ones: for pages that carry their own. */
export function setTexts(own: Readonly<Record<string, string>>): void {
  texts = own;
}

/** A text, with its `{ $name }` filled in. */
export function t(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return filled(texts[key] ?? key, values);
}

/** A pattern with its `{ $name }` filled in. */
export function filled(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{ *\$([a-z0-9-]+) *\}/gi, (whole, name: string) => String(values[name] ?? whole));
}
