import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  newId,
  openText,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import lists from '../../content/relationships.json' with { type: 'json' }

/** The few reasons for which a part ends without a joint meeting, and of those the ones that leave nothing to hand over. */
export const endWithout = ['died', 'never worked with them', 'mistake', 'left suddenly', 'not safe'] as const
export type EndWithout = (typeof endWithout)[number]
export const asksNothing = (without: string | null): boolean =>
  lists.handoverWithout.some(({ code, asks }) => code === without && asks === 'nothing')

/** What is said when somebody's part ends. The words are '' where nothing was said. */
export type HandoverSaid = {
  /** The day on which the person, whoever goes and whoever stays met. */
  met_on: string | null
  without: EndWithout | null
  /** What the person says of it, or why nobody knows: one of the two. */
  view: string
  unheard: string
  /** Who stays in touch with them. */
  stays: string
  /** The eighteenth birthday of the person: by it the agreement knows which of its clauses count. */
  adult_from: string | null
}

type Column = 'view' | 'unheard' | 'stays'

/** A place, a group or an online space is handed over without: nobody there is left behind. */
export const noPerson = 'no person'
export type HandoverCheck = HandoverSaid | typeof noPerson

/** Whether enough was said for a part to end; the page asks for the same, the database too. */
export const isHandedOver = ({ met_on, without, view, unheard, stays }: HandoverSaid): boolean => {
  const said = (words: string): boolean => /\S/.test(words)
  if ((met_on === null) === (without === null)) return false
  return asksNothing(without) || (said(stays) && said(view) !== said(unheard))
}

/** The row; whoever calls ends the part in the same transaction. @throws {Error} where a page let too little through */
export const keepHandover = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { involvement, subject }: { involvement: string; subject: string },
  said: HandoverCheck,
  at: Date,
): Promise<void> => {
  if (said === noPerson) return
  if (!isHandedOver(said)) throw new Error('A part ended without its handover check')
  const id = newId()
  const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject })
  const seal = (column: Column): Buffer | null =>
    /\S/.test(said[column]) ? sealText(key, { table: 'handover', column, row: id }, said[column]) : null
  await asProduct(tx, () =>
    tx
      .insertInto('handover')
      .values({
        partnership_id: viewer.partnership,
        id,
        involvement_id: involvement,
        subject_id: subject,
        agency_id: viewer.agency,
        adult_from: said.adult_from,
        without: said.without,
        met_on: said.met_on,
        view_sealed: seal('view'),
        unheard_sealed: seal('unheard'),
        stays_sealed: seal('stays'),
        key_id: key.id,
        said_by: viewer.staff,
        said_at: at,
      })
      .execute(),
  )
}

export type Handover = Omit<HandoverSaid, 'adult_from'> & {
  id: string
  involvement_id: string
  agency_id: string
  said_by: string
  said_at: Date
  data_class: string
  handling: number
}

/** Every handover of a person that row-level security shows this viewer, the latest first. */
export const handoversOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Handover[]> => {
  type Row = Omit<Handover, Column> & { key_id: string } & Record<`${Column}_sealed`, Buffer | null>
  const { rows } = await sql<Row>`
    select id, involvement_id, agency_id, without, met_on::text as met_on, said_by, said_at, key_id,
      data_class::text as data_class, handling::int as handling, view_sealed, unheard_sealed, stays_sealed
    from handover where partnership_id = ${partnership} and subject_id = ${subject} order by said_at desc, id`.execute(
    tx,
  )
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ key_id, view_sealed, unheard_sealed, stays_sealed, ...row }) => {
    const key = opened.get(key_id)
    if (!key) return []
    const open = (column: string, sealed: Buffer | null): string =>
      sealed ? openText(key, { table: 'handover', column, row: row.id }, sealed) : ''
    return [
      {
        ...row,
        view: open('view', view_sealed),
        unheard: open('unheard', unheard_sealed),
        stays: open('stays', stays_sealed),
      },
    ]
  })
}
