/*
 * PostgreSQL's text cannot hold U+0000, but what a person sent is kept byte for byte. So one private-use character
 * marks an escape: NUL becomes mark+0 and the mark itself mark+1. U+FEFF at the very start becomes mark+2: the embedded
 * database's decoder takes it for a byte order mark and drops it. Only text that holds one of them is changed at all, and
 * equality still works because both sides of every comparison are written the same way.
 */
const mark = '\u{F8FF}'

export const storableText = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(storableText)
  if (typeof value !== 'string' || !/[\u0000\uF8FF]|^\uFEFF/.test(value)) return value
  return value
    .replaceAll(mark, `${mark}1`)
    .replaceAll('\u0000', `${mark}0`)
    .replace(/^\uFEFF/, `${mark}2`)
}

export const readableText = (stored: string): string =>
  stored.includes(mark)
    ? stored.replaceAll(`${mark}2`, '\uFEFF').replaceAll(`${mark}0`, '\u0000').replaceAll(`${mark}1`, mark)
    : stored

/** The same, inside JSON that the database made of texts: `json_agg` and its like. */
export const readableJson = (stored: string): unknown =>
  stored.includes(mark)
    ? JSON.parse(stored, (_, value: unknown) => (typeof value === 'string' ? readableText(value) : value))
    : JSON.parse(stored)

/** And inside an array of texts, however deep. */
export const readableTexts = (stored: unknown): unknown => {
  if (Array.isArray(stored)) return stored.map(readableTexts)
  return typeof stored === 'string' ? readableText(stored) : stored
}
