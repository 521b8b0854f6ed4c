import { sql } from 'kysely'
import { z } from 'zod'
import story from '../content/demo/warwickshire.json' with { type: 'json' }
import { openPartnership, shippedPartnership } from './commands/partnership.ts'
import { demoActs } from './concerns/index.ts'
import { agencies } from './partnership/index.ts'
import { asViewer, become, type Role, type StaffViewer, type Tx, type Viewer } from './platform/index.ts'
import { addAccount } from './staff/index.ts'
import type { House } from './web/index.ts'

/**
 * Fills an empty database with something to try: the partnership that ships with the product, invented people who work
 * there, and two weeks of invented concerns, told by the same verbs that the pages use.
 */
export const loadDemo = async (house: House): Promise<void> => {
  const partnership = await openPartnership(house.db, shippedPartnership('warwickshire'), { isDefault: true, demo: true })
  const system: Viewer = { kind: 'system', partnership }
  await asViewer(house.db, system, async (tx) => {
    const codes = new Map((await agencies(tx, partnership)).map(({ code, id }) => [code, id]))
    const agency = (code: string): string => {
      const id = codes.get(code)
      if (!id) throw new Error(`The demo names the agency ${code}, which its partnership does not have.`)
      return id
    }
    const people = new Map<string, StaffViewer>()
    for (const { key, ...person } of story.people) people.set(key, await enter(tx, system, { ...person, agency: agency(person.agency) }))
    for (const concern of story.concerns) await play(tx, house, { system, people, agency }, concern)
  })
}
