import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { concernsKept } from '../../test/noticed.ts'
import { sha256 } from '../web/client/offline/sha256.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const keyOf = (name: string) => createHash('sha256').update(name).digest('base64url')
const send = async (name: string, more: object = {}, headers: Record<string, string> = {}) => {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/report/queue',
    payload: { key: keyOf(name), worry: 'Kept without signal', ...more },
    headers: { host: 'elmshire.test', 'sec-fetch-site': 'same-origin', ...headers },
  })
  return { status: reply.statusCode, body: reply.json<Record<string, string>>() }
}
const concerns = () => concernsKept(house)

test('a report kept on a phone is taken, and its receipt given', async () => {
  const got = await send('a', {
    language: 'pl',
    place: 'Car wash',
    detail: 'AB12 CDE',
    contact: 'text 01632 960111 after 6',
  })
  expect(got.status).toBe(201)
  expect(got.body['receipt']).toMatch(/^([0-9A-Z]{4} ){4}[0-9A-Z]{4}$/)
  const [concern] = await concerns()
  expect(concern).toMatchObject({ worry: 'Kept without signal', language: 'pl', place: 'Car wash', channel: 'public' })
  const browser = await house.browser()
  expect((await browser.post('/receipt', { receipt: got.body['receipt']! })).location).toBe('/receipt/open')
})

test('sent again it is one concern and the same receipt, also at the same moment and a day later not at all', async () => {
  const before = (await concerns()).length
  const both = await Promise.all([send('b'), send('b')])
  const third = await send('b')
  expect(new Set([...both, third].map(({ body }) => body['receipt'])).size).toBe(1)
  expect((await concerns()).length).toBe(before + 1)
  const now = house.clock.now
  house.clock.now = new Date(now.getTime() + 25 * 60 * 60_000)
  const later = await send('b')
  house.clock.now = now
  expect(later.status).toBe(409)
  expect((await concerns()).length).toBe(before + 1)
})

test('another site cannot send one, nor a form, nor more than was asked for', async () => {
  const before = (await concerns()).length
  expect((await send('c', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await send('c', {}, { 'sec-fetch-site': '', origin: 'https://evil.example' })).status).toBe(403)
  expect((await send('c', { score: 7 })).status).toBe(422)
  expect((await send('c', { worry: ' ' })).status).toBe(422)
  expect((await send('c', { worry: 'x'.repeat(20_001) })).status).toBe(422)
  expect((await send('c', { worry: 'half \ud800' })).status).toBe(422)
  const form = await house.app.inject({
    method: 'POST',
    url: '/report/queue',
    payload: `worry=x&key=${keyOf('c')}`,
    headers: {
      host: 'elmshire.test',
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
  })
  expect(form.statusCode).toBe(415)
  const plain = await house.app.inject({
    method: 'POST',
    url: '/report/queue',
    payload: JSON.stringify({ worry: 'x', key: keyOf('c') }),
    headers: { host: 'elmshire.test', 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' },
  })
  expect(plain.statusCode).toBeGreaterThanOrEqual(400)
  expect((await concerns()).length).toBe(before)
})

test('in a flood the phone works a little, and its report is taken', async () => {
  house.house.config.reportsAMinute = 1
  try {
    await send('d')
    const held = await send('e')
    expect(held.status).toBe(429)
    const { ticket, bits } = held.body as unknown as { ticket: string; bits: number }
    expect((await send('e', { ticket, nonce: '0' })).status).toBe(429)
    let nonce = 0
    while (sha256(`${ticket}:${nonce}`) >>> (32 - bits)) nonce++
    expect((await send('f', { ticket, nonce: String(nonce) })).status).toBe(429)
    expect((await send('e', { ticket, nonce: String(nonce) })).status).toBe(201)
  } finally {
    house.house.config.reportsAMinute = 100_000
  }
})

test('the worker’s script and the manifest are served', async () => {
  const browser = await house.browser()
  const script = await browser.get('/service-worker.js')
  expect(script.status).toBe(200)
  expect(script.headers['content-type']).toContain('javascript')
  expect(script.headers['cache-control']).toBe('no-cache')
  const manifest = await browser.get('/manifest.webmanifest')
  expect(manifest.headers['content-type']).toContain('application/manifest+json')
  expect(JSON.parse(manifest.text)).toMatchObject({ scope: '/' })
})
