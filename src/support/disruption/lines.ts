import { sql } from 'kysely'
import type { Line, Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { toolOf, type Step } from './disruption.ts'

type Row = { id: string; disruption: string; agency_id: string; at: Date; tool: string; step: Step }

/** Each step of what is done to stop whoever does the harm. */
export const disruptionLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const { rows } = await sql<Row>`
    select x.id, d.id as disruption, x.agency_id, x.on_date::timestamp at time zone ${ask.place.zone} as at, d.tool, x.step
    from disruption d join disruption_step x on x.partnership_id = d.partnership_id and x.disruption_id = d.id
    where d.partnership_id = ${worker.partnership} and d.subject_id = ${subject.id}`.execute(ask.tx)
  const words = ask.w.packs.disruption
  return rows.map(({ id, disruption, agency_id, at, tool, step }) => ({
    id,
    kind: 'disruption',
    agency_id,
    at,
    text: fill(words.line, { tool: toolOf(tool).label, step: words.steps[step].toLowerCase() }),
    href: `/people/${subject.id}/disruption/${disruption}`,
  }))
}
