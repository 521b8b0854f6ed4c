import type { FastifyRequest } from 'fastify'
import { AlreadyDone, BadRequest, Busy, Forbidden, isDatabaseAway, NotFound } from '../platform/index.ts'
import type { Answer, Ask } from './ask.ts'
import { keptPage, problemPage } from './problem-page.tsx'

/** What somebody is told of an error: what happened and what to do, and never what was being asked about. */
export const explain = (ask: Ask, error: unknown, request: FastifyRequest): Answer => {
  const { problem } = ask.w.common
  if (error instanceof NotFound || error instanceof Forbidden) return notThere(ask, error, request)
  if (error instanceof Busy) return typedOrNot(ask, 503, problem.busy, request)
  if (error instanceof BadRequest) return problemPage(ask, 400, problem.badRequest)
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return problemPage(ask, 413, problem.tooLarge)
  if (status !== undefined && status >= 400 && status < 500) return problemPage(ask, 400, problem.badRequest)
  if (isDatabaseAway(error)) {
    request.log.warn('database away')
    return typedOrNot(ask, 503, problem.away, request)
  }
  request.log.error({ err: error }, 'broken')
  return typedOrNot(ask, 500, problem.broken, request)
}

/**
 * A member of staff who sent a form keeps their words, whether what it was about ended meanwhile or never was theirs: that
 * is said in the same way, so it tells nobody which.
 */
const notThere = (ask: Ask, error: Error, request: FastifyRequest): Answer => {
  const { problem } = ask.w.common
  if (request.method !== 'POST' || ask.viewer.kind !== 'staff') return problemPage(ask, 404, problem.notFound)
  return error instanceof AlreadyDone
    ? keptPage(ask, 409, problem.done, { again: false })
    : keptPage(ask, 404, problem.gone, { again: false })
}

/** Whoever sent a form gets their words back, to send again; whoever only asked for a page is told what is wrong. */
const typedOrNot = (ask: Ask, status: 500 | 503, said: Parameters<typeof keptPage>[2], request: FastifyRequest) =>
  request.method === 'POST' ? keptPage(ask, status, said) : problemPage(ask, status, said)
