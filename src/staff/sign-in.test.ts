import * as argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { password, type Name } from '../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { codeAt, codesIn, enrol, givePassword, later, offerIn, signInWithCode } from '../../test/sign-in-steps.ts'
import { addAccount, type NewAccount } from './index.ts'
import { passwordTurns } from './password.ts'
import { suspend } from './suspend.ts'

// The work behind an answer is counted, not timed: `npm run bench -- alike` times it.
vi.mock('@node-rs/argon2', { spy: true })

let house: TestHouse
let visitor: Browser
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(async () => {
  visitor = await house.browser()
})
afterAll(() => house.close())

const eventsOf = (name: Name) =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'detail', 'staff_id', 'viewer'])
      .where('about_id', '=', house.cast.people[name].id)
      .orderBy('seq')
      .execute(),
  )

const half_a_day = 12 * 3600
const newcomer = async (more: Partial<NewAccount> & { email: string }) =>
  house.seen(house.system, (tx) =>
    addAccount(tx, house.system, {
      agency: house.cast.agencies['police']!,
      name: 'Nia Coles',
      jobTitle: 'Analyst',
      roles: ['reporter-agency'],
      password: 'hammock quartz violin',
      ...more,
    }),
  )

test('an empty form is explained, and the email stays', async () => {
  const got = await visitor.post('/sign-in', { email: 'dena@elmshire.example', password: '' })
  expect(got.status).toBe(422)
  expect(got.text).toContain('Enter your password')
  expect(got.text).toContain('href="#password"')
  expect(got.text).toContain('value="dena@elmshire.example"')
})

test('a person without a second factor must set one up before any page opens', async () => {
  const signedIn = await givePassword(house, visitor, 'dena')
  expect([signedIn.status, signedIn.location]).toEqual([303, '/sign-in/second-factor'])
  expect((await visitor.get('/sign-in/second-factor')).location).toBe('/sign-in/set-up')
  for (const path of ['/account', '/account/password', '/account/authenticator', '/accounts'])
    expect((await visitor.get(path)).location).toBe(`/sign-in?then=${encodeURIComponent(path)}`)
})

test('setting up an app shows a picture and the same key as text, and ends signed in with ten codes', async () => {
  await givePassword(house, visitor, 'dena')
  const shown = await visitor.get('/sign-in/set-up/authenticator')
  expect(shown.text).toContain('src="data:image/svg+xml;base64,')
  expect(offerIn(shown).secret).toHaveLength(32)
  const before = visitor.cookies.get('session')
  const { shown: done, codes } = await enrol(house, visitor, 'dena')
  expect(done.status).toBe(200)
  expect(new Set(codes).size).toBe(10)
  expect(visitor.cookies.get('session')).not.toBe(before)
  expect((await visitor.get('/account')).text).toContain('Dena Okoro')
  const events = await eventsOf('dena')
  expect(events.map(({ kind }) => kind)).toEqual(['factor added', 'recovery codes made', 'signed in'])
  expect(events.every(({ staff_id }) => staff_id === house.cast.people.dena.id)).toBe(true)
})

test('a wrong code sets nothing up and keeps the same key', async () => {
  await givePassword(house, visitor, 'colm')
  const { secret, offer } = offerIn(await visitor.get('/sign-in/set-up/authenticator'))
  const got = await visitor.post('/sign-in/set-up/authenticator', { offer, label: 'Phone', 'one-time-code': '000000' })
  expect(got.status).toBe(422)
  expect(got.text).toContain('That code is not right')
  expect(offerIn(got).secret).toBe(secret)
  expect((await visitor.get('/account')).status).toBe(303)
})

test('a key that was offered to one sign-in cannot be confirmed in another', async () => {
  await givePassword(house, visitor, 'colm')
  const { secret, offer } = offerIn(await visitor.get('/sign-in/set-up/authenticator'))
  const other = await house.browser()
  await givePassword(house, other, 'colm')
  const code = codeAt(secret, house.clock.now)
  const got = await other.post('/sign-in/set-up/authenticator', { offer, label: 'Phone', 'one-time-code': code })
  expect(got.status).toBe(422)
  expect(got.text).toContain('This page was open too long')
})

test('signing in takes the password and then a code; a code opens the door once', async () => {
  const { secret } = await enrol(house, await house.browser(), 'mina')
  const got = await signInWithCode(house, visitor, 'mina', secret)
  expect([got.status, got.location]).toEqual([303, '/work'])
  expect((await visitor.get('/account')).status).toBe(200)

  const thief = await house.browser()
  await givePassword(house, thief, 'mina')
  const replay = await thief.post('/sign-in/second-factor', { 'one-time-code': codeAt(secret, house.clock.now) })
  expect(replay.status).toBe(422)
  expect(replay.text).toContain('That code is not right, or it was used before')
  expect((await thief.get('/account')).status).toBe(303)
})

