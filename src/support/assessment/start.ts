import {
  asProduct,
  inTransaction,
  newId,
  record,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { fromStory, notAskedAgain } from '../../subjects/index.ts'
import { carryOver } from '../writing/index.ts'
import { factsOf, type Purpose } from './assessment.ts'
import { assessmentsOf } from './queries.ts'

/**
 * Starts one. What an earlier one of the same kind knew is carried over, what it judged is not; what the person has told
 * already is not asked again, and counted. Whoever calls came through the gate.
 * @returns its id
 */
export const startAssessment = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  purpose: Purpose,
  at: Date,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const earlier = (await assessmentsOf(tx, viewer.partnership, subject.id)).find(
      ({ finish, purpose: was }) => finish !== null && was !== 'capacity',
    )
    const from = purpose === 'capacity' ? undefined : earlier?.id
    const document = {
      id: newId(),
      subject_id: subject.id,
      adult_from: subject.adult_from,
      data_class: 'D5',
      handling: 0,
    } as const
    const { handling, ...of } = document
    await asProduct(tx, () =>
      tx
        .insertInto('assessment')
        .values({
          ...of,
          handling: String(handling),
          partnership_id: viewer.partnership,
          agency_id: viewer.agency,
          purpose,
          carried_from: from ?? null,
          started_by: viewer.staff,
          started_at: at,
        })
        .execute(),
    )
    if (from) await carryOver(tx, keys, viewer, { from, to: document, fields: factsOf(purpose) }, at)
    const told = await fromStory(tx, keys, viewer, subject.id)
    await notAskedAgain(tx, viewer, subject.id, { form: purpose, questions: told.size }, at)
    const about = { kind: 'person', id: subject.id }
    await record(tx, viewer, 'assessment started', about, { assessment: document.id, purpose })
    return document.id
  })
