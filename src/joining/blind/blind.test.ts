import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { signForCast } from '../../../test/signed-for-cast.ts'
import { clkEncoder, type ClkPerson } from '../../linkage/index.ts'
import { newId } from '../../platform/index.ts'
import { involve } from '../../sharing/index.ts'
import { addApiClient } from '../../staff/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'
import { noteIdentity } from '../note-identity.ts'
import { most_a_day } from './ask.ts'
import { checksumOf, encodingsFile, keyedHash, newSecret } from './encodings.ts'
import { encodeForAll, knownPeople } from './known-people.ts'
import { makeSecret, permits, secretOf } from './permit.ts'

let house: TestHouse
let agreement: string
let kezia: string
let secret: Buffer
const keziaSaid = { given: 'Kezia', family: 'Thorne', born: '2010-06-01', postcode: 'LS1 4AP' }
const at = (): Date => house.clock.now

beforeAll(async () => {
  house = await openTestHouse()
  agreement = await signForCast(house, ['hotel'])
  const lena = house.as('lena')
  const said = identitySchema.parse({
    name: 'Kezia Thorne',
    born_on: '2010-06-01',
    address: '2 Mill Street',
    postcode: 'ls1 4ap',
  })
  kezia = await house.seen(lena, (tx) =>
    openPerson(tx, house.house.keys, lena, said, { as: 'lead', contact: '01632 960111', at: at() }),
  )
  await house.seen(house.system, (tx) => noteIdentity(tx, house.house.keys, house.cast.partnership, kezia, at()))
})
afterAll(() => house.close())

