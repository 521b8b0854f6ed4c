import { guidanceFor } from '../../../guidance/index.ts'
import { beside_each } from '../../../joining/index.ts'
import { agencyNames, calendarOf } from '../../../partnership/index.ts'
import { abreast, localDate, type StaffViewer } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import type { Ask } from '../../../web/index.ts'
import { joinsOf } from '../../joins.ts'
import { patternsWaiting } from '../../patterns/pattern.ts'
import type { Opened } from '../../opened.ts'
import { openDecisionDraft } from './decide/draft.ts'

/** Names and words from the rooms below, each asked once. */
export const factsOf = async (ask: Ask, worker: StaffViewer, opened: Opened) => {
  const joins = await joinsOf(ask.tx, ask.house.keys, worker, opened.concern.id, ask.house.now(), beside_each)
  const staff = [
    opened.holder,
    opened.concern.entered_by,
    ...opened.decisions.map(({ decided_by }) => decided_by),
    ...opened.checks.flatMap(({ asked_by, answered_by }) => [asked_by, answered_by]),
    ...joins.flatMap(({ decisions }) => decisions.flatMap(({ staff_id, undone_by }) => [staff_id, undone_by])),
    ...opened.messages.map(({ staff_id }) => staff_id),
    ...opened.events.flatMap(({ staff_id, detail }) => [
      staff_id,
      typeof detail['to'] === 'string' ? detail['to'] : null,
    ]),
  ]
  const those = [
    opened.concern.agency_id,
    ...joins.flatMap(({ there }) => [
      ...(there.agency ? [there.agency] : []),
      ...there.contacts.map(({ agency }) => agency),
    ]),
    ...opened.checks.map(({ asked_agency_id }) => asked_agency_id),
    ...opened.events.flatMap(({ agency_id, detail }) => [
      ...(agency_id ? [agency_id] : []),
      ...(typeof detail['told'] === 'string' ? [detail['told']] : []),
    ]),
  ]
  const [guidance, calendar, draft, patterns, people, agencies] = await abreast(
    ask.tx,
    () => guidanceFor(ask),
    () => calendarOf(ask.tx, worker.partnership),
    () => openDecisionDraft(ask, opened.concern.id),
    () => patternsWaiting(ask.tx, ask.house.keys, worker, opened.concern.id),
    () =>
      namesFor(
        ask.tx,
        staff.filter((id) => typeof id === 'string'),
      ),
    () => agencyNames(ask.tx, those),
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
