import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordsIn } from '../web/words.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { noticed } from '../../test/noticed.ts'
import { businessKey, businessKeys, businessName, standardBusiness } from './business.ts'
import { decide, undo, type Answering } from './decide.ts'
import { proposalsFor } from './proposals.ts'
import { relinkAll } from './relink.ts'
import { sideBySide } from './side-by-side.ts'
import { weigh } from './weigh.ts'
import { nameInWords, waterfall } from './words.ts'

describe('a name', () => {
  test('is its words, without the law it was founded under, or what it trades as', () => {
    const said = ['Golden Fry Ltd', 'The GOLDEN FRY (Limited)', 'Kilsby Foods Ltd t/a Golden Fry', 'golden & fry co.']
    expect(new Set(said.map(businessName))).toEqual(new Set(['golden fry']))
    expect(businessName("Joe's Café")).toBe('joes cafe')
    expect(businessName('The Company')).toBe('the company')
  })

  test('is a key only where it tells one business, in whatever order', () => {
    expect(businessKey('Fry, the Golden')).toBe(businessKey('Golden Fry LLP'))
    expect(businessKey('the chip shop')).toBeUndefined()
  })
})

describe('two names', () => {
  const at = (name: string, postcode = '', address = '') => standardBusiness({ name, postcode, address })
  const compared = (one: ReturnType<typeof at>, other: ReturnType<typeof at>) => {
    const [found] = weigh(one, [other])
    const shared = businessKeys(one).some((key) => businessKeys(other).includes(key))
    return { ...found!, found: shared, level: found!.steps()[1]!.level }
  }

  test.each([
    ['Golden Fry Ltd', 'Golden Fry', 'same'],
    ['Golden Fry', 'The Golden Fry Fish Bar', 'same but for what such businesses call themselves'],
    ['Fry Golden', 'Golden Fry', 'same words in another order, or run together'],
    ['GoldenFry', 'Golden Fry', 'same words in another order, or run together'],
    ['Goldne Fry', 'Golden Fry', 'a slip of the pen apart'],
    ['Zylostop Nails', 'Zilostop Nail & Beauty', 'same but for what such businesses call themselves'],
    ['Copper Heron', 'The Copper Heron Hotel', 'same but for what such businesses call themselves'],
    ['Heron', 'Heron & Kilsby', 'one name within the other'],
  ])('%s and %s are found and proposed', (one, other, level) => {
    expect(compared(at(one, 'CV21 3AA'), at(other, 'CV21 3AA'))).toMatchObject({ found: true, level })
    expect(compared(at(one, 'CV21 3AA'), at(other, 'CV21 3AA')).band).not.toBe('below')
    expect(compared(at(one), at(other)).band).not.toBe('strong')
  })

  test('that are alike in another town are two', () => {
    expect(compared(at('Golden Fry', 'CV21 3AA'), at('Golden Fryer', 'B1 1AA')).band).toBe('below')
    expect(compared(at('Golden Fry', 'CV21 3AA'), at('Golden Dragon', 'CV21 3AA')).band).toBe('below')
    expect(compared(at('Premier Inn Rugby'), at('Premier Inn Nuneaton')).band).not.toBe('strong')
    expect(compared(at('Kilsby Motors', 'CV21 3AA'), at('Kilsby Tyres', 'CV21 3AA'))).toMatchObject({
      level: 'same name, another trade',
      band: 'look',
    })
  })

  test('of a chain are a question and never nearly certain, until both are said to be in one place', () => {
    const rugby = at('Kilsby Coffee', 'CV21 3AA')
    const far = compared(rugby, at('Kilsby Coffee', 'CV10 7BB'))
    expect([far.band, far.steps().map(({ level }) => level)]).toEqual([
      'look',
      ['', 'same', 'postcodes of one area only'],
    ])
    expect(far.steps()[2]!.weight).toBeLessThan(-3)
    expect(compared(rugby, at('Kilsby Coffee')).band).toBe('look')
    expect(compared(rugby, at('Kilsby Coffee', 'CV21 3AA')).band).toBe('strong')
    const [end, other] = [at('Kilsby Coffee', '', 'Lane End'), at('Kilsby Coffee', '', 'Mill Street, Rugby')]
    expect(compared(end, other).steps()[2]).toMatchObject({ level: 'no word of the address the same' })
  })

  test('that only say what is sold tell nothing by themselves', () => {
    expect(compared(at('The Chip Shop'), at('Chip Shop')).band).toBe('below')
    expect(compared(at('The Chip Shop', 'CV21 3AA'), at('Chip Shop', 'CV21 3AA')).band).toBe('look')
  })

  test('are told in words, and beside each other', () => {
    const [here, there] = [at('Golden Fry Ltd', 'CV21 3AA'), at('The Golden Fry Fish Bar', 'CV21 3AA')]
    const steps = weigh(here, [there])[0]!.steps()
    expect(waterfall(steps, { here, there }, wordsIn('en').joining).sentence).toBe(
      'Same name but for words that many such businesses use (Golden Fry here and Golden Fry Fish Bar there): strong; same postcode (CV213AA): strong.',
    )
    expect(nameInWords(there)).toBe('Golden Fry Fish Bar, CV213AA')
    expect(sideBySide(here, there, steps).map(({ field, compared: how }) => `${field}: ${how}`)).toEqual([
      'name: alike',
      'postcode: same',
    ])
  })
})

