import fastify from 'fastify'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { describeError, logger } from './index.ts'

const lines = async (ask: (app: ReturnType<typeof fastify>) => Promise<void>): Promise<string> => {
  let written = ''
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString()
      done()
    },
  })
  const app = fastify({ logger: { ...(logger({ logLevel: 'debug' }) as object), stream } })
  app.post('/concerns/:id', (request) => {
    request.log.info({ req: request }, 'asked')
    throw new Error('duplicate key value: Tansy Fennimore')
  })
  await ask(app)
  await app.close()
  return written
}

test('a log line names the pattern of a page, never its address, its query, who asked or what was sent', async () => {
  const written = await lines(async (app) => {
    await app.inject({
      method: 'POST',
      url: '/concerns/secret-id?name=Tansy',
      remoteAddress: '203.0.113.77',
      headers: { 'user-agent': 'Old Phone 3', cookie: 'session=token' },
      payload: { words: 'She is afraid' },
    })
  })
  expect(written).toContain('/concerns/:id')
  for (const personal of ['secret-id', 'Tansy', '203.0.113.77', 'Old Phone', 'token', 'afraid'])
    expect(written).not.toContain(personal)
})

test('an error is logged by its kind and place, because its message can repeat what somebody wrote', () => {
  const described = describeError(
    Object.assign(new TypeError('Tansy is not a function'), { code: '23505', constraint: 'account_email' }),
  )
  expect(described).toMatchObject({ type: 'TypeError', code: '23505', constraint: 'account_email' })
  expect(JSON.stringify(described)).not.toContain('Tansy')
  expect(described.stack).toContain('at ')
})
