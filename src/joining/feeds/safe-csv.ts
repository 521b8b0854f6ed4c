/**
 * A table that a spreadsheet opens without running anything in it: what begins like a formula is marked as text, by the
 * apostrophe that spreadsheets know (OWASP, CSV injection).
 */
export const safeCsv = (rows: readonly (readonly (string | number)[])[]): Buffer =>
  // The mark tells Excel that it is UTF-8.
  Buffer.from(`\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`)

const cell = (value: string | number): string => {
  const text = String(value)
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
