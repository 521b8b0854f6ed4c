// For a phone without signal: keeps the short form and its styles, shows it where a page cannot be fetched, and sends what
// waits when there is signal again. It keeps no page that holds anything about anybody.
import { sendWaiting } from './offline/queue.ts'
import { all, put } from './offline/store.ts'

type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetched = Extendable & { request: Request; respondWith: (answer: Promise<Response>) => void }
type Worker = {
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void>; matchAll: () => Promise<{ postMessage: (said: unknown) => void }[]> }
  addEventListener: ((name: 'fetch', heard: (event: Fetched) => void) => void) &
    ((name: 'message', heard: (event: Extendable & MessageEvent<{ keep?: string; kept?: true }>) => void) => void) &
    ((name: 'install' | 'activate' | 'sync', heard: (event: Extendable) => void) => void)
}
const worker = globalThis as unknown as Worker
const shelf = 'trellis-1'

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

worker.addEventListener('message', (event) => {
  const { keep, kept } = event.data
  if (kept) event.waitUntil(howMany().then((kept) => event.source?.postMessage({ kept })))
  if (keep && /^(\/[a-z]{2})?\/report\/offline$/.test(keep)) event.waitUntil(keepPage(keep))
})

/** Reports that wait here, and receipts that were not cleared yet. */
const howMany = async (): Promise<number> => (await all('queue')).length + (await all('receipts')).length

/** The page is asked for as nobody in particular, so that no name is on it. */
const keepPage = async (path: string): Promise<void> => {
  const page = await fetch(path, { credentials: 'omit' })
  if (!page.ok) return
  const text = await page.clone().text()
  const assets = [...new Set(text.match(/\/assets\/[\w.-]+\.(?:css|js|svg)/g))]
  const cache = await caches.open(shelf)
  await cache.addAll(assets)
  await cache.put(path, page)
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (pathname.startsWith('/assets/') && !assets.includes(pathname)) await cache.delete(url)
  }
}

const sendAndTell = async (): Promise<void> => {
  await sendWaiting()
  for (const client of await worker.clients.matchAll()) client.postMessage({ kept: await howMany() })
}
worker.addEventListener('sync', (event) => event.waitUntil(sendAndTell()))

/** Pages that a visitor may be on. Where staff work, the browser's own page for no signal is the honest one. */
const visitors = /^(?:\/[a-z]{2})?(?:\/|\/(?:report|signs|offer|for-you|receipt)(?:\/.*)?)?$/

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (origin !== location.origin) return
  if (pathname.startsWith('/assets/'))
    return event.respondWith(caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request)))
  if (request.mode !== 'navigate' || !visitors.test(pathname)) return
  if (request.method === 'GET') {
    const page = fetch(request)
    // Not every browser wakes a worker when there is signal again: the next page that opens says so just as well.
    event.waitUntil(page.then(sendAndTell).catch(() => {}))
    return event.respondWith(page.catch(() => offline(pathname)))
  }
  if (request.method !== 'POST' || !/\/report\//.test(pathname)) return
  const copy = request.clone()
  event.respondWith(
    fetch(request).catch(async () => {
      // A member of staff's form is theirs to send again; it is not put away on what may be a shared machine.
      if (!(await keepWords(copy))) return Response.error()
      return offline(pathname)
    }),
  )
})

/** Fields of a form that are not anybody's words. */
const machinery = /^(?:_csrf|how|from|key|ticket|nonce|add|remove)$/

const keepWords = async (request: Request): Promise<boolean> => {
  const form = await request.formData().catch(() => new FormData())
  if (form.has('draft')) return false
  const words = [...form]
    .filter(([name, value]) => !machinery.test(name) && typeof value === 'string' && /\S/.test(value))
    .map(([, value]) => value as string)
  if (words.length) await put('typed', String(Date.now()), { words: words.join('\n') })
  return true
}

const offline = async (pathname: string): Promise<Response> => {
  const language = /^\/[a-z]{2}(?=\/|$)/.exec(pathname)?.[0] ?? ''
  const kept = (await caches.match(`${language}/report/offline`)) ?? (await caches.match('/report/offline'))
  return kept ?? Response.error()
}
