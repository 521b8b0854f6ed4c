import type { FastifyReply } from 'fastify'
import { renderToString } from 'preact-render-to-string'
import type { Answer, Ask, Cookie, Download, House, Page } from './ask.ts'
import type { Assets } from './assets.ts'
import { csrfToken } from './csrf.ts'
import { Layout, type NavItem } from './layout.tsx'

/** What an answer needs of the house on its way out. */
export type Giving = {
  house: House
  assets: Assets
  navigation: (ask: Ask, frame: 'public' | 'staff') => readonly NavItem[]
}

/** What may be asked for again by its tag is kept by the browser alone, and asked about each time. */
const cacheOf = ({ cache, etag }: Download): string =>
  cache === 'public' ? 'public, max-age=300' : etag ? 'private, no-cache' : 'no-store'

/** Sends an answer on its way: a page in the document around it, a file for whoever may have it, or where to go on. */
export const give = (wiring: Giving, ask: Ask, given: Answer, reply: FastifyReply): FastifyReply => {
  if (given.kind !== 'download') setCookies(wiring, given.cookies, reply)
  switch (given.kind) {
    case 'redirect':
      return reply.header('cache-control', 'no-store').redirect(ask.href(given.to), 303)
    case 'download':
      if (given.etag && reply.request.headers['if-none-match'] === given.etag)
        return reply.code(304).header('etag', given.etag).send()
      if (given.etag) void reply.header('etag', given.etag)
      return (
        reply
          .header('cache-control', cacheOf(given))
          // A proxy that collects the whole answer first would send it on after its reader has lost the right to it.
          .header('x-accel-buffering', 'no')
          .header('content-disposition', given.name ? attachmentNamed(given.name) : 'inline')
          .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
          .type(given.type)
          .send(given.bytes)
      )
    case 'page':
      // What was saved may have changed who the browser is: the forms of this page must fit the cookies it leaves with.
      ask.csrf = csrfToken(wiring.house.keys, after(ask.cookies, given.cookies))
      if (given.status === 503) void reply.header('retry-after', '5')
      return reply
        .code(given.status ?? 200)
        .header(
          'cache-control',
          given.cache === 'public' && !ask.cookies['session'] ? 'private, max-age=60' : 'no-store',
        )
        .type('text/html; charset=utf-8')
        .send(document(wiring, ask, given))
  }
}

const document = ({ assets, navigation }: Giving, ask: Ask, page: Page): string =>
  `<!DOCTYPE html>${renderToString(<Layout ask={ask} page={page} assets={assets} navigation={navigation} />)}`

const after = (before: Ask['cookies'], set: readonly Cookie[] = []): Ask['cookies'] => ({
  ...before,
  ...Object.fromEntries(set.map(({ name, value }) => [name, value || undefined])),
})

const setCookies = ({ house }: Giving, cookies: readonly Cookie[] = [], reply: FastifyReply): void => {
  for (const { name, value, seconds } of cookies)
    reply.setCookie(name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: house.config.publicUrl.startsWith('https:'),
      maxAge: value === '' ? 0 : seconds,
    })
}

/** A file name as sent may hold anything: what the header cannot carry plainly is carried encoded (RFC 6266). */
const attachmentNamed = (name: string): string =>
  `attachment; filename="${name.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
