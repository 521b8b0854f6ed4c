import { sql } from 'kysely'
import type { StaffViewer } from '../src/platform/index.ts'
import { addFinding } from '../src/learning/library/draft-findings.ts'
import { beginReport } from '../src/learning/report/begin.ts'
import { comment } from '../src/learning/report/comment.ts'
import { emptyReport } from '../src/learning/report/content.ts'
import type { TestHouse } from './house.ts'

/** A report with something in every list of it, and the ids of one of each by the names that routes give them. */
export const oneReport = async (
  house: TestHouse,
  viewer: StaffViewer,
  word = 'Shared',
): Promise<Record<string, string>> => {
  const at = house.clock.now
  const begin = {
    project: null,
    title: `What ${word} taught`,
    content: {
      ...emptyReport(),
      partnership_name: 'Elmshire',
      reasons: `${word} words.\n\n- for children\n  - of every age\n- for adults`,
      issues: [
        { whose: 'both', heading: 'Awareness', number: '', words: word, below: [{ number: '', words: 'An offer' }] },
        { whose: 'local', heading: '', number: '', words: 'Networks', below: [] },
      ],
      learning: 'Dr Oakley met three girls.',
      disruption: [{ words: `${word} plans`, scale: 'system', evidence: 'Minutes', says: 'Practitioners' }],
      signatures: [{ side: 'local', name: 'Una Brook', role: 'Director', body: 'Council', signed_on: '2026-01-02' }],
    } satisfies ReturnType<typeof emptyReport>,
  }
  return house.seen(viewer, async (tx) => {
    const id = await beginReport(tx, viewer, begin, at)
    await comment(tx, viewer, { report: id, field: 'aims', words: 'Which aims?' }, at)
    const source = { field: 'learning', paragraph: 1 }
    const picked = {
      words: `${word} is learnt`,
      themes: ['voice'],
      boundary: '',
      strength: 'seen',
      source,
      quoted: word,
    }
    const finding = await addFinding(tx, viewer, id, picked, at)
    const { rows } = await sql<{ comment: string; change: string; signature: string }>`select
      (select id from report_comment where report_id = ${id}) as comment,
      (select id from report_change where report_id = ${id}) as change,
      (select id from report_signature where report_id = ${id}) as signature`.execute(tx)
    return { id, finding, part: 'issues', ...rows[0]! }
  })
}
