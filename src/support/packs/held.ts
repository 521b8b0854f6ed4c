import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import { fill, type Held, type House, type Words } from '../../web/index.ts'
import { answerInWords } from '../writing/index.ts'
import { everyQuestion, questionOf, saidOf, type Outcome, type What } from './nrm.ts'

type Row = {
  id: string
  table: 'written' | 'pack_consent' | 'pack_outcome'
  field: string | null
  what: What | null
  outcome: Outcome | null
  on: string | null
  at: Date
  sealed: (Buffer | null)[]
  key_id: string
  workers: string[]
  data_class: string
  handling: number
}
const columns = { written: ['words'], pack_consent: ['words'], pack_outcome: ['reference', 'words'] } as const

/** What an agency's people wrote in referrals of a person, what the person said to them and what became of them. */
export const packsHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${subject} and x.agency_id = ${agency}`
  const common = sql`x.key_id, x.data_class, x.handling::int as handling`
  const { rows } = await sql<Row>`
    select x.id, 'written' as "table", x.field, null as what, null as outcome, null as "on", x.written_at as at,
      array[x.words_sealed] as sealed, array[x.written_by] as workers, ${common}
      from written x join pack p on p.partnership_id = x.partnership_id and p.id = x.document_id where ${of}
    union all select x.id, 'pack_consent', null, null, null, x.asked_on::text, x.entered_at, array[x.words_sealed],
      array[x.entered_by], ${common} from pack_consent x where ${of}
    union all select x.id, 'pack_outcome', null, x.what, x.outcome, x.on_date::text, x.entered_at,
      array[x.reference_sealed, x.words_sealed], array[x.entered_by], ${common} from pack_outcome x where ${of}
    order by at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ id, table, sealed, key_id, at, workers, data_class, handling, ...row }): Held[] => {
    const key = opened.get(key_id)
    if (!key) return []
    const told = sealed.flatMap((bytes, i) =>
      bytes ? [openText(key, { table, column: columns[table][i]!, row: id }, bytes)] : [],
    )
    const { title, text } = saidIn(words, { table, ...row }, told)
    return text.trim() ? [{ kind: 'pack', id, title, at, text, data_class, handling, workers }] : []
  })
}

type Of = Pick<Row, 'table' | 'field' | 'what' | 'outcome' | 'on'>
const saidIn = ({ packs }: Words, { table, field, what, outcome, on }: Of, told: readonly string[]) => {
  if (table === 'written') {
    const one = everyQuestion.find(({ name }) => name === field)
    const text = told.map((words) => (one ? answerInWords(questionOf(one), saidOf(one), words) : words)).join('\n')
    return { title: fill(packs.held.answer, { question: one?.label ?? field! }), text }
  }
  const decided = [what && packs.outcome.whats[what], outcome && packs.outcome.outcomes[outcome], on]
  const text = [...decided, ...told].filter(Boolean).join('\n')
  return { title: table === 'pack_consent' ? packs.held.consent : packs.held.outcome, text }
}
