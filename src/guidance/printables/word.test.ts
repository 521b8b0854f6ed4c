import { crc32, inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { wordPages } from './word.ts'

/** What an archive holds, read as its own headers say, each file checked against its sum. */
const filesIn = (archive: Buffer): Map<string, string> => {
  const files = new Map<string, string>()
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const [sum, packed, size] = [14, 18, 22].map((offset) => archive.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const named = at + 30 + archive.readUInt16LE(at + 26)
    const bytes = inflateRawSync(archive.subarray(named, named + packed))
    expect([crc32(bytes), bytes.length]).toEqual([sum, size])
    files.set(archive.toString('ascii', at + 30, named), bytes.toString())
    at = named + packed
  }
  return files
}

const made = new Date('2026-11-23T10:00:00Z')
const paper = wordPages(
  { title: 'A & B', author: '', lang: 'en-GB', made },
  (page, pages) => `SECRET ${page}/${pages}`,
  (on) => {
    on.say('H1', 'A & B')
    on.say('P', '=HYPERLINK("http://x")\n<w:fldSimple w:instr="DATE"/> \u0007Łucja')
    on.next()
    on.say('H2', 'Next')
  },
)

test('a Word file has real headings and its words as they were said, none of them a field or markup', () => {
  const files = filesIn(paper)
  expect([...files.keys()][0]).toBe('[Content_Types].xml')
  const body = files.get('word/document.xml')!
  expect(body).toContain('<w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">A &amp; B</w:t>')
  expect(body).toContain(
    '=HYPERLINK(&quot;http://x&quot;)</w:t><w:br/><w:t xml:space="preserve">&lt;w:fldSimple w:instr=&quot;DATE&quot;/&gt; Łucja<',
  )
  expect(body).not.toMatch(/<w:(?:fldSimple|instrText|fldChar|hyperlink|object)/)
})

test('the line at the foot stands on every page, with the number of the page as its only fields', () => {
  const foot = filesIn(paper).get('word/footer.xml')!
  expect(foot).toMatch(/SECRET .*w:instr=" PAGE ".*\/.*w:instr=" NUMPAGES "/)
  expect(foot.match(/w:instr/g)).toHaveLength(2)
})

test('the archive ends with a list of everything in it, which says where each file begins', () => {
  const end = paper.length - 22
  expect(paper.readUInt32LE(end)).toBe(0x06054b50)
  const count = paper.readUInt16LE(end + 10)
  let at = paper.readUInt32LE(end + 16)
  for (let file = 0; file < count; file++) {
    expect(paper.readUInt32LE(at)).toBe(0x02014b50)
    expect(paper.readUInt32LE(paper.readUInt32LE(at + 42))).toBe(0x04034b50)
    at += 46 + paper.readUInt16LE(at + 28)
  }
  expect([count, at]).toEqual([7, end])
})
