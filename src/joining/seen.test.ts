import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { noticed } from '../../test/noticed.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { asViewer } from '../platform/index.ts'
import { statePurpose } from '../sharing/index.ts'
import { identitySchema, openPerson } from '../subjects/index.ts'
import { noteIdentity } from './note-identity.ts'
import { proposalsFor } from './proposals.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house, ['hotel'])
})
afterAll(() => house.close())

const at = (): Date => house.clock.now
/** Somebody whom Dena of the front door works with. */
const known = async (name: string): Promise<string> => {
  const dena = house.as('dena')
  const said = identitySchema.parse({ name, born_on: '2011-03-14', address: '', postcode: '', phone: '07700 900555' })
  const subject = await house.seen(dena, (tx) => openPerson(tx, house.house.keys, dena, said, { as: 'lead', at: at() }))
  await house.seen(house.system, (tx) => noteIdentity(tx, house.house.keys, dena.partnership, subject, at()))
  return subject
}

test('whoever works with somebody sees who they are in a proposal once they have stated why, and of them alone', async () => {
  const dena = house.as('dena')
  const [one, other] = [await known('Marigold Pemberley'), await known('Marigold Pemberly')]
  const { concern } = await noticed(house, {
    about: 'one',
    people: [{ name: 'Marigold Pemberley', born_on: '2011-03-14', phone: '07700 900555' }],
  })
  // By the house's clock, as a page asks: what is stated ends by it.
  const told = () =>
    asViewer(
      house.db,
      dena,
      async (tx) => {
        const proposals = await proposalsFor(tx, house.house.keys, dena, concern, at())
        return proposals.flatMap(({ there }) => (there.standard?.kind === 'person' ? [there.subject] : [])).sort()
      },
      { now: at(), zone: 'Europe/London' },
    )
  const state = (subject: string) =>
    house.seen(dena, (tx) => {
      const until = new Date(at().getTime() + 3_600_000)
      return statePurpose(tx, dena, subject, { ...safeguarding, until }, at())
    })
  expect(await told()).toEqual([])
  await state(one)
  expect(await told()).toEqual([one])
  await state(other)
  expect(await told()).toEqual([one, other].sort())
})
