import { guidanceFor } from '../../../guidance/index.ts'
import { beside_each, proposalsFor } from '../../../joining/index.ts'
import { agencyNames, calendarOf } from '../../../partnership/index.ts'
import { abreast, isId, localDate, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import type { Ask } from '../../../web/index.ts'
import { asJoins } from '../../joins.ts'
import { patternsWaiting } from '../../patterns/pattern.ts'
import { openedConcern } from '../../opened.ts'
import { openDecisionDraft } from './decide/draft.ts'

/**
 * Everything a concern's page shows, with names and words from the rooms below. What does not wait for something else is
 * asked at once: each time the database is waited for costs the page, and whoever waits behind it.
 * @throws {NotFound} for a concern that is not there, or not theirs
 */
export const factsOf = async (ask: Ask, worker: StaffViewer, concern: string) => {
  if (!isId(concern)) throw new NotFound()
  const { tx } = ask
  const { keys } = ask.house
  const [opened, proposals, guidance, calendar, draft, patterns] = await abreast(
    tx,
    () => openedConcern(tx, keys, worker, concern),
    () => proposalsFor(tx, keys, worker, concern, ask.house.now(), beside_each),
    () => guidanceFor(ask),
    () => calendarOf(tx, worker.partnership),
    () => openDecisionDraft(ask, concern),
    () => patternsWaiting(tx, keys, worker, concern),
  )
  const staff = [
    opened.holder,
    opened.concern.entered_by,
    ...opened.decisions.map(({ decided_by }) => decided_by),
    ...opened.checks.flatMap(({ asked_by, answered_by }) => [asked_by, answered_by]),
    ...proposals.flatMap(({ decisions }) => decisions.flatMap(({ staff_id, undone_by }) => [staff_id, undone_by])),
    ...opened.messages.map(({ staff_id }) => staff_id),
    ...opened.events.flatMap(({ staff_id, detail }) => [
      staff_id,
      typeof detail['to'] === 'string' ? detail['to'] : null,
    ]),
  ]
  const those = [
    opened.concern.agency_id,
    ...proposals.flatMap(({ there }) => [
      ...(there.agency ? [there.agency] : []),
      ...there.contacts.map(({ agency }) => agency),
    ]),
    ...opened.checks.map(({ asked_agency_id }) => asked_agency_id),
    ...opened.events.flatMap(({ agency_id, detail }) => [
      ...(agency_id ? [agency_id] : []),
      ...(typeof detail['told'] === 'string' ? [detail['told']] : []),
    ]),
  ]
  const [joins, people, agencies] = await abreast(
    tx,
    () => asJoins(tx, worker, proposals, { concern: opened.concern.id }),
    () =>
      namesFor(
        tx,
        staff.filter((id) => typeof id === 'string'),
      ),
    () => agencyNames(tx, those),
  )
  return {
    ...opened,
    joins,
    worker,
    calendar,
    today: localDate(ask.house.now(), ask.place.zone),
    setting: guidance.settings.find(({ code }) => code === opened.concern.setting)?.name ?? opened.concern.setting,
    signs: opened.signs.map((sign) => guidance.signs.find(({ code }) => code === sign)?.text ?? sign),
    draft,
    patterns,
    who: (id: string | null | undefined) =>
      !id ? ask.w.duty.nobody : id === worker.staff ? ask.w.duty.you : (people.get(id)?.name ?? ask.w.duty.someone),
    named: (id: string | null) => (id ? (people.get(id)?.name ?? ask.w.duty.someone) : ask.w.duty.system),
    agency: (id: string | null) => (id ? (agencies.get(id) ?? '') : ''),
  }
}
export type Facts = Awaited<ReturnType<typeof factsOf>>
export type Props = { ask: Ask; facts: Facts }
