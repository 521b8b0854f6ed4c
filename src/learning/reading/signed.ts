import type { ReportContent } from '../report/content.ts'
import { dayIn } from './days.ts'
import type { Section } from './labels.ts'

type Signature = ReportContent['signatures'][number]
/** What a label at the end of the form had beside it. */
export type Said = { section: Section; words: string; column?: number | undefined }

/**
 * Who signed, for which side and when. A form gives the date before the name or after it: whichever stands first says how
 * the rest is to be read.
 */
export const signaturesOf = (said: readonly Said[]): Signature[] => {
  const signatures: (Signature & { column: number | undefined })[] = []
  const dateFirst = said.find(({ section }) => section === 'date' || isSigned(section))?.section === 'date'
  let waiting = ''
  for (const { section, words, column } of said) {
    // Two signatures side by side: what stands below one belongs to it.
    const beside = signatures.length > 1 && signatures.filter((one) => one.column === column).length === 1
    const last = beside ? signatures.find((one) => one.column === column)! : signatures.at(-1)
    if (isSigned(section)) {
      const side = section === 'signed local' ? 'local' : 'programme'
      const found = dayIn(words)
      const day = found?.day ?? (dateFirst ? waiting : '')
      waiting = ''
      signatures.push({ side, ...whoIn((found?.rest ?? words).trim()), signed_on: day, column })
    } else if (section === 'date') {
      const day = dayIn(words)?.day ?? ''
      if (dateFirst && !beside) waiting = day
      else if (last && last.signed_on === '') last.signed_on = day
    } else if (last && (section === 'name' || section === 'role' || section === 'body'))
      last[section] ||= words.replace(/^[–—-]$/, '')
  }
  return signatures.map(({ column: _, ...signature }) => signature)
}

export const isSigned = (section: Section): boolean => section === 'signed local' || section === 'signed programme'

/** "Jo Bell, Chair, Elmshire Safeguarding". Square brackets mean that the name was taken out of the file: they stay. */
const whoIn = (words: string): Pick<Signature, 'name' | 'role' | 'body'> => {
  if (/^\[.*\]$/.test(words) || /^[._\s]*$/.test(words))
    return { name: words.replace(/^[._\s]+$/, ''), role: '', body: '' }
  const [name = '', role = '', ...body] = words
    .split(/\s*[,;|\n]\s*|\s+[–—-]\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return { name, role, body: body.join(', ') }
}
