import { abreast } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { tellable } from '../tellable.ts'
import { endingsOf } from './ending.ts'
import { standingChoice } from './trusted.ts'

/** When somebody's part is going to end, and when the person is asked again whom they trust. */
export const mattersDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  const { partnership } = at.worker
  const words = ask.w.matters.ending
  const href = `/people/${at.subject.id}/who-matters`
  const [heard, planned, choice] = await abreast(
    ask.tx,
    () => tellable(ask, at),
    () => endingsOf(ask.tx, partnership, at.subject.id),
    () => standingChoice(ask.tx, ask.house.keys, partnership, at.subject.id),
  )
  const parts = new Map(heard.map((one) => [one.id, one]))
  const endings = planned.filter(({ involvement_id }) => parts.has(involvement_id))
  const names = await namesFor(
    ask.tx,
    endings.flatMap(({ involvement_id }) => parts.get(involvement_id)?.staff_id ?? []),
  )
  return [
    ...endings.map(({ involvement_id, ends_on }) => {
      const { role, staff_id } = parts.get(involvement_id)!
      const who = names.get(staff_id ?? '')?.name ?? ask.w.subjects.circle.noName
      return { on: ends_on, what: fill(words.due, { role: ask.w.subjects.roles[role], who }), href }
    }),
    ...(choice ? [{ on: choice.review_on, what: words.review, href }] : []),
  ]
}
