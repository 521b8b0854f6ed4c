import { z } from 'zod'
import { isId, NotFound } from '../platform/index.ts'
import { answerProblem, asClient, problems, refuseKey, type ApiPart } from '../staff/index.ts'
import { sentByClient, sentOne } from './api-queries.ts'
import { reportSchema } from './concern.ts'
import { sendOnce } from './idempotency.ts'

const sent = z.object({
  id: z.uuid(),
  reference: z.string().describe('Short and sayable, for people to talk about it'),
  receipt: z
    .string()
    .describe('For the person who noticed: with it they read what became of it. Given once; kept nowhere'),
})
const summary = z.object({
  id: z.uuid(),
  reference: z.string(),
  received_at: z.iso.datetime(),
  agency_reference: z.string().nullable(),
  news: z
    .array(z.object({ kind: z.string(), words: z.string(), sent_at: z.iso.datetime() }))
    .describe('What the front door has said back'),
})

/** The JSON twin of reporting: the same schema and the same verb as the pages. A system reads what it sent itself. */
export const api: ApiPart = (server, house) => {
  server.post(
    '/concerns',
    {
      schema: {
        summary: 'Say that something is not right',
        description:
          'Makes a concern. Send an Idempotency-Key of your own for each concern: a retry with the same key and body is answered as the first was, and makes nothing new.',
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: reportSchema,
        response: { 201: sent, ...problems(400, 401, 413, 422, 503) },
      },
    },
    async (request, reply) => {
      const outcome = await asClient(house, request, (tx, client) =>
        sendOnce(tx, house.keys, client, request.body, {
          at: house.now(),
          key: request.headers['idempotency-key'],
        }),
      )
      if (outcome === 'no key') return refuseKey(reply)
      if (outcome === 'another body')
        return answerProblem(
          reply,
          422,
          'This Idempotency-Key was used for another concern',
          'Use a new key for each concern.',
        )
      return reply.code(201).header('location', `/api/concerns/${outcome.id}`).send(outcome)
    },
  )
  server.get(
    '/concerns',
    {
      schema: {
        summary: 'What this client has sent, newest first',
        querystring: z.strictObject({
          before: z.uuid().optional().describe('The id of the last concern you have: the next older ones follow'),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: z.object({ concerns: z.array(summary) }), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => {
      const concerns = await asClient(house, request, (tx, client) =>
        sentByClient(tx, house.keys, client, request.query),
      )
      return concerns === 'no key' ? refuseKey(reply) : { concerns }
    },
  )
  server.get(
    '/concerns/:id',
    {
      schema: {
        summary: 'One concern that this client sent',
        params: z.object({ id: z.string().max(100) }),
        response: { 200: summary, ...problems(401, 404, 503) },
      },
    },
    async (request, reply) => {
      const found = await asClient(house, request, async (tx, client) => {
        const one = isId(request.params.id) ? await sentOne(tx, house.keys, client, request.params.id) : undefined
        if (!one) throw new NotFound()
        return one
      })
      return found === 'no key' ? refuseKey(reply) : found
    },
  )
}
