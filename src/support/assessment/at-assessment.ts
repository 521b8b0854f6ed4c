import { localDate } from '../../platform/index.ts'
import { decide, type DataClass } from '../../sharing/index.ts'
import { aboutPerson, enter, frameOn, restrictedIn, type Through } from '../../subjects/index.ts'
import { keptPage, type About, type Answer, type Ask } from '../../web/index.ts'
import type { Said, Written } from '../writing/index.ts'
import { assessmentFor, type Assessment } from './queries.ts'

export type AtAssessment = { kind: 'at'; at: Through; assessment: Assessment; base: string }

/** Through the gate of the person to one assessment of theirs. @throws {NotFound} */
export const atAssessment = async (ask: Ask): Promise<AtAssessment | { kind: 'answer'; answer: Answer }> => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return Object.keys(ask.form).length ? ended(ask) : at
  const assessment = await assessmentFor(ask.tx, at.worker.partnership, at.subject.id, ask.params['assessment'])
  return { kind: 'at', at, assessment, base: `${listOf(at)}/${assessment.id}` }
}

/** The purpose ended while they wrote: nothing of it is lost, and it can be sent again once it is stated anew. */
const ended = (ask: Ask) => ({ kind: 'answer', answer: keptPage(ask, 409, ask.w.subjects.add.ended) }) as const

export const listOf = ({ subject }: Through): string => `/people/${subject.id}/assessments`

/** What the event of a look says, with the restricted classes among what was shown. */
export const aboutAssessment = (at: Through, shown: readonly Assessment[], written: readonly Written[]): About => {
  const about = aboutPerson(at)
  const rows = [
    ...shown.map(({ started_by, data_class, handling }) => ({ entered_by: started_by, data_class, handling })),
    ...written.map(({ written_by }) => ({ entered_by: written_by, data_class: 'D5', handling: 0 }) as const),
  ]
  const restricted = restrictedIn(rows, at.worker, at.ties)
  return { ...about, detail: { ...about.detail, ...(restricted && { restricted }) } }
}

/** Whether this viewer would read what they write: nobody writes what is then shut to them. */
export const mayWrite = (
  { worker, subject, today, register, ties, now }: Through,
  dataClass: DataClass = 'D5',
): boolean => {
  const age = frameOn(subject.adult_from, today)
  const resource = { supplier: worker.agency, dataClass, age, handling: 0 } as const
  const asker = { active: true, agency: worker.agency, stated: worker.stated }
  const context = { ...ties, register, now, named: false, secondApprover: false }
  return decide(asker, 'view', resource, context).effect === 'allow'
}

/** The eighteenth birthday, where it passed while the assessment was open: the law that counts is another now. */
export const birthdayMeanwhile = (ask: Ask, { at, assessment }: AtAssessment): string | undefined => {
  const { adult_from } = at.subject
  const began = frameOn(adult_from, localDate(assessment.started_at, ask.place.zone))
  return began === 'child' && frameOn(adult_from, at.today) === 'adult' ? adult_from! : undefined
}

/** How a question is put. */
export const saidOf = ({ w }: Ask, name: string): Said => (w.assessment.questions as Record<string, Said>)[name]!
