import { fill, type Words } from '../../web/index.ts'
import { saidDay } from './days.ts'
import type { Place } from './line.ts'
import type { Doubt, Field, Reading } from './read.ts'

type W = Words['learningReading']

/** Where something stands in the file: 'page 2, line 14'. A file of one page has lines alone. */
export const whereOf = (w: W, pages: number, from: Place, to: Place = from): string => {
  const places = { page: from.page, line: from.line, toPage: to.page, to: to.line }
  if (from.page !== to.page) return fill(w.at.pages, places)
  if (pages > 1) return fill(w.at.pageLine, places)
  return fill(from.line === to.line ? w.at.line : w.at.lines, places)
}

export const doubtOf = (w: W, { about, field, words }: Doubt): string =>
  fill(w.doubts[about], { field: w.fields[field], words })

/** What a box of the form got, in a few words: the beginning of its text, or how many things. */
export const outcomeOf = (w: W, { content }: Reading, field: Field): string => {
  const { issues, disruption, consent, signatures } = content
  if (field === 'issues')
    return fill(w.outcome.issues, {
      count: issues.length,
      below: issues.reduce((sum, { below }) => sum + below.length, 0),
    })
  if (field === 'disruption') return fill(w.outcome.disruption, { count: disruption.length })
  if (field === 'consent') return consent === null ? w.outcome.unsaid : consent ? w.outcome.agreed : w.outcome.refused
  if (field === 'signatures')
    return signatures
      .map(({ side, signed_on }) =>
        fill(w.outcome.signature, { side: w.sides[side], day: signed_on ? saidDay(signed_on) : w.outcome.noDay }),
      )
      .join('; ')
  return content[field]
}
