import { z } from 'zod'
import { answerProblem, asClient, problems, refuseKey, type ApiPart } from '../../staff/index.ts'
import { askBlindly } from './ask.ts'
import { ownPermit } from './permit.ts'
import { encodingsSchema, openEncodings } from './read-encodings.ts'

/** The JSON twin of asking without a name. */
export const blindApi: ApiPart = (server, house) => {
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
      if (outcome.kind === 'not ready')
        return answerProblem(
          reply.header('retry-after', '60'),
          503,
          'Not ready yet',
          'Whoever is compared with is still being encoded. Nothing was counted: ask again in a minute.',
        )
      if (outcome.kind !== 'answered')
        return answerProblem(reply, 409, 'The codes were made with another secret, or by another version')
      return { answers: outcome.answers.map(({ line, answer }) => ({ line, answer })) }
    },
  )
}
