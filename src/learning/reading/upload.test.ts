import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import { wordReport } from '../../../test/report-files.ts'
import { contentOf } from '../report/read.ts'

let house: TestHouse
let learners: Learners
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
}, 60_000)
afterAll(() => house.close())

const read = '/learning/reports/read'
const sent = (bytes: Buffer | string, name: string): FormData => {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(Buffer.from(bytes))], name))
  return form
}
const reports = (): Promise<{ id: string }[]> =>
  house.seen(house.system, (tx) => tx.selectFrom('learning_report').select('id').execute())

test('a Word file is sent, waits to be confirmed, and becomes a draft with every field', async () => {
  const nell = await learners.browser('nell')
  const { location } = await nell.send(read, sent(wordReport(), 'elmshire.docx'))
  expect(location).toMatch(/^\/learning\/reports\/read\//)
  const shown = await nell.get(location)
  expect(shown.text).toContain('17 boxes of the form were recognised')
  expect(shown.text).toContain('Peer learning')
  expect(shown.text).toContain('The file does not say whether the box was ticked')
  // It waits for whoever sent it, after a reload too, and for nobody else.
  expect((await nell.get(read)).text).toContain('Elmshire: project learning report')
  expect((await (await learners.browser('ravi')).get(location)).status).toBe(404)
  expect(await reports()).toEqual([])
  const empty = await nell.post(location, { title: ' ' })
  expect([empty.status, empty.text.includes('Enter what the report is called')]).toEqual([422, true])
  const made = await nell.post(location, { title: 'What Elmshire learnt', consent: 'no' })
  const id = made.location.split('/').at(-1)!
  const content = await house.seen(learners.as('nell'), (tx) => contentOf(tx, learners.as('nell'), id))
  expect(content).toMatchObject({ partnership_name: 'Elmshire', consent: false, disruption: { length: 4 } })
  expect(content.issues.map(({ number, below }) => [number, ...below.map((one) => one.number)])).toEqual([
    ['1'],
    ['2', '2.1', '2.2'],
    ['3', '3.1', '3.2'],
    ['4'],
    ['5', '5.1', '5.2'],
  ])
  expect((await nell.get(location)).status).toBe(404)
})

test('an article without the form’s labels is said to be one, and its paragraphs go where somebody puts them', async () => {
  const nell = await learners.browser('nell')
  const article = '# Looking back\n\nWe met on Mondays.\n\nNobody had asked before.\n\nThanks to all.'
  const { location } = await nell.send(read, sent(article, 'blog.md'))
  expect((await nell.get(location)).text).toContain('This file has none of the form’s labels')
  const placed = {
    title: 'Looking back',
    rest: 'reflections',
    'place-2': 'learning',
    'place-0': '',
    'place-1': 'methods',
  }
  const made = await nell.post(location, placed)
  const id = made.location.split('/').at(-1)!
  const content = await house.seen(learners.as('nell'), (tx) => contentOf(tx, learners.as('nell'), id))
  expect(content).toMatchObject({
    methods: 'We met on Mondays.',
    learning: 'Nobody had asked before.',
    reflections: 'Looking back\n\nThanks to all.',
  })
})

test('a file that cannot be read gets its sentence and changes nothing; what is thrown away is gone', async () => {
  const nell = await learners.browser('nell')
  const before = await reports()
  for (const [file, said] of [
    [sent('', 'empty.txt'), 'There are no words in this file'],
    [sent(wordReport().subarray(0, 900), 'half.docx'), 'This file is damaged'],
    [new FormData(), 'Choose the file of a report'],
  ] as const) {
    const answer = await nell.send(read, file)
    expect([answer.status, answer.text.includes(said)]).toEqual([422, true])
  }
  const { location } = await nell.send(read, sent('Nothing much', 'note.txt'))
  expect((await nell.post(location, { do: 'drop' })).location).toBe(read)
  expect((await nell.get(location)).status).toBe(404)
  expect(await reports()).toEqual(before)
  for (const stranger of ['wes', 'otto'] as const)
    expect((await (await house.browser(stranger)).get(read)).status).toBe(404)
})
