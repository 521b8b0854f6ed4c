import { agencies, type AgencyItem } from '../../partnership/index.ts'
import { involvedWith, registerOf, tiesOfEach, type Involved, type Register, type Ties } from '../../sharing/index.ts'
import { mayHearOf, subjectFacts, type SubjectFacts, type Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { invitations, type Invitation, type RuleCode } from './sitting.ts'

/** Somebody should be there for this person and is not asked: by which rule, and which agencies could be asked. */
export type Gap = { rule: RuleCode; subject: string; agencies: { id: string; name: string }[] }

/** A child from the day they are born, and who comes from adult services from 17 on: nobody is handed over on a birthday. */
const yearsBefore = (day: string, years: number): string => `${Number(day.slice(0, 4)) - years}${day.slice(4)}`

const counts = (when: Invitation['when'], adult_from: string | null, on: string): boolean => {
  switch (when) {
    case 'person':
    case 'works with them':
      return true
    case 'child':
      return adult_from === null || adult_from > on
    case 'from 17':
      return adult_from === null || yearsBefore(adult_from, 1) <= on
    case 'school age':
      return adult_from !== null && adult_from > on && yearsBefore(adult_from, 13) <= on
  }
}

/** The rules that count for a person on a day, whoever is asked. */
export const rulesFor = (adult_from: string | null, on: string): readonly Invitation[] =>
  invitations.filter(({ when }) => counts(when, adult_from, on))

/** Whoever asks, with what they are there for, and the day of the meeting. */
export type Here = Pick<Through, 'worker' | 'now' | 'today'> & { on: string }

/** One who is on an agenda, and who works with them as far as the agreement lets the viewer hear of it. */
export type Known = { facts: SubjectFacts; ties: Ties; involved: Involved[] }

/** What is known around those whom the viewer sees on an agenda. */
export const knownAmong = async (
  ask: Ask,
  { worker, now, today }: Here,
  subjects: readonly string[],
): Promise<{ register: Register; known: Known[] }> => {
  const { partnership } = worker
  const register = await registerOf(ask.tx, partnership)
  const each = await tiesOfEach(ask.tx, worker, subjects, now)
  const known: Known[] = []
  for (const id of subjects) {
    const subject = await subjectFacts(ask.tx, partnership, id)
    const ties = each.get(id)
    if (!subject || !ties) continue
    const at: Through = { kind: 'open', subject, worker, register, ties, cite: '', now, today }
    const involved = (await involvedWith(ask.tx, partnership, id, now)).filter(({ agency_id }) =>
      mayHearOf(at, agency_id),
    )
    known.push({ facts: subject, ties, involved })
  }
  return { register, known }
}

/** Who should be there for the people on an agenda, and is not asked. */
export const gapsAmong = async (
  ask: Ask,
  { worker, on }: Here,
  { known, asked }: { known: readonly Known[]; asked: ReadonlySet<string> },
): Promise<Gap[]> => {
  const all = await agencies(ask.tx, worker.partnership, { on })
  return known.flatMap(({ facts, involved }) => {
    if (facts.kind !== 'person') return []
    const near = involved.filter(({ role }) => role !== 'feed' && role !== 'triage' && role !== 'panel')
    const around = new Set(near.map(({ agency_id }) => agency_id))
    return eachOnce(gapsOf(facts, { on, all, around, asked }))
  })
}

/** An agency that more than one rule asks for is offered once, by the rule that says most about it: never by its work alone. */
const eachOnce = (gaps: readonly Gap[]): Gap[] => {
  const byRule = new Set(gaps.flatMap(({ rule, agencies: all }) => (rule === 'circle' ? [] : all.map(({ id }) => id))))
  return gaps
    .map((gap) =>
      gap.rule === 'circle' ? { ...gap, agencies: gap.agencies.filter(({ id }) => !byRule.has(id)) } : gap,
    )
    .filter(({ rule, agencies: left }) => rule !== 'circle' || left.length > 0)
}

type Around = { on: string; all: readonly AgencyItem[]; around: ReadonlySet<string>; asked: ReadonlySet<string> }
const gapsOf = ({ id: subject, adult_from }: SubjectFacts, { on, all, around, asked }: Around): Gap[] => {
  return rulesFor(adult_from, on).flatMap(({ code, agencies: kinds }): Gap[] => {
    if (code === 'circle') {
      const missing = all.filter(({ id }) => around.has(id) && !asked.has(id))
      return missing.length ? [{ rule: code, subject, agencies: missing }] : []
    }
    const fitting = all.filter(({ kind }) => kinds.includes(kind))
    const near = fitting.filter(({ id }) => around.has(id))
    // One that works with the person is the one that should come; without one, any of the kind.
    const should = near.length ? near : fitting
    return should.some(({ id }) => asked.has(id)) ? [] : [{ rule: code, subject, agencies: should }]
  })
}
