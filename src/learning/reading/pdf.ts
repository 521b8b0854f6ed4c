import { getDocumentProxy } from 'unpdf'
import { withoutFurniture } from './furniture.ts'
import { most_characters, most_pages, Unreadable, type Line, type Lines } from './line.ts'
import { linesOnPage, type Bit } from './layout.ts'

/**
 * A PDF's words, page by page, put back into lines from where they stand. (unpdf is PDF.js in one file, without what
 * draws: nothing is fetched, run or shown.)
 */
export const readPdf = async (bytes: Buffer): Promise<Lines> => {
  // Readers mend a file without its end, and leave out what they cannot find: half a report would look like a whole one.
  if (bytes.lastIndexOf('%%EOF') < bytes.length * 0.9 - 2048) throw new Unreadable('cut off')
  const pdf = await open(bytes)
  if (pdf.numPages > most_pages) throw new Unreadable('too long')
  const lines: Line[] = []
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
    lines.push(...linesOnPage(bits, page))
  }
  if (characters < 20) throw new Unreadable('pictures')
  return { kind: 'pdf', pages: pdf.numPages, lines: withoutFurniture(lines) }
}

const open = async (bytes: Buffer) => {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false })
  } catch (error) {
    throw new Unreadable((error as Error).name === 'PasswordException' ? 'encrypted' : 'cut off')
  }
}