const codes = (people: readonly ClkPerson[], own = secret): string => {
  const encode = clkEncoder(keyedHash(own))
  return encodingsFile(
    checksumOf(own),
    people.map((person, i) => ({ line: i + 2, clk: encode(person).clk! })),
  )
}
const form = (file: string | undefined, why = 'Seen with an adult whom nobody here knows') => {
  const data = new FormData()
  data.set('why', why)
  if (file !== undefined) data.set('file', new Blob([file]), 'codes.json')
  return data
}
const words = (text: string): string =>
  text
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const answersIn = (text: string): string[] =>
  [...text.matchAll(/<strong class="govuk-tag[^"]*">\s*(Yes|No|Ask)\s*<\/strong>/g)].map(([, answer]) => answer!)
const asks = async (name: 'wes' | 'lena', file: string | undefined, why?: string) =>
  (await house.browser(name)).send('/blind', form(file, why), '/blind')
const events = (kind: string) =>
  house.seen(house.system, (tx) => tx.selectFrom('event').selectAll().where('kind', '=', kind).execute())

test('the page exists for an agency that may ask, and for nobody else', async () => {
  const [wes, ada] = [await house.browser('wes'), await house.browser('ada')]
  expect((await wes.get('/blind')).status).toBe(404)
  const wrong = await ada.post('/blind/agencies', { agency: '', agreement: '' })
  expect(wrong.status).toBe(422)
  expect(words(wrong.text)).toContain('Select an agreement that is in force')
  const hotel = await ada.post('/blind/agencies', { agency: house.cast.agencies['hotel']!, agreement })
  expect(words(hotel.text)).toContain('This agency has not signed that agreement')
  const dwp = { agency: house.cast.agencies['dwp']!, agreement }
  expect((await ada.post('/blind/agencies', dwp)).status).toBe(303)
  expect(words((await ada.post('/blind/agencies', dwp)).text)).toContain('This agency asks already')
  expect(words((await wes.get('/blind')).text)).toContain('The Elmshire agreement')
  expect((await (await house.browser('priya')).get('/blind')).status).toBe(404)
  expect((await wes.get('/blind/agencies')).status).toBe(404)
})

test('without a secret nothing is compared; with one it is sealed, and only its checksum is shown', async () => {
  secret = newSecret()
  expect(words((await asks('wes', codes([keziaSaid]))).text)).toContain('Your agency has no secret')
  const wes = house.as('wes')
  const [permit] = await house.seen(house.as('ada'), (tx) => permits(tx, house.as('ada')))
  secret = await house.seen(wes, (tx) => makeSecret(tx, house.house.keys, wes, permit!.id, at()))
  const row = await house.seen(house.system, (tx) =>
    tx.selectFrom('blind_secret').selectAll().executeTakeFirstOrThrow(),
  )
  expect(row.secret_sealed.includes(secret)).toBe(false)
  expect(await house.seen(wes, (tx) => tx.selectFrom('blind_secret').selectAll().execute())).toEqual([])
  const page = (await (await house.browser('wes')).get('/blind')).text
  expect(page).toContain(checksumOf(secret))
  expect(page).not.toContain(secret.toString('base64url'))
})

test('whoever is known elsewhere is answered yes, whoever may be is answered ask, and a stranger no', async () => {
  const { status, text } = await asks(
    'wes',
    codes([
      keziaSaid,
      { ...keziaSaid, given: 'KEZIA', born: '1/6/2010' },
      { ...keziaSaid, postcode: 'M1 1AA' },
      { ...keziaSaid, given: 'Naomi' },
      { ...keziaSaid, given: 'Tobias', family: 'Finch' },
    ]),
  )
  expect(status).toBe(200)
  expect(answersIn(text)).toEqual(['Yes', 'Yes', 'Ask', 'No', 'No'])
  // Never whose, which agency or how many, and no way to the person.
  for (const told of ['Kezia', 'Thorne', 'children’s', kezia, '/people/']) expect(text).not.toContain(told)
})

test('a question is counted, its reason sealed, and a yes stands in the log of the person', async () => {
  const [question] = await house.seen(house.system, (tx) => tx.selectFrom('blind_question').selectAll().execute())
  expect(question).toMatchObject({ people: 5, yes: 2, ask: 1 })
  expect(question!.why_sealed.toString('latin1')).not.toContain('adult')
  const [asked] = await events('blind question asked')
  expect(asked).toMatchObject({ staff_id: house.as('wes').staff, detail: { people: 5, yes: 2, ask: 1 } })
  expect((await events('known, answered blindly')).map(({ about_id }) => about_id)).toEqual([kezia])
})

test('what an agency knows itself is no answer, and a way on is shown to whom the agreement opens it', async () => {
  const ada = await house.browser('ada')
  for (const agency of ['childrens', 'housing'])
    await ada.post('/blind/agencies', { agency: house.cast.agencies[agency]!, agreement })
  const all = await house.seen(house.as('ada'), (tx) => permits(tx, house.as('ada')))
  for (const [name, agency, answer, involved] of [
    ['lena', 'childrens', 'No'],
    ['hal', 'housing', 'Yes'],
    ['hal', 'housing', 'Yes', 'involved'],
  ] as const) {
    const viewer = house.as(name)
    const { agency: of, staff } = viewer
    const part = { subject: kezia, agency: of, staff, role: 'circle' as const, contact: '', at: at() }
    if (involved) await house.seen(house.as('lena'), (tx) => involve(tx, house.as('lena'), part))
    const own = all.find(({ agency_id }) => agency_id === house.cast.agencies[agency])!
    const theirs = await house.seen(viewer, (tx) => makeSecret(tx, house.house.keys, viewer, own.id, at()))
    const { text } = await (await house.browser(name)).send('/blind', form(codes([keziaSaid], theirs)), '/blind')
    expect(answersIn(text), name).toEqual([answer])
    expect(text.includes(`/people/${kezia}`), name).toBe(involved !== undefined)
  }
})

test('while many are not encoded yet the answer is that it is not ready, never a wrong no', async () => {
  const { partnership, agencies } = house.cast
  const { keys } = house.house
  // A secret that nothing was encoded for yet, as after a start.
  const fresh = { id: newId(), secret: newSecret() }
  const known = (id = fresh, most?: number) =>
    house.seen(house.system, (tx) => knownPeople(tx, keys, partnership, agencies['dwp']!, id, most))
  expect(await known(fresh, 0)).toBe('not ready')
  expect(await known(fresh)).toHaveLength(1)
  const own = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('blind_secret')
      .select(['permit_id'])
      .where('agency_id', '=', agencies['dwp']!)
      .executeTakeFirstOrThrow(),
  )
  const renewed = await house.seen(house.as('wes'), (tx) => makeSecret(tx, keys, house.as('wes'), own.permit_id, at()))
  const secretNow = (await house.seen(house.system, (tx) => secretOf(tx, keys, partnership, own.permit_id)))!
  expect(await known(secretNow, 0)).toBe('not ready')
  await encodeForAll(house.db, keys)
  expect(await known(secretNow, 0)).toHaveLength(1)
  secret = renewed
})

test('wrong input comes back with what was typed, and why', async () => {
  const empty = await asks('wes', undefined, '')
  expect(empty.status).toBe(422)
  expect(words(empty.text)).toContain('Enter why you are asking')
  expect(words(empty.text)).toContain('Select the file that the program wrote')
  const broken = await asks('wes', '{"format":"trellis-clk/1"}', 'My reason')
  expect(broken.status).toBe(422)
  expect(broken.text).toContain('My reason')
  expect(words(broken.text)).toContain('not one that the program wrote')
  expect(words((await asks('wes', codes([keziaSaid], newSecret()))).text)).toContain('made with another secret')
})

test('a telephone book cannot be asked: so many people in a day', async () => {
  const many = Array.from({ length: most_a_day }, () => keziaSaid)
  const { status, text } = await asks('wes', codes(many))
  expect(status).toBe(422)
  expect(words(text)).toContain(`may ask about ${most_a_day - 5} more people today`)
  house.clock.now = new Date(at().getTime() + 25 * 3_600_000)
  expect((await asks('wes', codes(many))).status).toBe(200)
  expect((await asks('wes', codes([keziaSaid]))).status).toBe(422)
  house.clock.now = new Date(at().getTime() + 25 * 3_600_000)
})

