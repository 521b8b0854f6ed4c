import type { FastifyRequest } from 'fastify'
import type { Arriving, Ask, Upload } from './ask.ts'
import type { Route } from './routes.ts'

export const most_bytes = 25 * 1024 * 1024

type Body = Pick<Ask, 'form' | 'uploads' | 'arriving'> & { letPass: () => void }
const nothing = { uploads: [], letPass: () => {} }

/** What was sent, as far as the route takes it: nothing where there is no route. `letPass` is called when it is answered. */
export const readBody = async (request: FastifyRequest, route: Route | undefined): Promise<Body> => {
  if (request.method !== 'POST' || !route) return { ...nothing, form: {} }
  if (!request.isMultipart())
    return { ...nothing, form: { ...(request.body as Record<string, string | string[]> | undefined) } }
  return route.streams
    ? { ...nothing, ...(await readArriving(request)) }
    : { ...nothing, ...(await readMultipart(request, route.files ?? 0)) }
}

/** How many uploads are held in memory at once; more wait their turn, so a crowd of photos cannot exhaust the server. */
const places = 3
let taken = 0
const waiting: (() => void)[] = []
const place = async (): Promise<() => void> => {
  if (taken >= places) await new Promise<void>((resolve) => waiting.push(resolve))
  else taken++
  return () => {
    const next = waiting.shift()
    if (next) next()
    else taken--
  }
}

/**
 * Reads a form that may carry files. A file that is too big, or one too many, comes back without its bytes: the words
 * that came with it must not be lost for it.
 */
export const readMultipart = async (request: FastifyRequest, mostFiles: number) => {
  const leave = await place()
  try {
    const form: Record<string, string | string[]> = {}
    const uploads: Upload[] = []
    for await (const part of request.parts({ limits: { ...limits, fileSize: most_bytes } })) {
      if (part.type === 'field') add(form, part.fieldname, String(part.value))
      else {
        const chunks: Buffer[] = []
        for await (const chunk of part.file) if (uploads.length < mostFiles) chunks.push(chunk as Buffer)
        const bytes = part.file.truncated ? Buffer.alloc(0) : Buffer.concat(chunks)
        // An empty file box still sends a part with no name.
        if (part.filename !== '' && part.filename !== undefined)
          uploads.push({ field: part.fieldname, name: part.filename, bytes, tooBig: part.file.truncated })
      }
    }
    return { form, uploads }
  } finally {
    leave()
  }
}

// High limits: past one of them the whole form is refused, and the words in it are gone.
const limits = { files: 50, fields: 400, parts: 450, fieldSize: 2_000_000 }

/** What may stream in at most. Nobody holds it in memory; a page that takes less says so. */
const most_streamed_bytes = 4 * 1024 ** 3

/**
 * Reads a form up to its file, and hands that over while it comes.
 * @returns `letPass`: lets go by whatever was not read, or a browser that is still sending would never see its answer
 */
const readArriving = async (
  request: FastifyRequest,
): Promise<{ form: Record<string, string | string[]>; arriving?: Arriving; letPass: () => void }> => {
  const form: Record<string, string | string[]> = {}
  const parts = request.parts({ limits: { ...limits, fileSize: most_streamed_bytes } })[Symbol.asyncIterator]()
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value
    if (part.type === 'field') add(form, part.fieldname, String(part.value))
    else if (part.filename === '' || part.filename === undefined) part.file.resume()
    else {
      // Left early it must stay open: closing it would close the line that the answer takes.
      const pieces = part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
      const rest = async (): Promise<void> => {
        part.file.resume()
        for (let next = await parts.next(); !next.done; next = await parts.next())
          if (next.value.type === 'file') next.value.file.resume()
      }
      return { form, arriving: { name: part.filename, pieces }, letPass: () => void rest().catch(() => {}) }
    }
  }
  return { form, letPass: () => {} }
}

const add = (form: Record<string, string | string[]>, name: string, value: string): void => {
  const before = form[name]
  form[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
}
