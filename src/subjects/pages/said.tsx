import { dateFormat, errorFor, fill, Pagination, Radios, typed, type Ask, type FieldError } from '../../web/index.ts'
import type { AtHolder } from '../access/right.ts'

/** Small things that several pages of this room say the same way. */

const momentOf = dateFormat({ dateStyle: 'long', timeStyle: 'short' })
const dayOf = dateFormat({ dateStyle: 'long' })

/** '23 November 2026 at 10:00', by the partnership's own clocks. */
export const when = ({ place }: Ask, at: Date): string => momentOf(place.zone).format(at)

/** '23 November 2026' of '2026-11-23'. */
export const day = (date: string): string => dayOf('UTC').format(new Date(`${date}T12:00:00Z`))

/** One word for one, another for many. */
export const counted = (words: { one: string; many: string }, count: number): string =>
  count === 1 ? words.one : fill(words.many, { count })

/** The words for a code that other rooms may add to; the code itself, as a sentence, where there are none yet. */
export const worded = (words: Readonly<Record<string, string>>, code: string): string =>
  words[code] ?? code.charAt(0).toUpperCase() + code.slice(1)

export const pageOf = ({ query }: Ask): number => Math.min(10_000, Math.max(1, Math.floor(Number(query['page'])) || 1))

/** Forward and back through a list, with what it was narrowed to. */
export const Pages = (props: {
  ask: Ask
  page: number
  last: number
  kept: Readonly<Record<string, string | undefined>>
}) => {
  const { ask, page, last, kept } = props
  if (last < 2) return null
  const words = ask.w.rights.looked
  const narrowed = Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const to = (number: number): string =>
    ask.href(`${ask.path}?${new URLSearchParams([...narrowed, ['page', String(number)]])}`)
  return (
    <Pagination
      landmarkLabel={words.pages}
      previous={page > 1 ? { href: to(page - 1), text: words.previous } : undefined}
      next={page < last ? { href: to(page + 1), text: words.next } : undefined}
    />
  )
}

/** Which of the agencies that somebody answers for was asked: a question only where there are several. */
export const WhichHolder = (props: {
  ask: Ask
  holders: AtHolder['holders']
  legend: string
  errors: readonly FieldError[]
}) => {
  const { ask, holders, legend, errors } = props
  if (holders.length < 2) return null
  return (
    <Radios
      name="agency"
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      value={typed(ask.form, 'agency')}
      errorMessage={errorFor(errors, 'agency')}
      items={holders.map(({ id, name }) => ({ value: id, text: name }))}
    />
  )
}
