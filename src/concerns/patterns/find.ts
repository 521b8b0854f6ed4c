import { sql } from 'kysely'
import { frontDoorAgency } from '../../partnership/index.ts'
import { abreast, newId, record, type Keys, type Tx, type Viewer } from '../../platform/index.ts'
import { hashedKey } from '../detail.ts'
import { erased, openRows, wrappedKey } from '../sealed.ts'
import { patternRules, type PatternRule } from './rule.ts'

/** A thing by its keyed hash, and the concerns in which it was said. */
type Hit = { kind: string; thing: Buffer; concerns: string[] }

const day_ms = 86_400_000

/**
 * Looks whether any rule that is on finds something, and writes down what is new. Runs as the product.
 * @param concern only what was said in this one; without it, everything
 * @returns how many patterns are new
 */
export const findPatterns = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { concern, now }: { concern?: string; now: Date },
): Promise<number> => {
  const [, rules] = await abreast(
    tx,
    // Two at once would each find it new.
    () => sql`select pg_advisory_xact_lock(715521, hashtext(${partnership}))`.execute(tx),
    () => patternRules(tx, partnership),
  )
  const on = rules.filter((rule) => rule.on)
  const hits = await abreast(
    tx,
    ...on.map((rule) => () => finders[rule.code](tx, { keys, partnership, rule, concern, now })),
  )
  let found = 0
  for (const [i, rule] of on.entries())
    for (const hit of hits[i]!) if (await keepPattern(tx, partnership, rule, hit, now)) found++
  return found
}

type Asked = { keys: Keys; partnership: string; rule: PatternRule; concern: string | undefined; now: Date }

/** Of a thing that this concern names; of any, where none is asked about. */
const here = ({ partnership, concern }: Asked) =>
  concern
    ? sql`and d.key in (select n.key from detail n where n.partnership_id = ${partnership} and n.concern_id = ${concern})`
    : sql``

/** The same plate in concerns of so many agencies. The public together counts as one. */
const samePlate = async (tx: Tx, asked: Asked): Promise<Hit[]> => {
  const { partnership, rule, now } = asked
  const { rows } = await sql<Hit>`
    select 'vehicle' as kind, d.key as thing, array_agg(distinct c.id) as concerns
    from concern c
    join detail d on d.partnership_id = c.partnership_id and d.concern_id = c.id
    where c.partnership_id = ${partnership} and c.received_at > ${since(now, rule.days)} and c.received_at <= ${now}
      and d.kind = 'vehicle' and d.key is not null ${here(asked)}
    group by d.key
    having count(distinct case when c.channel in ('professional', 'api') then c.agency_id::text else 'public' end) >= ${rule.least}`.execute(
    tx,
  )
  return rows
}

/** A postcode in so many concerns that nobody had named for long before. */
const newPlace = async (tx: Tx, asked: Asked): Promise<Hit[]> => {
  const { partnership, rule, now } = asked
  const from = since(now, rule.days)
  const { rows } = await sql<Hit>`
    select 'postcode' as kind, d.key as thing, array_agg(distinct c.id) as concerns
    from concern c
    join detail d on d.partnership_id = c.partnership_id and d.concern_id = c.id
    where c.partnership_id = ${partnership} and c.received_at > ${from} and c.received_at <= ${now}
      and d.kind = 'postcode' and d.key is not null ${here(asked)}
      and not exists (
        select from detail e join concern o on o.partnership_id = e.partnership_id and o.id = e.concern_id
        where e.partnership_id = d.partnership_id and e.kind = 'postcode' and e.key = d.key
          and o.received_at <= ${from} and o.received_at > ${since(from, rule.before_days ?? 0)})
    group by d.key having count(distinct c.id) >= ${rule.least}`.execute(tx)
  return rows
}

