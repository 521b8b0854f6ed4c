import type { FastifyReply } from 'fastify'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { asViewer } from '../../platform/index.ts'
import { answerProblem, asClient, problems, refuseKey, type ApiPart, type Client } from '../../staff/index.ts'
import { fill, wordsIn } from '../../web/index.ts'
import { runFor } from './answer.ts'
import { feedToSend, runStates } from './feed.ts'
import { leftOutOf, qualityOf } from './queries.ts'
import type { Reason } from './read-row.ts'
import { receive, type Received } from './receive.ts'
import { onceHash } from './sent.ts'

const words = wordsIn('en').feeds
const most_listed = 1000

const taken = z.object({
  run: z.uuid().describe('Ask what became of it: GET /api/feeds/{feed}/runs/{run}'),
  is_new: z.boolean().describe('false where the same file, or the same Idempotency-Key, was sent before'),
})
const count = (what: string) => z.int().min(0).describe(what)
const run = z.object({
  run: z.uuid(),
  state: z
    .enum(runStates)
    .describe(
      'arriving, reading and applying go on by themselves. columns, ready and second look wait for a person, on the page of the list: a column has another name, or so many people would be deleted. applied, stopped and refused are ends',
    ),
  reason: z.string().nullable().describe('Why it was refused'),
  received_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  encoding: z.string().nullable().describe('What its letters were read as'),
  counts: z.object({
    before: count('People on the list before'),
    new: count('New people'),
    changed: count('People of whom something else is said'),
    same: count('People of whom the same is said'),
    gone: count('People taken off the list'),
    left_out: count('Rows left out'),
  }),
  left_out: z
    .array(
      z.object({
        line: z.int(),
        reason: z.string().describe('A code'),
        column: z.string().nullable(),
        detail: z.string().describe('The reason as a sentence'),
      }),
    )
    .describe('Rows that were left out, by line; never a word of them'),
  left_out_after: z.int().nullable().describe('There are more after this line: ask again with ?after='),
  quality: z
    .array(z.object({ issue: z.string(), detail: z.string(), people: z.int() }))
    .describe('What to mend at the source, over everybody on the list now'),
})

/**
 * The JSON twin of the pages of a list, for the systems of its agency: they send a file, which flows into the database as
 * it comes, and read what became of it.
 */
export const feedsApi: ApiPart = (server, house) => {
  // The stream itself: a file may be bigger than memory.
  server.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload))
  server.put(
    '/feeds/:feed',
    {
      schema: {
        summary: 'Send the list of people your agency works with',
        description:
          'Takes a table (CSV, any encoding and delimiter, up to 2 GB) whose first row names the columns. What the columns hold is said once on the page of the list. Rows that cannot be read are left out and listed; the others go in. Send an Idempotency-Key of your own for each file: a retry makes nothing new. A file that is byte for byte the last one makes nothing new either.',
        consumes: ['text/csv'],
        params: z.object({ feed: z.string().max(100).describe('The id of the list, shown on its page') }),
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
        body: z.unknown().meta({ type: 'string', description: 'The table' }),
        response: { 200: taken, 202: taken, ...problems(401, 404, 409, 413, 415, 422, 503) },
      },
    },
    async (request, reply) => {
      // Whatever is answered before all of it was read: nobody waits for the rest.
      const early = () => reply.header('connection', 'close')
      const found = await asClient(house, request, async (tx, client) => ({
        client,
        feed: await feedToSend(tx, client, request.params.feed),
      }))
      if (found === 'no key') return refuseKey(early())
      if (request.headers['content-encoding'])
        return answerProblem(early(), 415, 'Send the table as it is, not compressed')
      const { client, feed } = found
      const { partnership } = client
      const received = await receive(
        {
          keys: house.keys,
          partnership,
          now: house.now(),
          within: (work) => asViewer(house.db, { kind: 'system', partnership }, work),
        },
        client,
        feed,
        // Left off early it must stay open: closing it would close the line that the answer takes.
        (request.body as Readable).iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
        onceOf(house.keys, client, request.headers['idempotency-key']),
      )
      if (received.outcome !== 'taken' && received.outcome !== 'sent before') return explainRefusal(early(), received)
      return reply
        .code(received.outcome === 'taken' ? 202 : 200)
        .header('location', `/api/feeds/${feed.id}/runs/${received.run}`)
        .send({ run: received.run, is_new: received.outcome === 'taken' })
    },
  )
  server.get(
    '/feeds/:feed/runs/:run',
    {
      schema: {
        summary: 'What became of a file',
        params: z.object({ feed: z.string().max(100), run: z.string().max(100) }),
        querystring: z.strictObject({
          after: z.coerce.number().int().min(0).default(0).describe('Only rows that were left out after this line'),
        }),
        response: { 200: run, ...problems(400, 401, 404, 503) },
      },
    },
    async (request, reply) => {
      const answer = await asClient(house, request, async (tx, client) => {
        const { feed, run: found } = await runFor(tx, client, request.params.feed, request.params.run)
        const rows = await leftOutOf(tx, client.partnership, found.id, most_listed, request.query.after)
        const quality = await qualityOf(tx, client.partnership, feed.id, house.now())
        return {
          run: found.id,
          state: found.state,
          reason: found.reason && words.refusals[found.reason],
          received_at: found.started_at.toISOString(),
          ended_at: found.ended_at?.toISOString() ?? null,
          encoding: found.encoding,
          counts: {
            before: found.before_rows,
            new: found.new_rows,
            changed: found.changed_rows,
            same: found.same_rows,
            gone: found.gone_rows,
            left_out: found.broken_rows,
          },
          left_out: rows.map(({ line, reason, at_column, number }) => ({
            line,
            reason: reason!,
            column: at_column,
            detail: fill(words.reasons[reason as Reason], { column: at_column ?? '', number: number ?? '' }),
          })),
          left_out_after: rows.length === most_listed ? rows.at(-1)!.line : null,
          quality: quality.map(({ issue, people }) => ({
            issue,
            detail: (words.issues as Record<string, string>)[issue] ?? issue,
            people,
          })),
        }
      })
      return answer === 'no key' ? refuseKey(reply) : answer
    },
  )
}

const onceOf = (keys: Parameters<typeof onceHash>[0], { client }: Client, key: string | undefined) =>
  key === undefined ? undefined : onceHash(keys, client, key)

const explainRefusal = (reply: FastifyReply, { outcome }: Received) => {
  switch (outcome) {
    case 'another first':
      return answerProblem(
        reply.header('retry-after', '60'),
        409,
        'Another file of this list is being dealt with',
        'Send it again later. Where the other one waits for somebody, its page says so.',
      )
    case 'another body':
      return answerProblem(reply, 422, 'This Idempotency-Key was used for another file', 'Use a new key for each file.')
    case 'too big':
      return answerProblem(reply, 413, 'The file is bigger than 2 GB')
    case 'a workbook':
      return answerProblem(reply, 415, 'This is an Excel workbook', 'Send the table as CSV.')
    default:
      return answerProblem(reply, 422, 'The file is empty')
  }
}
