import type { ComponentChildren } from 'preact'
import { agencyNames } from '../../../partnership/index.ts'
import { codesOf, labelOf } from '../../../sharing/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { moment } from '../../../subjects/index.ts'
import { fill, SummaryList, type Ask } from '../../../web/index.ts'
import type { Sitting } from '../sitting.ts'

/** When, where, by whom and what for: what everybody who is asked may read. */
export const factsOf = async (ask: Ask, sitting: Sitting): Promise<ComponentChildren> => {
  const words = ask.w.panels.one
  const codes = await codesOf(ask.tx, ask.place.id)
  const names = await namesFor(ask.tx, [sitting.called_by])
  const agencies = await agencyNames(ask.tx, [sitting.agency_id])
  const name = names.get(sitting.called_by)?.name ?? ''
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: ask.place.zone })
  const rows: [string, string][] = [
    [words.when, fill(words.span, { from: moment(ask, sitting.starts_at), to: clock.format(sitting.ends_at) })],
    [words.where, sitting.place],
    [words.by, fill(ask.w.subjects.meetings.one.person, { name, agency: agencies.get(sitting.agency_id) ?? '' })],
    [
      words.purpose,
      fill(words.under, {
        purpose: labelOf(codes, 'purpose', sitting.purpose),
        basis: labelOf(codes, 'basis', sitting.basis),
      }),
    ],
  ]
  return <SummaryList rows={rows.map(([key, value]) => ({ key, value: <span class="trellis-words">{value}</span> }))} />
}
