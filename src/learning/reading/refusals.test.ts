import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { elmshire, pdfFile, pdfReport, wordFile, wordReport } from '../../../test/report-files.ts'
import { Unreadable } from './line.ts'
import { linesOf } from './lines-of.ts'
import { most_bytes, readFile } from './read-file.ts'

const refusalOf = async (bytes: Buffer, name = 'report'): Promise<string> => {
  try {
    await linesOf(bytes, name)
    return 'read'
  } catch (error) {
    if (error instanceof Unreadable) return error.why
    throw error
  }
}

const blank = (pages: number, words: string): Promise<Buffer> =>
  pdfFile((doc) => {
    for (let page = 1; page <= pages; page++) {
      if (page > 1) doc.addPage()
      if (words) doc.text(`${words} ${page}`)
      else doc.rect(10, 10, 100, 100).fill()
    }
  })

test('what is no report says so by what it is', async () => {
  const pdf = await pdfReport()
  const word = wordReport()
  const ole = Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1')
  const locked = Buffer.from(word)
  // The flag for an encrypted entry, in the archive's list.
  for (let at = 0; (at = locked.indexOf('PK\x01\x02', at)) >= 0; at += 4) locked[at + 8] = 1
  const said = {
    nothing: await refusalOf(Buffer.alloc(0)),
    blank: await refusalOf(Buffer.from(' \n\n\t\n')),
    picture: await refusalOf(Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01', 'latin1')),
    archive: await refusalOf(Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64')),
    rtf: await refusalOf(Buffer.from('{\\rtf1 Hello}')),
    doc: await refusalOf(ole),
    'locked docx': await refusalOf(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])),
    'locked zip': await refusalOf(locked),
    'locked pdf': await refusalOf(await pdfFile((doc) => void doc.text('Secret'), { userPassword: 'no' })),
    'half a pdf': await refusalOf(pdf.subarray(0, pdf.length / 2)),
    'half a docx': await refusalOf(word.subarray(0, word.length / 2)),
    'bomb of a docx': await refusalOf(wordFile('<w:p/>'.repeat(7_500_000))),
    'scanned pdf': await refusalOf(await blank(2, '')),
    'five hundred pages': await refusalOf(await blank(500, 'Page')),
    'five hundred pages of text': await refusalOf(Buffer.from(`${elmshire.toString()}\n`.repeat(300))),
  }
  expect(said).toEqual({
    nothing: 'empty',
    blank: 'empty',
    picture: 'not a report',
    archive: 'not a report',
    rtf: 'old word',
    doc: 'old word',
    'locked docx': 'encrypted',
    'locked zip': 'encrypted',
    'locked pdf': 'encrypted',
    'half a pdf': 'cut off',
    'half a docx': 'cut off',
    'bomb of a docx': 'bomb',
    'scanned pdf': 'pictures',
    'five hundred pages': 'too long',
    'five hundred pages of text': 'too long',
  })
})

/** One page whose drawing unpacks to as many megabytes. */
const pdfBomb = (megabytes: number): Buffer => {
  const packed = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, ' '))
  const head = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length ${packed.length}>>stream\n`
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF')])
}

test('a bomb is refused in the thread that reads it, and the next file is read after it', async () => {
  const answers = [
    readFile(pdfBomb(200), 'bomb.pdf'),
    readFile(elmshire, 'report.txt'),
    readFile(Buffer.alloc(most_bytes + 1), 'big.txt'),
  ]
  const [bomb, report, big] = await Promise.all(answers)
  expect(bomb).toEqual({ refusal: 'bomb' })
  expect(report).toMatchObject({ reading: { title: 'Elmshire: project learning report' } })
  expect(big).toEqual({ refusal: 'too big' })
})

test('fifty pages of a report are read, and it is said how long that took', async () => {
  const long = await pdfFile((doc) => {
    for (let page = 1; page <= 50; page++) {
      if (page > 1) doc.addPage()
      doc.fontSize(11).text(page === 1 ? 'Aims of the BSP:' : '')
      for (let line = 0; line < 12; line++)
        doc.text('To think about what is meant, and to say it to whoever was not there. '.repeat(3)).moveDown()
    }
  })
  const began = performance.now()
  const answer = await readFile(long, 'long.pdf')
  console.log(`50 pages in ${Math.round(performance.now() - began)} ms`)
  expect('reading' in answer && answer.reading.content.aims.length).toBeGreaterThan(50_000)
}, 30_000)
