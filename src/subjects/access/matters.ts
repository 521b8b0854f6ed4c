import { asProduct, type Tx } from '../../platform/index.ts'
import { handoversOf, type DataClass, type Handling } from '../../sharing/index.ts'
import { fill } from '../../web/index.ts'
import { relationshipsOf } from '../relationships/queries.ts'
import type { Relationship } from '../relationships/relationship.ts'
import { choicesOf } from '../relationships/trusted.ts'
import { day, worded } from '../pages/said.tsx'
import { readable, type Item, type Sought } from './sought.ts'

/** Who matters to the person, every version of it; whom they trust and how we know; and how each worker handed over. */
export const mattersHeld = (tx: Tx, sought: Sought): Promise<Item[]> =>
  asProduct(tx, async () => {
    const { keys, at, request } = sought
    const of = [tx, keys, at.viewer.partnership, at.subject.id] as const
    const ties = await relationshipsOf(...of, { every: true })
    return [
      ...ties.filter(({ agency_id }) => agency_id === request.agency_id).map((tie) => tieItem(sought, tie)),
      ...(await choicesHeld(sought, of)),
      ...(await handoversHeld(sought, of)),
    ]
  })

/** Of somebody with a record of their own the pack says what they are to the person, and nothing from that record. */
const tieItem = (sought: Sought, tie: Relationship): Item => {
  const { matters, rights } = sought.words
  const text = [
    [tie.name, worded(matters.kinds, tie.kind)].filter(Boolean).join(': '),
    tie.words,
    matters.effects[tie.effect],
    tie.since_year && fill(matters.facts.since, { year: tie.since_year }),
    matters.strengthsSaid[tie.strength],
    matters.contactsSaid[tie.contact],
    tie.lives_with && matters.facts.home,
    tie.continuity_why && fill(matters.facts.risk, { why: tie.continuity_why }),
    tie.until_on && fill(matters.facts.until, { day: day(tie.until_on), why: tie.why_ended }),
    `${matters.form.said} ${matters.sayers[tie.said_by]}`,
  ]
  const title = rights.access.kinds.relationship
  const item = {
    kind: 'relationship',
    id: tie.id,
    title,
    at: tie.entered_at,
    text: text.filter(Boolean).join('\n'),
  } as const
  return readable(sought, item, 'D4', tie.handling)
}

type Of = readonly [Tx, Sought['keys'], string, string]

const choicesHeld = async (sought: Sought, of: Of): Promise<Item[]> => {
  const { matters, rights } = sought.words
  const all = (await choicesOf(...of)).filter(({ agency_id }) => agency_id === sought.request.agency_id)
  return all.map((one) => {
    const text = [
      one.name,
      matters.trusted.hows[one.how],
      one.words,
      one.backup_name && fill(matters.trusted.backup, { name: one.backup_name }),
      fill(matters.trusted.review, { day: day(one.review_on) }),
    ]
    const title = rights.access.kinds.trustedAdult
    const item = {
      kind: 'trusted adult',
      id: one.id,
      title,
      at: one.entered_at,
      text: text.filter(Boolean).join('\n'),
    } as const
    return readable(sought, item, 'D4', 0)
  })
}

const handoversHeld = async (sought: Sought, of: Of): Promise<Item[]> => {
  const { matters, rights } = sought.words
  const words = matters.handover
  const all = (await handoversOf(...of)).filter(({ agency_id }) => agency_id === sought.request.agency_id)
  return all.map((one) => {
    const text = [
      one.met_on && fill(words.lineMet, { day: day(one.met_on) }),
      one.without && words.without[one.without],
      one.view,
      one.unheard && fill(words.lineUnheard, { why: one.unheard }),
      one.stays && fill(words.lineStays, { who: one.stays }),
    ]
    const item = {
      kind: 'handover',
      id: one.id,
      title: rights.access.kinds.handover,
      at: one.said_at,
      text: text.filter(Boolean).join('\n'),
    } as const
    return readable(sought, item, one.data_class as DataClass, one.handling as Handling)
  })
}
