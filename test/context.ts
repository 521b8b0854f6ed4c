import type { Name } from './cast.ts'
import type { TestHouse } from './house.ts'
import { openContext, openPerson, identitySchema } from '../src/subjects/index.ts'
import { assess } from '../src/support/contexts/assess.ts'
import { close, reopen } from '../src/support/contexts/close.ts'
import { nameGuardian } from '../src/support/contexts/guardians.ts'
import { linkConcern, linkPerson } from '../src/support/contexts/link.ts'
import { addSpot, sayOfSpot } from '../src/support/contexts/map.ts'
import { peopleIn } from '../src/support/contexts/queries.ts'
import { addAction } from '../src/support/plan/act.ts'
import { holdReview } from '../src/support/plan/hold-review.ts'
import { startPlan } from '../src/support/plan/write.ts'
import { placeWords } from '../src/concerns/index.ts'
import { asProduct } from '../src/platform/index.ts'

/** A place with a row of everything: what is known, guardians, a map, a plan, somebody tied to it, closed once and open. */
export const oneContext = async (house: TestHouse, by: Name, concern: string, long = '') => {
  const viewer = house.as(by)
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(viewer, async (tx) => {
    const name = `The bus station ${long}`
    const name_words = placeWords(keys, viewer.partnership, name)
    const called = { kind: 'place', name, name_words, where: `Ash Hill ${long}`, area: null } as const
    const id = await openContext(tx, keys, viewer, called, { contact: '01632 960333', at })
    const facts = { id, adult_from: null }
    await startPlan(tx, viewer, facts, { kind: 'context', review_on: '2026-12-20' }, at)
    await linkConcern(tx, viewer, { subject: id, concern }, at)
    const asked = {
      happens: `Rides ${long}`,
      times: 'T',
      harmed: 'H',
      watched: 'W',
      easy: 'E',
      protects: '',
      unknown: 'U',
    }
    await assess(tx, keys, viewer, id, { words: asked, review_on: '2026-12-20' }, at)
    const role = { role: `Warden ${long}`, agency: null, elsewhere: 'The bus company', contact: 'C', does: 'D' }
    const guardian = await nameGuardian(tx, keys, viewer, id, role, at)
    const spots = []
    for (const [cell, feels] of [
      ['top left', 'not safe'],
      ['top left', 'sometimes'],
      ['middle', 'safe'],
      ['bottom', undefined],
    ] as const) {
      const spot = await addSpot(tx, keys, viewer, id, { name: `Bay ${long}`, cell }, at)
      spots.push(spot)
      for (const who of feels ? (['young people', 'worker'] as const) : []) {
        const said = { spot, who, feels: feels!, times: 'After school', words: `Dark ${long}`, said_on: '2026-11-20' }
        await sayOfSpot(tx, keys, viewer, id, said, at)
      }
    }
    const owner = { staff: viewer.staff, agency: viewer.agency }
    const todo = { part: 'the place', goal: null, words: `Light ${long}`, owner, due_on: '2026-11-01' } as const
    const action = await addAction(tx, keys, viewer, facts, todo, at)
    const review = { held_on: '2026-11-20', next_on: '2026-12-20', changed: 'C', decisions: 'D', person: { view: 'V' } }
    await holdReview(tx, keys, viewer, facts, { kind: 'context', ...review }, at)
    const said = identitySchema.parse({ name: 'Rowan Ash', born_on: '2011-06-01' })
    const person = await openPerson(tx, keys, viewer, said, { as: 'lead', at })
    const tied = { person, part: 'harmed or at risk', why: `W ${long}`, until_on: '2026-12-20' } as const
    await linkPerson(tx, keys, viewer, id, tied, at)
    await close(tx, keys, viewer, id, { why: 'W', used: 'U', signs: 'S' }, at)
    await reopen(tx, viewer, id, { keys, why: 'W' }, at)
    const [tie] = await asProduct(tx, () => peopleIn(tx, keys, viewer.partnership, id, '2026-11-23'))
    return { id, spot: spots[0]!, guardian, action, tie: tie!.id, answer: 'happens' }
  })
}
