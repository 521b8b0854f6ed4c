import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { concernsKept } from '../../test/noticed.ts'
import { addApiClient, closeApiClient, rotateKey } from '../staff/api-client.ts'
import { openReceipt } from './receipt.ts'

let house: TestHouse
let client: { id: string; key: string }
beforeAll(async () => {
  house = await openTestHouse()
  client = await house.seen(house.as('ada'), (tx) =>
    addApiClient(
      tx,
      house.house.keys,
      house.as('ada'),
      { agency: house.cast.agencies['school']!, name: 'School records' },
      house.clock.now,
    ),
  )
})
afterAll(() => house.close())

const send = async (body: unknown, { key = client.key, once }: { key?: string; once?: string } = {}) => {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/api/concerns',
    headers: {
      host: 'elmshire.test',
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      ...(once && { 'idempotency-key': once }),
    },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    status: reply.statusCode,
    type: String(reply.headers['content-type']),
    body: reply.json<Record<string, unknown>>(),
  }
}
const read = async (url: string, key = client.key) => {
  const reply = await house.app.inject({ url, headers: { host: 'elmshire.test', authorization: `Bearer ${key}` } })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}
const howMany = () =>
  house.seen(
    house.as('dena'),
    async (tx) =>
      (
        await tx
          .selectFrom('concern')
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
  )

test('an agency’s system sends a concern and is given the receipt that opens it', async () => {
  const { status, body } = await send({
    worry: 'He is met at the gate by older men',
    about: 'one',
    people: [{ name: 'Tom Ash', age_group: 'child' }],
  })
  expect(status).toBe(201)
  const opened = await house.seen(house.system, (tx) =>
    openReceipt(tx, house.house.keys, house.cast.partnership, String(body['receipt']), house.clock.now),
  )
  expect(opened?.concern).toBe(body['id'])
})

test('a retry with the same key makes one concern and is answered the same', async () => {
  const before = Number(await howMany())
  const concern = { worry: 'The same van again', details: [{ kind: 'vehicle', said: 'AB12 CDE' }] }
  const [first, second] = await Promise.all([send(concern, { once: 'a-1' }), send(concern, { once: 'a-1' })])
  const third = await send(concern, { once: 'a-1' })
  expect([first.status, second.status, third.status]).toEqual([201, 201, 201])
  expect(second.body).toEqual(first.body)
  expect(third.body).toEqual(first.body)
  expect(Number(await howMany())).toBe(before + 1)
})

test('a key used for another concern is refused', async () => {
  await send({ worry: 'One' }, { once: 'a-2' })
  const { status, type, body } = await send({ worry: 'Two' }, { once: 'a-2' })
  expect(status).toBe(422)
  expect(type).toContain('application/problem+json')
  expect(body).toMatchObject({ status: 422, title: 'This Idempotency-Key was used for another concern' })
})

test('what could not be taken is listed with its place, and nothing of it is repeated', async () => {
  const { status, type, body } = await send({
    worry: '',
    about: 'nowhere',
    shoe_size: 9,
    people: [{ name: 'Secret Person', born_on: '2010-02-31' }],
  })
  expect(status).toBe(400)
  expect(type).toContain('application/problem+json')
  expect((body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/worry', '/about', '/people/0/born_on']),
  )
  expect(JSON.stringify(body)).not.toContain('Secret Person')
})

test('a field nobody asked for is refused', async () => {
  expect((await send({ worry: 'Words', shoe_size: 9 })).status).toBe(400)
})

test('a body that is not JSON is a problem, not a crash', async () => {
  expect(await send('{"worry":')).toMatchObject({
    status: 400,
    body: { title: 'The body is not JSON that can be read' },
  })
})

test('null bytes are stored whole', async () => {
  const worry = 'a\u0000b\uF8FFc\u202Ed'
  const { body } = await send({ worry })
  const row = (await concernsKept(house)).find(({ id }) => id === body['id'])
  expect(row?.worry).toBe(worry)
})

test('half a surrogate pair cannot be stored whole, so it is refused', async () => {
  expect((await send('{"worry":"\\ud800"}')).status).toBe(400)
})

test('a client reads what it sent, with the front door’s answers', async () => {
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  const { body } = await send({ worry: 'To be read back', agency_reference: 'SIMS 12' })
  const one = await read(`/api/concerns/${String(body['id'])}`)
  expect(one).toMatchObject({ status: 200, body: { agency_reference: 'SIMS 12', news: [] } })
  const all = await read('/api/concerns?limit=1')
  expect(all.body).toMatchObject({ concerns: [{ id: body['id'] }] })
  const older = await read(`/api/concerns?before=${String(body['id'])}`)
  expect(older.body['concerns']).not.toHaveLength(0)
  expect(JSON.stringify(older.body)).not.toContain(String(body['id']))
})

test('another client cannot find it: the answer is that of what does not exist', async () => {
  const other = await house.seen(house.as('ada'), (tx) =>
    addApiClient(
      tx,
      house.house.keys,
      house.as('ada'),
      { agency: house.cast.agencies['school']!, name: 'Another system' },
      house.clock.now,
    ),
  )
  const { body } = await send({ worry: 'Mine alone' })
  const theirs = await read(`/api/concerns/${String(body['id'])}`, other.key)
  const nothing = await read('/api/concerns/5e0d4ad5-0d5e-4a5e-8f1c-0d5e4a5e8f1c', other.key)
  expect(theirs).toEqual(nothing)
  expect(theirs.status).toBe(404)
  expect((await read('/api/concerns', other.key)).body).toEqual({ concerns: [] })
})

test('without a key, or with one that never was, nothing is taken', async () => {
  expect((await send({ worry: 'x' }, { key: 'nonsense' })).status).toBe(401)
  expect((await send({ worry: 'x' }, { key: `trellis_${'A'.repeat(43)}` })).status).toBe(401)
})

test('after a rotation the old key works for a day more, and at once no more when it leaked', async () => {
  const made = await house.seen(house.as('ada'), (tx) =>
    addApiClient(
      tx,
      house.house.keys,
      house.as('ada'),
      { agency: house.cast.agencies['school']!, name: 'Rotating' },
      house.clock.now,
    ),
  )
  const at = house.clock.now
  const second = await house.seen(house.as('ada'), (tx) =>
    rotateKey(tx, house.house.keys, house.as('ada'), made.id, 'in a day', at),
  )
  expect((await read('/api/concerns', made.key)).status).toBe(200)
  expect((await read('/api/concerns', second)).status).toBe(200)
  house.clock.now = new Date(at.getTime() + 25 * 3_600_000)
  expect((await read('/api/concerns', made.key)).status).toBe(401)
  const third = await house.seen(house.as('ada'), (tx) =>
    rotateKey(tx, house.house.keys, house.as('ada'), made.id, 'now', house.clock.now),
  )
  expect((await read('/api/concerns', second)).status).toBe(401)
  expect((await read('/api/concerns', third)).status).toBe(200)
  await house.seen(house.as('ada'), (tx) => closeApiClient(tx, house.as('ada'), made.id, house.clock.now))
  expect((await read('/api/concerns', third)).status).toBe(401)
  house.clock.now = at
})

test('the document that is served is valid OpenAPI 3.1 and says what may be sent', async () => {
  const reply = await house.app.inject({ url: '/api/openapi.json', headers: { host: 'elmshire.test' } })
  const document = reply.json<{ openapi: string; paths: Record<string, unknown> }>()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toEqual([
    '/api/concerns',
    '/api/concerns/{id}',
    '/api/blind-questions',
    '/api/feeds/{feed}',
    '/api/feeds/{feed}/runs/{run}',
  ])
  expect(await new Validator().validate(document)).toMatchObject({ valid: true })
})

test('an address of the API that does not exist is a problem document too', async () => {
  expect(await read('/api/nothing')).toMatchObject({ status: 404, body: { title: 'Nothing is here' } })
})
