import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { noticed } from '../../test/noticed.ts'
import { suspected } from '../../test/suspected.ts'
import { asViewer, newId, type Tx } from '../platform/index.ts'
import { proposalsFor, suspicionsFor } from '../joining/index.ts'
import { addAgency } from '../partnership/agency.ts'
import { compile, jobs, loadMissingStanding } from '../sharing/index.ts'
import { lapse } from '../sharing/in-force.ts'
import { standAgain } from '../sharing/standing-terms.ts'
import { addApiClient } from '../staff/api-client.ts'
import { askPartners } from './check.ts'

/** Concerns by the agreement: what stands from the start, and what a bar or an end shuts at the next read. */
let house: TestHouse
let base: string
let concern: string
let fromSchool: string
let check: string
let key: string
beforeAll(async () => {
  house = await openTestHouse()
  base = await house.app.listen({ port: 0, host: '127.0.0.1' })
  concern = (await noticed(house, { worry: 'A public worry' })).concern
  const sent = await noticed(house, { worry: 'Said at school' }, { viewer: house.as('priya'), channel: 'professional' })
  fromSchool = sent.concern
  const dena = house.as('dena')
  check = (
    await house.seen(dena, (tx) =>
      askPartners(tx, house.house.keys, dena, concern, {
        agencies: [house.cast.agencies['dwp']!],
        question: 'Do you know this house?',
        reason: 'R',
        at: house.clock.now,
      }),
    )
  )[0]!
  key = (
    await house.seen(house.as('ada'), (tx) =>
      addApiClient(
        tx,
        house.house.keys,
        house.as('ada'),
        { agency: house.cast.agencies['school']!, name: 'School records' },
        house.clock.now,
      ),
    )
  ).key
  await api('POST', '/api/concerns', { worry: 'Sent by a system' })
})
afterAll(async () => {
  house.app.server.closeAllConnections()
  await house.close()
})
beforeEach(() => forget())

