import { readWord } from './docx.ts'
import { readHtml } from './html.ts'
import { Unreadable, type Lines } from './line.ts'
import { readPdf } from './pdf.ts'
import { decoded, readText } from './plain.ts'

const begins = (bytes: Buffer, sign: string): boolean =>
  bytes.subarray(0, sign.length).equals(Buffer.from(sign, 'latin1'))

/**
 * The lines of a file, by what is in it: its name only says whether marked-up text is a page.
 * @throws {Unreadable} with the name of the sentence that says why not
 */
export const linesOf = async (bytes: Buffer, name: string): Promise<Lines> => {
  if (bytes.length === 0) throw new Unreadable('empty')
  const lines = await linesByKind(bytes, name)
  if (lines.lines.length === 0) throw new Unreadable('empty')
  return lines
}

const linesByKind = async (bytes: Buffer, name: string): Promise<Lines> => {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return readPdf(bytes)
  if (begins(bytes, 'PK')) return readWord(bytes)
  // Word before 2007, and any Office file that a password locks.
  if (begins(bytes, '\xd0\xcf\x11\xe0'))
    throw new Unreadable(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old word')
  if (begins(bytes, '{\\rtf')) throw new Unreadable('old word')
  if (!isText(bytes)) throw new Unreadable('not a report')
  const head = decoded(bytes.subarray(0, 4096))
  if (/<!doctype html|<(?:html|head|body)\b/i.test(head) || (/\.x?html?$/i.test(name) && /<\w+/.test(head)))
    return readHtml(decoded(bytes))
  return readText(bytes)
}

/** Words hold no zero bytes, but for UTF-16, and next to nothing below the space. */
const isText = (bytes: Buffer): boolean => {
  if (begins(bytes, '\xff\xfe') || begins(bytes, '\xfe\xff')) return true
  const sample = bytes.subarray(0, 65_536)
  const odd = sample.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0)
  return odd <= sample.length / 1000
}
