import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import { askBlindly, encodingsSchema, openEncodings, ownPermit } from '../joining/index.ts'
import { placeFor } from '../partnership/index.ts'
import { isDatabaseAway, isId, NotFound, type Tx, type Viewer } from '../platform/index.ts'
import { becomeClient } from '../staff/index.ts'
import type { House } from '../web/index.ts'
import { reportSchema } from './concern.ts'
import { sendOnce } from './idempotency.ts'
import { sentByClient, sentOne } from './api-queries.ts'

type Client = Extract<Viewer, { kind: 'client' }>

const problem = z
  .object({
    type: z.string().describe('"about:blank", or a name for this kind of problem'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ pointer: z.string().describe('Where in the body, as a JSON pointer'), detail: z.string() }))
      .optional(),
  })
  .describe('What was wrong (RFC 9457)')
const problems = (...codes: number[]) => Object.fromEntries(codes.map((code) => [code, problem]))

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

/**
 * The API twin: the same schema and the same verb as the pages, in JSON. It knows an agency's system by its key and
 * shows it what it sent, nothing else.
 */
export const api =
  (house: House) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(
      async (plain) => {
        const server = plain.withTypeProvider<ZodTypeProvider>()
        server.setValidatorCompiler(validatorCompiler)
        server.setSerializerCompiler(serializerCompiler)
        server.setErrorHandler(explain)
        server.setNotFoundHandler((_request, reply) => answerProblem(reply, 404, 'Nothing is here'))
        await server.register(swagger, {
          openapi: {
            openapi: '3.1.0',
            info: {
              title: 'Trellis',
              version: '1.0.0',
              description:
                'Send concerns from an agency’s own system, and read what became of them. A partnership administrator gives out keys.',
            },
            servers: [{ url: '/' }],
            components: {
              securitySchemes: {
                key: {
                  type: 'http',
                  scheme: 'bearer',
                  description: 'A key of an API client: Authorization: Bearer trellis_…',
                },
              },
            },
            security: [{ key: [] }],
          },
          transform: createJsonSchemaTransform({ skipList: ['/api/openapi.json'] }),
          transformObject: createJsonSchemaTransformObject({ schemaRegistry: z.globalRegistry }),
        })
        server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger())
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
        server.post(
          '/blind-questions',
          {
            schema: {
              summary: 'Ask without a name whether people are known elsewhere',
              description:
                'Takes what `trellis-encode` wrote, with the reason. Answers by line: yes, no, or ask the front door; never whose record it is. For agencies that may ask so; a hundred people a day.',
              body: z.strictObject({ why: z.string().trim().min(1).max(1000), codes: encodingsSchema }),
              response: {
                200: z.object({ answers: z.array(z.object({ line: z.int(), answer: z.enum(['yes', 'no', 'ask']) })) }),
                ...problems(400, 401, 404, 409, 429, 503),
              },
            },
          },
          async (request, reply) => {
            const { why, codes } = request.body
            const outcome = await asClient(house, request, async (tx, client) => {
              const at = house.now()
              const { id } = await ownPermit(tx, client, at)
              return askBlindly(tx, house.keys, client, id, { ...openEncodings(codes), why }, at)
            })
            if (outcome === 'no key') return refuseKey(reply)
            if (outcome.kind === 'too many')
              return answerProblem(reply, 429, `Your agency may ask about ${outcome.left} more people today`)
            if (outcome.kind !== 'answered')
              return answerProblem(reply, 409, 'The codes were made with another secret, or by another version')
            return { answers: outcome.answers.map(({ line, answer }) => ({ line, answer })) }
          },
        )
      },
      { prefix: '/api' },
    )
  }

/** Runs `work` as the client whose key came with the request, in its own transaction. */
const asClient = async <T>(
  house: House,
  request: FastifyRequest,
  work: (tx: Tx, client: Client) => Promise<T>,
): Promise<T | 'no key'> => {
  const place = await placeFor(house, request.host)
  const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!key) return 'no key'
  return house.db.transaction().execute(async (tx) => {
    const client = await becomeClient(tx, house.keys, place.id, key, house.now())
    return client ? work(tx, client) : 'no key'
  })
}

const answerProblem = (
  reply: FastifyReply,
  status: number,
  title: string,
  detail?: string,
  errors?: z.infer<typeof problem>['errors'],
) =>
  reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ type: 'about:blank', title, status, detail, errors })

const refuseKey = (reply: FastifyReply) =>
  answerProblem(
    reply.header('www-authenticate', 'Bearer'),
    401,
    'No valid key',
    'Send "Authorization: Bearer " and a key of an API client.',
  )

/** Every error of the API is a problem document. None repeats what was sent. */
const explain = (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
  if (hasZodFastifySchemaValidationErrors(error))
    return answerProblem(
      reply,
      400,
      'Some of this could not be taken',
      'Put right what is listed and send it again.',
      error.validation.map(({ instancePath, message }) => ({ pointer: instancePath, detail: message ?? 'not valid' })),
    )
  if (error instanceof NotFound) return answerProblem(reply, 404, 'Nothing is here')
  if (isDatabaseAway(error))
    return answerProblem(
      reply.header('retry-after', '5'),
      503,
      'The store is not answering',
      'Send it again in a few seconds with the same Idempotency-Key.',
    )
  const status = error.statusCode ?? 500
  if (status === 413) return answerProblem(reply, 413, 'That was too big')
  if (status >= 400 && status < 500) return answerProblem(reply, 400, 'The body is not JSON that can be read')
  request.log.error({ err: error }, 'broken')
  return answerProblem(reply, 500, 'Something went wrong here')
}
