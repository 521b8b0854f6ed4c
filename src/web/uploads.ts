import type { FastifyRequest } from 'fastify'
import type { Upload } from './ask.ts'

export const most_bytes = 25 * 1024 * 1024

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
    // High limits: past one of them the whole form is refused, and the words in it are gone.
    const limits = { fileSize: most_bytes, files: 50, fields: 400, parts: 450, fieldSize: 2_000_000 }
    for await (const part of request.parts({ limits })) {
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

const add = (form: Record<string, string | string[]>, name: string, value: string): void => {
  const before = form[name]
  form[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
}
