import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { guidanceFor } from '../guidance/index.ts'
import { placeFor } from '../partnership/index.ts'
import { asViewer, isDatabaseAway, type Viewer } from '../platform/index.ts'
import {
  withinBudget,
  isSameOrigin,
  languageOf,
  openDraft,
  startDraft,
  type Draft,
  type House,
  type Place,
} from '../web/index.ts'
import type { DetailSaid } from './concern.ts'
import { findDetails } from './detail.ts'
import { isProof, proof_bits, wait_seconds, waited, waitTicket } from './flood.ts'
import type { Answers, SentAnswers } from './pages/report/answers.ts'
import { sendDraft } from './pages/report/send.ts'

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((said) => said.isWellFormed())
    .default('')
const queued = z.strictObject({
  /** Made on the phone, once for each report: a retry makes one concern, and only this phone can read the receipt again. */
  key: z.string().regex(/^[\w-]{43}$/),
  language: text(10),
  setting: text(20),
  worry: text(20_000).refine((said) => /\S/.test(said)),
  place: text(2000),
  happened: text(2000),
  detail: text(500),
  contact: text(500),
  ticket: z.string().max(200).optional(),
  nonce: z.string().max(20).optional(),
})
type Queued = z.infer<typeof queued>

/** A phone that was out of reach may be back in reach hours later, and lose the reply again. */
const shown_minutes = 24 * 60

type Outcome = { status: number; body: object }

/**
 * Takes reports that a phone kept while it had no signal. They come without a page, so without a page's token: they are
 * ours because they say JSON, which another site may not send without asking, and because the browser says so.
 */
export const reportQueue = (house: House) => (app: FastifyInstance) => {
  app.post('/report/queue', { bodyLimit: 300_000 }, async (request: FastifyRequest, reply: FastifyReply) => {
    const { status, body } = await take(house, request).catch((error: unknown): Outcome => {
      if (!isDatabaseAway(error)) throw error
      return { status: 503, body: {} }
    })
    return reply.code(status).header('cache-control', 'no-store').send(body)
  })
  app.get('/service-worker.js', (_, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .type('text/javascript')
      .sendFile('service-worker.js', { immutable: false, maxAge: 0, cacheControl: false }),
  )
}

const take = async (house: House, request: FastifyRequest): Promise<Outcome> => {
  if (!isSameOrigin(request.headers)) return { status: 403, body: {} }
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return { status: 415, body: {} }
  const read = queued.safeParse(request.body)
  if (!read.success) return { status: 422, body: {} }
  const place = await placeFor(house, request.host)
  const viewer: Viewer = { kind: 'public', partnership: place.id }
  return asViewer(house.db, viewer, async (tx) => {
    const asker = { house, tx, viewer, place, lang: languageOf(inPlace(place, read.data.language)) }
    return keep(asker, read.data)
  })
}

const inPlace = ({ languages }: Place, code: string): string => (languages.includes(code) ? code : 'en')

type Asker = Parameters<typeof sendDraft>[0] & { place: Place }

const keep = async (asker: Asker, said: Queued): Promise<Outcome> => {
  const before = await openDraft<SentAnswers | Answers>(asker, said.key, { lock: true })
  if (before?.kind === 'sent') return { status: 200, body: shown(before.answers as SentAnswers) }
  const { house } = asker
  const { keys, config } = house
  if (!before && !withinBudget(house, 'reports', config.reportsAMinute) && !isPatient(house, said))
    return { status: 429, body: { ticket: waitTicket(keys, said.key, house.now()), bits: proof_bits } }
  const draft =
    before ??
    (await startDraft(asker, 'report', await answersOf(asker, said), said.key)) ??
    (await openDraft<SentAnswers | Answers>(asker, said.key, { lock: true }))
  if (draft?.kind === 'sent') return { status: 200, body: shown(draft.answers as SentAnswers) }
  const sent = draft && (await sendDraft(asker, draft as Draft<Answers>, shown_minutes))
  return sent ? { status: 201, body: shown(sent) } : { status: 409, body: {} }
}

const shown = ({ receipt, reference }: SentAnswers) => ({ receipt, reference })

const isPatient = ({ keys, now }: House, { key, ticket, nonce }: Queued): boolean => {
  const ms = waited(keys, key, ticket, now())
  return ms !== undefined && (ms >= wait_seconds * 1000 || isProof(ticket!, nonce))
}

const answersOf = async (asker: Asker, said: Queued): Promise<Answers> => {
  const { settings } = await guidanceFor(asker)
  const contact = /\S/.test(said.contact)
  return {
    channel: 'public',
    done: [],
    worry: said.worry,
    place: said.place,
    happened: said.happened,
    setting: settings.some(({ code }) => code === said.setting) ? said.setting : null,
    details: detailsIn(said.detail),
    ...(contact && {
      reporter: {
        name: '',
        relationship: '',
        job_title: '',
        may_contact: true,
        contact_value: said.contact,
        safe_times: '',
        safe_note: '',
      },
    }),
  }
}

/** One box took a plate, a number or a name; what it is can be seen from it. */
const detailsIn = (said: string): DetailSaid[] => {
  if (!/\S/.test(said)) return []
  const found = findDetails(said)
  return found.length
    ? found.map(({ kind, said }) => ({ kind, said, note: '', came: 'given' }))
    : [{ kind: 'nickname', said, note: '', came: 'given' }]
}
