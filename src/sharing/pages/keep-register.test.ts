import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreementCalled, giveAgreement } from '../../../test/agreement.ts'
import { openTestHouse, type Browser, type Got, type TestHouse } from '../../../test/house.ts'

/** What the administrator keeps besides clauses: agreements themselves, who is in them, and the lists clauses speak of. */
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
const idOf = (code: string): Promise<string> =>
  house.seen(house.system, async (tx) => {
    const row = await tx.selectFrom('agreement').select('id').where('code', '=', code).executeTakeFirstOrThrow()
    return row.id
  })

test('an agreement is started as a draft, under another, with the agencies asked to sign', async () => {
  const { police, housing } = house.cast.agencies
  const asked = {
    title: 'Health visits',
    code: 'T2-HEALTH',
    summary: '',
    under: await idOf('T1'),
    agencies: [police!, housing!],
  }
  const send = (form: object) => ada.post('/agreements/new', { ...asked, ...form }, { from: '/agreements/new' })
  const wrong = await send({ code: 'health!', title: '' })
  expect(wrong.status).toBe(422)
  expect(plain(wrong)).toContain('Enter a short code of 2 to 20 capital letters, numbers and hyphens')
  expect(wrong.text).toContain('value="health!"')
  expect(wrong.text).toMatch(new RegExp(`value="${police!}"[^>]* checked`))
  const taken = await send({ code: 'T2-HOME' })
  expect([taken.status, plain(taken).includes('Another agreement has this code')]).toEqual([422, true])
  const made = await send({})
  const page = plain(await ada.get(made.location))
  expect(page).toContain('Health visits')
  expect(page).toContain('Elmshire Police')
  expect(page).toContain('Draft')
})

test('an agency is added to a draft and taken out again, and joins one in force by its own signatures', async () => {
  const draft = await agreementCalled(house, 'T2-HEALTH')
  const school = house.cast.agencies['school']!
  const join = (at: string, form = { agency: school, role: 'controller' }) =>
    ada.post(`${at}/join`, form, { from: `${at}/join` })
  expect((await join(draft, { agency: house.cast.agencies['police']!, role: '' })).status).toBe(422)
  expect((await join(draft)).location).toContain('done=joined')
  expect(plain(await ada.get(draft))).toContain('Ash Hill School')
  expect((await ada.post(`${draft}/parties/${school}/remove`, {}, { from: draft })).location).toContain('done=left')
  expect(plain(await ada.get(draft))).not.toContain('Ash Hill School')

  const inForce = await agreementCalled(house, 'T2-HOME')
  const before = await house.seen(house.system, (tx) => tx.selectFrom('effective_grant').select('clause_id').execute())
  const late = { agency: house.cast.agencies['hotel']!, role: 'controller' }
  expect((await join(inForce, late)).location).toContain('done=joined')
  const row = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('party')
      .select('founding')
      .where('version_id', '=', inForce.split('/').at(-1)!)
      .where('agency_id', '=', late.agency)
      .executeTakeFirstOrThrow(),
  )
  expect(row.founding).toBe(false)
  const after = await house.seen(house.system, (tx) => tx.selectFrom('effective_grant').select('clause_id').execute())
  expect(after.length).toBe(before.length)
  expect((await ada.post(`${inForce}/parties/${late.agency}/remove`, {}, { from: inForce })).location).toContain(
    'not=fixed',
  )
})

test('an agency that has ended is asked to sign nothing', async () => {
  await house.seen(house.system, (tx) =>
    tx.updateTable('agency').set({ valid_to: '2026-11-01' }).where('id', '=', house.cast.agencies['hotel']!).execute(),
  )
  const hotel = `value="${house.cast.agencies['hotel']!}"`
  const draft = await agreementCalled(house, 'T2-HEALTH')
  for (const path of ['/agreements/new', `${draft}/join`]) {
    const { text } = await ada.get(path)
    expect(text, path).not.toContain(hotel)
    expect(text, path).toContain(`value="${house.cast.agencies['school']!}"`)
  }
})

const day = (name: string, text: string) => {
  const [year, month, date] = text.split('-')
  return { [`${name}-day`]: date!, [`${name}-month`]: month!, [`${name}-year`]: year! }
}

test('a row is added to a list, said in other words from a day on, confirmed and ended; every earlier row stays', async () => {
  const at = '/agreements/codes/condition/para-99'
  const added = { list: 'condition', code: 'para-99', label: 'A new condition', note: '', ...day('from', '2026-11-01') }
  const add = (form: object) =>
    ada.post('/agreements/codes/new', { ...added, ...form }, { from: '/agreements/codes/new' })
  expect(plain(await add({ label: '', ...day('from', '2026-13-01') }))).toMatch(/Enter what people read.*real date/i)
  expect((await add({})).location).toContain('done=code')
  expect((await add({})).status).toBe(422)
  const revise = (from: string) =>
    ada.post(at, { label: 'The newer words', note: '', ...day('from', from) }, { from: at })
  expect((await revise('2026-11-01')).status).toBe(422)
  expect((await revise('2026-11-20')).location).toContain('done=code')
  expect((await ada.post(`${at}/confirmed`, {}, { from: at })).location).toContain('done=codeConfirmed')
  const end = (last: string) => ada.post(`${at}/end`, day('last', last), { from: at })
  expect((await end('2026-11-19')).status).toBe(422)
  expect((await end('2026-12-31')).location).toContain('done=codeEnded')
  const rows = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('sharing_code')
      .select(['label', 'valid_from', 'valid_to', 'checked'])
      .where('code', '=', 'para-99')
      .orderBy('valid_from')
      .execute(),
  )
  expect(rows).toEqual([
    { label: 'A new condition', valid_from: '2026-11-01', valid_to: '2026-11-19', checked: false },
    { label: 'The newer words', valid_from: '2026-11-20', valid_to: '2026-12-31', checked: true },
  ])
  expect(plain(await ada.get('/agreements/codes/basis/public-task'))).toContain('T2-CHILD 1')
})

test('words that begin on a later day are not read before it, on the clause or where it is chosen', async () => {
  const at = '/agreements/codes/basis/public-task'
  const version = await agreementCalled(house, 'T2-CHILD')
  const shown = async () => plain(await ada.get(version)).includes('Words of next year')
  await ada.post(at, { label: 'Words of next year', note: '', ...day('from', '2027-01-01') }, { from: at })
  const now = house.clock.now
  expect(await shown()).toBe(false)
  house.clock.now = new Date('2026-12-31T23:59:00Z')
  expect(await shown()).toBe(false)
  house.clock.now = new Date('2027-01-01T00:00:00Z')
  ada = await house.browser('ada')
  expect(await shown()).toBe(true)
  house.clock.now = now
  ada = await house.browser('ada')
})

test('nobody but an administrator keeps any of it', async () => {
  const lena = await house.browser('lena')
  for (const path of ['/agreements/new', '/agreements/codes/new', '/agreements/codes/basis/public-task'])
    expect((await lena.get(path)).status, path).toBe(404)
})
