import type { Stage } from './project.ts'
import type { State } from './state.ts'

/** Something that a project lacks to go on: which sentence, about whom, and on which page of the project it is put right. */
export type Lack = { what: LackKind; who: readonly string[]; where: string }
export type LackKind =
  | 'application'
  | 'partners'
  | 'contact'
  | 'leaders'
  | 'unheard'
  | 'differences'
  | 'aims'
  | 'specification'
  | 'sponsors'
  | 'sponsor agencies'
  | 'not agreed'
  | 'session'
  | 'attendance'
  | 'log'
  | 'report'
  | 'signatures'

/** How many partners, leaders and sponsors are several. */
const several = 2

/**
 * What is missing before a project may go on from its stage. A sponsor's yes counts for the versions that stand; that of
 * the single point of contact is welcome and counts as none of the two, or one person could carry the whole of it.
 */
export const missingOf = (state: State, today: string): Lack[] => lacks[state.project.stage](state, today)

const lack = (missing: boolean, what: LackKind, where: string, who: readonly string[] = []): Lack[] =>
  missing ? [{ what, where, who }] : []
const agenciesOf = (some: readonly { agency_id: string }[]): number =>
  new Set(some.map(({ agency_id }) => agency_id)).size

const lacks: Record<Stage, (state: State, today: string) => Lack[]> = {
  application: ({ application, agreements, members }) => [
    ...lack(!application, 'application', '/apply'),
    ...lack(agenciesOf(agreements) < several, 'partners', '/apply'),
    ...lack(!members.some(({ part }) => part === 'contact'), 'contact', '/people'),
  ],
  scoping: ({ leaders, differences }) => {
    const unheard = leaders.filter(({ said }) => !said)
    const open = differences.filter(({ settled }) => settled === null)
    return [
      ...lack(agenciesOf(leaders.filter(({ said }) => said)) < several, 'leaders', '/scoping'),
      ...lack(
        unheard.length > 0,
        'unheard',
        '/scoping',
        unheard.map(({ name }) => name),
      ),
      ...lack(
        open.length > 0,
        'differences',
        '/scoping',
        open.map(({ words }) => words),
      ),
    ]
  },
  specification: (state) => {
    const { aims, specification, sponsors } = state
    const waiting = sponsors.filter((one) => !hasAgreed(state, one))
    return [
      ...lack(aims.length === 0, 'aims', '/specification'),
      ...lack(!specification, 'specification', '/specification'),
      ...lack(sponsors.length < several, 'sponsors', '/specification'),
      ...lack(sponsors.length >= several && !agreedBySeveral(state), 'sponsor agencies', '/specification'),
      ...lack(
        waiting.length > 0,
        'not agreed',
        '/specification',
        waiting.map(({ name }) => name),
      ),
    ]
  },
  delivery: ({ sessions, groups, log }, today) => {
    const held = sessions.filter(({ held_on }) => held_on <= today)
    const unsaid = held.filter(({ id }) => !groups.some((one) => one.session_id === id && one.came !== null))
    return [
      ...lack(held.length === 0, 'session', '/sessions'),
      ...lack(
        unsaid.length > 0,
        'attendance',
        '/sessions',
        unsaid.map(({ purpose }) => purpose),
      ),
      ...lack(log.contributions.length === 0, 'log', '/log'),
    ]
  },
  learning: ({ report }) => lack(report.state === 'none', 'report', ''),
  'sign-off': ({ report }) => lack(!['signed', 'published'].includes(report.state), 'signatures', ''),
  publication: () => [],
}

/** Whether a sponsor said yes to what stands now. */
export const hasAgreed = ({ aims, specification }: State, { agreed }: State['sponsors'][number]): boolean =>
  agreed !== null && agreed.specification === specification?.version && agreed.aims === aims.at(-1)?.version

/** Whether at least two sponsors of different agencies agree, without counting the single point of contact. */
export const agreedBySeveral = (state: State): boolean => {
  const contacts = state.members.filter(({ part }) => part === 'contact').map(({ account_id }) => account_id)
  const agreed = state.sponsors.filter(
    (one) => hasAgreed(state, one) && !(one.account_id && contacts.includes(one.account_id)),
  )
  return agenciesOf(agreed) >= several
}
