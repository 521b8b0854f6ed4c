import { fill, Link, type Ask } from '../../web/index.ts'
import type { Named, Validity } from '../directory.ts'

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** '2028-04-01' as '1 April 2028'. */
export const dayInWords = (day: string): string => format.format(new Date(`${day}T00:00:00Z`))

/** Names one after another: 'A, B and C'. */
export const listed = (ask: Ask, names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${ask.w.partnership.and} ${names.at(-1)}`

/** 'Abolished on 1 April 2028, successor not yet decided.' Nothing for what goes on. */
export const endInWords = (ask: Ask, item: Validity & { successors: readonly Named[] }, today: string): string => {
  const words = ask.w.partnership.validity
  const day = item.valid_to ?? item.planned_end
  if (!day) return ''
  const over = item.valid_to !== null && item.valid_to < today
  const sentence = item.valid_to ? (over ? words.ended : words.lastDay) : words.planned
  const who = listed(
    ask,
    item.successors.map(({ name }) => name),
  )
  const then = who ? fill(over ? words.followed : words.willFollow, { who }) : over ? words.nobody : words.undecided
  return fill(sentence, { day: dayInWords(day), then })
}

/** Since when it has been there, as far as that is known. */
export const startInWords = (ask: Ask, { valid_from }: Pick<Validity, 'valid_from'>): string =>
  valid_from ? fill(ask.w.partnership.validity.since, { day: dayInWords(valid_from) }) : ''

/** Names that lead to their own pages, one a line. */
export const Links = ({ ask, to, items }: { ask: Ask; to: '/partners' | '/boards'; items: readonly Named[] }) => (
  <ul class="govuk-list trellis-plain-list">
    {items.map(({ id, name }) => (
      <li>
        <Link href={ask.href(`${to}/${id}`)}>{name}</Link>
      </li>
    ))}
  </ul>
)
