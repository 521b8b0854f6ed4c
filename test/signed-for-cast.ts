import { become, type Tx, type Viewer } from '../src/platform/index.ts'
import type { TestHouse } from './house.ts'
import { liveAgreement } from './live-agreement.ts'

/** The purpose that the cast's agreement speaks of, as a form sends it. */
export const safeguarding = { purpose: 'child-safeguarding', basis: 'public-task', condition: '' }

type Clause = {
  suppliers: string[]
  recipients: string[]
  classes: string[]
  relationship: 'none' | 'agency' | 'circle' | 'lead'
  handling: '0' | '1' | '2'
  effect?: 'permit' | 'duty' | 'bar'
  conditions?: string[]
}
const clauses: Clause[] = [
  { suppliers: ['self'], recipients: ['any'], classes: ['D2', 'D3', 'D4'], relationship: 'none', handling: '2' },
  { suppliers: ['any'], recipients: ['any'], classes: ['D2', 'D3'], relationship: 'agency', handling: '0' },
  { suppliers: ['any'], recipients: ['kind:district-housing'], classes: ['D4'], relationship: 'agency', handling: '0' },
  {
    suppliers: ['any'],
    recipients: ['kind:childrens-social-care'],
    classes: ['D3', 'D4', 'D5', 'D6'],
    relationship: 'circle',
    handling: '2',
  },
  { suppliers: ['any'], recipients: ['any'], classes: ['D7'], relationship: 'none', handling: '0', effect: 'bar' },
]

/** Signs one small agreement for the cast: everybody but the jobcentre, which has not signed. */
export const signForCast = async (house: TestHouse, without: readonly string[] = ['dwp']): Promise<string> => {
  const { partnership } = house.cast
  const system: Viewer = { kind: 'system', partnership }
  return house.seen(system, (tx) => sign(tx, house, without))
}

const sign = async (tx: Tx, { cast }: TestHouse, without: readonly string[]): Promise<string> => {
  const within = { partnership_id: cast.partnership }
  await become(tx, { kind: 'system', partnership: cast.partnership })
  const codes = [
    { list: 'purpose', code: 'child-safeguarding', label: 'Keeping a child safe' },
    { list: 'basis', code: 'public-task', label: 'A task in the public interest' },
    ...['D2', 'D3', 'D4', 'D5', 'D6', 'D7'].map((code) => ({ list: 'class', code, label: `Class ${code}` })),
  ]
  await tx
    .insertInto('sharing_code')
    .values(codes.map((code) => ({ ...within, ...code })))
    .execute()
  return liveAgreement(tx, cast.partnership, {
    code: 'ELM',
    title: 'The Elmshire agreement',
    agencies: Object.entries(cast.agencies).flatMap(([code, id]) => (without.includes(code) ? [] : [id])),
    clauses: clauses.map((clause) => ({
      effect: 'permit',
      title: `Clause of ${clause.classes.join(', ')}`,
      purposes: [safeguarding.purpose],
      bases: [safeguarding.basis],
      ...clause,
    })),
    at: new Date('2026-01-01T00:00:00Z'),
  })
}