const api = async (method: 'GET' | 'POST', url: string, body?: object) => {
  const headers = { host: 'elmshire.test', authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const reply = await house.app.inject({ method, url, headers, payload: body && JSON.stringify(body) })
  return { status: reply.statusCode, body: reply.json<{ concerns?: { id: string }[] }>() }
}
const asks = async (name: Name, url: string) => (await house.browser(name)).get(url)
const live = async (name: Name): Promise<number> => {
  const stop = new AbortController()
  const session = (await house.browser(name)).cookies.get('session')!
  const reply = await fetch(`${base}/queue/live`, { headers: { cookie: `session=${session}` }, signal: stop.signal })
  stop.abort()
  return reply.status
}
const within = () => ({ partnership_id: house.cast.partnership })

/** A bar in force, in an agreement that nobody has signed: a bar holds for everybody. */
const bar = (over: { purposes: string[]; classes?: string[]; suppliers?: string[] }): Promise<void> =>
  house.seen(house.system, async (tx) => {
    const [agreement_id, version_id] = [newId(), newId()]
    const at = house.clock.now
    await tx
      .insertInto('agreement')
      .values({ ...within(), id: agreement_id, code: 'SHUT', title: 'Shut', tier: 1 })
      .execute()
    await tx
      .insertInto('agreement_version')
      .values({
        ...within(),
        id: version_id,
        agreement_id,
        number: 1,
        drafted_at: at,
        offered_at: at,
        live_at: at,
        effective_from: at,
      })
      .execute()
    await tx
      .insertInto('clause')
      .values({
        ...within(),
        id: newId(),
        version_id,
        number: 7,
        effect: 'bar',
        title: 'Not for now',
        suppliers: ['any'],
        recipients: ['any'],
        classes: ['D3', 'D4', 'D5', 'D8'],
        ...over,
      })
      .execute()
    await compile(tx, house.cast.partnership)
  })

/** Takes the bar away and lets what the law asks stand again. */
const forget = (): Promise<void> =>
  house.seen(house.system, async (tx) => {
    const shut = tx.selectFrom('agreement').select('id').where('code', '=', 'SHUT')
    const version = tx.selectFrom('agreement_version').select('id').where('agreement_id', 'in', shut)
    await tx.deleteFrom('clause').where('version_id', 'in', version).execute()
    await tx.deleteFrom('agreement_version').where('agreement_id', 'in', shut).execute()
    await tx.deleteFrom('agreement').where('code', '=', 'SHUT').execute()
    await compile(tx, house.cast.partnership)
  })

const everywhere = async () => ({
  queue: /A public worry/.test((await asks('dena', '/queue')).text),
  page: (await asks('dena', `/concerns/${concern}`)).status,
  act: (await asks('dena', `/concerns/${concern}/decide`)).status,
  live: await live('dena'),
  sent: /Said at school/.test((await asks('priya', '/sent')).text),
  api: (await api('GET', '/api/concerns')).body.concerns!.length,
  check: (await asks('wes', `/checks/${check}`)).status,
})
const open = { queue: true, page: 200, act: 200, live: 200, sent: true, api: 1, check: 200 }

test('before anybody has signed anything the front door works by what the law asks anyway', async () => {
  expect(await everywhere()).toEqual({ ...open, act: expect.toBeOneOf([200, 303]) })
  const signatures = await house.seen(house.system, (tx) => tx.selectFrom('signature').select('id').execute())
  expect(signatures).toEqual([])
})

test('a bar over the front door shuts list, page, acts and live list at the next read, and says so on the list', async () => {
  await bar({ purposes: ['front-door'] })
  expect(await everywhere()).toMatchObject({
    queue: false,
    page: 404,
    act: 404,
    live: 404,
    sent: true,
    api: 1,
    check: 200,
  })
  for (const url of ['/queue', '/work']) {
    const { text } = await asks('dena', url)
    expect(text).toContain('SHUT 7, “Not for now”, shuts it.')
    expect(text).not.toContain('Nothing waits for a decision')
  }
  // Nothing that is sent meanwhile is lost.
  await noticed(house, { worry: 'Sent while it was shut' })
  await forget()
  expect((await asks('dena', '/queue')).text).toContain('Sent while it was shut')
})

test('a bar over what one agency supplies shuts that alone', async () => {
  await bar({ purposes: ['front-door'], suppliers: ['agency:school'] })
  expect((await asks('dena', `/concerns/${concern}`)).status).toBe(200)
  expect((await asks('dena', `/concerns/${fromSchool}`)).status).toBe(404)
  const { text } = await asks('dena', '/queue')
  expect(text).toContain('A public worry')
  expect(text).not.toContain('Said at school')
  expect(text).toContain('The front door does not see what one agency sends.')
})

test('what it shuts is not told beside another concern either', async () => {
  const details = [{ kind: 'vehicle' as const, said: 'AB12 CDE' }]
  await noticed(house, { details }, { viewer: house.as('priya'), channel: 'professional' })
  const other = (await noticed(house, { details })).concern
  const dena = house.as('dena')
  const there = async () =>
    (await house.seen(dena, (tx) => proposalsFor(tx, house.house.keys, dena, other, house.clock.now)))[0]!.there
  expect(await there()).toMatchObject({ agency: house.cast.agencies['school'], standard: { plate: 'AB12CDE' } })
  await bar({ purposes: ['front-door'], suppliers: ['agency:school'] })
  expect(await there()).toMatchObject({ agency: null, concern: null, standard: undefined })
})

test('a network leaves no hole where it is shut: no tie, no path, no count, and everything stands where it stood', async () => {
  const [van, phone] = [
    { kind: 'vehicle' as const, said: 'KV99 NWK' },
    { kind: 'phone' as const, said: '07700 900655' },
  ]
  const here = (await noticed(house, { details: [van] })).concern
  const there = (await noticed(house, { details: [phone], place: 'The mill, Weir Lane' })).concern
  const network = async () =>
    (await asks('dena', `/network/${here}?steps=all&all=yes&agencies=yes&to=at-${there}`)).text.replace(
      /name="_csrf" value="[^"]*"/g,
      '',
    )
  const before = await network()
  await noticed(house, { details: [van, phone] }, { viewer: house.as('priya'), channel: 'professional' })
  expect(await network()).toMatch(/Path from[\s\S]*Weir Lane/)
  await bar({ purposes: ['front-door'], suppliers: ['agency:school'] })
  expect(await network()).toBe(before)
})

test('what is known as one and looks wrong says nothing of people that it shuts, not even why', async () => {
  await suspected(house)
  const dena = house.as('dena')
  const reasons = async () => (await house.seen(dena, (tx) => suspicionsFor(tx, dena))).map((one) => one.reasons)
  expect(await reasons()).toEqual([['two births']])
  await bar({ purposes: ['front-door'], classes: ['D3'] })
  expect(await reasons()).toEqual([[null]])
})

