const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${months.join('|')})[a-z]*\\.?`
const forms: readonly [RegExp, (found: readonly string[]) => Parts][] = [
  [/\b(\d{4})-(\d{2})-(\d{2})\b/, ([year, m, day]) => ({ year, month: m, day })],
  // As it is written in Britain: the day first.
  [/\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/, ([day, m, year]) => ({ year, month: m, day })],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+(?:day\\s+)?of)?[\\s-]+${month},?[\\s-]+(\\d{4}|\\d{2})\\b`, 'i'),
    ([day, name, year]) => ({ year, month: numberOf(name), day }),
  ],
  [
    new RegExp(`\\b${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i'),
    ([name, day, year]) => ({ year, month: numberOf(name), day }),
  ],
]
type Parts = { year?: string | undefined; month?: string | undefined; day?: string | undefined }
const numberOf = (name = ''): string => String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1)

/**
 * The first day that some words name, as an ISO date, and the words without it.
 * @returns undefined where none is named, or one that no calendar has
 */
export const dayIn = (words: string): { day: string; written: string; rest: string } | undefined => {
  for (const [form, parts] of forms) {
    const found = form.exec(words)
    if (!found) continue
    const { year = '', month: m = '', day = '' } = parts(found.slice(1))
    const iso = [year.length === 2 ? `20${year}` : year, m.padStart(2, '0'), day.padStart(2, '0')].join('-')
    if (!isDay(iso)) continue
    const rest = words.slice(0, found.index) + words.slice(found.index + found[0].length)
    return { day: iso, written: found[0], rest }
  }
  return undefined
}

const isDay = (iso: string): boolean => {
  const at = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso)
}

/** A date as it stands in a report: one in numbers becomes one in words, one in words stays as it was written. */
export const inWords = (words: string): string => {
  const found = dayIn(words)
  if (!found || /[a-z]/i.test(found.written)) return words
  return words.replace(found.written, saidDay(found.day))
}

/** 2020-05-28 as people say it. */
export const saidDay = (iso: string): string =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
