import { decide } from '../src/joining/decide.ts'
import type { TestHouse } from './house.ts'
import { noticed } from './noticed.ts'

/** Two concerns about one name and phone with two births, said to be the same: what looks wrong then, and the answer. */
export const suspected = async (house: TestHouse, name = 'Ottoline Brackenbury', phone = '07700 900477') => {
  const dena = house.as('dena')
  const sent = []
  for (const born_on of ['2010-04-02', '2010-06-17'])
    sent.push(await noticed(house, { people: [{ name, born_on, phone }] }))
  const [first, second] = sent.map(({ concern }) => concern)
  const { id: proposal, a_id } = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('proposal')
      .innerJoin('noted_record as a', 'a.id', 'proposal.a_id')
      .innerJoin('noted_record as b', 'b.id', 'proposal.b_id')
      .select(['proposal.id', 'a_id'])
      .where('proposal.kind', '=', 'person')
      .where('a.concern_id', 'in', [first!, second!])
      .where('b.concern_id', 'in', [first!, second!])
      .executeTakeFirstOrThrow(),
  )
  const said = { answer: 'same', why: 'Seen together', shown: [], at: house.clock.now } as const
  const answered = await house.seen(dena, (tx) => decide(tx, house.house.keys, dena, proposal, said))
  if (answered.outcome !== 'decided') throw new Error(answered.outcome)
  const suspicion = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('suspicion')
      .innerJoin('belonging', 'belonging.known_id', 'suspicion.known_id')
      .select('suspicion.id')
      .where('belonging.record_id', '=', a_id)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  return { suspicion: suspicion.id, decision: answered.decision, proposal }
}
