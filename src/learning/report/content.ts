import { z } from 'zod'

/**
 * A Project Learning Report as the programme's form has it, field by field and in its order. Boxes hold prose (`prose.ts`);
 * what has parts of its own is a list. The same shape comes out of a file that was read in, is written on screen, is
 * signed, and is published.
 */
export const reportContent = z.strictObject({
  partnership_name: z.string(),
  core_partners: z.string(),
  authorities: z.string(),
  region: z.string(),
  size: z.string(),
  methodology: z.string(),
  commenced: z.string(),
  reasons: z.string(),
  aims: z.string(),
  methods: z.string(),
  /** What is said before the key issues. */
  issues_intro: z.string(),
  /** The two columns of the form; an issue of 'both' stands in each. */
  issues: z.array(
    z.strictObject({
      whose: z.enum(['local', 'delivering', 'both']),
      /** Under which heading of theirs it stands, or ''. */
      heading: z.string(),
      /** As it was numbered, or ''. */
      number: z.string(),
      words: z.string(),
      below: z.array(z.strictObject({ number: z.string(), words: z.string() })),
    }),
  ),
  /** The three reflections of Joining the Dots, and what a report says under all three at once. */
  care: z.string(),
  boundaries: z.string(),
  complexity: z.string(),
  dots: z.string(),
  learning: z.string(),
  disruption_intro: z.string(),
  /** Emerging evidence that the system response was positively disrupted, one change each. */
  disruption: z.array(
    z.strictObject({
      words: z.string(),
      /** How far it reaches: a code of content/learning.json. What is not said is absent. */
      scale: z.string().optional(),
      evidence: z.string().optional(),
      /** Who says so. */
      says: z.string().optional(),
    }),
  ),
  reflections: z.string(),
  /** That both sides agree to it being shared with other areas. Null where the form does not say. */
  consent: z.boolean().nullable(),
  signatures: z.array(
    z.strictObject({
      side: z.enum(['local', 'programme']),
      name: z.string(),
      role: z.string(),
      body: z.string(),
      /** ISO day, or '' where none was read. */
      signed_on: z.string(),
    }),
  ),
})
export type ReportContent = z.infer<typeof reportContent>

/** The boxes that hold prose or a line of text, in the order of the form. */
export const textFields = [
  'partnership_name',
  'core_partners',
  'authorities',
  'region',
  'size',
  'methodology',
  'commenced',
  'reasons',
  'aims',
  'methods',
  'issues_intro',
  'care',
  'boundaries',
  'complexity',
  'dots',
  'learning',
  'disruption_intro',
  'reflections',
] as const satisfies readonly (keyof ReportContent)[]
export type TextField = (typeof textFields)[number]

/** The lines, as against the boxes. */
export const oneLine: readonly TextField[] = textFields.slice(0, textFields.indexOf('reasons'))

export const emptyReport = (): ReportContent => ({
  ...(Object.fromEntries(textFields.map((field) => [field, ''])) as Record<TextField, string>),
  issues: [],
  disruption: [],
  consent: null,
  signatures: [],
})
