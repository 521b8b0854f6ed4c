import fs from 'node:fs'
import { expect, test } from 'vitest'
import { elmshire } from '../../../../test/report-files.ts'
import { fill, wordsIn } from '../../../web/index.ts'
import { linesOf } from '../../reading/lines-of.ts'
import { read } from '../../reading/read.ts'
import { openZip } from '../../reading/unzip.ts'
import type { ReportContent } from '../content.ts'
import { reportPdf } from './pdf.ts'
import { paperOf } from './pieces.ts'
import { reportWord } from './word.ts'

const w = wordsIn('en').learningReading.paper
const foot = (page: string, pages: string) => fill(w.foot, { title: 'Elmshire', page, pages })
const info = {
  title: 'Elmshire',
  author: 'Elmshire Exploitation Partnership',
  lang: 'en-GB',
  made: new Date('2026-11-23'),
}

const elmshireContent = async (): Promise<ReportContent> =>
  read(await linesOf(elmshire, 'report.txt'), 'report.txt').content
/** Some issues are for one side alone, and somebody signed a version of ours. */
const inColumns = async (): Promise<ReportContent> => {
  const content = await elmshireContent()
  const [first, second, ...rest] = content.issues
  return {
    ...content,
    consent: true,
    issues: [first!, { ...second!, whose: 'local' }, ...rest.map((one) => ({ ...one, whose: 'delivering' as const }))],
    disruption: content.disruption.map((one) => ({ ...one, evidence: 'Minutes of May', says: 'The board' })),
  }
}

const kept = (bytes: Buffer, name: string): Buffer => {
  const folder = process.env['PAPERS_KEEP']
  if (folder) fs.writeFileSync(`${folder}/${name}`, bytes)
  return bytes
}

test('the Word file has real headings, lists that Word numbers, a table of two columns and a line at the foot', async () => {
  const bytes = kept(reportWord(info, foot, paperOf(w, 'Elmshire', await inColumns())), 'columns.docx')
  const zip = openZip(bytes)
  const body = zip.read('word/document.xml')!
  expect(body.match(/w:val="Heading1"/g)?.length).toBeGreaterThanOrEqual(8)
  expect(body).toMatch(/<w:tblHeader\/>.*For the local area.*For those delivering the project/)
  expect(body).toContain('Alma Reed')
  expect(body).not.toContain('1) ')
  expect(zip.read('word/numbering.xml')).toMatch(/<w:lvlText w:val="%1.%2"\/>/)
  expect(zip.read('word/footer.xml')).toMatch(/Elmshire – page .* PAGE .* NUMPAGES /)
  expect(zip.read('word/styles.xml')).toContain('w:lang w:val="en-GB"')
})

test('what goes out as Word or PDF comes back in with the same words in the same boxes', async () => {
  const content = await elmshireContent()
  const paper = paperOf(w, 'Elmshire: project learning report', content)
  const word = kept(reportWord(info, foot, paper), 'elmshire.docx')
  const pdf = kept(await reportPdf(info, foot, paper), 'elmshire.pdf')
  for (const [bytes, name] of [
    [word, 'a.docx'],
    [pdf, 'a.pdf'],
  ] as const) {
    const back = read(await linesOf(bytes, name), name).content
    const fields = ['region', 'reasons', 'aims', 'methods', 'dots', 'learning', 'reflections'] as const
    expect([name, ...fields.map((field) => back[field])]).toEqual([name, ...fields.map((field) => content[field])])
    expect(back.issues.map(({ heading, words, below }) => [heading, words, below.map((one) => one.words)])).toEqual(
      content.issues.map(({ heading, words, below }) => [heading, words, below.map((one) => one.words)]),
    )
    expect(back.disruption).toEqual(content.disruption)
    expect(back.signatures).toEqual(content.signatures)
    expect(back.partnership_name).toBe('Elmshire')
  }
})

test('the PDF is tagged, says its language, and keeps long columns on as many pages as they take', async () => {
  const content = await inColumns()
  const long = content.issues.map((one) => ({
    ...one,
    words: `${one.words} ${'And so on and on it goes. '.repeat(40)}`,
  }))
  const bytes = kept(await reportPdf(info, foot, paperOf(w, 'Elmshire', { ...content, issues: long })), 'long.pdf')
  const text = bytes.toString('latin1')
  expect(text).toContain('/Lang (en-GB)')
  expect(text).toContain('/StructTreeRoot')
  const { lines, pages } = await linesOf(bytes, 'long.pdf')
  expect(pages).toBeGreaterThan(4)
  expect(
    lines
      .map(({ words }) => words)
      .join(' ')
      .match(/goes\./g),
  ).toHaveLength(40 * long.length)
})