test('a bar over who reported it shuts the contact and nothing else', async () => {
  await bar({ purposes: ['front-door'], classes: ['D8'] })
  const dena = await house.browser('dena')
  const at = `/concerns/${concern}`
  expect((await dena.get(at)).status).toBe(200)
  await expect(
    house.seen(house.as('dena'), (tx) =>
      sql`insert into contact_opening (partnership_id, id, concern_id, agency_id, staff_id, why, key_id)
      select partnership_id, ${newId()}, id, agency_id, ${house.as('dena').staff}, '\\x01', key_id from concern where id = ${concern}`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow('row-level security')
})

test('the agency that is asked, whoever sent it and an agency’s system lose it by a bar over their own purpose', async () => {
  await bar({ purposes: ['asked', 'sent'] })
  expect(await everywhere()).toMatchObject({ queue: true, page: 200, sent: false, api: 0, check: 404 })
})

test('when the standing terms end nobody sees anything, and from when they are put in force again everybody does', async () => {
  const { agreement, version } = await house.seen(house.system, async (tx) => {
    const of = await tx.selectFrom('agreement').select('id').where('tier', '=', 0).executeTakeFirstOrThrow()
    const one = tx.selectFrom('agreement_version').select('id').where('agreement_id', '=', of.id)
    return { agreement: of.id, version: (await one.executeTakeFirstOrThrow()).id }
  })
  const byAda = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    asViewer(house.db, house.as('ada'), work, { now: house.clock.now, zone: 'Europe/London' })
  const at = house.clock.now
  expect(await byAda((tx) => lapse(tx, house.as('ada'), version, at, at))).toBe('lapses')
  expect(await everywhere()).toMatchObject({ queue: false, page: 404, live: 404, sent: false, api: 0, check: 404 })
  expect((await asks('dena', '/queue')).text).toContain('No clause in force opens it.')
  // A start does not bring back what somebody ended.
  await loadMissingStanding(house.db)
  expect((await asks('dena', `/concerns/${concern}`)).status).toBe(404)
  expect(await byAda((tx) => standAgain(tx, house.as('ada'), agreement, at))).toBe('stands')
  expect(await byAda((tx) => standAgain(tx, house.as('ada'), agreement, at))).toBe('stands already')
  expect(await everywhere()).toMatchObject({ queue: true, page: 200, live: 200, sent: true, api: 1, check: 200 })
})

test('what an agency that is added sends is seen as soon as its news is heard', async () => {
  const ada = house.as('ada')
  const facts = {
    kind: 'education-school',
    sector: 'statutory',
    statutoryRole: null,
    parent: null,
    validFrom: null,
  } as const
  const id = await house.seen(ada, (tx) => addAgency(tx, ada, { name: 'New School', areas: [], ...facts }))
  const [job] = await house.seen(house.system, (tx) =>
    tx.selectFrom('job').selectAll().where('kind', '=', 'agencies changed').execute(),
  )
  await jobs['agencies changed']!(
    { id: job!.id, partnership: house.cast.partnership, kind: job!.kind, payload: {} },
    house.db,
  )
  const sent = await noticed(house, {}, { viewer: { ...house.as('priya'), agency: id }, channel: 'professional' })
  expect((await asks('dena', `/concerns/${sent.concern}`)).status).toBe(200)
})

test('a purpose that follows from a seat opens nothing of a person, even to somebody who could state it', async () => {
  const stated = { purpose: 'front-door', basis: 'public-task', condition: '', until: new Date('2027-01-01T00:00:00Z') }
  const purpose = await house.seen({ ...house.as('dena'), stated }, (tx) =>
    sql<{ purpose: string | null }>`select viewer_purpose() as purpose`.execute(tx),
  )
  expect(purpose.rows).toEqual([{ purpose: null }])
})

test('a plan that would run in parallel does not, for what is open is kept in a setting', async () => {
  const { rows } = await sql<{ n: number }>`select current_setting('server_version_num')::int as n`.execute(house.db)
  const forced = rows[0]!.n >= 160000 ? 'debug_parallel_query' : 'force_parallel_mode'
  const counted = await house.seen(house.as('dena'), async (tx) => {
    await sql`select set_config(${forced}, 'on', true), set_config('parallel_setup_cost', '0', true)`.execute(tx)
    await sql`select count(*) from entry`.execute(tx)
    return sql<{ n: number }>`select count(*)::int as n from concern join detail using (partnership_id)`.execute(tx)
  })
  expect(counted.rows).toHaveLength(1)
})
