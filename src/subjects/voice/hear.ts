import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { sealWord } from '../sealed.ts'
import { chooseReaders } from '../story/choose-readers.ts'
import { writtenBy, type Readers, type Writer } from '../story/story.ts'
import type { AbsenceReason, Channel, ExplainedHow, Stage } from './voice.ts'

/** What somebody said is told as concern facts are, but where it was said in something that fewer may read. */
type Class = 'D4' | 'D5'
type Subject = { id: string; adult_from: string | null }
export type VoiceSaid = {
  stage: Stage
  channel: Channel
  words: string
  wanted: string
  language: string
  heard_by: string
  heard_on: string
  data_class?: Class
} & Readers

/** Writes down what the person said at a stage, as they said it, with who may read it. @returns its id */
export const hear = (
  tx: Tx,
  keys: Keys,
  writer: Writer,
  subject: Subject,
  said: VoiceSaid,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = writer
      const { agency, staff } = writtenBy(writer)
      const id = newId()
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject.id })
      const seal = (column: 'words' | 'wanted' | 'language' | 'heard_by') =>
        sealWord(key, 'voice', column, id, said[column])
      await inner
        .insertInto('voice')
        .values({
          partnership_id: partnership,
          id,
          subject_id: subject.id,
          agency_id: agency,
          adult_from: subject.adult_from,
          stage: said.stage,
          channel: said.channel,
          words_sealed: seal('words')!,
          wanted_sealed: seal('wanted'),
          language_sealed: seal('language'),
          heard_by_sealed: seal('heard_by'),
          key_id: key.id,
          heard_on: said.heard_on,
          data_class: said.data_class ?? 'D4',
          entered_by: staff,
          entered_at: at,
        })
        .execute()
      await chooseReaders(inner, writer, subject, { row: id }, said, at)
      await record(inner, writer, 'voice heard', { kind: 'person', id: subject.id }, { voice: id, stage: said.stage })
      return id
    }),
  )

type Replied = { voice: string; did: string; explained: ExplainedHow | null; explained_on: string | null }
/** What came of what they said, and how it was explained back. Whoever calls reads what was said. */
export const reply = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Subject,
  { voice, did, explained, explained_on }: Replied,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      await inner
        .insertInto('voice_reply')
        .values({
          partnership_id: viewer.partnership,
          id,
          voice_id: voice,
          subject_id: subject.id,
          agency_id: viewer.agency,
          did_sealed: sealWord(key, 'voice_reply', 'did', id, did)!,
          key_id: key.id,
          explained,
          explained_on,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      const detail = { voice, explained: explained ?? 'not yet' }
      await record(inner, viewer, 'voice answered', { kind: 'person', id: subject.id }, detail)
    }),
  )

type NotHeard = { stage: Stage; reason: AbsenceReason; why: string; next_try_on: string; data_class?: Class }
/** Nobody heard them at a stage: why, and when it is tried again. */
export const couldNotHear = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Subject,
  { stage, reason, why, next_try_on, data_class = 'D4' }: NotHeard,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      await inner
        .insertInto('voice_absence')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject.id,
          agency_id: viewer.agency,
          adult_from: subject.adult_from,
          stage,
          reason,
          why_sealed: sealWord(key, 'voice_absence', 'why', id, why)!,
          key_id: key.id,
          next_try_on,
          data_class,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(inner, viewer, 'voice not heard', { kind: 'person', id: subject.id }, { stage, reason })
    }),
  )