test('an older code is not taken after a newer one', async () => {
  const browser = await house.browser()
  const { secret } = await enrol(house, browser, 'saul')
  const older = codeAt(secret, house.clock.now)
  expect((await signInWithCode(house, browser, 'saul', secret)).status).toBe(303)
  await givePassword(house, visitor, 'saul')
  expect((await visitor.post('/sign-in/second-factor', { 'one-time-code': older })).status).toBe(422)
})

test('with a factor, the password alone cannot put another one beside it', async () => {
  await givePassword(house, visitor, 'mina')
  for (const path of ['/sign-in/set-up', '/sign-in/set-up/authenticator', '/sign-in/set-up/passkey'])
    expect((await visitor.get(path)).status).toBe(303)
  const { offer } = offerIn(await visitor.get('/sign-in/set-up/authenticator'))
  const got = await visitor.post(
    '/sign-in/set-up/authenticator',
    { offer, label: 'x', 'one-time-code': '123456' },
    { from: '/sign-in/second-factor' },
  )
  expect(got.location).toBe('/sign-in')
})

test('the token of a half-open sign-in is worth nothing once both factors are given', async () => {
  const { secret } = await enrol(house, await house.browser(), 'wes')
  later(house, 30)
  await givePassword(house, visitor, 'wes')
  const half = visitor.cookies.get('session')!
  await visitor.post('/sign-in/second-factor', { 'one-time-code': codeAt(secret, house.clock.now) })
  const thief = await house.browser()
  thief.cookies.set('session', half)
  expect((await thief.get('/account')).status).toBe(303)
  expect((await thief.get('/sign-in/second-factor')).location).toBe('/sign-in')
})

test('a recovery code opens the door once, typed any way', async () => {
  const { codes } = await enrol(house, await house.browser(), 'priya')
  await givePassword(house, visitor, 'priya')
  const typed = ` ${codes[0]!.toLowerCase().replace('-', ' ')} `
  const got = await visitor.post('/sign-in/recovery-code', { 'recovery-code': typed })
  expect([got.status, got.location]).toEqual([303, '/work'])
  expect((await visitor.get('/account')).text).toContain('You have 9 left of 10')

  const again = await house.browser()
  await givePassword(house, again, 'priya')
  const refused = await again.post('/sign-in/recovery-code', { 'recovery-code': codes[0]! })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('not right, or it was used before')
  expect((await again.get('/account')).status).toBe(303)
})

test('codes are kept only as hashes, and the key of an app only sealed', async () => {
  const { secret, codes } = await enrol(house, visitor, 'ada')
  await house.seen(house.system, async (tx) => {
    const hashes = await tx.selectFrom('recovery_code').select('code_hash').execute()
    expect(hashes.some(({ code_hash }) => code_hash.toString().includes(codes[0]!.slice(0, 5)))).toBe(false)
    const kept = await tx.selectFrom('totp').select('secret_sealed').execute()
    expect(kept.some(({ secret_sealed }) => secret_sealed.toString('latin1').includes(secret))).toBe(false)
  })
})

test('unknown, wrong and suspended are answered alike, and the event says which account was tried', async () => {
  const id = await newcomer({ email: 'gone@police.example' })
  await house.seen(house.as('ada'), (tx) => suspend(tx, house.house, house.as('ada'), { account: id, why: 'Left' }))
  const body = async (email: string, typed: string) => {
    const got = await (await house.browser()).post('/sign-in', { email, password: typed })
    expect(got.status).toBe(422)
    return got.text.replaceAll(email, 'EMAIL').replace(/name="_csrf" value="[^"]+"/g, '')
  }
  const unknown = await body('nobody@police.example', 'hammock quartz violin')
  expect(unknown).toContain('Your email address or password is not right')
  expect(await body('colm@elmshire.example', 'hammock quartz violin')).toBe(unknown)
  expect(await body('gone@police.example', 'hammock quartz violin')).toBe(unknown)
  expect((await eventsOf('colm')).at(-1)).toMatchObject({ kind: 'sign-in refused', viewer: 'public', staff_id: null })
})

