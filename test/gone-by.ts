import { newId, type StaffViewer } from '../src/platform/index.ts'
import { decideProgramme, enterProgramme } from '../src/learning/adoption/decisions/decide.ts'
import { addEvidence, sayFit } from '../src/learning/adoption/evidence/keep.ts'
import { answerPrinciple, beginReview } from '../src/learning/adoption/self-review/answer.ts'
import { adopt } from '../src/learning/adoption/trials/adopt.ts'
import { conclude, observe } from '../src/learning/adoption/trials/learn.ts'
import { findingWith } from '../src/learning/adoption/trials/queries.ts'
import { enterLibrary } from '../src/learning/library/enter.ts'
import type { TestHouse } from './house.ts'

const long = 'a'.repeat(60)

/** What a partnership goes by, a row of each: evidence, a trial of a finding, decisions and a review of itself. */
export const goneBy = async (house: TestHouse, lead: StaffViewer) => {
  const at = house.clock.now
  return house.seen(lead, async (tx) => {
    const said = { kind: 'audit', title: `T ${long}`, source: 'S', link: '', year: 2026, summary: 'W' } as const
    const evidence = await addEvidence(tx, lead, { ...said, strength: 'seen' }, at)
    await sayFit(tx, lead, evidence, { fit: 'partly', words: `W ${long}`, according_to: 'A' }, at)
    const { finding, trial } = await tried(tx, lead, at)
    const programme = await enterProgramme(tx, lead, { name: `N ${long}`, about: 'A' }, at)
    const prompts = { care: 'C', boundary: 'B', curiosity: 'D' }
    const days = { decided_on: '2026-11-01', review_on: '2026-11-20' }
    const decided = {
      outcome: 'pause',
      alternatives: 'A',
      why: `W ${long}`,
      decided_by: 'B',
      ...prompts,
      ...days,
    } as const
    const cited = { evidence: [evidence], findings: [trial] }
    await decideProgramme(tx, lead, programme, { said: decided, cited }, at)
    const review = await beginReview(tx, lead, { name: `R ${long}`, begun_on: '2026-11-02' }, at)
    const answer = {
      rating: 'heard',
      narrative: `N ${long}`,
      evidence: 'E',
      heard_from: 'H',
      cites: [evidence],
    } as const
    await answerPrinciple(tx, lead, { review, principle: 'voice', read: null }, answer, at)
    return { evidence, finding, trial, programme, review }
  })
}

const tried = async (
  tx: Parameters<typeof adopt>[0] & Parameters<typeof enterLibrary>[0],
  lead: StaffViewer,
  at: Date,
) => {
  const source = { field: 'learning', paragraph: 1 }
  const findings = [{ words: `F ${long}`, themes: [], boundary: 'age', strength: 'seen', source }]
  const entry = {
    kind: 'practice-note',
    title: 'A note',
    summary: 'S',
    area: 'Elmshire',
    region: '',
    size: 'small',
    methodology: '',
    year: 2026,
    areas: [],
    report: null,
    prose: 'P',
    findings,
    draft: newId(),
  } as const
  const { id } = await enterLibrary(tx, lead, entry, at)
  const row = await tx.selectFrom('library_finding').select('id').where('entry_id', '=', id).executeTakeFirstOrThrow()
  const finding = (await findingWith(tx, row.id))!
  const wanted = { trying: `T ${long}`, hypothesis: 'H', starts_on: '2026-11-01', owner: lead.staff, named: true }
  const trial = await adopt(tx, lead, finding, wanted, at)
  await observe(tx, lead, trial, { seen_on: '2026-11-10', words: `W ${long}` }, at)
  await conclude(tx, lead, trial, { outcome: 'adapt', why: 'W', told: `T ${long}`, decided_on: '2026-11-20' }, at)
  return { finding: row.id, trial }
}

/** Where each stands, by the beginning of its routes. */
export const goneByAddresses = async (
  house: TestHouse,
  lead: StaffViewer,
): Promise<[string, Record<string, string>][]> => {
  const { evidence, finding, trial, programme, review } = await goneBy(house, lead)
  return [
    ['/evidence/:id', { id: evidence }],
    ['/adoption/new/:finding', { finding }],
    ['/adoption/:id', { id: trial }],
    ['/decisions/:id', { id: programme }],
    ['/self-review/:id', { id: review, principle: 'voice' }],
  ]
}
