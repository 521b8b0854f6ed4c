import { sql } from 'kysely'
import { fill, type Held, type House } from '../../web/index.ts'
import { aboutLabel } from './dispute.ts'
import { disputesOf, wordsOf } from './queries.ts'

/** What an agency's people wrote about a person where agencies did not agree. */
export const disputesHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const held: Held[] = []
  for (const dispute of await disputesOf(tx, partnership, subject)) {
    const told = await wordsOf(tx, keys, partnership, dispute.id)
    if (!told) continue
    const title = fill(words.rights.access.kinds.boundary, { part: aboutLabel(dispute.about) })
    const row = { kind: 'threshold', title, data_class: 'D4', handling: 0 }
    if (dispute.agency_id === agency)
      held.push({
        ...row,
        id: dispute.id,
        at: dispute.raised_at,
        text: [told.words, told.other_words].filter(Boolean).join('\n'),
        workers: [dispute.raised_by, dispute.holder_id].flatMap((id) => id ?? []),
      })
    const own = await stepsBy(tx, partnership, dispute.id, agency)
    for (const step of told.steps.filter(({ id, words: said }) => said !== '' && own.has(id)))
      held.push({
        ...row,
        id: step.id,
        at: step.taken_at,
        text: step.words,
        workers: step.taken_by ? [step.taken_by] : [],
      })
  }
  return held
}

const stepsBy = async (
  tx: Parameters<House['heldAbove']>[0],
  partnership: string,
  dispute: string,
  agency: string,
): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`select id from boundary_step
    where partnership_id = ${partnership} and dispute_id = ${dispute} and agency_id = ${agency}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