/** A phone in concerns about so many people who go missing, by a sign that says so. */
const phoneOfMissing = async (tx: Tx, asked: Asked): Promise<Hit[]> => {
  const { keys, partnership, rule, now } = asked
  const { rows } = await sql<Hit>`
    select 'phone' as kind, d.key as thing, array_agg(distinct c.id) as concerns
    from concern c
    join detail d on d.partnership_id = c.partnership_id and d.concern_id = c.id
    where c.partnership_id = ${partnership} and c.received_at > ${since(now, rule.days)} and c.received_at <= ${now}
      and d.kind = 'phone' and d.key is not null ${here(asked)}
      and exists (select from concern_sign s where s.partnership_id = c.partnership_id and s.concern_id = c.id
        and s.sign = any (${rule.signs}::text[]))
    group by d.key`.execute(tx)
  const hits: Hit[] = []
  for (const hit of rows) if ((await namedIn(tx, keys, partnership, hit.concerns)).size >= rule.least) hits.push(hit)
  return hits
}

/** The different names of those whom these concerns worry about. Whoever is not named may be any of the others. */
const namedIn = async (tx: Tx, keys: Keys, partnership: string, concerns: string[]): Promise<Set<string>> => {
  const people = await tx
    .selectFrom('concern_person')
    .select(['id', 'name', 'nickname', 'key_id'])
    .select(wrappedKey(partnership, 'concern_person.key_id').as('wrapped'))
    .where('partnership_id', '=', partnership)
    .where('concern_id', 'in', concerns)
    .where('part', '=', 'worried about')
    .execute()
  const open = await openRows(tx, keys, partnership, 'concern_person', people)
  return new Set(
    open
      .map(({ name, nickname }) => name || nickname)
      .filter((said) => said && said !== erased)
      .flatMap((said) => hashedKey(keys, partnership, { kind: 'name', said })?.toString('hex') ?? []),
  )
}

const finders = { 'same-plate': samePlate, 'new-place': newPlace, 'phone-of-missing': phoneOfMissing }

const since = (at: Date, days: number): Date => new Date(at.getTime() - days * day_ms)

/**
 * Writes a hit down: as a new pattern, or as further concerns of one that waits. What was answered comes back only when
 * a concern is there that the answer did not know.
 */
const keepPattern = async (
  tx: Tx,
  partnership: string,
  { code, least, days, before_days }: PatternRule,
  { kind, thing, concerns }: Hit,
  now: Date,
): Promise<boolean> => {
  const earlier = await sql<{ id: string; open: boolean; concerns: string[] }>`
    select p.id, a.pattern_id is null as open, array(select c.concern_id from pattern_concern c
      where c.partnership_id = p.partnership_id and c.pattern_id = p.id) as concerns
    from pattern p left join pattern_answer a on a.partnership_id = p.partnership_id and a.pattern_id = p.id
    where p.partnership_id = ${partnership} and p.code = ${code} and p.thing = ${thing}`.execute(tx)
  const waiting = earlier.rows.find(({ open }) => open)
  const known = new Set(earlier.rows.flatMap((row) => row.concerns))
  const fresh = concerns.filter((id) => !known.has(id))
  if (fresh.length === 0) return false
  const agency = await frontDoorAgency(tx, partnership)
  const id = waiting?.id ?? newId()
  if (!waiting) {
    const values = { partnership_id: partnership, id, code, agency_id: agency, thing_kind: kind, thing }
    await tx
      .insertInto('pattern')
      .values({ ...values, least, days, before_days, found_at: now })
      .execute()
  }
  await tx
    .insertInto('pattern_concern')
    .values(
      (waiting ? fresh : concerns).map((concern_id) => ({
        partnership_id: partnership,
        pattern_id: id,
        concern_id,
        agency_id: agency,
        added_at: now,
      })),
    )
    .execute()
  const viewer: Viewer = { kind: 'system', partnership }
  await record(tx, viewer, waiting ? 'pattern grew' : 'pattern found', { kind: 'pattern', id }, { code })
  return !waiting
}
