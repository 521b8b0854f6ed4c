import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import { fill, type Held, type House } from '../../web/index.ts'
import { answerLabel, circumstanceCalled, taskCalled } from './transition.ts'

type Row = {
  id: string
  what: 'answer' | 'owner' | 'circumstance'
  detail: string
  answer: string | null
  at: Date
  data_class: string
  handling: number
  workers: string[]
  key_id: string | null
  sealed: Buffer | null
}
const places = { answer: ['transition_answer', 'words'], owner: ['transition_owner', 'owner_name'] } as const

/** What an agency's people wrote around the eighteenth birthday of a person. */
export const transitionHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${subject} and x.agency_id = ${agency}`
  const common = sql`x.data_class, x.handling::int as handling`
  const { rows } = await sql<Row>`
    select x.id, 'answer' as what, t.code as detail, x.answer, x.said_at as at, ${common}, array[x.said_by] as workers,
      x.key_id, x.words_sealed as sealed from transition_answer x
      join transition_task t on t.partnership_id = x.partnership_id and t.id = x.task_id where ${of}
    union all select x.id, 'owner', x.side, null, x.named_at, ${common}, array_remove(array[x.named_by, x.owner_id], null),
      x.key_id, x.owner_name_sealed from transition_owner x where ${of}
    union all select x.id, 'circumstance', x.code, null, x.said_at, ${common}, array_remove(array[x.said_by, x.ended_by], null),
      null, null from transition_circumstance x where ${of}
    order by at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.flatMap(({ key_id }) => key_id ?? []),
  )
  const { transitionAnswer, transitionOwner, circumstance } = words.rights.access.kinds
  const titles = { answer: transitionAnswer, owner: transitionOwner, circumstance }
  return rows.flatMap(({ what, detail, answer, key_id, sealed, ...row }): Held[] => {
    const key = key_id === null ? undefined : opened.get(key_id)
    if (key_id !== null && !key) return []
    const said = key && sealed && what !== 'circumstance' ? openAt(key, places[what], row.id, sealed) : ''
    const part =
      taskCalled(detail)?.label ?? circumstanceCalled(detail)?.label ?? words.eighteen.sides[detail as 'child']
    const text = [answerLabel(answer), said].filter(Boolean).join('\n')
    return [{ ...row, kind: 'transition', title: fill(titles[what], { part }), text: text || part }]
  })
}
const openAt = (
  key: Parameters<typeof openText>[0],
  [table, column]: readonly [string, string],
  row: string,
  sealed: Buffer,
): string => openText(key, { table, column, row }, sealed)
