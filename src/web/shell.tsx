import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import statics from '@fastify/static'
import fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import {
  become,
  heardAtTheEnd,
  inTransaction,
  logger,
  NotFound,
  record,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import type { About, Answer, Ask, Handler, House, Meanwhile, Place, Taker, Watch } from './ask.ts'
import { csrfToken, isCsrfToken, isSameOrigin } from './csrf.ts'
import { endWithSignIn } from './end-with-sign-in.ts'
import { explain } from './explain.ts'
import { give, type Giving } from './give.tsx'
import { inLanguage } from './layout.tsx'
import { keptPage } from './problem-page.tsx'
import { answerOnce } from './once.ts'
import { mayAsk, type Route } from './routes.ts'
import { keepRefusal } from './refusal.ts'
import { most_bytes, readBody } from './uploads.ts'
import { allLanguages, languageOf, wordsIn } from './words.ts'

/** What the shell is told by app.ts, because it knows no room above it. */
export type Wiring = Giving & {
  routes: readonly Route[]
  /** The partnership that a host name stands for, or the default one. */
  placeFor: (house: House, host: string) => Promise<Place>
  /** Who a browser's cookies say it is, checked in the open transaction. */
  whoIs: (tx: Tx, house: House, place: Place, cookies: Ask['cookies']) => Promise<Viewer>
  watch: Watch
  /** What a look leads to, in its own transaction: somebody may have to hear of it. */
  looked: (ask: Ask, about: About, event: Promise<string>) => Promise<void>
  /** Whatever is not a page: the API, the live stream, health. */
  plugins: readonly ((app: FastifyInstance) => void | Promise<void>)[]
}

const languageOfRequest = new WeakMap<IncomingMessage, string>()

/** Builds the server around the pages. It listens nowhere yet. */
export const makeShell = async (wiring: Wiring): Promise<FastifyInstance> => {
  const { house } = wiring
  const app = fastify({
    logger: logger(house.config),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 5_000_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    rewriteUrl: (request) => {
      const match = /^\/([a-z]{2})(\/.*|\?.*)?$/.exec(request.url ?? '/')
      if (!match || match[1] === 'en' || !allLanguages.some(({ code }) => code === match[1])) return request.url ?? '/'
      languageOfRequest.set(request as IncomingMessage, match[1]!)
      return match[2]?.startsWith('/') ? match[2] : `/${match[2] ?? ''}`
    },
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // 'no-referrer' would also blank the Origin of our own forms, which says that they are ours.
    referrerPolicy: { policy: 'same-origin' },
    hsts: house.config.publicUrl.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
  })
  // A page is made smaller in one go: as a stream it would take its turn several times, on processors that have other work.
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1000,
    syncThreshold: 65_536,
    brotliOptions: { params: { 1: 5 } },
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 5_000_000 })
  // One file too big must not refuse the form: what it is told is decided with the words in hand.
  await app.register(multipart, { throwFileSizeLimit: false, limits: { fileSize: most_bytes } })
  await app.register(statics, {
    root: wiring.assets.folder,
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
    decorateReply: true,
  })
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({ req: request, res: reply, ms: Math.round(reply.elapsedTime) }, 'answered')
    done()
  })
  for (const plugin of wiring.plugins) await plugin(app)
  for (const route of wiring.routes)
    app.route({
      method: route.method === 'get' ? 'GET' : 'POST',
      url: route.path,
      handler: (request, reply) => house.way.first(() => answer(wiring, route, request, reply)),
    })
  app.setNotFoundHandler((request, reply) =>
    answer(wiring, { method: 'get', path: '*', who: 'anyone', page: lost }, request, reply),
  )
  app.setErrorHandler((error, request, reply) =>
    answer(
      wiring,
      {
        method: 'get',
        path: '*',
        who: 'anyone',
        page: () => {
          throw error
        },
      },
      request,
      reply,
    ),
  )
  return app
}

const lost = (): never => {
  throw new NotFound()
}

const answer = async (
  wiring: Wiring,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { asked, letPass } = await begin(wiring, route, request)
  let given: Answer
  try {
    given = await attend(wiring, route, request, reply, asked)
  } catch (error) {
    const told = await keepRefusal(asked, error)
    given = explain(asked, told, request)
  }
  letPass()
  return give(wiring, asked, given, reply)
}

