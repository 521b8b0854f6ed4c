import type { TextField } from './content.ts'
import type { Place } from './told.ts'

/** The pages that a report is written on, in the order of the form. */
export const parts = [
  {
    part: 'details',
    fields: ['partnership_name', 'core_partners', 'authorities', 'region', 'size', 'methodology', 'commenced'],
  },
  { part: 'start', fields: ['reasons', 'aims', 'methods'] },
  { part: 'issues', fields: ['issues_intro'], list: 'issues' },
  { part: 'dots', fields: ['care', 'boundaries', 'complexity', 'dots'] },
  { part: 'learning', fields: ['learning'] },
  { part: 'disruption', fields: ['disruption_intro'], list: 'disruption' },
  { part: 'reflections', fields: ['reflections'] },
] as const satisfies readonly { part: string; fields: readonly TextField[]; list?: Place }[]
export type Part = (typeof parts)[number]
export type PartName = Part['part']

/** Where a field, a list or a part of one of its rows is written. */
export const partOf = (place: string): PartName =>
  parts.find((one) => (one.fields as readonly string[]).includes(place) || ('list' in one && one.list === place))
    ?.part ?? 'details'
