import { agencyNames } from '../../partnership/index.ts'
import type { StaffViewer } from '../../platform/index.ts'
import { codesOf, labelOf, type Alert, type Code, type InvolvementRole } from '../../sharing/index.ts'
import { namesFor, type Named } from '../../staff/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { referencesOf } from '../queries.ts'

/** What the sentences about some alerts need, asked once. */
export type AlertWords = {
  names: Map<string, Named>
  references: Map<string, string>
  agencies: Map<string, string>
  codes: readonly Code[]
}

export const wordsFor = async (ask: Ask, alerts: readonly Alert[]): Promise<AlertWords> => ({
  names: await namesFor(
    ask.tx,
    alerts.flatMap(({ caused_by, answered_by }) => [caused_by, answered_by ?? '']),
  ),
  references: await referencesOf(
    ask.tx,
    ask.viewer as StaffViewer,
    alerts.flatMap(({ subject_id }) => subject_id ?? []),
  ),
  agencies: await agencyNames(
    ask.tx,
    alerts.map(({ agency_id }) => agency_id),
  ),
  codes: await codesOf(ask.tx, ask.place.id),
})

/** What happened, in one sentence. It names the record by its reference and nobody who is helped. */
export const whatHappened = (ask: Ask, alert: Alert, { names, references, agencies, codes }: AlertWords): string => {
  const words = ask.w.alerts
  const who = names.get(alert.caused_by)
  return fill(words.what[alert.kind], {
    name: who?.name ?? words.gone,
    agency: who?.agency ?? '',
    owner: agencies.get(alert.agency_id) ?? '',
    reference: references.get(alert.subject_id ?? '') ?? words.record,
    role: alert.role ? ask.w.subjects.roles[alert.role as InvolvementRole].toLowerCase() : '',
    purpose: alert.purpose ? labelOf(codes, 'purpose', alert.purpose) : words.unsaid,
    classes: alert.classes.map((one) => (one === 'circle' ? words.circle : labelOf(codes, 'class', one))).join('; '),
    people: alert.people ?? '',
    minutes: alert.minutes ?? '',
  })
}
