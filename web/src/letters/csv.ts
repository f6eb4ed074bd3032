// Tables of comma-separated values (RFC 4180), for the mail merge of a text processor.

/** The text of a table: a byte-order mark, by which spreadsheets know UTF-8, and lines that end in CR LF. */
export function csv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;
}

/** A field. One that a spreadsheet would take for a formula gets an apostrophe in front, and is a text then. */
function field(text: string): string {
  const own = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(own) ? `"${own.replaceAll('"', '""')}"` : own;
}
