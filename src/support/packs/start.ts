import { agencyNames } from '../../partnership/index.ts'
import { asProduct, inTransaction, newId, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { emailAtWork, namesFor } from '../../staff/index.ts'
import { frameOn, identitiesOf, notAskedAgain, type SubjectFacts } from '../../subjects/index.ts'
import { rowOf } from '../plan/write.ts'
import { write } from '../writing/index.ts'
import type { Source } from './nrm.ts'

type Begun = { field: string; words: string; source: Source; source_at: Date }

/**
 * Starts a pack, with what is known already in it. Of who somebody is only what the viewer's own agency wrote down: that is
 * theirs to share, and what others hold is asked of them. Each such answer says where it is from.
 */
export const startPack = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: SubjectFacts,
  { at, today }: { at: Date; today: string },
): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const begun = await knownAlready(inner, keys, viewer, subject, { at, today })
    await asProduct(inner, async () => {
      await inner
        .insertInto('pack')
        .values({ ...rowOf(viewer, subject, id), kind: 'nrm', started_by: viewer.staff, started_at: at })
        .execute()
      for (const { field, source, source_at } of begun)
        await inner
          .insertInto('pack_prefill')
          .values({
            partnership_id: viewer.partnership,
            id: newId(),
            pack_id: id,
            subject_id: subject.id,
            agency_id: viewer.agency,
            field,
            source,
            source_at,
          })
          .execute()
    })
    const document = {
      id,
      subject_id: subject.id,
      adult_from: subject.adult_from,
      data_class: 'D6',
      handling: 0,
    } as const
    const typed = begun.map(({ field, words }) => ({ field, words, read: [] }))
    await write(inner, keys, viewer, document, { sitting: newId(), typed, event: 'pack started', at })
    await notAskedAgain(inner, viewer, subject.id, { form: 'nrm', questions: begun.length }, at)
    return id
  })

const knownAlready = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: SubjectFacts,
  { at, today }: { at: Date; today: string },
): Promise<Begun[]> => {
  const jobTitle = (await namesFor(tx, [viewer.staff])).get(viewer.staff)?.jobTitle ?? ''
  const agency = (await agencyNames(tx, [viewer.agency])).get(viewer.agency) ?? ''
  const identities = await identitiesOf(tx, keys, viewer.partnership, [subject.id])
  const own = identities.find(({ agency_id }) => agency_id === viewer.agency)
  const frame = frameOn(subject.adult_from, today)
  const all: (Omit<Begun, 'source_at'> & { source_at?: Date })[] = [
    { field: 'responder_name', words: viewer.name, source: 'account' },
    { field: 'responder_role', words: jobTitle, source: 'account' },
    { field: 'responder_email', words: await emailAtWork(tx, viewer.staff), source: 'account' },
    { field: 'organisation', words: agency, source: 'account' },
    { field: 'nation', words: 'England', source: 'account' },
    { field: 'own_reference', words: subject.reference, source: 'reference', source_at: subject.opened_at },
    { field: 'under18', words: { child: 'yes', adult: 'no', unknown: 'not sure' }[frame], source: 'birthday' },
    ...(own
      ? [
          { field: 'full_name', words: own.name, source: 'identity' as const, source_at: own.entered_at },
          { field: 'other_names', words: own.known_as, source: 'identity' as const, source_at: own.entered_at },
          { field: 'born', words: dayTyped(own.born_on), source: 'identity' as const, source_at: own.entered_at },
        ]
      : []),
  ]
  return all.filter(({ words }) => words !== '').map((one) => ({ source_at: at, ...one }))
}

/** '3/4/2009' of '2009-04-03', as an answer of the form keeps a date. */
const dayTyped = (date: string | null): string => (date ? date.split('-').map(Number).reverse().join('/') : '')
