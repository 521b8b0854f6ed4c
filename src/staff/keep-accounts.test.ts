import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { password } from '../../test/cast.ts'
import { openBrowser, openTestHouse, type Browser, type Got, type TestHouse } from '../../test/house.ts'
import { codeAt, codesIn, enrol, givePassword, later, offerIn, signInWithCode } from '../../test/sign-in-steps.ts'
import { asViewer, type StaffViewer } from '../platform/index.ts'
import { addAccount, startSession } from './index.ts'
import { keepRoles } from './keep-roles.ts'
import { suspend } from './suspend.ts'

let house: TestHouse
let ada: Browser
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(async () => {
  ada = await house.browser('ada')
})
afterAll(() => house.close())

const lastEvent = () =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id', 'about_id', 'detail'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
const person = (email: string, name = 'Nia Coles') => ({
  name,
  email,
  job: 'Detective constable',
  agency: house.cast.agencies['police']!,
  roles: ['reporter-agency'],
})
/** The address and the code that the administrator passes on. */
const invitationIn = ({ text }: Got) => ({
  path: /(\/invitation\/[0-9a-f-]{36})/.exec(text)?.[1] ?? '',
  code: /class="trellis-code">([0-9A-Z-]{19})</.exec(text)?.[1] ?? '',
  account: /href="\/accounts\/([0-9a-f-]{36})"/.exec(text)?.[1] ?? '',
})
const take = (browser: Browser, { path, code }: { path: string; code: string }, chosen = 'hammock quartz violin') =>
  browser.post(path, { 'invitation-code': code, password: chosen })

const administratorPages = ['/accounts', '/accounts/new']
const ofOne = (id: string) => ['', '/roles', '/suspend', '/reset'].map((page) => `/accounts/${id}${page}`)

test('the pages are an administrator’s: for others they do not exist, and a visitor is asked to sign in', async () => {
  const pages = [...administratorPages, ...ofOne(house.cast.people.dena.id)]
  const dena = await house.browser('mina')
  const visitor = await house.browser()
  for (const path of pages) {
    expect((await ada.get(path)).status).toBe(200)
    expect((await dena.get(path)).status).toBe(404)
    expect((await visitor.get(path)).location).toContain('/sign-in?then=')
  }
})

