import { inflateSync } from 'node:zlib'
import { getDocumentProxy } from 'unpdf'
import { withoutFurniture } from './furniture.ts'
import { most_characters, most_pages, Unreadable, type Lines } from './line.ts'
import { linesOnPages, type Bit } from './layout.ts'

/**
 * A PDF's words, page by page, put back into lines from where they stand. (unpdf is PDF.js in one file, without what
 * draws: nothing is fetched, run or shown.)
 */
export const readPdf = async (bytes: Buffer): Promise<Lines> => {
  // Readers mend a file without its end, and leave out what they cannot find: half a report would look like a whole one.
  if (bytes.lastIndexOf('%%EOF') < bytes.length * 0.9 - 2048) throw new Unreadable('cut off')
  if (holdsBomb(bytes)) throw new Unreadable('bomb')
  const pdf = await open(bytes)
  if (pdf.numPages > most_pages) throw new Unreadable('too long')
  const pages: Bit[][] = []
  let characters = 0
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent()
    const bits: Bit[] = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[]
      // Words that stand upright beside a page are no part of what is read.
      if (Math.abs(c) > Math.abs(d)) return []
      characters += item.str.length
      return [{ words: item.str, x, y, right: x + item.width, size: Math.abs(d) || item.height }]
    })
    if (characters > most_characters) throw new Unreadable('too long')
    pages.push(bits)
  }
  if (characters < 20) throw new Unreadable('pictures')
  return { kind: 'pdf', pages: pdf.numPages, lines: withoutFurniture(linesOnPages(pages)) }
}

const most_unpacked = 128 * 1024 * 1024
/** Nothing smaller can unpack to as much: deflate makes 1032 bytes of one at most. */
const least_packed = Math.floor(most_unpacked / 1032)

/** Whether one of its streams unpacks to more than any page has words. Pictures may: they are not unpacked for the words. */
const holdsBomb = (bytes: Buffer): boolean => {
  for (let at = 0; (at = bytes.indexOf('stream', at)) >= 0; at += 6) {
    const begins = at + (bytes[at + 6] === 13 ? 8 : 7)
    const end = bytes.indexOf('endstream', begins)
    if (end < 0) return false
    const about = bytes.toString('latin1', Math.max(0, at - 400), at)
    const own = about.slice(about.lastIndexOf(' obj') + 1)
    if (end - begins >= least_packed && own.includes('/FlateDecode') && !/\/Subtype\s*\/Image/.test(own))
      try {
        inflateSync(bytes.subarray(begins, end), { maxOutputLength: most_unpacked })
      } catch (error) {
        if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return true
      }
    at = end + 3
  }
  return false
}

const open = async (bytes: Buffer) => {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false })
  } catch (error) {
    throw new Unreadable((error as Error).name === 'PasswordException' ? 'encrypted' : 'cut off')
  }
}
