import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { chronicle } from '../../subjects/index.ts'
import { dayIn, standingByField, textOf, type Written } from '../writing/index.ts'
import { asksOf, neededFor, type Capacity, type Confidence, type Level } from './assessment.ts'
import type { Assessment } from './queries.ts'

/** What stands in the way of finishing: an answer that is needed, two texts that nobody made one, or a review in the past. */
export type Missing = { name: string; why: 'needed' | 'two texts' | 'no day' | 'past' }

export const missingIn = (assessment: Assessment, written: readonly Written[], today: string): Missing[] => {
  const standing = standingByField(written)
  return asksOf(assessment.purpose).flatMap(({ name, kind }): Missing[] => {
    const texts = standing.get(name) ?? []
    if (texts.length > 1) return [{ name, why: 'two texts' }]
    const words = textOf(texts)
    if (words.trim() === '') return neededFor(assessment.purpose).includes(name) ? [{ name, why: 'needed' }] : []
    if (kind !== 'date') return []
    const day = dayIn(words)
    return day === undefined ? [{ name, why: 'no day' }] : day < today ? [{ name, why: 'past' }] : []
  })
}

/**
 * Finishes it, with what is counted of it as columns. Nothing else follows from a judgement: nobody is closed by it. The
 * same again, after it was amended, is another row, and the latest counts.
 * @param entry what the chronology says of it
 * @throws {Error} while something is missing: the page says what before
 */
export const finishAssessment = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  assessment: Assessment,
  { written, entry, at, today }: { written: readonly Written[]; entry: string; at: Date; today: string },
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (missingIn(assessment, written, today).length)
      throw new Error('an assessment was finished with something missing')
    const standing = standingByField(written)
    const said = (name: string): string | null => textOf(standing.get(name)) || null
    const id = newId()
    await asProduct(inner, () =>
      inner
        .insertInto('assessment_finish')
        .values({
          partnership_id: viewer.partnership,
          id,
          assessment_id: assessment.id,
          subject_id: assessment.subject_id,
          agency_id: viewer.agency,
          adult_from: assessment.adult_from,
          level: said('level') as Level | null,
          confidence: said('confidence') as Confidence | null,
          capacity: said('capacity') as Capacity | null,
          review_on: dayIn(said('review_on') ?? '') ?? null,
          finished_by: viewer.staff,
          finished_at: at,
        })
        .execute(),
    )
    const { subject_id, adult_from, data_class, handling } = assessment
    const told = { kind: 'assessment', happened_at: at, words: entry, data_class, handling } as const
    const subject = { id: subject_id, adult_from }
    await chronicle(inner, keys, viewer, { subject, about: { kind: 'assessment', id: assessment.id }, ...told }, at)
    await record(
      inner,
      viewer,
      'assessment finished',
      { kind: 'person', id: subject_id },
      { assessment: assessment.id },
    )
  })
