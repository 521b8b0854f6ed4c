import { asProduct, type Tx } from '../platform/index.ts'
import { limbs, type Limb } from './decision.ts'

export type DecisionBelow = {
  concern_id: string
  agency_id: string
  frame: 'child' | 'adult' | 'context'
  route: string
  /** Limbs of section 42(1) that were answered with no. */
  limbs: Limb[]
  decided_at: Date
  /** Of the one person somebody worries about, where there is one with a birthday. */
  born_on: string | null
}

/** What a decision that stands says of legal tests, for the product alone: codes and days, none of its words. */
export const decisionBelow = (tx: Tx, partnership: string, id: string): Promise<DecisionBelow | undefined> =>
  asProduct(tx, async () => {
    const decision = await tx
      .selectFrom('decision')
      .select(['concern_id', 'agency_id', 'frame', 'route', 'limb_needs', 'limb_risk', 'limb_protect', 'decided_at'])
      .where('partnership_id', '=', partnership)
      .where('id', '=', id)
      .where('replaced_at', 'is', null)
      .executeTakeFirst()
    if (!decision) return undefined
    const people = await tx
      .selectFrom('concern_person')
      .select('born_on')
      .where('partnership_id', '=', partnership)
      .where('concern_id', '=', decision.concern_id)
      .where('part', '=', 'worried about')
      .execute()
    const { limb_needs, limb_risk, limb_protect, ...said } = decision
    const answers = { needs: limb_needs, risk: limb_risk, protect: limb_protect }
    return {
      ...said,
      frame: said.frame as DecisionBelow['frame'],
      limbs: limbs.filter((limb) => answers[limb] === 'no'),
      born_on: people.length === 1 ? people[0]!.born_on : null,
    }
  })
