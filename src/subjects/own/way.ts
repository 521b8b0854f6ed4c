import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  isId,
  makeCode,
  newId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { frameOn } from '../subject.ts'
import { openWords, sealWord } from '../sealed.ts'

export const holders = ['themself', 'parent', 'advocate'] as const
export type Holder = (typeof holders)[number]
export const handings = ['in their hand', 'by somebody they trust', 'read out'] as const
export type Handing = (typeof handings)[number]
/** Why a parent or an advocate may read something; none of it is needed for the person themself. */
export const grounds = ['the person agreed', 'parental responsibility', 'court', 'statutory advocate'] as const
export type Ground = (typeof grounds)[number]

/** The parts of the page. The person's own words are read by nobody else unless the person agreed. */
export const sections = ['story', 'voice', 'written', 'next', 'plan', 'circle', 'looked'] as const
export type SectionName = (typeof sections)[number]
export const ownWords: readonly SectionName[] = ['story', 'voice']

/** What may be chosen for somebody else on a ground. */
export const openOn = (ground: Ground | undefined): readonly SectionName[] =>
  ground === 'the person agreed' ? sections : sections.filter((one) => !ownWords.includes(one))

/** Parental responsibility ends at eighteen: then the person agrees anew, or a court has decided. */
export const groundsOn = (adult_from: string | null, today: string): readonly Ground[] =>
  frameOn(adult_from, today) === 'adult' ? grounds.filter((one) => one !== 'parental responsibility') : grounds

export type WaySaid = {
  holder: Holder
  handed: Handing
  days: number
  other: { name: string; ground: Ground; why: string; sections: readonly SectionName[] } | null
}

/**
 * Makes a way in and returns its code, the only copy there will ever be. Somebody else's ends on the eighteenth birthday
 * at the latest, because what was agreed for a child is agreed anew by an adult.
 */
export const makeWay = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  { holder, handed, days, other }: WaySaid,
  at: Date,
): Promise<{ code: string; expires_at: Date }> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = viewer
      const id = newId()
      const key = other && (await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject.id }))
      const expires_at = endOf(at, days, other ? subject.adult_from : null)
      const of = { partnership_id: partnership, agency_id: viewer.agency }
      let code: Awaited<ReturnType<typeof makeCode>>
      let made: bigint | undefined
      do {
        code = await makeCode(keys)
        const row = await inner
          .insertInto('own_way')
          .values({
            ...of,
            id,
            subject_id: subject.id,
            holder,
            name_sealed: key && sealWord(key, 'own_way', 'name', id, other!.name),
            why_sealed: key && sealWord(key, 'own_way', 'why', id, other!.why),
            key_id: key?.id,
            ground: other?.ground,
            handed,
            selector: code.selector,
            secret_hash: code.secret_hash,
            made_by: viewer.staff,
            made_at: at,
            expires_at,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        made = row.numInsertedOrUpdatedRows
      } while (made !== 1n)
      const chosen = other?.sections.filter((one) => openOn(other.ground).includes(one)) ?? []
      if (chosen.length > 0)
        await inner
          .insertInto('own_way_section')
          .values(chosen.map((section) => ({ ...of, way_id: id, section })))
          .execute()
      await record(inner, viewer, 'own way made', { kind: 'person', id: subject.id }, { way: id, holder })
      return { code: code.typed, expires_at }
    }),
  )

const endOf = (at: Date, days: number, adult_from: string | null): Date => {
  const end = new Date(at.getTime() + days * 86_400_000)
  const eighteen = adult_from === null ? null : new Date(`${adult_from}T00:00:00Z`)
  return eighteen && eighteen > at && eighteen < end ? eighteen : end
}

/** Ends a way in at once, with every page that stands open by it. @throws {NotFound} for one of somebody else */
export const endWay = (tx: Tx, viewer: StaffViewer, subject: string, way: string, at: Date): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(way)) throw new NotFound()
      const ended = await sql`update own_way set ended_at = ${at}, ended_by = ${viewer.staff}
        where partnership_id = ${viewer.partnership} and subject_id = ${subject} and id = ${way} and ended_at is null`.execute(
        inner,
      )
      if (!ended.numAffectedRows) throw new NotFound()
      await sql`delete from own_visit where partnership_id = ${viewer.partnership} and way_id = ${way}`.execute(inner)
      await record(inner, viewer, 'own way ended', { kind: 'person', id: subject }, { way })
    }),
  )

export type Way = {
  id: string
  holder: Holder
  name: string
  ground: Ground | null
  made_by: string
  made_at: Date
  expires_at: Date
  ended_at: Date | null
  sections: SectionName[]
}
/** The ways in that were made, the newest first. The caller came through the gate and is in the circle. */
export const waysOf = (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Way[]> =>
  asProduct(tx, async () => {
    type Row = Omit<Way, 'name'> & { name_sealed: Buffer | null; key_id: string | null }
    const { rows } = await sql<Row>`select w.id, w.holder, w.name_sealed, w.key_id, w.ground, w.made_by, w.made_at,
        w.expires_at, w.ended_at, array(select s.section from own_way_section s
          where s.partnership_id = w.partnership_id and s.way_id = w.id order by s.section) as sections
      from own_way w where w.partnership_id = ${partnership} and w.subject_id = ${subject}
      order by w.made_at desc, w.id limit 50`.execute(tx)
    const sealed = rows.filter((row): row is Row & { key_id: string } => row.key_id !== null)
    const opened = await openWords(tx, keys, partnership, { table: 'own_way', columns: ['name'], rows: sealed })
    const names = new Map(opened.map(({ id, name }) => [id, name]))
    return rows.map((way) => ({ ...way, name: names.get(way.id) ?? '' }))
  })
