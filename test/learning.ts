import { newId, type Role, type StaffViewer } from '../src/platform/index.ts'
import { startSession } from '../src/staff/index.ts'
import { openBrowser, type Browser, type TestHouse } from './house.ts'

/**
 * Whoever works on learning, beside the cast: Nell leads for the county council, Ravi delivers for a programme that
 * supports areas, Iris chairs the partnership and belongs to no agency's work.
 */
const parts = {
  nell: { agency: 'council', name: 'Nell Harrow', title: 'Exploitation lead', roles: ['learning'] },
  ravi: { agency: 'programme', name: 'Ravi Menon', title: 'Project lead', roles: ['learning'] },
  iris: { agency: 'council', name: 'Iris Vale', title: 'Independent chair', roles: ['chair'] },
} as const satisfies Record<string, { agency: string; name: string; title: string; roles: readonly Role[] }>
type Learner = keyof typeof parts

export type Learners = {
  as: (name: Learner) => StaffViewer
  browser: (name: Learner) => Promise<Browser>
  programme: string
}

export const enterLearners = async (house: TestHouse): Promise<Learners> => {
  const { partnership, agencies } = house.cast
  const programme = newId()
  const viewers = await house.seen(house.system, async (tx) => {
    await tx
      .insertInto('agency')
      .values({
        partnership_id: partnership,
        id: programme,
        code: 'programme',
        name: 'Tandem Support Programme',
        kind: 'vcs-specialist',
        sector: 'voluntary',
      })
      .execute()
    const made = {} as Record<Learner, StaffViewer>
    for (const [name, part] of Object.entries(parts) as [Learner, (typeof parts)[Learner]][]) {
      const id = newId()
      const agency = part.agency === 'programme' ? programme : agencies[part.agency]!
      const account = { partnership_id: partnership, id, agency_id: agency, name: part.name, job_title: part.title }
      await tx
        .insertInto('account')
        .values({ ...account, email: `${name}@learning.example` })
        .execute()
      const granted = part.roles.map((role) => ({ partnership_id: partnership, id: newId(), account_id: id, role }))
      await tx.insertInto('role_grant').values(granted).execute()
      made[name] = {
        kind: 'staff',
        partnership,
        staff: id,
        agency,
        name: part.name,
        roles: part.roles,
        frontDoor: false,
      }
    }
    return made
  })
  return {
    programme,
    as: (name) => viewers[name],
    browser: async (name) => {
      const token = await house.seen(house.system, (tx) =>
        startSession(tx, house.house.keys, partnership, viewers[name].staff, house.house.now(), true),
      )
      return openBrowser(house.app, { session: token })
    },
  }
}
