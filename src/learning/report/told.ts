import { textFields, type ReportContent, type TextField } from './content.ts'

/** What a report tells in one place, as one text: a field of the form, or one of its lists. */
export const places = [
  ...textFields.flatMap((field): Place[] => {
    if (field === 'issues_intro') return [field, 'issues']
    if (field === 'disruption_intro') return [field, 'disruption']
    return [field]
  }),
]
export type Place = TextField | 'issues' | 'disruption'

/** The same in prose (`prose.ts`), in the order of the form, to be compared and searched. */
export const toldIn = (content: ReportContent, place: Place): string => {
  if (place === 'issues') return content.issues.map(issueTold).join('\n')
  if (place === 'disruption') return content.disruption.map(changeTold).join('\n\n')
  return content[place]
}

const columns = { local: 'local area', delivering: 'those delivering', both: 'both' }
const issueTold = ({ whose, heading, number, words, below }: ReportContent['issues'][number]): string =>
  [
    heading && `${heading}\n`,
    `${number || '-'} ${words} (${columns[whose]})`,
    ...below.map((one) => `   ${one.number || '-'} ${one.words}`),
  ]
    .filter(Boolean)
    .join('\n')

const changeTold = ({ words, evidence, says }: ReportContent['disruption'][number]): string =>
  [`- ${words}`, evidence, says].filter(Boolean).join('\n')