describe('a business in a concern', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse()
  })
  afterAll(() => house.close())

  const seenIn = async (business: string, more: object = {}) =>
    noticed(house, { about: 'business', details: [{ kind: 'business', said: business }], ...more })
  const proposed = async (concern: string) =>
    (
      await house.seen(house.as('dena'), (tx) =>
        proposalsFor(tx, house.house.keys, house.as('dena'), concern, house.clock.now),
      )
    ).filter(({ kind }) => kind === 'business')
  const say = (proposal: string, answer: Answering['answer']) =>
    house.seen(house.as('dena'), (tx) =>
      decide(tx, house.house.keys, house.as('dena'), proposal, {
        answer,
        why: 'I know the street',
        shown: ['one'],
        at: house.clock.now,
      }),
    )
  const relink = () => relinkAll(house.db, house.house.keys, house.cast.partnership, house.clock.now)

  test('is proposed as the one that another knows by another name, and joined and parted by an answer', async () => {
    const first = await seenIn('Golden Fry Ltd', { place: 'Golden Fry, Lane End', postcode: 'CV21 3AA' })
    const second = await seenIn('The Golden Fry Fish Bar', { postcode: 'CV21 3AA' })
    const [proposal, ...others] = await proposed(second.concern)
    expect(others).toEqual([])
    expect(proposal).toMatchObject({ band: 'strong', there: { concern: first.concern }, joined: false })
    const { decision } = (await say(proposal!.id, 'same')) as { decision: string }
    expect((await proposed(second.concern))[0]!.joined).toBe(true)
    await house.seen(house.as('dena'), (tx) =>
      undo(tx, house.house.keys, house.as('dena'), decision, { why: 'A mistake', at: house.clock.now }),
    )
    expect((await proposed(second.concern))[0]!.joined).toBe(false)
  })

  test('of one chain in two towns stays two, and stays so at night', async () => {
    const rugby = await seenIn('Kilsby Coffee House', { postcode: 'CV21 3AB' })
    const nuneaton = await seenIn('Kilsby Coffee House Ltd', { postcode: 'CV10 7BB' })
    const [proposal] = await proposed(nuneaton.concern)
    expect(proposal).toMatchObject({ band: 'look', there: { concern: rugby.concern }, joined: false })
    await say(proposal!.id, 'different')
    await relink()
    const again = await proposed(nuneaton.concern)
    expect(again.map(({ standing, joined }) => [standing?.answer, joined])).toEqual([['different', false]])
  })

  test('brings earlier concerns of the same name, and is one thing in the network only where somebody said so', async () => {
    const first = await seenIn('Wellhouse Tyres', { postcode: 'CV21 3AC' })
    const second = await seenIn('Wellhouse Tyres Limited', { postcode: 'CV21 3AD' })
    const dena = await house.browser('dena')
    const page = await dena.get(`/concerns/${second.concern}`)
    expect(page.text).toContain(first.reference)
    const network = async () => (await dena.get(`/network/${second.concern}`)).text
    expect(await network()).not.toContain(first.reference)
    const [proposal] = await proposed(second.concern)
    await say(proposal!.id, 'same')
    expect(await network()).toContain(first.reference)
  })
})
