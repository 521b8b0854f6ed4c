import { z } from 'zod'
import told from '../../content/demo/library.json' with { type: 'json' }
import { emptyReport, enterLibrary, reportContent } from '../learning/index.ts'
import type { Tx } from '../platform/index.ts'
import type { Stage } from './stage.ts'

/** What invented areas learnt, so that the library of a demo is not empty. */
const entries = z.array(
  z.strictObject({
    kind: z.enum(['report', 'practice-note', 'tool']),
    daysAgo: z.number(),
    title: z.string(),
    summary: z.string(),
    area: z.string(),
    region: z.string(),
    size: z.string(),
    methodology: z.string(),
    year: z.number(),
    report: reportContent.partial().nullable(),
    prose: z.string().default(''),
    findings: z.array(
      z.strictObject({
        words: z.string(),
        themes: z.array(z.string()),
        boundary: z.string(),
        strength: z.string(),
        source: z.strictObject({ field: z.string(), paragraph: z.number() }),
      }),
    ),
  }),
)

export const playLibrary = async (tx: Tx, { now, called, turnTo }: Stage, by: string): Promise<void> => {
  const viewer = called(by)
  for (const { daysAgo, report, ...entry } of entries.parse(told)) {
    const at = new Date(now.getTime() - daysAgo * 24 * 3_600_000)
    await turnTo(tx, viewer, at)
    const whole = report && { ...emptyReport(), ...report }
    await enterLibrary(tx, viewer, { ...entry, report: whole, areas: [], draft: null }, at)
  }
}