test('another partnership’s administrator gets 404 for an account here, and sees none of it in the list', async () => {
  const { partnership, agency } = house.cast.people.otto
  const system = { kind: 'system', partnership } as const
  const token = await asViewer(house.db, system, async (tx) => {
    const input = {
      agency,
      email: 'oda@oakshire.example',
      name: 'Oda Keel',
      jobTitle: '',
      roles: ['administrator'] as const,
    }
    return startSession(tx, house.house.keys, partnership, await addAccount(tx, system, input), house.clock.now, true)
  })
  const oda = openBrowser(house.app, { session: token })
  const there = { host: 'oakshire.test' }
  const list = await oda.get('/accounts', there)
  expect(list.text).toContain('Otto Reed')
  expect(list.text).not.toContain('Dena Okoro')
  for (const path of ofOne(house.cast.people.dena.id)) expect((await oda.get(path, there)).status).toBe(404)
  const base = `/accounts/${house.cast.people.dena.id}`
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await oda.get('/accounts/new', there)).text)![1]!
  for (const path of ['/suspend', '/reset']) {
    const sent = await house.app.inject({
      method: 'POST',
      url: base + path,
      headers: { ...there, cookie: `session=${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: csrf, why: 'mischief' }).toString(),
    })
    expect(sent.statusCode).toBe(404)
  }
})

test('an account that does not exist is not found', async () => {
  expect((await ada.get('/accounts/not-an-id')).status).toBe(404)
  expect((await ada.get('/accounts/00000000-0000-4000-8000-000000000000')).status).toBe(404)
})

test('an empty invitation is explained, and what was typed stays', async () => {
  const got = await ada.post('/accounts/new', { name: 'Nia Coles', email: 'not an email', job: '', agency: '' })
  expect(got.status).toBe(422)
  for (const words of [
    'Enter an email address such as',
    'Enter their job',
    'Choose their agency',
    'Choose at least one thing they may do',
    'value="Nia Coles"',
    'href="#roles"',
  ])
    expect(got.text).toContain(words)
})

test('an invitation gives a link without a secret and a code once; taking it up leads to a second factor', async () => {
  const made = await ada.post('/accounts/new', person('nia@police.example'))
  expect(made.status).toBe(200)
  const invitation = invitationIn(made)
  expect(invitation.code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  expect(await lastEvent()).toMatchObject({ kind: 'account invited', staff_id: house.cast.people.ada.id, detail: {} })
  const shown = await ada.get(`/accounts/${invitation.account}`)
  expect(shown.text).toContain('Waiting to start')
  expect(shown.text).not.toContain(invitation.code)

  const nia = await house.browser()
  expect((await nia.post('/sign-in', { email: 'nia@police.example', password: 'hammock quartz violin' })).status).toBe(
    422,
  )
  const empty = await nia.post(invitation.path, { 'invitation-code': '', password: '' })
  expect(empty.text).toContain('Enter the code you were given')
  expect(empty.text).toContain('Enter a new password')
  expect((await take(nia, invitation, 'nia coles is here')).text).toContain('must not contain your name')
  const typed = invitation.code.toLowerCase().replaceAll('-', ' ')
  expect((await take(nia, { ...invitation, code: typed })).location).toBe('/sign-in/set-up')
  expect((await nia.get('/account')).status).toBe(303)
  const { secret, offer } = offerIn(await nia.get('/sign-in/set-up/authenticator'))
  const code = codeAt(secret, house.clock.now)
  const done = await nia.post('/sign-in/set-up/authenticator', { offer, label: '', 'one-time-code': code })
  expect(codesIn(done)).toHaveLength(10)
  expect((await nia.get('/account')).text).toContain('Nia Coles')
  expect((await ada.get(`/accounts/${invitation.account}`)).text).toContain('Took up the invitation')

  expect((await take(await house.browser(), invitation)).status).toBe(422)
})

test('an invitation that is wrong, old, replaced or unknown is refused in the same words', async () => {
  const made = invitationIn(await ada.post('/accounts/new', person('odd@police.example')))
  const refusal = async (path: string, code: string) => {
    const got = await take(await house.browser(), { path, code })
    expect(got.status).toBe(422)
    return /govuk-error-summary.*?<\/ul>/s.exec(got.text)![0]
  }
  const wrong = await refusal(made.path, '0000-0000-0000-0000')
  expect(wrong).toContain('This code does not open this invitation.')
  expect(await refusal('/invitation/00000000-0000-4000-8000-000000000000', made.code)).toBe(wrong)
  expect(await refusal('/invitation/nonsense', made.code)).toBe(wrong)

  const again = invitationIn(
    await ada.post(`/accounts/${made.account}/invitation`, {}, { from: `/accounts/${made.account}` }),
  )
  expect(again.code).not.toBe(made.code)
  expect(await refusal(made.path, made.code)).toBe(wrong)
  later(house, 7 * 86_400 + 1)
  expect(await refusal(again.path, again.code)).toBe(wrong)
  const late = await house.browser('ada')
  expect((await late.get(`/accounts/${made.account}`)).text).toContain('The invitation has run out.')
})

test('somebody who has taken up their invitation is not invited again', async () => {
  const { id } = house.cast.people.dena
  const got = await ada.post(`/accounts/${id}/invitation`, {}, { from: `/accounts/${id}` })
  expect(got.location).toBe(`/accounts/${id}`)
})

test('an email that somebody signs in with cannot be given twice, whatever its capitals', async () => {
  const got = await ada.post('/accounts/new', person('DENA@elmshire.example'))
  expect(got.status).toBe(422)
  expect(got.text).toContain('Somebody has an account with this email address already')
})

test('an agency of another partnership cannot be chosen', async () => {
  const got = await ada.post('/accounts/new', { ...person('x@police.example'), agency: house.cast.people.otto.agency })
  expect(got.status).toBe(422)
  expect(got.text).toContain('Choose their agency')
})

test('roles are given and ended, with who and when', async () => {
  const { id } = house.cast.people.saul
  expect((await ada.post(`/accounts/${id}/roles`, { roles: ['duty', 'reporter-agency'] })).location).toBe(
    `/accounts/${id}?said=roles`,
  )
  expect(await lastEvent()).toMatchObject({ kind: 'role granted', about_id: id, detail: { role: 'duty' } })
  await ada.post(`/accounts/${id}/roles`, { roles: 'duty' })
  expect(await lastEvent()).toMatchObject({ kind: 'role ended', about_id: id, detail: { role: 'reporter-agency' } })
  const { text } = await ada.get(`/accounts/${id}`)
  expect(text).toMatch(/Ended \d+ \w+ 2026 at [\d:]+ by Ada Quill/)
  expect(text).toMatch(/Given \d+ \w+ 2026 at [\d:]+ by Ada Quill/)
  expect((await ada.post(`/accounts/${id}/roles`, {})).status).toBe(303)
  expect((await ada.get(`/accounts/${id}`)).text).toContain('Role ended: Duty worker')
})

test('a role that there is none of gives nothing', async () => {
  const { id } = house.cast.people.saul
  expect((await ada.post(`/accounts/${id}/roles`, { roles: 'emperor' })).status).toBe(404)
})

test('an administrator cannot take their own administrator role away, suspend or reset themself', async () => {
  const { id } = house.cast.people.ada
  const roles = await ada.post(`/accounts/${id}/roles`, { roles: 'manager' })
  expect(roles.status).toBe(422)
  expect(roles.text).toContain('You cannot take your own administrator role away')
  expect((await ada.post(`/accounts/${id}/suspend`, { why: 'Tired' })).text).toContain(
    'You cannot suspend your own account',
  )
  expect((await ada.post(`/accounts/${id}/reset`, { why: 'Lost' })).text).toContain(
    'You cannot reset your own second factor here',
  )
  expect((await ada.get(`/accounts/${id}`)).text).toContain('This is your own account.')
  expect((await ada.get('/accounts')).status).toBe(200)
})

test('the last administrator stays, also when the command line asks', async () => {
  const { id } = house.cast.people.ada
  const outcome = await house.seen(house.system, async (tx) => [
    await keepRoles(tx, house.system, { account: id, roles: [], at: house.clock.now }),
    await suspend(tx, house.house, house.system, { account: id, why: 'Left' }),
  ])
  expect(outcome).toEqual(['last administrator', 'last administrator'])
})

test('of two administrators who remove each other at the same moment one stays', async () => {
  const asAda = house.as('ada')
  const council = house.cast.agencies['council']!
  const input = {
    agency: council,
    email: 'cy@elmshire.example',
    name: 'Cy Dell',
    jobTitle: '',
    roles: ['administrator'] as const,
  }
  const cy = await house.seen(asAda, (tx) => addAccount(tx, asAda, input))
  const asCy: StaffViewer = { ...asAda, staff: cy, name: 'Cy Dell' }
  const remove = (viewer: StaffViewer, account: string) =>
    house.seen(viewer, (tx) => keepRoles(tx, viewer, { account, roles: [], at: house.clock.now }))
  const outcomes = await Promise.all([remove(asAda, cy), remove(asCy, asAda.staff)])
  expect(outcomes.toSorted()).toEqual(['kept', 'last administrator'])
  await house.seen(house.system, async (tx) => {
    await keepRoles(tx, house.system, { account: asAda.staff, roles: ['administrator'], at: house.clock.now })
    await keepRoles(tx, house.system, { account: cy, roles: [], at: house.clock.now })
  })
})

test('a suspended administrator does not count as one who is left', async () => {
  const second = await house.seen(house.as('ada'), (tx) =>
    addAccount(tx, house.as('ada'), {
      agency: house.cast.agencies['council']!,
      email: 'second@elmshire.example',
      name: 'Bea Lind',
      jobTitle: 'Administrator',
      roles: ['administrator'],
    }),
  )
  const asBea: StaffViewer = { ...house.as('ada'), staff: second, name: 'Bea Lind' }
  await house.seen(house.as('ada'), (tx) =>
    suspend(tx, house.house, house.as('ada'), { account: second, why: 'Leave' }),
  )
  const outcome = await house.seen(asBea, (tx) =>
    keepRoles(tx, asBea, { account: house.cast.people.ada.id, roles: [], at: house.clock.now }),
  )
  expect(outcome).toBe('last administrator')
})

test('suspending asks why, refuses the very next page, and shows the reason to administrators only', async () => {
  const { id } = house.cast.people.wes
  const wes = await house.browser('wes')
  expect((await ada.post(`/accounts/${id}/suspend`, { why: ' ' })).text).toContain('Say why you suspend this account')
  expect((await wes.get('/account')).status).toBe(200)
  const why = 'Left the agency on Friday'
  expect((await ada.post(`/accounts/${id}/suspend`, { why })).location).toBe(`/accounts/${id}?said=suspended`)
  expect((await wes.get('/account')).status).toBe(303)
  expect(await lastEvent()).toMatchObject({ kind: 'account suspended', about_id: id, detail: {} })
  expect((await ada.get(`/accounts/${id}`)).text).toContain(why)
  expect((await ada.post(`/accounts/${id}/suspend`, { why })).text).toContain('This account is suspended already')
  const seen = await house.seen(house.as('dena'), (tx) => tx.selectFrom('suspension').selectAll().execute())
  expect(seen).toEqual([])
  expect((await ada.post(`/accounts/${id}/lift`, {}, { from: `/accounts/${id}` })).location).toBe(
    `/accounts/${id}?said=lifted`,
  )
  expect((await ada.get(`/accounts/${id}`)).text).toMatch(/Ended \d+ \w+ 2026 at [\d:]+ by Ada Quill/)
})

test('resetting a second factor ends the password too, and lets the person back in through a new invitation', async () => {
  const { id } = house.cast.people.colm
  const colm = await house.browser()
  const { secret, codes } = await enrol(house, colm, 'colm')
  expect((await ada.post(`/accounts/${id}/reset`, { why: '' })).text).toContain('Say why, and how you know it is them')
  const invitation = invitationIn(await ada.post(`/accounts/${id}/reset`, { why: 'Lost phone; met in person' }))
  expect(await lastEvent()).toMatchObject({ kind: 'second factor reset', about_id: id, detail: {} })
  expect((await colm.get('/account')).status).toBe(303)
  expect((await givePassword(house, await house.browser(), 'colm')).status).toBe(422)
  expect((await ada.get(`/accounts/${id}`)).text).toContain('Lost phone; met in person')

  const back = await house.browser()
  expect((await take(back, invitation)).location).toBe('/sign-in/set-up')
  const old = await back.post('/sign-in/recovery-code', { 'recovery-code': codes[0]! })
  expect(old.status).toBe(422)
  expect((await signInWithCode(house, await house.browser(), 'colm', secret)).location).not.toBe('/work')
})

test('the list filters by words, agency, role and status, and the choices stay in the form', async () => {
  const search = async (query: string) => (await ada.get(`/accounts?${query}`)).text
  const byWords = await search('words=okoro')
  expect(byWords).toContain('Dena Okoro')
  expect(byWords).not.toContain('Mina Farah')
  expect(byWords).toContain('value="okoro"')
  expect(await search('words=%25')).toContain('No account fits')
  const bySchool = await search(`agency=${house.cast.agencies['school']}`)
  expect(bySchool).toContain('Priya Nair')
  expect(bySchool).not.toContain('Dena Okoro')
  const managers = await search('role=manager')
  expect(managers).toContain('Mina Farah')
  expect(managers).not.toContain('Priya Nair')
  expect(await search('status=suspended')).not.toContain('Mina Farah')
  expect(await search('agency=nonsense&role=emperor&status=dead&page=-4')).toContain('Mina Farah')
})

test('a long list comes in pages that keep the choices', async () => {
  await house.seen(house.system, async (tx) => {
    for (let i = 0; i < 27; i++)
      await addAccount(tx, house.system, {
        agency: house.cast.agencies['hotel']!,
        email: `night${i}@larch.example`,
        name: `Night Porter ${String(i).padStart(2, '0')}`,
        jobTitle: 'Porter',
        roles: ['reporter-agency'],
      })
  })
  const first = await ada.get('/accounts?words=porter')
  expect(first.text).toContain('27 accounts')
  expect(first.text).toContain('Night Porter 24')
  expect(first.text).not.toContain('Night Porter 25')
  expect(first.text).toContain('href="/accounts?words=porter&amp;page=2"')
  expect((await ada.get('/accounts?words=porter&page=2')).text).toContain('Night Porter 26')
  expect((await ada.get('/accounts?words=porter&page=9')).location).toBe('/accounts?words=porter&page=1')
})

test.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u202Eevil\u0000', '=cmd|calc'])(
  'hostile text in a name is shown and does nothing: %j',
  async (name) => {
    const got = await ada.post('/accounts/new', person(`h${Math.random()}@police.example`, name))
    const { account } = invitationIn(got)
    for (const page of [got, ...(await Promise.all(ofOne(account).map((path) => ada.get(path))))]) {
      expect(page.status).toBe(200)
      expect(page.text).not.toContain('<script>alert')
      expect(page.text).not.toContain('<img src=x')
    }
    const stored = await house.seen(house.system, (tx) =>
      tx.selectFrom('account').select('name').where('id', '=', account).executeTakeFirstOrThrow(),
    )
    expect(stored.name).toBe(name)
  },
)

test('a form sent from another site is refused', async () => {
  const { id } = house.cast.people.mina
  const forged = { headers: { 'sec-fetch-site': 'cross-site' } }
  expect((await ada.post(`/accounts/${id}/suspend`, { why: 'x' }, forged)).status).toBe(403)
  expect((await ada.post('/accounts/new', person('forged@police.example'), forged)).status).toBe(403)
})

test('events about accounts hold nothing personal', async () => {
  const events = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select('detail').where('about_kind', '=', 'account').execute(),
  )
  const text = JSON.stringify(events)
  for (const words of ['example', 'Nia', 'Lost phone', 'Left the agency', password]) expect(text).not.toContain(words)
})
