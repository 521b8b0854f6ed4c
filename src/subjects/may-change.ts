import { agencies, type AgencyItem } from '../partnership/index.ts'
import { agenciesUnder, decide, involvedWith, type Involved } from '../sharing/index.ts'
import { agenciesWithPeople, standingOf } from '../staff/index.ts'
import type { Ask } from '../web/index.ts'
import { workers, worksWithPeople } from './approach.ts'
import type { Through } from './gate.ts'
import { frameOn } from './subject.ts'

/*
 * Who may change who works with a person. Break-glass counts for nothing here: it stands in for the relationship for an
 * hour and does not make one.
 */
export type MayChange = {
  /** Ask others in: the lead and the trusted adult anybody, the circle colleagues of their own agency. */
  add: 'anybody' | 'own agency' | false
  /** Say of oneself that one works with the person: where the agreement lets one in without the glass. */
  claim: boolean
  /** Name a lead or a trusted adult: those two themselves, and the circle where nobody leads who could. */
  lead: boolean
}

export const mayChange = async (ask: Ask, at: Through): Promise<MayChange> => {
  const { closeness } = at.ties
  return {
    add: closeness === 3 ? 'anybody' : closeness === 2 && 'own agency',
    claim: closeness < 2 && isLetInWithoutGlass(at),
    lead: closeness === 3 || (closeness === 2 && !(await isLed(ask, at))),
  }
}

const isLetInWithoutGlass = (at: Through): boolean => {
  const asker = { active: true, agency: at.worker.agency, stated: at.worker.stated }
  const age = frameOn(at.subject.adult_from, at.today)
  const resource = { supplier: at.subject.supplier, dataClass: 'D3', age, handling: at.subject.handling } as const
  const context = { ...at.ties, brokenGlass: false, register: at.register, now: at.now, named: false }
  return decide(asker, 'view', resource, { ...context, secondApprover: false }).effect === 'allow'
}

const isLed = async (ask: Ask, at: Through): Promise<boolean> => {
  const live = await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)
  const leads = live.flatMap(({ role, staff_id }) => (role === 'lead' && staff_id ? [staff_id] : []))
  const standing = await standingOf(ask.tx, leads, at.now)
  return leads.some((staff) => {
    const lead = standing.get(staff)
    return lead?.isOpen && worksWithPeople(lead)
  })
}

/** One's own part, that of a colleague of one's agency, and for those who lead everybody's. What a list says, it ends. */
export const mayEnd = (at: Through, one: Involved): boolean =>
  one.role !== 'feed' &&
  (one.staff_id === at.worker.staff ||
    at.ties.closeness === 3 ||
    (at.ties.closeness === 2 && one.agency_id === at.worker.agency))

/** Whose people may be asked in: agencies that have signed, today, and have somebody for whom a record opens. */
export const agenciesToAsk = async (ask: Ask, at: Through, may: MayChange['add']): Promise<AgencyItem[]> => {
  const under = agenciesUnder(at.register, at.now)
  const there = await agenciesWithPeople(ask.tx, workers)
  const all = await agencies(ask.tx, ask.place.id, { on: at.today })
  return all.filter(({ id }) => under.has(id) && there.has(id) && (may === 'anybody' || id === at.worker.agency))
}
