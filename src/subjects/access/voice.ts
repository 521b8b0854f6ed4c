import { sql } from 'kysely'
import { openText, type Tx } from '../../platform/index.ts'
import { fill } from '../../web/index.ts'
import type { Stage } from '../voice/voice.ts'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'

type Row = Held & {
  kind: keyof typeof places
  stage: Stage | null
  sealed: Buffer
  /** What they wanted to happen, beside what they said. */
  wanted: Buffer | null
}
const places = {
  voice: { table: 'voice', column: 'words' },
  'voice answer': { table: 'voice_reply', column: 'did' },
  'not heard': { table: 'voice_absence', column: 'why' },
  'own outcome': { table: 'own_outcome', column: 'words' },
} as const

/** What the person said and wanted, what came of it, when they were not heard and why, and their own outcomes. */
export const voiceHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at, words } = sought
  const of = sql`partnership_id = ${at.viewer.partnership} and subject_id = ${at.subject.id} and agency_id = ${request.agency_id}`
  const row = sql`entered_at as at, data_class, handling::int as handling, key_id`
  const { rows } = await sql<Row>`
    select id, 'voice' as kind, stage, ${row}, words_sealed as sealed, wanted_sealed as wanted from voice where ${of}
    union all select id, 'voice answer', null, ${row}, did_sealed, null from voice_reply where ${of}
    union all select id, 'not heard', stage, ${row}, why_sealed, null from voice_absence where ${of}
    union all select id, 'own outcome', null, ${row}, words_sealed, null from own_outcome where ${of}
    order by at, id`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  return rows.flatMap(({ id, kind, stage, at: then, data_class, handling, key_id, sealed, wanted }) => {
    const key = opened.get(key_id)
    if (!key) return []
    const said = openText(key, { ...places[kind], row: id }, sealed)
    const wish = wanted && openText(key, { table: 'voice', column: 'wanted', row: id }, wanted)
    const text = wish ? `${said}\n${words.voice.wanted}: ${wish}` : said
    const title = fill(titleOf(sought, kind), { stage: stage ? words.voice.stages[stage] : '' })
    return [readable(sought, { kind, id, title, at: then, text }, data_class, handling)]
  })
}

const titleOf = ({ words }: Sought, kind: Row['kind']): string => {
  const { voice, voiceAnswer, notHeard, ownOutcome } = words.rights.access.kinds
  return { voice, 'voice answer': voiceAnswer, 'not heard': notHeard, 'own outcome': ownOutcome }[kind]
}
