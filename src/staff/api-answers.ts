import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { placeFor } from '../partnership/index.ts'
import { inTransaction, isDatabaseAway, NotFound, type Tx, type Viewer } from '../platform/index.ts'
import type { House } from '../web/index.ts'
import { becomeClient } from './api-client.ts'

export type Client = Extract<Viewer, { kind: 'client' }>

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

/** For a route's description: the statuses that it answers with a problem document. */
export const problems = (...codes: number[]) => Object.fromEntries(codes.map((code) => [code, problem]))

/** Runs `work` as the client whose key came with the request, in its own transaction. */
export const asClient = async <T>(
  house: House,
  request: FastifyRequest,
  work: (tx: Tx, client: Client) => Promise<T>,
): Promise<T | 'no key'> => {
  const place = await placeFor(house, request.host)
  const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!key) return 'no key'
  return house.way.first(() =>
    inTransaction(house.db, async (tx) => {
      const client = await becomeClient(tx, house.keys, place.id, key, house.now())
      return client ? work(tx, client) : 'no key'
    }),
  )
}

/** Answers with a problem document (RFC 9457). */
export const answerProblem = (
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

export const refuseKey = (reply: FastifyReply) =>
  answerProblem(
    reply.header('www-authenticate', 'Bearer'),
    401,
    'No valid key',
    'Send "Authorization: Bearer " and a key of an API client.',
  )

export const nothingHere = (reply: FastifyReply) => answerProblem(reply, 404, 'Nothing is here')

/** Every error of the API is a problem document. None repeats what was sent. */
export const explain = (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
  if (hasZodFastifySchemaValidationErrors(error))
    return answerProblem(
      reply,
      400,
      'Some of this could not be taken',
      'Put right what is listed and send it again.',
      error.validation.map(({ instancePath, message }) => ({ pointer: instancePath, detail: message ?? 'not valid' })),
    )
  if (error instanceof NotFound) return nothingHere(reply)
  if (isDatabaseAway(error))
    return answerProblem(
      reply.header('retry-after', '5'),
      503,
      'The store is not answering',
      'Send it again in a few seconds with the same Idempotency-Key.',
    )
  const status = error.statusCode ?? 500
  if (status === 413) return answerProblem(reply, 413, 'That was too big')
  if (status === 415) return answerProblem(reply, 415, 'This kind of content is not taken here')
  if (status >= 400 && status < 500) return answerProblem(reply, 400, 'The body is not JSON that can be read')
  request.log.error({ err: error }, 'broken')
  return answerProblem(reply, 500, 'Something went wrong here')
}
