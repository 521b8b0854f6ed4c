import type { Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { listOf } from './at-pack.ts'
import { packClocks } from './clocks.ts'
import { becameOf, consentsOf, packsOf } from './queries.ts'

/** What the packs of a person wait for. */
export const packsDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  const { keys } = ask.house
  const { partnership } = at.worker
  const of = { partnership, adultFrom: at.subject.adult_from, today: at.today }
  const dates: { on: string; what: string; href: string }[] = []
  for (const { id } of await packsOf(ask.tx, partnership, at.subject.id)) {
    const became = await becameOf(ask.tx, keys, partnership, id)
    const consents = await consentsOf(ask.tx, keys, partnership, id)
    for (const { what, on } of await packClocks(ask, of, { became, consents }))
      dates.push({ on, what: ask.w.packs.due[what], href: `${listOf(at)}/${id}` })
  }
  return dates
}
