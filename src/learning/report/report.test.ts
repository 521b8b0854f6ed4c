import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { beginReport } from './begin.ts'
import { emptyReport, type ReportContent } from './content.ts'
import { contentOf } from './read.ts'

let house: TestHouse
let learners: Learners
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
})
afterAll(() => house.close())

const readIn = (): ReportContent => ({
  ...emptyReport(),
  partnership_name: 'Elmshire',
  reasons: 'We wanted one approach.\n\n- for children\n- for adults',
  issues: [
    {
      whose: 'both',
      heading: 'Raising awareness',
      number: '2)',
      words: 'Reaching people meant',
      below: [
        { number: '1)', words: 'a shared definition' },
        { number: '2)', words: 'a clear offer' },
      ],
    },
    { whose: 'local', heading: '', number: '', words: 'Networks', below: [] },
  ],
  disruption: [
    { words: 'A strategy alone is not enough' },
    { words: 'Senior leaders paused a package', scale: 'system' },
  ],
  consent: true,
  signatures: [
    { side: 'local', name: 'Una Brook', role: 'Director', body: 'Elmshire', signed_on: '2020-05-28' },
    { side: 'programme', name: 'Per Lind', role: '', body: '', signed_on: '' },
  ],
})

test('a report that was read in stands with every field in its place', async () => {
  const nell = learners.as('nell')
  const content = readIn()
  const begin = { project: null, title: 'Elmshire 2020', content, source: 'elmshire.txt' }
  const id = await house.seen(nell, (tx) => beginReport(tx, nell, begin, house.clock.now))
  expect(await house.seen(nell, (tx) => contentOf(tx, nell, id))).toEqual(content)
})

test('whoever does not lead learning begins none without a project, and reads none', async () => {
  const nell = learners.as('nell')
  const wes = house.as('wes')
  const begin = { project: null, title: 'Elmshire', content: emptyReport() }
  await expect(house.seen(wes, (tx) => beginReport(tx, wes, begin, house.clock.now))).rejects.toThrow('not found')
  const id = await house.seen(nell, (tx) => beginReport(tx, nell, begin, house.clock.now))
  await expect(house.seen(wes, (tx) => contentOf(tx, wes, id))).rejects.toThrow('not found')
})