test('unknown, wrong and suspended take the same work', async () => {
  await newcomer({ email: 'here@police.example' })
  const id = await newcomer({ email: 'closed@police.example' })
  await house.seen(house.as('ada'), (tx) => suspend(tx, house.house, house.as('ada'), { account: id, why: 'Left' }))
  const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.get('/sign-in')).text)![1]!
  for (const email of ['noone@police.example', 'here@police.example', 'closed@police.example']) {
    later(house, 3600)
    vi.mocked(argon2.verify).mockClear()
    await house.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { host: 'elmshire.test', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: token, email, password: 'wrong hammock' }).toString(),
    })
    const spent = vi.mocked(argon2.verify).mock.calls.map(([stored]) => String(stored).split('$').slice(0, 4).join('$'))
    expect(spent, email).toEqual(['$argon2id$v=19$m=19456,t=2,p=1'])
  }
})

test('an old hash is made anew when the password is at hand', async () => {
  await givePassword(house, visitor, 'colm')
  const stored = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('password')
      .select('hash')
      .where('account_id', '=', house.cast.people.colm.id)
      .executeTakeFirstOrThrow(),
  )
  expect(stored.hash).toContain('m=19456,t=2,p=1')
  expect((await givePassword(house, await house.browser(), 'colm')).status).toBe(303)
})

test('guessing a password slows down, alike for an account and for nobody', async () => {
  for (const email of ['dena@elmshire.example', 'nobody@elmshire.example']) {
    const guess = () => visitor.post('/sign-in', { email, password: 'a guess at it' })
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(422)
    const held = await guess()
    expect(held.status).toBe(429)
    expect(held.text).toContain('Wait 1 minute and try again.')
    later(house, 61)
    expect((await guess()).status).toBe(422)
    expect((await guess()).text).toContain('Wait 2 minutes and try again.')
  }
})

test('guesses sent all at once are counted one by one', async () => {
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await visitor.get('/sign-in')).text)![1]!
  const guess = () =>
    house.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { host: 'elmshire.test', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        _csrf: csrf,
        email: 'rush@elmshire.example',
        password: 'a guess at it',
      }).toString(),
    })
  const answers = await Promise.all(Array.from({ length: 12 }, guess))
  expect(answers.filter(({ statusCode }) => statusCode === 422)).toHaveLength(5)
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(7)
})

test('while somebody has to wait the right password is not tried either, and waiting ends by itself', async () => {
  expect((await givePassword(house, visitor, 'dena')).status).toBe(429)
  later(house, 121)
  expect((await givePassword(house, visitor, 'dena')).status).toBe(303)
})

test('a stranger’s guesses never hold up a browser its owner has used before', async () => {
  const own = await house.browser()
  await newcomer({ email: 'olga@police.example', name: 'Olga Ruiz' })
  const olga = { email: 'olga@police.example', password: 'hammock quartz violin' }
  await own.post('/sign-in', olga)
  const set = offerIn(await own.get('/sign-in/set-up/authenticator'))
  const code = codeAt(set.secret, house.clock.now)
  await own.post('/sign-in/set-up/authenticator', { offer: set.offer, label: 'x', 'one-time-code': code })
  for (let i = 0; i < 6; i++) await visitor.post('/sign-in', { ...olga, password: 'a guess at it' })
  expect((await visitor.post('/sign-in', olga)).status).toBe(429)
  await own.post('/sign-out', {}, { from: '/account' })
  expect((await own.post('/sign-in', olga)).status).toBe(303)
})

test('somebody else’s known browser does not help a guesser', async () => {
  const dena = await house.browser()
  const stranger = [...(await signedInNewcomer('pat@police.example')).cookies]
  for (const [name, value] of stranger) if (name === 'known') dena.cookies.set(name, value)
  expect(dena.cookies.get('known')).toBeTruthy()
  const guess = () => dena.post('/sign-in', { email: 'ines@police.example', password: 'a guess at it' })
  for (let i = 0; i < 5; i++)
    await visitor.post('/sign-in', { email: 'ines@police.example', password: 'a guess at it' })
  expect((await guess()).status).toBe(429)
})

const signedInNewcomer = async (email: string): Promise<Browser> => {
  await newcomer({ email })
  const browser = await house.browser()
  await browser.post('/sign-in', { email, password: 'hammock quartz violin' })
  const { secret, offer } = offerIn(await browser.get('/sign-in/set-up/authenticator'))
  const code = codeAt(secret, house.clock.now)
  const done = await browser.post('/sign-in/set-up/authenticator', { offer, label: 'x', 'one-time-code': code })
  expect(codesIn(done)).toHaveLength(10)
  return browser
}

