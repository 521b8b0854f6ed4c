import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../platform/index.ts'

const shipped = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(projectRoot, 'content', name), 'utf8'))

export const spanUnits = ['working-hours', 'working-days', 'hours', 'days', 'months'] as const

const clocksFile = z.object({
  clocks: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      amount: z.number().nullable(),
      unit: z.enum(spanUnits).nullable(),
      startsWhen: z.string(),
      basis: z.string(),
      atRiskFraction: z.number().nullable(),
    }),
  ),
})

/** The clocks every partnership starts with. */
export const shippedClocks = () =>
  clocksFile.parse(shipped('clocks.json')).clocks.flatMap(({ amount, unit, atRiskFraction, ...clock }) =>
    // Some say that there is no clock at all ("blue: none").
    amount === null || unit === null ? [] : [{ ...clock, amount, unit, atRiskFraction: atRiskFraction ?? 0.75 }],
  )

const holidaysFile = z.array(z.object({ date: z.iso.date(), name: z.string() }))

export const shippedHolidays = () => holidaysFile.parse(shipped('bank-holidays-england.json'))

const codesFile = z.array(z.object({ list: z.string(), code: z.string(), label: z.string() }))

/** The kinds of agency there are, as code and words. A partnership's file may hold others: they show as their code. */
export const agencyKinds = (): ReadonlyMap<string, string> => {
  kinds ??= new Map(
    codesFile
      .parse(shipped('code-lists.json'))
      .filter(({ list }) => list === 'organisation-type')
      .map((item) => [item.code, item.label]),
  )
  return kinds
}
let kinds: Map<string, string> | undefined
