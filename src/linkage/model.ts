/**
 * A model of linkage as data: what is compared, with which levels, how much each level weighs, and which pairs are looked
 * at. It is written as JSON, carries a version, and is all that decides; two runs with one model give one answer.
 * Terms and formulas: Fellegi and Sunter (1969), A Theory for Record Linkage; Splink's documentation for the rest.
 */

/** What a field holds, which decides how it is read and compared. */
export const kinds = [
  'given name',
  'middle name',
  'family name',
  'full name',
  'date',
  'postcode',
  'phone',
  'e-mail',
  'nhs number',
  'uprn',
  'identifier',
  'sex',
  'code',
  'address',
  'text',
] as const
export type Kind = (typeof kinds)[number]

export type Field = { readonly name: string; readonly kind: Kind }

/** One way in which two values can relate. m: how often in records of one person; u: how often in records of two. */
export type Level = { readonly name: string; readonly m: number; readonly u: number }

export type Comparison = {
  readonly name: string
  /** The fields it reads: one, or for a person's name all fields that make it up. */
  readonly fields: readonly string[]
  /** From most different to closest. Missing is no level: it counts neither for nor against. */
  readonly levels: readonly Level[]
}

/** Records that agree on all parts of a rule are compared. A part is `field` or `field:form`, as in `family:skeleton`. */
export type BlockingRule = readonly string[]

export type Model = {
  readonly format: 'trellis-linkage/1'
  readonly fields: readonly Field[]
  readonly comparisons: readonly Comparison[]
  readonly blocking: readonly BlockingRule[]
  /** log2 of the odds that two records taken at random are one person's. */
  readonly prior: number
  readonly thresholds: Thresholds
  /** What two people of one home have in common; without it all who differ are taken for strangers. */
  readonly household?: Household
  /** How common values are, frozen with the model; without it they are counted in the table at hand. */
  readonly frequencies?: Readonly<Record<string, Frequency>>
  /** How the parameters came to be, in sentences: which data, which blocks, what was mended. */
  readonly notes: readonly string[]
}

/** prior: log2 of the odds that two people are of one home; levels: how often each level occurs then, by comparison. */
export type Household = { readonly prior: number; readonly levels: Readonly<Record<string, readonly number[]>> }

/** log2 of the share of each value that is listed, and of any that is not. */
export type Frequency = { readonly least: number; readonly shares: Readonly<Record<string, number>> }

/** Match weights from which a pair is joined in clusters, shown as strong, shown at all. */
export type Thresholds = { readonly link: number; readonly strong: number; readonly look: number }

/** Probability that two records are one person's, from their match weight. */
export const probability = (weight: number): number => 1 / (1 + 2 ** -weight)

/** The match weight of a probability. */
export const weightOf = (probability: number): number => Math.log2(probability / (1 - probability))

/** Strong is 99.9 % likely, as people read it; what is not 1 % likely is not worth anybody's minute. */
export const usualThresholds: Thresholds = { link: 0, strong: weightOf(0.999), look: weightOf(0.01) }

/** The forms of a value that a blocking rule may ask for. */
export const forms = [
  'skeleton',
  'initial',
  'variant',
  'prefix2',
  'prefix3',
  'prefix4',
  'prefix6',
  'year',
  'district',
  'area',
  'sector',
  'word',
] as const
export type Form = (typeof forms)[number]