/** Everything about a request that needs no database. The transaction and the viewer follow in `attend`. */
const begin = async ({ house, placeFor }: Wiring, route: Route, request: FastifyRequest) => {
  const place = await placeFor(house, request.host).catch(() => nowhere)
  const code = languageOfRequest.get(request.raw) ?? 'en'
  const lang = languageOf(place.languages.includes(code) ? code : 'en')
  const { form, uploads, arriving, letPass } = await readBody(request, route.path === '*' ? undefined : route)
  const cookies = request.cookies
  const asked: Ask = {
    house,
    place,
    lang,
    w: wordsIn(lang.code),
    viewer: { kind: 'public', partnership: place.id },
    tx: undefined as unknown as Tx,
    path: request.url.split('?', 1)[0] ?? '/',
    params: (request.params ?? {}) as Record<string, string>,
    query: single(request.query as Record<string, string | string[]>),
    form,
    uploads,
    arriving,
    cookies,
    csrf: csrfToken(house.keys, cookies),
    href: (path) => inLanguage(lang.code, path),
  }
  return { asked, letPass }
}

const nowhere: Place = { id: '', slug: '', name: '', place: '', zone: 'Europe/London', languages: ['en'], demo: false }

const single = (query: Record<string, string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query ?? {}).map(([name, value]) => [name, Array.isArray(value) ? (value[0] ?? '') : value]),
  )

const attend = async (
  wiring: Wiring,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  ask: Ask,
): Promise<Answer> => {
  const { house } = wiring
  const { _csrf, _once, ...form } = ask.form
  ask.form = form
  if (route.path === '*') return withoutWork(await route.page(ask))
  if (ask.place === nowhere) throw Object.assign(new Error('no partnership'), { code: 'ECONNREFUSED' })
  if (request.method === 'POST' && !(isSameOrigin(request.headers) && isCsrfToken(house.keys, ask.cookies, _csrf)))
    return keptPage(ask, 403, ask.w.common.problem.stale)
  const given = await inside(wiring, { ...route, request, reply, once: _once }, ask, route.page)
  if (given.kind !== 'meanwhile') return given
  const then = await given.work()
  return withoutWork(await inside(wiring, { ...route, request, reply, once: _once }, ask, then))
}

const withoutWork = (given: Answer | Meanwhile): Answer => {
  if (given.kind === 'meanwhile') throw new Error('there is nothing to wait for here')
  return given
}

type Asked = Pick<Route, 'who' | 'looks'> & { request: FastifyRequest; reply: FastifyReply; once: unknown }

/** Asks a page in a transaction of its own, as who asks. */
const inside = (
  wiring: Wiring,
  { who, looks, request, reply, once }: Asked,
  ask: Ask,
  page: Handler | Taker,
): Promise<Answer | Meanwhile> => {
  const { house, whoIs } = wiring
  return inTransaction(house.db, async (tx) => {
    ask.tx = tx
    ask.viewer = ask.cookies['session'] ? await whoIs(tx, house, ask.place, ask.cookies) : ask.viewer
    if (!mayAsk(who, ask.viewer)) return refuse(ask, request)
    await become(tx, ask.viewer, { now: house.now(), zone: ask.place.zone })
    if (request.method === 'GET') endWithSignIn(wiring.watch, ask, reply.raw)
    const given = await answerOnce(ask, once, async () => page(ask))
    if (request.method === 'POST' && given.kind === 'download') endWithSignIn(wiring.watch, ask, reply.raw)
    if (given.kind === 'page' && ask.above) given.above = await ask.above()
    if (looks && given.kind !== 'redirect' && given.kind !== 'meanwhile' && given.about) {
      const event = record(tx, ask.viewer, looks, given.about, given.about.detail)
      heardAtTheEnd(tx, event)
      await wiring.looked(ask, given.about, event)
    }
    return given
  })
}

/** Somebody signed out is asked to sign in; for anybody else the page does not exist. */
const refuse = (ask: Ask, request: FastifyRequest): Answer => {
  if (ask.viewer.kind === 'staff') throw new NotFound()
  if (request.method === 'POST') return keptPage(ask, 403, ask.w.common.problem.signedOut, { signIn: true })
  return { kind: 'redirect', to: `/sign-in?then=${encodeURIComponent(ask.path)}` }
}
