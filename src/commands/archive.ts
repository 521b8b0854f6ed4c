import { createHash } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'

/*
 * A backup is one file: a line that says what it is, a line of JSON (the manifest), the rows gzipped, and at the end the
 * SHA-256 of all that, as 64 letters and digits. Rows are text: a line "#table", then a line of JSON for each row.
 */
const firstLine = 'trellis backup 1\n'
const sealLength = 64

const manifest = z.object({
  made: z.iso.datetime(),
  version: z.string(),
  database: z.string(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
  rows: z.record(z.string(), z.number()),
  /** What the keys look like from outside, by id: enough to tell the right key file from another, no use otherwise. */
  keys: z.record(z.string(), z.string()),
})
export type Manifest = z.infer<typeof manifest>

/** Writes the file, readable by its owner alone. It gets its name only when it is whole. */
export const writeArchive = async (file: string, about: Manifest, lines: AsyncIterable<string>): Promise<void> => {
  const part = `${file}.part`
  const hash = createHash('sha256')
  const out = fs.createWriteStream(part, { flags: 'wx', mode: 0o600 })
  const write = async (bytes: Buffer): Promise<void> => {
    hash.update(bytes)
    if (!out.write(bytes)) await once(out, 'drain')
  }
  try {
    await once(out, 'open')
    await write(Buffer.from(`${firstLine}${JSON.stringify(about)}\n`))
    await pipeline(Readable.from(lines), createGzip(), async (zipped: AsyncIterable<Buffer>) => {
      for await (const bytes of zipped) await write(bytes)
    })
    await new Promise<void>((resolve, reject) => out.on('error', reject).end(hash.digest('hex'), () => resolve()))
    fs.linkSync(part, file)
  } finally {
    out.destroy()
    fs.rmSync(part, { force: true })
  }
}

/**
 * Opens a backup after checking every byte of it.
 * @throws {Error} when it is none, or not as it was written
 */
export const openArchive = async (file: string): Promise<{ about: Manifest; lines: () => AsyncGenerator<string> }> => {
  const { size } = fs.statSync(file)
  const end = size - sealLength
  const head = await readHead(file)
  const hash = createHash('sha256')
  for await (const bytes of fs.createReadStream(file, { end: end - 1 })) hash.update(bytes as Buffer)
  const seal = fs.createReadStream(file, { start: end, encoding: 'latin1' })
  if ((await seal.toArray()).join('') !== hash.digest('hex')) throw damaged(file)
  const about = manifest.parse(JSON.parse(head.line))
  return {
    about,
    lines: () => linesOf(fs.createReadStream(file, { start: head.length, end: end - 1 }).pipe(createGunzip())),
  }
}

const damaged = (file: string): Error =>
  new Error(`${file} is damaged: it is not what was written. Nothing was changed. Use another copy.`)

/** The manifest's line, and how many bytes stand before the rows. */
const readHead = async (file: string): Promise<{ line: string; length: number }> => {
  let text = ''
  for await (const piece of fs.createReadStream(file, { encoding: 'latin1' })) {
    text += piece as string
    if (!text.startsWith(firstLine)) throw new Error(`${file} is not a backup of Trellis.`)
    const end = text.indexOf('\n', firstLine.length)
    if (end >= 0) return { line: Buffer.from(text.slice(firstLine.length, end), 'latin1').toString(), length: end + 1 }
  }
  throw text ? damaged(file) : new Error(`${file} is empty.`)
}

/** Only \n ends a line: a row may hold what else the Unicode standard calls a line break. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = []
  for await (const bytes of stream) {
    let from = 0
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      yield Buffer.concat([...rest, bytes.subarray(from, at)]).toString()
      rest = []
      from = at + 1
    }
    rest.push(bytes.subarray(from))
  }
}