test('guessing a code and guessing a recovery code slow down too', async () => {
  await signedInNewcomer('quinn@police.example')
  await visitor.post('/sign-in', { email: 'quinn@police.example', password: 'hammock quartz violin' })
  for (const [path, field, guess] of [
    ['/sign-in/second-factor', 'one-time-code', '000000'],
    ['/sign-in/recovery-code', 'recovery-code', '00000-00000'],
  ] as const) {
    for (let i = 0; i < 5; i++) expect((await visitor.post(path, { [field]: guess })).status).toBe(422)
    expect((await visitor.post(path, { [field]: guess })).text).toContain('Wait 1 minute and try again.')
  }
})

test('nothing that tells where a person sat is kept', async () => {
  const columns = await house.seen(house.system, (tx) =>
    tx.selectFrom('sign_in_try').selectAll().limit(1).executeTakeFirstOrThrow(),
  )
  expect(Object.keys(columns).sort()).toEqual([
    'at',
    'counted_as',
    'data_class',
    'handling',
    'id',
    'partnership_id',
    'step',
    'succeeded',
  ])
})

test('tries of other days are forgotten', async () => {
  later(house, 2 * 2 * half_a_day)
  await visitor.post('/sign-in', { email: 'nobody@elmshire.example', password: 'a guess at it' })
  const left = await house.seen(house.system, (tx) => tx.selectFrom('sign_in_try').select('id').execute())
  expect(left).toHaveLength(1)
})

test.each([
  ['/account', '/account'],
  ['/queue?mine=yes', '/queue?mine=yes'],
  ['https://evil.example/', '/work'],
  ['//evil.example', '/work'],
  ['/\\evil.example', '/work'],
  ['/./%2e//evil.example', '/work'],
  ['/.//evil.example', '/work'],
  ['javascript:alert(1)', '/work'],
  ['/\t/evil.example', '/work'],
  ['/sign-out', '/work'],
  ['', '/work'],
])('after signing in with then=%s one is at %s', async (then, to) => {
  const signedIn = await house.browser('dena')
  expect((await signedIn.get(`/sign-in?then=${encodeURIComponent(then)}`)).location).toBe(to)
})

test('where one was going is remembered through both factors', async () => {
  const email = 'thea@police.example'
  await signedInNewcomer(email)
  const first = await visitor.post('/sign-in', { email, password: 'hammock quartz violin', then: '/account/password' })
  expect(first.location).toBe('/sign-in/second-factor?then=%2Faccount%2Fpassword')
  expect((await visitor.get(first.location)).text).toContain('name="then" value="/account/password"')
})

test('a form sent from another site is refused, and the password is not written into the page', async () => {
  const forged = { email: 'dena@elmshire.example', password }
  const got = await visitor.post('/sign-in', forged, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(got.status).toBe(403)
  expect(got.text).not.toContain(password)
  expect(got.text).toContain('dena@elmshire.example')
  expect(visitor.cookies.has('session')).toBe(false)
})

test('a field nobody asked for is refused', async () => {
  expect((await visitor.post('/sign-in', { email: 'a@b.example', password, role: 'administrator' })).status).toBe(400)
})

test('somebody of another partnership is nobody here', async () => {
  expect((await givePassword(house, visitor, 'otto')).status).toBe(422)
  const home = { headers: { host: 'oakshire.test' } }
  const otto = { email: 'otto@oakshire.example', password }
  expect((await visitor.post('/sign-in', otto, home)).status).toBe(303)
})

test('when too many passwords are being checked, nobody is, known or not, and it says so', async () => {
  const ends: (() => void)[] = []
  const crowd = Array.from({ length: 12 }, () =>
    passwordTurns.inTurn(() => new Promise<void>((resolve) => ends.push(resolve))),
  )
  for (const email of [house.cast.people.dena.email, 'nobody@elmshire.example']) {
    const browser = await house.browser()
    const got = await browser.post('/sign-in', { email, password })
    expect([got.status, got.headers['retry-after']]).toEqual([503, '5'])
    expect(got.text).toContain('Many people are signing in at this moment.')
    expect(got.text).toContain(`value="${email}"`)
    expect(got.text).not.toContain(password)
    expect(browser.cookies.has('session')).toBe(false)
  }
  // Pages that check no password are answered as ever.
  expect((await (await house.browser('colm')).get('/account')).status).toBe(200)
  const own = await (
    await house.browser('colm')
  ).post('/account/password', {
    'current-password': password,
    'new-password': 'seven otters file maps',
  })
  expect([own.status, own.headers['retry-after']]).toEqual([503, '5'])
  expect(own.text).toContain('We are very busy')
  expect(own.text).not.toContain('seven otters')
  // Each of the twelve that ends lets the next one begin.
  for (const one of crowd) {
    ends.shift()!()
    await one
  }
  expect(
    (await (await house.browser()).post('/sign-in', { email: house.cast.people.dena.email, password })).status,
  ).toBe(303)
})
