import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { elmshire, htmlReport, pdfReport, wordReport } from '../../../test/report-files.ts'
import { dayIn, inWords } from './days.ts'
import { linesOf } from './lines-of.ts'
import { read, type Reading } from './read.ts'

const readingOf = async (bytes: Buffer | string, name = 'report.txt'): Promise<Reading> =>
  read(await linesOf(Buffer.from(bytes), name), name)

const content = {
  partnership_name: 'Elmshire',
  core_partners: 'Elmshire Police, Elmshire County Council and NHS Elmshire',
  authorities: 'Elmshire County Council plus 2 District Councils (Northmoor & Southmoor)',
  region: 'East of England',
  size: 'Small',
  methodology: 'Peer learning',
  commenced: '3rd February 2020',
  reasons:
    'Elmshire’s partnership was about to write a strategy for young adults.\n\nIt asked for somebody from outside to look at its plans first, because <5 of its twelve agencies had seen them.',
  aims: 'To hear what the people who do the work think of the plans, and to put what they say beside what leaders expect.',
  methods:
    'Two days of workshops were held, one for leaders and one for the people who meet families every day, and the notes of both were read by the Elmshire Safeguarding Executive Board. It asked that the work should:\n\n' +
    '1. Say plainly what was agreed\n2. Name who would do it i.e. a person and not a board\n3. Come back after six months\n\nA third day brought both groups together.',
  issues_intro: 'Three things came up again and again:',
  care: '',
  boundaries: '',
  complexity: '',
  dots: 'Leaders spoke about their own doubts, and that helped everybody else to speak about theirs, although it took most of the first morning before anybody did.\n\nNobody knew at first who should go on with a young person after eighteen.',
  learning:
    'Begin with the people who do the work. Other areas should expect that a plan changes when it is read aloud to those who would carry it out, and should leave time for changing it before it is printed.',
  disruption_intro: 'The project has led to changes of different sizes.',
  disruption: [
    { words: 'Leaders put the strategy off by three months to hear more' },
    {
      words:
        "The county's training is paused while its evidence is looked at. Although a small thing, this is an example of the area reading before it buys",
    },
    { words: 'A list of names exists and is kept' },
    { words: 'Two teams share a room on Mondays' },
  ],
  reflections:
    'We came for a document and left with telephone numbers. It was “worth it”.\n\nOur staff said that they were listened to.',
  consent: null,
  signatures: [
    {
      side: 'local',
      name: 'Alma Reed',
      role: 'Independent Chair',
      body: 'Elmshire Safeguarding Partnership',
      signed_on: '2021-06-04',
    },
    { side: 'programme', name: '[signatory, programme team]', role: '', body: '', signed_on: '2021-06-01' },
  ],
}
const outline = ({ content }: Reading) =>
  content.issues.map(({ whose, heading, number, words, below }) => [
    whose,
    heading,
    `${number} ${words}`,
    ...below.map((one) => `${one.number} ${one.words}`),
  ])
const issues = [
  [
    'both',
    'Knowing each other',
    '1 Knowing who is who. People who had worked in the same town for years met for the first time.',
  ],
  [
    'both',
    'Knowing each other',
    '2 Making this last meant',
    '2.1 A list of names that somebody keeps – locally, and not in a drawer',
    '2.2 Meeting without an agenda twice a year',
  ],
  [
    'both',
    'Working past the birthday',
    '3 Working past the birthday. This involved',
    '3.1 One worker who stays',
    '3.2 Plans written with the young person',
  ],
  ['both', 'Working past the birthday', '4 Asking who else could stay in touch'],
  ['both', 'Time', '5 Time to think, which nobody had. This included', '5.1 Cover for a morning', '5.2 Rooms'],
]

const files: readonly [string, () => Promise<Buffer>][] = [
  ['report.txt', async () => elmshire],
  ['report.html', async () => htmlReport()],
  ['report.docx', async () => wordReport()],
  ['report.pdf', () => pdfReport()],
]
test.each(files)(
  '%s comes in with every field of the form in its place, and nothing of it is left over',
  async (name, bytes) => {
    const reading = await readingOf(await bytes(), name)
    expect(outline(reading)).toEqual(issues)
    expect({ ...reading.content, issues: undefined }).toEqual({ ...content, issues: undefined })
    expect([reading.left, reading.missing, reading.title]).toEqual([[], [], 'Elmshire: project learning report'])
    expect(reading.doubts.map(({ about }) => about)).toEqual(['consent', 'no name'])
  },
)

test('whatever was recognised says under which words of the file it stands, and where', async () => {
  const { found } = await readingOf(elmshire)
  expect(found.find(({ field }) => field === 'region')).toMatchObject({
    label: 'Regional Area',
    from: { page: 1, line: 9 },
  })
  expect(found.find(({ field }) => field === 'methods')).toMatchObject({ from: { line: 17 }, to: { line: 26 } })
})

