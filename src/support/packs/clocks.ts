import { calendarOf, clockOf } from '../../partnership/index.ts'
import { dueAt, instant, localDate } from '../../platform/index.ts'
import type { Ask } from '../../web/index.ts'
import { clocks, consentTo, isConcluded, isNearlyEighteen, type Became, type Consent } from './nrm.ts'

export type PackClock = { what: 'reasonable grounds' | 'recovery' | 'at 18'; on: string }

/**
 * What a pack waits for: the first decision, five working days after it was sent; after a positive one the days before
 * which there is no conclusive decision; and what they say before they turn 18.
 */
export const packClocks = async (
  ask: Ask,
  { partnership, adultFrom, today }: { partnership: string; adultFrom: string | null; today: string },
  { became, consents }: { became: readonly Became[]; consents: readonly Consent[] },
): Promise<PackClock[]> => {
  const { zone } = ask.place
  const after = async (code: string, day: string) => {
    const from = instant(day, 12 * 60, zone)
    const clock = await clockOf(ask.tx, partnership, code, ask.house.now())
    return clock && localDate(dueAt(from, clock, await calendarOf(ask.tx, partnership)), zone)
  }
  const last = (what: Became['what']) => became.filter((one) => one.what === what).at(-1)
  const [sent, first] = [last('sent'), last('reasonable grounds')]
  const found: PackClock[] = []
  const reasonable =
    sent && !first && !last('withdrawn') ? await after(clocks.reasonableGrounds, sent.on_date) : undefined
  if (reasonable) found.push({ what: 'reasonable grounds', on: reasonable })
  const recovery =
    first?.outcome === 'positive' && !isConcluded(became) ? await after(clocks.recovery, first.on_date) : undefined
  if (recovery) found.push({ what: 'recovery', on: recovery })
  if (isNearlyEighteen(adultFrom, today) && !isConcluded(became) && !consentTo(consents, 'at 18'))
    found.push({ what: 'at 18', on: adultFrom! })
  return found
}
