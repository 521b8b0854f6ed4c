import { statePurpose } from '../src/sharing/index.ts'
import { newId, record, type StaffViewer, type Tx } from '../src/platform/index.ts'
import type { Name } from './cast.ts'
import type { TestHouse } from './house.ts'
import { safeguarding } from './signed-for-cast.ts'

/** A person whose record children's social care opened: Lena leads, Hal is in the circle; both have said why they are here. */
export const openSubject = (
  house: TestHouse,
  parts: { reference?: string; adult_from?: string } = {},
): Promise<string> =>
  house.seen(house.system, async (tx) => {
    const { partnership, people } = house.cast
    const id = newId()
    const at = new Date(house.house.now().getTime() - 86_400_000)
    await tx
      .insertInto('subject')
      .values({
        partnership_id: partnership,
        id,
        agency_id: people.lena.agency,
        reference: parts.reference ?? `P-${id.slice(0, 8)}`,
        kind: 'person',
        adult_from: parts.adult_from,
        opened_by: people.lena.id,
        opened_at: at,
      })
      .execute()
    const works = ([name, role]: ['lena' | 'hal', string]) => ({
      partnership_id: partnership,
      id: newId(),
      subject_id: id,
      agency_id: people[name].agency,
      staff_id: people[name].id,
      role,
      from_at: at,
    })
    await tx
      .insertInto('involvement')
      .values([works(['lena', 'lead']), works(['hal', 'circle'])])
      .execute()
    const until = new Date(house.house.now().getTime() + 36_000_000)
    for (const name of ['lena', 'hal'] as const)
      await statePurpose(tx, house.as(name), id, { ...safeguarding, until }, at)
    return id
  })

/** Writes that somebody looked, as a page would. */
export const lookAs = (
  house: TestHouse,
  name: Name,
  subject: string,
  kind = 'person opened',
  detail: Record<string, string> = {},
): Promise<string> => {
  const viewer: StaffViewer = house.as(name)
  return house.seen(viewer, (tx: Tx) => record(tx, viewer, kind, { kind: 'person', id: subject }, detail))
}
