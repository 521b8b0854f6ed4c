import { z } from 'zod'
import types from '../../../content/guidance/types.json' with { type: 'json' }
import routes from '../../../content/routes.json' with { type: 'json' }
import shipped from '../../../content/thresholds.json' with { type: 'json' }
import { ageOn } from '../../platform/index.ts'

const coded = { code: z.string(), label: z.string() }
const file = z
  .strictObject({
    tests: z.array(z.strictObject({ ...coded, frame: z.enum(['child', 'adult', 'any']) })),
    /** The tests that a decision about a concern answers limb by limb, and main routes that say one was not met. */
    limbs: z.strictObject({ needs: z.string(), risk: z.string(), protect: z.string() }),
    routesBelow: z.record(z.string(), z.string()),
    offers: z.array(z.strictObject(coded)).min(1),
    /** Ages, as wide as counts without names need them. */
    bands: z.array(z.strictObject({ code: z.string(), under: z.int() })),
    unknownBands: z.strictObject({ child: z.string(), adult: z.string(), context: z.string() }),
  })
  .parse(shipped)

export const { tests, offers, limbs, routesBelow } = file
export const bands: readonly string[] = [...file.bands.map(({ code }) => code), ...Object.values(file.unknownBands)]
export const exploitations = types.map(({ code, name }) => ({ code, label: name }))

export const testLabel = (code: string): string => tests.find((one) => one.code === code)?.label ?? code
export const exploitationLabel = (code: string): string => exploitations.find((one) => one.code === code)?.label ?? code
/** What was offered: of this list, or the route that a decision chose. */
export const offerLabel = (code: string): string =>
  (offers.find((one) => one.code === code) ?? routes.find((one) => one.code === code))?.label ?? code

/** How old somebody was on a day, as widely as counts say it; where no birthday is known, by the law that counted. */
export const bandOf = (born: string | null, on: string, frame: keyof typeof file.unknownBands): string => {
  const age = born === null ? undefined : ageOn(born, on)
  return file.bands.find(({ under }) => age !== undefined && age < under)?.code ?? file.unknownBands[frame]
}

/** The birthday that a record's eighteenth counts back to; wide enough for a band. */
export const bornBefore = (adultFrom: string | null): string | null =>
  adultFrom && `${String(Number(adultFrom.slice(0, 4)) - 18).padStart(4, '0')}${adultFrom.slice(4)}`

export type Threshold = {
  id: string
  test: string
  decided_agency_id: string
  decided_on: string
  exploitation: string | null
  why: string
  offer: string
  offered: string
  entered_by: string | null
}
