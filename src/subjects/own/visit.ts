import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import {
  become,
  fitsCode,
  newId,
  readCode,
  record,
  tokenHash,
  type Clock,
  type Keys,
  type PersonViewer,
  type Tx,
} from '../../platform/index.ts'
import { sections } from './way.ts'

export const idle_minutes = 15

type Row = {
  id: string
  subject_id: string
  agency_id: string
  holder: PersonViewer['as']
  sections: string[]
}
const columns = sql`w.id, w.subject_id, w.agency_id, w.holder, array(select s.section from own_way_section s
  where s.partnership_id = w.partnership_id and s.way_id = w.id) as sections`
const stands = (at: Date) => sql`w.expires_at > ${at} and w.ended_at is null
  and exists (select from subject b where b.partnership_id = w.partnership_id and b.id = w.subject_id and b.erased_at is null)`

/**
 * Opens the page that a typed code is for: remembers this browser for a quarter of an hour of reading and returns what
 * its cookie holds. Undefined for a code that is wrong, unknown, ended, expired or none at all alike, after the same work.
 */
export const openWay = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  typed: string,
  clock: Clock,
): Promise<string | undefined> => {
  const { selector, secret, isWhole } = readCode(typed)
  await become(tx, { kind: 'system', partnership })
  const { rows } = await sql<Row & { secret_hash: string; stands: boolean }>`
    select ${columns}, w.secret_hash, ${stands(clock.now)} as stands from own_way w
    where w.partnership_id = ${partnership} and w.selector = ${selector}`.execute(tx)
  const [way] = rows
  const fits = await fitsCode(keys, secret, way?.secret_hash)
  if (!way || !fits || !way.stands || !isWhole) {
    await become(tx, { kind: 'public', partnership })
    return undefined
  }
  const token = randomBytes(32).toString('base64url')
  await sql`delete from own_visit where partnership_id = ${partnership} and expires_at <= ${clock.now}`.execute(tx)
  await tx
    .insertInto('own_visit')
    .values({
      partnership_id: partnership,
      id: newId(),
      way_id: way.id,
      agency_id: way.agency_id,
      token_hash: tokenHash(keys, 'own visit', token),
      expires_at: idleFrom(clock.now),
    })
    .execute()
  const viewer = viewerOf(partnership, way)
  await record(tx, viewer, 'own page opened', { kind: 'person', id: way.subject_id }, { way: way.id, as: way.holder })
  await become(tx, { kind: 'public', partnership })
  return token
}

const idleFrom = (at: Date): Date => new Date(at.getTime() + idle_minutes * 60_000)

const viewerOf = (partnership: string, { id, subject_id, agency_id, holder, sections: chosen }: Row): PersonViewer => ({
  kind: 'person',
  partnership,
  subject: subject_id,
  way: id,
  through: agency_id,
  as: holder,
  sections: holder === 'themself' ? sections : chosen,
})

/** Makes the open transaction the person's own while the browser's visit stands. Undefined when it does not. */
export const becomePerson = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  token: string | undefined,
  clock: Clock,
): Promise<PersonViewer | undefined> => {
  if (!token) return undefined
  await become(tx, { kind: 'system', partnership })
  const hash = tokenHash(keys, 'own visit', token)
  const { rows } = await sql<Row>`
    with visit as (update own_visit v set expires_at = ${idleFrom(clock.now)} from own_way w
      where v.partnership_id = ${partnership} and v.token_hash = ${hash} and v.expires_at > ${clock.now}
        and w.partnership_id = v.partnership_id and w.id = v.way_id and ${stands(clock.now)} returning v.way_id)
    select ${columns} from own_way w join visit on w.id = visit.way_id where w.partnership_id = ${partnership}`.execute(
    tx,
  )
  const [way] = rows
  const viewer = way && viewerOf(partnership, way)
  await become(tx, viewer ?? { kind: 'public', partnership }, clock)
  return viewer
}

/** "I have finished": nothing of the visit is left. */
export const endVisit = async (tx: Tx, keys: Keys, partnership: string, token: string): Promise<void> => {
  await become(tx, { kind: 'system', partnership })
  await sql`delete from own_visit where partnership_id = ${partnership}
    and token_hash = ${tokenHash(keys, 'own visit', token)}`.execute(tx)
  await become(tx, { kind: 'public', partnership })
}