test('whoever is withdrawn is known no more, though their codes were compared before', async () => {
  await house.seen(house.system, (tx) =>
    tx.updateTable('noted_record').set({ withdrawn_at: at() }).where('subject_id', '=', kezia).execute(),
  )
  expect(answersIn((await asks('wes', codes([keziaSaid]))).text)).toEqual(['No'])
})

test('a manager makes a secret that is shown once, and a new one ends the old', async () => {
  const mina = await house.browser('mina')
  const [first, second] = [await mina.post('/blind/secret'), await mina.post('/blind/secret')]
  const secretIn = (text: string) => /trellis-clk-1:[A-Za-z0-9_-]{43}/.exec(text)?.[0]
  expect(secretIn(first.text)).toBeTruthy()
  expect(secretIn(second.text)).not.toBe(secretIn(first.text))
  expect(secretIn((await mina.get('/blind/secret')).text)).toBeUndefined()
  const rows = await house.seen(house.system, (tx) =>
    tx.selectFrom('blind_secret').selectAll().where('agency_id', '=', house.as('mina').agency).execute(),
  )
  expect(rows.filter(({ ended_at }) => ended_at === null)).toHaveLength(1)
  expect(rows.filter(({ ended_at, secret_sealed }) => ended_at !== null && secret_sealed.length > 0)).toEqual([])
  expect((await (await house.browser('lena')).get('/blind/secret')).status).toBe(404)
})

test('an agency’s own system asks the same by the API, and hears no more', async () => {
  const dwp = { agency: house.cast.agencies['dwp']!, name: 'Case system' }
  const { key } = await house.seen(house.as('ada'), (tx) =>
    addApiClient(tx, house.house.keys, house.as('ada'), dwp, at()),
  )
  const ask = async (payload: object) => {
    const headers = { host: 'elmshire.test', authorization: `Bearer ${key}` }
    const reply = await house.app.inject({ method: 'POST', url: '/api/blind-questions', payload, headers })
    return { status: reply.statusCode, body: reply.json() as unknown }
  }
  const payload = (people: readonly ClkPerson[], own = secret) => ({
    why: 'Nightly check',
    codes: JSON.parse(codes(people, own)) as object,
  })
  house.clock.now = new Date(at().getTime() + 25 * 3_600_000)
  await house.seen(house.system, (tx) =>
    tx.updateTable('noted_record').set({ withdrawn_at: null }).where('subject_id', '=', kezia).execute(),
  )
  expect(await ask(payload([keziaSaid, { ...keziaSaid, family: 'Finch' }]))).toEqual({
    status: 200,
    body: {
      answers: [
        { line: 2, answer: 'yes' },
        { line: 3, answer: 'no' },
      ],
    },
  })
  expect((await ask(payload([keziaSaid], newSecret()))).status).toBe(409)
  expect((await ask(payload(Array.from({ length: most_a_day }, () => keziaSaid)))).status).toBe(429)
  expect((await ask({ why: '', codes: {} })).status).toBe(400)
})

test('an agency that takes its signature back asks no more, until it gives it again', async () => {
  const wes = await house.browser('wes')
  const of = { partnership_id: house.cast.partnership, agreement_id: agreement, agency_id: house.cast.agencies['dwp']! }
  expect((await wes.get('/blind')).status).toBe(200)
  await house.seen(house.system, (tx) =>
    tx
      .insertInto('agreement_withdrawal')
      .values({ ...of, id: newId(), withdrawn_at: at(), why: 'Their own review', withdrawn_by: house.as('ada').staff })
      .execute(),
  )
  expect((await wes.get('/blind')).status).toBe(404)
  await house.seen(house.system, (tx) =>
    tx.updateTable('agreement_withdrawal').set({ returned_at: at() }).where('agency_id', '=', of.agency_id).execute(),
  )
  expect((await wes.get('/blind')).status).toBe(200)
})

test('when it is ended the page is gone, and the secret with it', async () => {
  const all = await house.seen(house.as('ada'), (tx) => permits(tx, house.as('ada')))
  const dwp = all.find(({ agency_id }) => agency_id === house.cast.agencies['dwp'])!
  expect(
    (await (await house.browser('ada')).post(`/blind/agencies/${dwp.id}/end`, {}, { from: '/blind/agencies' })).status,
  ).toBe(303)
  expect((await (await house.browser('wes')).get('/blind')).status).toBe(404)
  const { secret_sealed } = await house.seen(house.system, (tx) =>
    tx.selectFrom('blind_secret').select('secret_sealed').where('permit_id', '=', dwp.id).executeTakeFirstOrThrow(),
  )
  expect(secret_sealed).toHaveLength(0)
})
