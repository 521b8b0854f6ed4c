import { z } from 'zod'
import told from '../../content/demo/adoption.json' with { type: 'json' }
import {
  addEvidence,
  adopt,
  answerPrinciple,
  beginReview,
  decideProgramme,
  decisionOutcomes,
  endReview,
  enterProgramme,
  evidenceKinds,
  localFits,
  observe,
  ratingCodes,
  sayFit,
} from '../learning/index.ts'
import { localDate, type Tx } from '../platform/index.ts'
import type { Stage } from './stage.ts'

const words = z.string()
const daysAgo = z.number()
const story = z.strictObject({
  evidence: z.array(
    z.strictObject({
      by: words,
      daysAgo,
      kind: z.enum(evidenceKinds),
      title: words,
      source: words,
      link: words,
      year: z.number(),
      summary: words,
      strength: words,
      fit: z.strictObject({ daysAgo, fit: z.enum(localFits), words, according_to: words }),
    }),
  ),
  programme: z.strictObject({
    by: words,
    daysAgo,
    name: words,
    about: words,
    decisions: z.array(
      z.strictObject({
        daysAgo,
        outcome: z.enum(decisionOutcomes),
        why: words,
        alternatives: words,
        decided_by: words,
        care: words,
        boundary: words,
        curiosity: words,
        reviewDaysAgo: daysAgo,
      }),
    ),
  }),
  trial: z.strictObject({
    finding: z.strictObject({ title: words, number: z.number() }),
    by: words,
    owner: words,
    daysAgo,
    named: z.boolean(),
    trying: words,
    hypothesis: words,
    seen: z.array(z.strictObject({ by: words, daysAgo, words })),
  }),
  reviews: z.array(
    z.strictObject({
      by: words,
      daysAgo,
      name: words,
      ended: z.boolean(),
      answers: z.array(
        z.strictObject({
          by: words,
          principle: words,
          rating: z.enum(ratingCodes),
          narrative: words,
          evidence: words,
          heard_from: words,
        }),
      ),
    }),
  ),
})
type Story = z.output<typeof story>

const day = 24 * 60 * 60_000

/** A package for schools that was paused, and why; a finding that is tried; and how the partnership sees itself, twice. */
export const playAdoption = async (tx: Tx, stage: Stage): Promise<void> => {
  const { evidence, programme, trial, reviews } = story.parse(told)
  const cited = await playEvidence(tx, stage, evidence)
  await playProgramme(tx, stage, programme, cited)
  await playTrial(tx, stage, trial)
  for (const review of reviews) await playReview(tx, stage, review)
}

/** Whoever did it, on the day they did. */
const then = async (tx: Tx, { now, zone, called, turnTo }: Stage, by: string, days: number) => {
  const at = new Date(now.getTime() - days * day)
  await turnTo(tx, called(by), at)
  return { at, viewer: called(by), on: (ago: number) => localDate(new Date(now.getTime() - ago * day), zone) }
}

const playEvidence = async (tx: Tx, stage: Stage, all: Story['evidence']): Promise<string[]> => {
  const cited: string[] = []
  for (const { by, daysAgo: days, fit, ...said } of all) {
    const { at, viewer } = await then(tx, stage, by, days)
    const id = await addEvidence(tx, viewer, said, at)
    const { daysAgo: later, ...fits } = fit
    await sayFit(tx, viewer, id, fits, (await then(tx, stage, by, later)).at)
    cited.push(id)
  }
  return cited
}

const playProgramme = async (tx: Tx, stage: Stage, told: Story['programme'], evidence: string[]): Promise<void> => {
  const { at, viewer } = await then(tx, stage, told.by, told.daysAgo)
  const id = await enterProgramme(tx, viewer, { name: told.name, about: told.about }, at)
  for (const { daysAgo: days, reviewDaysAgo, ...decision } of told.decisions) {
    const made = await then(tx, stage, told.by, days)
    const said = { ...decision, decided_on: made.on(days), review_on: made.on(reviewDaysAgo) }
    await decideProgramme(tx, viewer, id, { said, cited: { evidence, findings: [] } }, made.at)
  }
}

const playTrial = async (tx: Tx, stage: Stage, told: Story['trial']): Promise<void> => {
  const { finding, by, owner, daysAgo: days, seen, ...trial } = told
  const { at, viewer, on } = await then(tx, stage, by, days)
  const found = await tx
    .selectFrom('library_finding as f')
    .innerJoin('library_entry as e', (join) =>
      join.onRef('e.partnership_id', '=', 'f.partnership_id').onRef('e.id', '=', 'f.entry_id'),
    )
    .select(['f.id', 'f.partnership_id as partnership'])
    .where('e.title', '=', finding.title)
    .where('f.number', '=', finding.number)
    .executeTakeFirstOrThrow(() => new Error(`The demo tries finding ${finding.number} of “${finding.title}”.`))
  const id = await adopt(tx, viewer, found, { ...trial, owner: stage.called(owner).staff, starts_on: on(days) }, at)
  for (const one of seen) {
    const saw = await then(tx, stage, one.by, one.daysAgo)
    await observe(tx, saw.viewer, id, { seen_on: saw.on(one.daysAgo), words: one.words }, saw.at)
  }
}

const playReview = async (tx: Tx, stage: Stage, told: Story['reviews'][number]): Promise<void> => {
  const { at, viewer, on } = await then(tx, stage, told.by, told.daysAgo)
  const review = await beginReview(tx, viewer, { name: told.name, begun_on: on(told.daysAgo) }, at)
  for (const { by, principle, ...said } of told.answers) {
    const answered = await then(tx, stage, by, told.daysAgo - 7)
    await answerPrinciple(tx, answered.viewer, { review, principle, read: null }, { ...said, cites: [] }, answered.at)
  }
  if (!told.ended) return
  const ended = await then(tx, stage, told.by, told.daysAgo - 30)
  await endReview(tx, ended.viewer, review, ended.at)
}
