import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../../test/house.ts'
import { enterLearners, type Learners } from '../../../../test/learning.ts'
import { emptyReport } from '../content.ts'
import { beginReport } from '../begin.ts'

let house: TestHouse
let learners: Learners
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
}, 60_000)
afterAll(() => house.close())

test('whoever may read a report has it as Word and as PDF, and to anybody else it is not there', async () => {
  const content = { ...emptyReport(), partnership_name: 'Elmshire', aims: 'To think' }
  const nell = learners.as('nell')
  const report = { project: null, title: 'What we learnt', content }
  const id = await house.seen(nell, (tx) => beginReport(tx, nell, report, house.house.now()))
  const browser = await learners.browser('nell')
  for (const [kind, begins, name] of [
    ['word', 'PK', 'what-we-learnt.docx'],
    ['pdf', '%PDF', 'what-we-learnt.pdf'],
  ] as const) {
    const got = await browser.get(`/learning/reports/${id}/${kind}`)
    expect([got.status, got.text.startsWith(begins)]).toEqual([200, true])
    expect(got.headers['content-disposition']).toContain(name)
    for (const stranger of ['wes', 'otto'] as const)
      expect((await (await house.browser(stranger)).get(`/learning/reports/${id}/${kind}`)).status).toBe(404)
  }
})
