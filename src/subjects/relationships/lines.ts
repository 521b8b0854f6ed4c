import { abreast } from '../../platform/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import type { Line } from '../lines.ts'
import { worded } from '../pages/said.tsx'
import { relationshipsOf } from './queries.ts'
import { choicesOf } from './trusted.ts'

/** That somebody who matters came and went, by what they are and not by name; and that the trusted adult was chosen. */
export const matterLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const words = ask.w.matters
  const of = [ask.tx, ask.house.keys, worker.partnership, subject.id] as const
  const [all, choices] = await abreast(
    ask.tx,
    () => relationshipsOf(...of, { every: true }),
    () => choicesOf(...of),
  )
  const href = `/people/${subject.id}/who-matters`
  const line = (id: string, agency_id: string, at: Date, text: string): Line => ({
    id,
    kind: 'who matters',
    agency_id,
    at,
    text,
    href,
  })
  const ties = all.flatMap((tie) => {
    const kind = worded(words.kinds, tie.kind)
    return [
      ...(tie.id === tie.tie_id
        ? [line(tie.id, tie.agency_id, tie.entered_at, fill(words.lines.added, { kind }))]
        : []),
      ...(tie.ended_at && tie.replaced_at === null
        ? [line(tie.id, tie.agency_id, tie.ended_at, fill(words.lines.ended, { kind }))]
        : []),
    ]
  })
  return [...ties, ...choices.map((one) => line(one.id, one.agency_id, one.entered_at, words.lines.chosen))]
}
