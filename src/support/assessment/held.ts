import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import { fill, type Held, type House, type Words } from '../../web/index.ts'
import { answerInWords, type Said } from '../writing/index.ts'
import { asksOf, type Capacity, type Confidence, type Level, type Purpose } from './assessment.ts'

/** Every text that an agency's people wrote in assessments of a person, and how they were finished: for whoever asks what is held. */
export const assessmentsHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words: w }) => {
  const of = sql`w.partnership_id = ${partnership} and w.subject_id = ${subject} and w.agency_id = ${agency}`
  type Row = Omit<Held, 'kind' | 'title' | 'text'> & {
    purpose: Purpose
    field: string
    words_sealed: Buffer
    key_id: string
  }
  const { rows } = await sql<Row>`
    select w.id, a.purpose, w.field, w.words_sealed, w.key_id, w.written_at as at, array[w.written_by] as workers, w.data_class,
      w.handling::int as handling
    from written w join assessment a on a.partnership_id = w.partnership_id and a.id = w.document_id
    where ${of} order by w.written_at, w.field, w.version`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  const texts = rows.flatMap(({ words_sealed, key_id, purpose, field, ...row }): Held[] => {
    const key = opened.get(key_id)
    if (!key) return []
    const words = openText(key, { table: 'written', column: 'words', row: row.id }, words_sealed)
    const { asks, said } = questionOf(w, purpose, field)
    const title = fill(w.assessment.held.item, { purpose: w.assessment.purposes[purpose], question: said.label })
    return words.trim() ? [{ ...row, kind: 'assessment', title, text: answerInWords(asks, said, words) }] : []
  })
  return [...texts, ...(await finishesHeld(tx, keys, { partnership, subject, agency, words: w }))]
}

const finishesHeld: House['heldAbove'] = async (tx, _, { partnership, subject, agency, words: w }) => {
  type Row = Omit<Held, 'kind' | 'title' | 'text'> & {
    purpose: Purpose
    level: Level | null
    confidence: Confidence | null
    capacity: Capacity | null
    review_on: string | null
  }
  const { rows } = await sql<Row>`
    select f.id, a.purpose, f.level, f.confidence, f.capacity, f.review_on::text as review_on, f.finished_at as at,
      array[f.finished_by] as workers, f.data_class, f.handling::int as handling
    from assessment_finish f join assessment a on a.partnership_id = f.partnership_id and a.id = f.assessment_id
    where f.partnership_id = ${partnership} and f.subject_id = ${subject} and f.agency_id = ${agency}
    order by f.finished_at`.execute(tx)
  return rows.map(({ purpose, level, confidence, capacity, review_on, ...row }) => {
    const { questions, purposes, held } = w.assessment
    const said = [
      level && questions.level.codes[level],
      confidence && questions.confidence.codes[confidence],
      capacity && questions.capacity.codes[capacity],
      review_on,
    ]
    const text = said.filter(Boolean).join('\n')
    return { ...row, kind: 'assessment', title: fill(held.finish, { purpose: purposes[purpose] }), text }
  })
}

/** How the question was put; an answer to one that is not asked any more keeps its name. */
const questionOf = (w: Words, purpose: Purpose, field: string) => {
  const asks = asksOf(purpose).find(({ name }) => name === field) ?? ({ name: field, kind: 'words' } as const)
  const said: Said = (w.assessment.questions as Record<string, Said>)[field] ?? { label: field }
  return { asks, said }
}
