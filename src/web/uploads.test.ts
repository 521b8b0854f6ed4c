import fastify from 'fastify'
import multipart from '@fastify/multipart'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { most_bytes, readMultipart } from './uploads.ts'

const app = fastify({ bodyLimit: 1000 })
beforeAll(async () => {
  await app.register(multipart, { throwFileSizeLimit: false })
  app.post('/', async (request) => {
    const { form, uploads } = await readMultipart(request, 2)
    return { form, uploads: uploads.map(({ bytes, ...rest }) => ({ ...rest, bytes: bytes.length })) }
  })
})
afterAll(() => app.close())

const send = async (fill: (form: FormData) => void) => {
  const form = new FormData()
  fill(form)
  const request = new Request('http://test/', { method: 'POST', body: form })
  const reply = await app.inject({
    method: 'POST',
    url: '/',
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type')! },
  })
  return { status: reply.statusCode, ...reply.json<{ form: object; uploads: object[] }>() }
}
const file = (name: string, size = 5) => new File([Buffer.alloc(size, 'x')], name)

test('words that come after the files are read like the others', async () => {
  const got = await send((form) => {
    form.append('photo', file('a.jpg'))
    form.append('worry', 'two lads')
    form.append('sign', 'HO01')
    form.append('sign', 'HO02')
  })
  expect(got.form).toEqual({ worry: 'two lads', sign: ['HO01', 'HO02'] })
  expect(got.uploads).toEqual([{ field: 'photo', name: 'a.jpg', tooBig: false, bytes: 5 }])
})

test('an empty file box is no file', async () => {
  const got = await send((form) => {
    form.append('photo', new File([], ''))
    form.append('worry', 'x')
  })
  expect(got).toMatchObject({ form: { worry: 'x' }, uploads: [] })
})

test('a file that is too big comes without its bytes, and the words are kept', async () => {
  const got = await send((form) => {
    form.append('photo', file('big.jpg', most_bytes + 1))
    form.append('worry', 'x')
    form.append('photo', file('small.jpg'))
  })
  expect(got.status).toBe(200)
  expect(got.form).toEqual({ worry: 'x' })
  expect(got.uploads).toEqual([
    { field: 'photo', name: 'big.jpg', tooBig: true, bytes: 0 },
    { field: 'photo', name: 'small.jpg', tooBig: false, bytes: 5 },
  ])
})

test('too many files are all named, the extra ones without their bytes, and the words are kept', async () => {
  const got = await send((form) => {
    for (let i = 0; i < 8; i++) form.append('photo', file(`${i}.jpg`))
    form.append('worry', 'x')
  })
  expect(got.form).toEqual({ worry: 'x' })
  expect(got.uploads).toHaveLength(8)
  expect(got.uploads[1]).toMatchObject({ bytes: 5 })
  expect(got.uploads[2]).toMatchObject({ bytes: 0 })
})
