import { hasRole, type StaffViewer, type Tx } from '../../../platform/index.ts'
import { namesFor, standingOf } from '../../../staff/index.ts'

/** Who may own a trial: anybody of the viewer's agency who can sign in, and learning leads of the others. */
export const ownersFor = async (tx: Tx, viewer: StaffViewer, at: Date): Promise<{ value: string; text: string }[]> => {
  const ids = (await tx.selectFrom('account').select('id').execute()).map(({ id }) => id)
  const names = await namesFor(tx, ids)
  const standing = await standingOf(tx, ids, at)
  return [...names]
    .flatMap(([value, { name, jobTitle, agency }]) => {
      const there = standing.get(value)
      const may = there?.isOpen && (there.agency === viewer.agency || there.roles.includes('learning'))
      return may ? [{ value, text: `${name}, ${jobTitle}, ${agency}` }] : []
    })
    .sort((a, b) => a.text.localeCompare(b.text))
}

/** Learning leads, and whoever owns it. */
export const mayTry = (viewer: StaffViewer, { owner }: { owner: string }): boolean =>
  owner === viewer.staff || hasRole(viewer, 'learning')