test('labels come without colons, wrapped, numbered, in another order or not at all, and lines broken at a width', async () => {
  const reading = await readingOf(`Bespoke Support Project learning
1. Aims of the Bespoke Support Project (BSP) as identified in
the Project Specification:
To think about boundaries between services, as the
aims of the project say, and about who crosses them
when nobody else does. That is all there was to it.

2. Region
South West
3. Partner agencies involved
Westmere Police
Westmere Council
4. Start date: 28/05/20
Reflections from the local area
It was good.
What the money was spent on:
Tea.
Signed on behalf of the local area: Bo Quill - Chair - Westmere, 2nd June 2020
Reasons for requesting support: we were stuck`)
  expect(reading.content).toMatchObject({
    aims: 'To think about boundaries between services, as the aims of the project say, and about who crosses them when nobody else does. That is all there was to it.',
    region: 'South West',
    core_partners: 'Westmere Police, Westmere Council',
    commenced: '28 May 2020',
    reasons: 'we were stuck',
    signatures: [{ name: 'Bo Quill', role: 'Chair', body: 'Westmere', signed_on: '2020-06-02' }],
  })
  expect(reading.left.map(({ words }) => words)).toEqual(['Bespoke Support Project learning'])
  expect(reading.missing).toContain('learning')
  expect(reading.doubts).toMatchObject([{ about: 'heading', words: 'What the money was spent on:' }])
})

test('the issues of a table with two columns are told apart by whose they are', async () => {
  const table = `<table><tr><th>For the local area</th><th>For those delivering the BSP</th></tr>
    <tr><td><h4>Trust</h4><ol><li>Names<ol type="a"><li>kept</li></ol></li></ol></td><td><ol><li>Time</li></ol></td></tr></table>`
  const reading = await readingOf(
    `<html><p>Key issues that arose during the delivery of the BSP</p>${table}<p>More to come</p>`,
    'a.html',
  )
  expect(outline(reading)).toEqual([
    ['local', 'Trust', '1 Names', 'a kept'],
    ['delivering', '', '1 Time'],
  ])
  expect(reading.content.issues_intro).toBe('More to come')
})

test('each side has its own list, and a heading as high as the form’s that is none of them is left to a person', async () => {
  const reading = await readingOf(
    '# Key issues that arose\n\nFor the local area:\n1. Time\n\nFor those delivering the BSP:\n- Diaries\n\n# Next steps\n\nMeet again.\n\n# Joining the Dots\n\n1. Leading with care\n2. Blurring boundaries\n3. Holding complexity, uncertainty and curiosity\n\nAll three.',
  )
  expect(outline(reading)).toEqual([
    ['local', '', '1 Time'],
    ['delivering', '', ' Diaries'],
  ])
  expect(reading.left.map(({ words }) => words)).toEqual(['Next steps', 'Meet again.'])
  expect(reading.content.dots).toBe('All three.')
})

test('each of the three reflections keeps its own words where a report has them apart, and a ticked box is agreement', async () => {
  const { content } = await readingOf(
    'Joining the Dots\n\nLeading with care\n\nWe did.\n\n2. Blurring boundaries: We tried.\n\nHolding complexity, uncertainty and curiosity\n\nNot yet.\n\n☒ Please tick this box if there is an agreement for the report to be shared with other areas',
  )
  expect(content).toMatchObject({
    care: 'We did.',
    boundaries: 'We tried.',
    complexity: 'Not yet.',
    dots: '',
    consent: true,
  })
})

test('an article that is not in the form comes in as what it is: words that stand in no box yet', async () => {
  const reading = await readingOf(
    '# What we saw\n\nAims of work like this are rarely said.\n\nThe region: a thing nobody owns, it was said.\n\n- One\n- Two',
  )
  expect(reading.found.map(({ field }) => field)).not.toContain('aims')
  expect([reading.title, reading.left[0]]).toEqual(['What we saw', { words: 'What we saw', page: 1, line: 1 }])
})

test('a day is read however it is written, and one that no calendar has is none', () => {
  const forms = [
    '28/05/20',
    '28.5.2020',
    '28th May 2020',
    '28 May, 2020',
    'May 28th, 2020',
    '2020-05-28',
    '28-May-20',
    'Thursday 28th of May 2020',
  ]
  expect(forms.map((form) => dayIn(form)?.day)).toEqual(forms.map(() => '2020-05-28'))
  expect([dayIn('31/02/20'), dayIn('December 2019')]).toEqual([undefined, undefined])
  expect([inWords('December 2019'), inWords('28/05/20')]).toEqual(['December 2019', '28 May 2020'])
})

/** The report that this began from is not ours to ship: where it lies is told by the environment. */
const real = path.join(process.env['LEARNING_DATA'] ?? '', 'warwickshire-2020.txt')
test.runIf(fs.existsSync(real))('the report of 2020 comes in whole', async () => {
  const reading = await readingOf(fs.readFileSync(real))
  expect(reading.content.issues.map(({ number, below }) => [number, ...below.map((one) => one.number)])).toEqual([
    ['1'],
    ['2', '2.1', '2.2'],
    ['3', '3.1', '3.2', '3.3'],
    ['4'],
    ['5'],
    ['6'],
    ['7', '7.1', '7.2', '7.3'],
  ])
  expect(reading.content.disruption).toHaveLength(6)
  expect(reading.content.signatures.map(({ signed_on }) => signed_on)).toEqual(['2020-05-28', '2020-05-27'])
  expect([reading.left, reading.missing, reading.content.commenced]).toEqual([[], [], 'December 2019'])
})
test.skipIf(fs.existsSync(real))('(without LEARNING_DATA, the folder of the report of 2020, it is not read)', () => {})
