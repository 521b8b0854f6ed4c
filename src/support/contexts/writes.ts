import { sql } from 'kysely'
import { asProduct, inTransaction, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import {
  addWritten,
  dayIn,
  readWritten,
  standingByField,
  textOf,
  type Document,
  type Question as Asks,
  type Written,
} from '../writing/index.ts'
import { questions, type ContextAssessment, type Question } from './context.ts'

export const assessmentWritten = 'context assessment written'
export const reviewAsked = { name: 'review', kind: 'date' } as const satisfies Asks

/** What the form asks: its answers are written, by several people and in several sittings. */
export const asks: readonly Asks[] = [
  ...questions.map((name) => ({ name, kind: 'words', rows: 4 }) as const),
  reviewAsked,
]

/** What is known of a context is one document for as long as there is the context: nothing is written beside a later one. */
export const documentOf = ({ id, adult_from }: { id: string; adult_from: string | null }): Document => ({
  id,
  subject_id: id,
  adult_from,
  data_class: 'D4',
  handling: 0,
})

type Of = readonly [tx: Tx, keys: Keys, partnership: string, subject: string]

/** The texts that stand; where nobody has written here yet they are those of the assessment that counts. */
export const textsIn = async (of: Of, latest: ContextAssessment | undefined): Promise<Written[]> => {
  const written = await readWritten(...of)
  return written.length > 0 || !latest ? written : textsOf(latest)
}

const textsOf = (assessment: ContextAssessment): Written[] =>
  questions
    .filter((question) => assessment[question])
    .map((field) => ({
      id: `${assessment.id}-${field}`,
      field,
      version: 1,
      words: assessment[field],
      agency_id: assessment.agency_id,
      written_by: assessment.assessed_by,
      written_at: assessment.assessed_at,
      replaced_at: null,
      carried_from: assessment.id,
      sitting: assessment.id,
    }))

/** Puts down what `textsIn` showed, before the first of it is changed: so that what is typed follows it. */
export const beginFrom = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  document: Document,
  latest: ContextAssessment | undefined,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      // One after the other: two who begin at once would put it down twice.
      await sql`select from subject where partnership_id = ${viewer.partnership} and id = ${document.id} for update`.execute(
        inner,
      )
      if (!latest || (await readWritten(inner, keys, viewer.partnership, document.id)).length > 0) return
      const add = await addWritten(inner, keys, viewer, document)
      for (const { id: _, carried_from, ...text } of textsOf(latest))
        await add({ ...text, carried_from: carried_from! })
    }),
  )

export type Standing = { words: Record<Question, string>; review: string }

export const standingIn = (written: readonly Written[], latest: ContextAssessment | undefined): Standing => {
  const texts = standingByField(written)
  const words = questions.map((question) => [question, textOf(texts.get(question))])
  const day = textOf(texts.get(reviewAsked.name))
  // The day of the assessment that counts is not offered as the day of the next one.
  const review = latest && dayIn(day) === latest.review_on ? '' : day
  return { words: Object.fromEntries(words) as Record<Question, string>, review }
}

/** Whoever wrote last in what nobody has kept yet. */
export const unkeptIn = (written: readonly Written[], latest: ContextAssessment | undefined): Written | undefined => {
  const { words } = standingIn(written, latest)
  if (questions.every((question) => words[question].trim() === (latest?.[question] ?? '').trim())) return undefined
  return written
    .filter(({ field }) => field !== reviewAsked.name)
    .sort((a, b) => b.written_at.getTime() - a.written_at.getTime())[0]
}
