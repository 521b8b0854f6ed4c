import { z } from 'zod'
import shipped from '../../../content/disruption.json' with { type: 'json' }

export const steps = ['thought about', 'applied for', 'granted', 'refused', 'breached', 'ended', 'not used'] as const
export type Step = (typeof steps)[number]
export const criminalises = ['no', 'it could', 'not known'] as const
export type Criminalise = (typeof criminalises)[number]
export const fits = ['child', 'adult', 'place', 'phone'] as const

const file = z
  .strictObject({
    version: z.int(),
    source: z.string(),
    checked: z.boolean(),
    groups: z.record(z.string(), z.string()),
    tools: z.array(
      z.strictObject({
        code: z.string(),
        label: z.string(),
        group: z.string(),
        fits: z.array(z.enum(fits)),
        // Nobody has confirmed it yet: it is offered by its plain name and said to be nothing more.
        gk: z.literal(true).optional(),
      }),
    ),
  })
  .parse(shipped)

export const { groups, tools } = file
export type Tool = (typeof tools)[number]
/** A tool that is not on the list any more keeps its code as its name. */
export const toolOf = (code: string): Tool =>
  tools.find((one) => one.code === code) ?? { code, label: code, group: '', fits: [] }

export type Disruption = {
  id: string
  tool: string
  aim: string
  grounds: string
  applied_by: string
  entered_by: string
  entered_at: Date
}
export type Taken = {
  id: string
  step: Step
  on_date: string
  until_on: string | null
  words: string
  view: string
  unheard: string
  harmed: string
  criminalise: Criminalise
  criminalise_why: string
}

/** Whether something of it still goes on. */
export const isOn = (last: Pick<Taken, 'step'> | undefined): boolean =>
  last !== undefined && !['refused', 'ended', 'not used'].includes(last.step)
