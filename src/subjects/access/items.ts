import { sql } from 'kysely'
import { asProduct, type Tx } from '../../platform/index.ts'
import { fill, type House } from '../../web/index.ts'
import type { DataClass, Handling } from '../../sharing/index.ts'
import { disputesOf } from '../dispute.ts'
import { meetingsHeld, type HeldMeeting } from '../meetings/held.ts'
import { day } from '../pages/said.tsx'
import { openEntry, openSource, openIdentities, type Identity } from '../sealed.ts'
import type { KnownFrom, Significance } from '../subject.ts'
import { disclosuresHeld } from './disclosures.ts'
import { namingsOf, reasonsHeld } from './reasons.ts'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'
import { storyHeld } from './story.ts'
import { mattersHeld } from './matters.ts'
import { ownPageHeld } from './own-page.ts'
import { voiceHeld } from './voice.ts'
import { warningsHeld } from './warnings.ts'
import type { Known } from './third-parties.ts'

export type Items = { items: Item[]; known: Known }

/** Everything the agency supplied about the person, item by item, as far as this viewer may read it; and who else holds something. */
export const itemsOf = (tx: Tx, sought: Sought, heldAbove: House['heldAbove']): Promise<Items> =>
  asProduct(tx, async () => {
    const identities = await identitiesHeld(tx, sought)
    const { meetings, outsiders } = await meetingsHeld(tx, sought.keys, sought.at.viewer.partnership, {
      subject: sought.at.subject.id,
      agency: sought.request.agency_id,
    })
    const above = await heldAbove(tx, sought.keys, {
      partnership: sought.at.viewer.partnership,
      subject: sought.at.subject.id,
      agency: sought.request.agency_id,
      words: sought.words,
    })
    const items = [
      ...identities.map((one) => identityItem(sought, one)),
      ...(await entriesHeld(tx, sought)),
      ...(await disclosuresHeld(tx, sought)),
      ...meetings.map((one) => meetingItem(sought, one)),
      ...(await storyHeld(tx, sought)),
      ...(await voiceHeld(tx, sought)),
      ...above.map(({ kind, id, title, at, text, data_class, handling }) =>
        readable(
          sought,
          { kind: (kind ?? 'plan') as Item['kind'], id, title, at, text },
          data_class as DataClass,
          handling as Handling,
        ),
      ),
      ...(await warningsHeld(tx, sought)),
      ...(await mattersHeld(tx, sought)),
      ...(await ownPageHeld(tx, sought)),
      ...(await reasonsHeld(tx, sought)),
      ...(await suppliersOf(tx, sought)),
    ]
    const own = identities.flatMap((one) => [one.name, one.known_as, one.address, one.phone, one.nhs_number])
    const { workers, organisations } = await whoIsOnRecord(
      tx,
      sought,
      above.flatMap((one) => one.workers),
    )
    // The names of the boxes stand in an identity's text like names.
    const {
      new: fields,
      meetings: { one },
    } = sought.words.subjects
    const boxes = [fields.born, fields.known_as, fields.pronouns, fields.other_reference, fields.nhs_number, one.where]
    return { items, known: { own, workers, organisations: [...organisations, ...boxes], others: outsiders } }
  })

const identitiesHeld = async (tx: Tx, { keys, request, at }: Sought): Promise<Identity[]> => {
  const rows = await tx
    .selectFrom('identity')
    .selectAll()
    .where('partnership_id', '=', at.viewer.partnership)
    .where('subject_id', '=', at.subject.id)
    .where('agency_id', '=', request.agency_id)
    .orderBy('entered_at')
    .execute()
  return openIdentities(tx, keys, at.viewer.partnership, rows)
}

const identityItem = (sought: Sought, one: Identity): Item => {
  const { new: fields } = sought.words.subjects
  const lines = [
    [fields.name, one.name],
    [fields.known_as, one.known_as],
    [fields.pronouns, one.pronouns],
    [fields.born, one.born_on],
    [fields.address, one.address],
    [fields.phone, one.phone],
    [fields.nhs_number, one.nhs_number],
    [fields.other_reference, one.other_reference],
  ]
  const text = lines.flatMap(([label, said]) => (said ? [`${label}: ${said}`] : [])).join('\n')
  const title = sought.words.rights.access.kinds.identity
  return readable(sought, { kind: 'identity', id: one.id, title, at: one.entered_at, text }, 'D3', 0)
}

const entriesHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at, words } = sought
  const { rows } = await sql<Held & Marked & { words_sealed: Buffer; source_sealed: Buffer | null }>`
    select e.id, e.kind, e.happened_at as at, e.data_class, e.handling::int as handling, e.words_sealed, e.source_sealed,
      e.key_id, e.known_from,
      (select s.significance from entry_significance s where s.partnership_id = e.partnership_id and s.entry_id = e.id
        order by s.chosen_at desc, s.id desc limit 1) as significance,
      (select p.pinned_at from entry_pin p where p.partnership_id = e.partnership_id and p.entry_id = e.id
        and p.ended_at is null) as pinned_at
    from entry e where e.partnership_id = ${at.viewer.partnership} and e.subject_id = ${at.subject.id}
      and e.agency_id = ${request.agency_id}
    order by e.happened_at, e.id`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  const disputes = await disputesOf(tx, keys, at.viewer.partnership, at.subject.id)
  const namings = await namingsOf(
    tx,
    sought,
    rows.flatMap(({ id, handling }) => (handling === 2 ? [id] : [])),
  )
  const kinds: Record<string, string> = words.subjects.entryKinds
  return rows.flatMap((row) => {
    const key = opened.get(row.key_id)
    if (!key) return []
    const from = openSource(key, row.id, row.source_sealed)
    const source = from && `\n${fill(words.rights.access.source, { source: from })}`
    const heard = disputes
      .filter(({ entry_id }) => entry_id === row.id)
      .flatMap(({ words: said, why }) => [
        `\n${fill(words.rights.access.said, { words: said })}`,
        why && `\n${fill(words.rights.access.saidAnswer, { why })}`,
      ])
    const named = (namings.get(row.id) ?? []).map((line) => `\n${line}`)
    const marks = marksOf(sought, row).map((line) => `\n${line}`)
    const text = [openEntry(key, row.id, row.words_sealed), source, ...marks, ...heard, ...named]
      .filter(Boolean)
      .join('')
    const title = kinds[row.kind] ?? row.kind
    return [readable(sought, { kind: 'entry', id: row.id, title, at: row.at, text }, row.data_class, row.handling)]
  })
}

type Marked = { known_from: KnownFrom | null; significance: Significance | null; pinned_at: Date | null }

/** What stands beside an entry in codes: how it is known, what somebody chose it to mean, since when it is kept in view. */
const marksOf = ({ words }: Sought, { known_from, significance, pinned_at }: Marked): string[] => {
  const { subjects, rights } = words
  return [
    known_from && fill(rights.access.knownFrom, { how: subjects.knownFrom[known_from] }),
    significance && fill(rights.access.weighed, { significance: subjects.significances[significance] }),
    pinned_at && fill(rights.access.pinned, { day: day(pinned_at.toISOString().slice(0, 10)) }),
  ].filter((line) => line !== null)
}

const meetingItem = (sought: Sought, { id, kind, at, data_class, handling, place, words }: HeldMeeting): Item => {
  const { kinds, one } = sought.words.subjects.meetings
  const text = [words, `${one.where}: ${place}`].filter(Boolean).join('\n')
  return readable(sought, { kind: 'meeting', id, title: kinds[kind], at, text }, data_class, handling)
}

/**
 * Other agencies that supplied something: the person is referred to them. One whose every row is restricted or for the
 * circle alone, or a meeting against crime, is not named here, since to be told of it would tell.
 */
const suppliersOf = async (tx: Tx, { at, request }: Sought): Promise<Item[]> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct g.id, g.name from subjects_facts f
      join agency g on g.partnership_id = f.partnership_id and g.id = f.agency_id
    where f.partnership_id = ${at.viewer.partnership} and f.subject_id = ${at.subject.id}
      and f.agency_id <> ${request.agency_id} and f.handling::int = 0 and f.data_class < 'D7'
      and coalesce(f.purpose, '') not in ('crime', 'immigration')
    order by g.name, g.id`.execute(tx)
  return rows.map(({ id, name }) => ({ kind: 'supplier', id, title: name, at: null, text: name, resource: null }))
}

const whoIsOnRecord = async (
  tx: Tx,
  { at }: Sought,
  above: readonly string[],
): Promise<Pick<Known, 'workers' | 'organisations'>> => {
  const of = sql`partnership_id = ${at.viewer.partnership} and subject_id = ${at.subject.id}`
  const { rows: workers } = await sql<{ name: string }>`
    select name from account where partnership_id = ${at.viewer.partnership} and (id = any(${above}::uuid[]) or id in (
      select staff_id from involvement where ${of} union select entered_by from entry where ${of}
      union select entered_by from identity where ${of}
      union select entered_by from warning where ${of} union select reviewed_by from warning_review where ${of}
      union select chosen_by from entry_significance where ${of} union select pinned_by from entry_pin where ${of}
      union select entered_by from story_card where ${of} union select entered_by from story_note where ${of}
      union select entered_by from voice where ${of} union select entered_by from voice_absence where ${of}
      union select entered_by from relationship where ${of} union select staff_id from relationship where ${of}
      union select ended_by from relationship_end where ${of} union select said_by from handover where ${of}
      union select entered_by from trusted_choice where ${of} union select staff_id from trusted_choice where ${of}
      union select backup_staff_id from trusted_choice where ${of}
      union select staff_id from meeting_attendee where ${of} union select staff_id from named_person where ${of}
      union select staff_id from involvement_asked where ${of} union select staff_id from break_glass where ${of}
      union select reviewed_by from break_glass_review where ${of}))`.execute(tx)
  const { rows: organisations } = await sql<{ name: string }>`
    select name from agency where partnership_id = ${at.viewer.partnership}
    union select name from area where partnership_id = ${at.viewer.partnership}`.execute(tx)
  return { workers: workers.map(({ name }) => name), organisations: organisations.map(({ name }) => name) }
}
