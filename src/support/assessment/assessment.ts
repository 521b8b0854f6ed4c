import type { Question } from '../writing/index.ts'

/**
 * What it is for. A screening takes five minutes and gives no level; a capacity assessment is of one decision on one day,
 * never of the person.
 */
export const purposes = ['screening', 'assessment', 'capacity'] as const
export type Purpose = (typeof purposes)[number]

export const levels = ['no current concern', 'emerging', 'significant', 'experiencing'] as const
export type Level = (typeof levels)[number]
export const confidences = ['low', 'medium', 'high'] as const
export type Confidence = (typeof confidences)[number]
export const capacities = ['able', 'not able', 'not known'] as const
export type Capacity = (typeof capacities)[number]

/** `fact`: an earlier assessment's answer begins the next one. What somebody judged never does. */
export type Asks = Question & { fact?: boolean }
export type Part = { part: string; asks: readonly Asks[] }

const words = (name: string): Asks => ({ name, kind: 'words' })
const fact = (name: string): Asks => ({ name, kind: 'words', fact: true })
const one = (name: string, codes: readonly string[]): Asks => ({ name, kind: 'one', codes })
const several = (name: string, codes: readonly string[]): Asks => ({ name, kind: 'several', codes, fact: true })

const known = ['yes', 'no', 'not known']
const harms = ['injury', 'sexual harm', 'debt', 'drugs or weapons', 'work or crime', 'money or accounts', 'images']
harms.push('home taken over', 'moved or kept', 'missing', 'cut off')
const usable = [
  'loss or abuse',
  'missing',
  'out of school or work',
  'care',
  'disability',
  'mental health',
  'substances',
]
usable.push('money', 'housing', 'immigration', 'alone')
const controls = ['debt', 'threats', 'affection', 'drugs', 'images', 'immigration', 'housing', 'faith or family']
export const places = ['home', 'peers', 'school or work', 'neighbourhood', 'online', 'services'] as const

const harm: Part = { part: 'harm', asks: [several('harm_seen', harms), fact('harm')] }
const against: Part = { part: 'against', asks: [several('against_seen', usable), fact('against')] }
const strengths: Part = { part: 'strengths', asks: [fact('strengths'), fact('protection')] }
const account: Part = {
  part: 'account',
  asks: [
    words('account'),
    one('account_how', ['wrote', 'said', 'drew', 'showed', 'through somebody', 'not heard']),
    words('account_not'),
    one('advocate', ['has one', 'offered', 'declined', 'not offered', 'not needed']),
    words('pressure'),
  ],
}

export const partsOf: Record<Purpose, readonly Part[]> = {
  screening: [harm, against, strengths, account, { part: 'next', asks: [words('safe_now'), words('next_step')] }],
  assessment: [
    harm,
    against,
    strengths,
    { part: 'control', asks: [several('control_seen', controls), fact('control')] },
    {
      part: 'contexts',
      asks: [
        ...['place_home', 'place_peers', 'place_school', 'place_area', 'place_online', 'place_services'].map(fact),
        one('influence', places),
        words('influence_why'),
      ],
    },
    { part: 'relationships', asks: [fact('relationships'), fact('trusted')] },
    account,
    { part: 'unknowns', asks: [words('alternatives'), words('unknowns')] },
    {
      part: 'identity',
      asks: [
        fact('identity'),
        words('discrimination'),
        one('adultified', ['no', 'yes', 'not sure']),
        words('adultification'),
      ],
    },
    { part: 'disruption', asks: [words('disruption'), words('disruption_person')] },
    {
      part: 'judgement',
      asks: [
        one('level', levels),
        one('confidence', confidences),
        words('reason'),
        words('agreed'),
        words('disagreed'),
      ],
    },
    { part: 'review', asks: [{ name: 'review_on', kind: 'date' }, words('review_for')] },
  ],
  capacity: [
    { part: 'decision', asks: [words('decision'), words('support')] },
    {
      part: 'able',
      asks: [
        ...['understand', 'retain', 'weigh', 'communicate'].flatMap((step) => [one(step, known), words(`${step}_why`)]),
        words('cause'),
      ],
    },
    { part: 'pressure', asks: [one('coerced', known), words('coercion')] },
    { part: 'executive', asks: [words('says'), words('does')] },
    {
      part: 'outcome',
      asks: [
        one('capacity', capacities),
        words('capacity_why'),
        words('best_interests'),
        one('advocate', ['has one', 'offered', 'declined', 'not offered', 'not needed']),
        words('advocate_who'),
        words('legal'),
      ],
    },
    { part: 'again', asks: [words('fluctuates'), { name: 'review_on', kind: 'date' }] },
  ],
}

/** What it cannot be finished without. Everything else may stay open, and is shown as not answered. */
export const neededFor: Record<Purpose, readonly string[]> = {
  screening: ['next_step'],
  assessment: ['level', 'confidence', 'reason', 'unknowns', 'review_on'],
  capacity: ['decision', 'support', 'coercion', 'capacity', 'capacity_why', 'review_on'],
}

/** The least age, in whole years, at which a decision's capacity is assessed under the Act. */
export const capacity_from = 16

export const asksOf = (purpose: Purpose): readonly Asks[] => partsOf[purpose].flatMap(({ asks }) => asks)
export const factsOf = (purpose: Purpose): string[] =>
  asksOf(purpose).flatMap(({ name, fact: is }) => (is ? [name] : []))
