import type { FastifyServerOptions } from 'fastify'
import type { Config } from './config.ts'

/**
 * Structured logs with nothing personal: the pattern of a page, never its address as typed; no visitor's network
 * address, header, query, body or error text that could repeat what somebody wrote.
 */
export const logger = (config: Pick<Config, 'logLevel'>): FastifyServerOptions['logger'] =>
  config.logLevel === 'silent'
    ? false
    : {
        level: config.logLevel,
        serializers: {
          req: (request: { method: string; routeOptions?: { url?: string } }) => ({
            method: request.method,
            page: request.routeOptions?.url ?? 'unknown',
          }),
          res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
          err: describeError,
        },
        hooks: {
          // Left to itself the logger repeats an error's message as its own, and a message can hold what somebody wrote.
          logMethod(words, write) {
            const [first, said] = words as [unknown, unknown]
            const err = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err
            if (err instanceof Error && (first === err || typeof said !== 'string' || said === err.message))
              write.apply(this, [{ ...(first === err ? {} : (first as object)), err }, 'error'])
            else write.apply(this, words)
          },
        },
      }

/** An error as a log may hold it: its kind, its code and where in our code it arose. Messages can repeat personal words. */
export const describeError = (error: Error & { code?: string; constraint?: string; table?: string }) => ({
  type: error.name,
  message: error.code ?? 'see stack',
  code: error.code,
  constraint: error.constraint,
  table: error.table,
  stack: (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
    .join('\n'),
})
