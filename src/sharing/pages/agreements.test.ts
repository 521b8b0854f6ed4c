import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agreementCalled, giveAgreement } from '../../../test/agreement.ts'
import { openTestHouse, type Browser, type Got, type TestHouse } from '../../../test/house.ts'

let house: TestHouse
let ada: Browser
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
  ada = await house.browser('ada')
})
afterAll(() => house.close())

const plain = ({ text }: Got): string =>
  text
    .slice(text.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

const clause = {
  effect: 'permit',
  title: 'Landlords learn what happened',
  suppliers: 'kind:childrens-social-care',
  recipients: 'kind:district-housing',
  purposes: 'housing',
  classes: 'D4',
  relationship: 'agency',
  age: 'any',
  handling: '0',
  bases: 'public-task',
}
const draftOf = async (code: string): Promise<string> => {
  const at = await agreementCalled(house, code)
  return (await ada.post(`${at}/draft`, {}, { from: at })).location
}

describe('what the law asks anyway', () => {
  test('stands in the register, says why nobody signs it, and is nobody’s to draft, join or sign', async () => {
    const listed = plain(await (await house.browser('gwen')).get('/agreements'))
    expect(listed).toContain('What the law already asks of a front door')
    expect(listed).toContain('Nobody signs it: it says no more than the law.')
    const at = await agreementCalled(house, 'T0')
    const got = await ada.get(at)
    expect(plain(got)).toContain('Nobody signs this. It says no more than the law already asks')
    expect(plain(got)).toContain(
      'Every agency may see D3 who somebody is, D4 facts of a concern and D5 assessment, voice and health summary',
    )
    for (const act of ['draft', 'join', 'sign', 'difference']) expect(got.text).not.toContain(`${at}/${act}"`)
    expect((await ada.get(`${at}/join`)).status).toBe(404)
    expect((await ada.post(`${at}/draft`, {}, { from: at })).status).toBe(404)
    const joins = { agency: house.cast.agencies['police']!, role: 'controller' }
    expect((await ada.post(`${at}/join`, joins, { from: at })).status).toBe(404)
  })

  test('is ended with a warning by an administrator alone, and put in force again by one', async () => {
    const at = await agreementCalled(house, 'T0')
    expect(plain(await ada.get(`${at}/lapse`))).toContain('nobody sees what arrives at the front door')
    expect((await ada.post(`${at}/lapse`, { ends: 'now' })).location).toContain('done=lapses')
    expect(plain(await (await house.browser('dena')).get('/queue'))).toContain('No clause in force opens it.')
    house.clock.now = new Date(house.clock.now.getTime() + 60_000)
    expect(plain(await ada.get(at))).toContain('Put it in force again')
    const mina = await house.browser('mina')
    expect((await mina.post(`${at}/again`, {}, { from: '/agreements' })).status).toBe(404)
    expect((await ada.post(`${at}/again`, {}, { from: at })).location).toContain('done=live')
    expect(plain(await (await house.browser('dena')).get('/queue'))).not.toContain('No clause in force opens it.')
    const other = await agreementCalled(house, 'T1')
    expect((await ada.post(`${other}/again`, {}, { from: other })).status).toBe(404)
  })
})

describe('the register', () => {
  test('tells a guardian who has signed, who never used it and whose contact is missing', async () => {
    const got = plain(await (await house.browser('gwen')).get('/agreements'))
    expect(got).toContain('Jobcentre Elmbridge has not signed.')
    expect(got).toContain('6 agencies have signed and their staff have not been briefed')
    expect(got).toContain('6 of 7 agencies have signed')
    expect(got).toContain('Nothing was refused.')
  })

  test('a practitioner reads what is agreed, without the list of whom to ring; a reporter finds nothing', async () => {
    const got = await (await house.browser('lena')).get('/agreements')
    expect(got.status).toBe(200)
    expect(plain(got)).not.toContain('What needs attention')
    expect((await (await house.browser('priya')).get('/agreements')).status).toBe(404)
    const otto = await house.browser('otto')
    const there = await otto.get(await agreementCalled(house, 'T1'), { host: 'oakshire.test' })
    expect(there.status).toBe(404)
  })

  test('marks the law that nobody has confirmed', async () => {
    const got = plain(await ada.get('/agreements/codes'))
    expect(got).toMatch(/section 16LA: duty to share \(from 29 April 2026\).*?To be checked/)
  })

  test('a version says each clause in a sentence', async () => {
    const got = plain(await ada.get(await agreementCalled(house, 'T2-HOME')))
    expect(got).toContain(
      'District council (housing) and registered provider (housing association) may see D4 facts of a concern from police force or unit',
    )
    expect(got).toContain('Only somebody who works with the person.')
  })
})

describe('a clause', () => {
  test('that is empty is told everything that is missing, and that contradicts a bar keeps what was typed', async () => {
    const at = `${await draftOf('T2-HOME')}/clauses/new`
    const empty = await ada.post(at, { effect: 'permit', relationship: 'none', age: 'any', handling: '0' })
    expect(empty.status).toBe(422)
    expect(plain(empty)).toContain('Select at least one class of information')
    const barred = await ada.post(at, { ...clause, classes: ['D4', 'D8'] })
    expect(barred.status).toBe(422)
    expect(plain(barred)).toContain('D8 Who reported it would still not be seen: T1 7')
    expect(barred.text).toContain('value="Landlords learn what happened"')
    expect((await ada.post(at, { ...clause, rogue: 'x' })).status).toBe(400)
  })

  test('somebody else’s change is not saved over unseen', async () => {
    const draft = await draftOf('T2-HOME')
    await ada.post(`${draft}/clauses/new`, clause)
    const ids = [...(await ada.get(draft)).text.matchAll(/clauses\/([0-9a-f-]{36})/g)].map(([, id]) => id!)
    const at = `${draft}/clauses/${ids.at(-1)!}`
    const seen = /name="seen" value="(\w+)"/.exec((await ada.get(at)).text)![1]!
    expect((await ada.post(at, { ...clause, seen, title: 'First' })).location).toContain('done=saved')
    const second = await ada.post(at, { ...clause, seen, title: 'Second' })
    expect(second.status).toBe(409)
    expect(second.text).toContain('value="Second"')
    expect(plain(second)).toContain('Somebody changed this clause while you were writing.')
  })

  test('is the administrator’s alone to write', async () => {
    const draft = await draftOf('T2-HOME')
    for (const name of ['gwen', 'mina', 'lena'] as const)
      expect((await (await house.browser(name)).get(`${draft}/clauses/new`)).status).toBe(404)
  })
})

describe('signing', () => {
  test('a manager signs for their own agency, having said that they may; the paper form is not theirs', async () => {
    const draft = await draftOf('T2-PANEL')
    await ada.post(`${draft}/offer`, {}, { from: `${draft}/difference` })
    const mina = await house.browser('mina')
    const at = `${draft}/sign`
    expect(plain(await mina.get(at))).not.toContain('Record a signature on paper')
    const empty = await mina.post(at, { job: '' })
    expect(empty.status).toBe(422)
    expect(plain(empty)).toContain('Confirm that you have read it and may sign')
    const forPolice = await mina.post(at, {
      way: 'paper',
      agency: house.cast.agencies['police']!,
      name: 'X Y',
      paperJob: 'Z',
    })
    expect(forPolice.status).not.toBe(303)
    expect((await mina.post(at, { job: 'Team manager', confirm: 'yes' })).location).toContain('done=signed')
    expect((await mina.post(at, { job: 'Team manager', confirm: 'yes' })).status).toBe(422)
  })

  test('going live names who stands in the way, and a wrong time is explained', async () => {
    const draft = await draftOf('T2-PANEL')
    const got = plain(await ada.get(`${draft}/live`))
    expect(got).toContain('Elmshire children’s social care lacks its second signature')
    expect(got).toContain('Elmshire Police has not signed')
    const wrong = await ada.post(`${draft}/live`, {
      begins: 'later',
      'from-day': '31',
      'from-month': '2',
      time: '25:00',
    })
    expect(wrong.status).toBe(422)
    expect(plain(wrong)).toContain('Enter a time on the 24-hour clock, such as 09:00')
  })
})

test('withdrawal asks why, and only the agency itself can sign again', async () => {
  const version = await agreementCalled(house, 'T2-CHILD')
  const at = `${version}/withdraw/${house.cast.agencies['childrens']!}`
  const empty = await ada.post(at, { why: ' ' })
  expect(empty.status).toBe(422)
  expect(plain(empty)).toContain('Enter why the signature is taken back')
  expect((await ada.post(at, { why: 'Their own review' })).location).toContain('done=withdrawn')
  // Pressed twice, or by somebody who was slower: it does not come back by that.
  expect((await ada.post(at, { why: 'Their own review' })).location).toContain('done=withdrawn')
  expect(plain(await ada.get(at))).toContain('Only somebody there who may sign for it can give it again')
  expect((await ada.post(at, { again: 'yes' }, { from: version })).status).toBe(404)
  const mina = await house.browser('mina')
  expect((await mina.post(at, { again: 'yes' })).location).toContain('done=returned')
  expect((await mina.get(`${version}/withdraw/${house.cast.agencies['police']!}`)).status).toBe(404)
})

test('whoever recorded one signature of an agency is told that somebody else records the other', async () => {
  const draft = await draftOf('T2-CRIME')
  await ada.post(`${draft}/offer`, {}, { from: `${draft}/difference` })
  const paper = (name: string) => ({ way: 'paper', agency: house.cast.agencies['police']!, name, paperJob: 'Director' })
  expect((await ada.post(`${draft}/sign`, paper('Ines Vale'))).location).toContain('done=signed')
  const second = await ada.post(`${draft}/sign`, paper('Ravi Stott'))
  expect(second.status).toBe(422)
  expect(plain(second)).toContain('You recorded the other signature of this agency')
  expect(second.text).toContain('value="Ravi Stott"')
  expect(plain(await ada.get(draft))).toContain('Ines Vale, Director (on paper, recorded by Ada Quill)')
})

test('contacts are kept, and a wrong day is explained', async () => {
  const version = await agreementCalled(house, 'T1')
  const at = `${version}/parties/${house.cast.agencies['police']!}`
  const facts = { contact: 'Ines Vale', contactReach: 'ines@police.example', 'until-day': '30', 'until-month': '2' }
  const wrong = await ada.post(at, { ...facts, 'until-year': '2027' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('value="Ines Vale"')
  await ada.post(at, { ...facts, 'until-day': '1', 'until-month': '12', 'until-year': '2026' })
  await ada.post(`${at}/briefed`, {}, { from: at })
  const got = plain(await ada.get('/agreements'))
  expect(got).toContain('The contact of Elmshire Police ends on 1 December 2026.')
  expect(got).toContain('Elmshire Police has no deputy for its contact.')
  expect(got).toContain('Elmshire Police has signed and nobody there has used it.')
})
