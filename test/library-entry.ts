import type { StaffViewer } from '../src/platform/index.ts'
import { enterLibrary } from '../src/learning/library/enter.ts'
import { emptyReport } from '../src/learning/report/content.ts'
import type { TestHouse } from './house.ts'

/** A report in the library with every part filled in and a finding, and what its routes need to be asked. */
export const oneEntry = async (
  house: TestHouse,
  viewer: StaffViewer,
  word: string,
): Promise<Record<string, string>> => {
  const said = `${word} words.\n\n- for children\n  - of every age\n- for adults`
  const issue = { heading: word, number: '1', words: word, below: [{ number: '', words: 'An offer' }] }
  const { slug } = await house.seen(viewer, (tx) =>
    enterLibrary(
      tx,
      viewer,
      {
        kind: 'report',
        title: `What ${word} taught`,
        summary: said,
        area: word,
        region: word,
        size: 'standard',
        methodology: word,
        year: 2025,
        areas: [],
        report: {
          ...emptyReport(),
          partnership_name: word,
          aims: said,
          issues_intro: said,
          issues: [
            { ...issue, whose: 'local' },
            { ...issue, whose: 'delivering' },
          ],
          learning: said,
          disruption: [{ words: word, evidence: word, says: word }],
          signatures: [{ side: 'local', name: word, role: 'Director', body: 'Council', signed_on: '2026-01-02' }],
        },
        prose: '',
        findings: [
          {
            words: `${word} carries on`,
            themes: ['through-18', 'training'],
            boundary: 'age',
            strength: 'seen',
            source: { field: 'learning', paragraph: 2 },
          },
        ],
        draft: null,
      },
      house.clock.now,
    ),
  )
  return { slug, number: '1', code: 'through-18' }
}
