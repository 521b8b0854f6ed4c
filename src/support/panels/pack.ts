import { agencyNames } from '../../partnership/index.ts'
import { record } from '../../platform/index.ts'
import { codesOf, labelOf } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import { calledIn, meetingFor, moment, voicesOf } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { doneOf } from './done-of.ts'
import { readWritten, standingByField, textOf } from '../writing/index.ts'
import { itemsOf, whoTheyAre, type Item, type Whom } from './agenda.ts'
import type { AtSitting } from './at-sitting.ts'
import { decisionsOf, minuteQuestions } from './minutes.ts'
import { decisionLines, partLine } from './pages/minutes-parts.tsx'
import { partOf } from './part.ts'
import { seatsOf } from './queries.ts'
import { classification } from './sitting.ts'

/** One line of a paper, by what it is: the same for a page, a PDF and a Word file. */
export type Line = { role: 'H1' | 'H2' | 'H3' | 'P'; words: string }
export type Pack = { title: string; lines: Line[]; foot: (page: string, pages: string) => string; subjects: string[] }

const line = (role: Line['role'], words: string): Line => ({ role, words })

/**
 * Pack and minutes of a sitting, for one reader: of people only those whom the agreement shows them, for the purpose of
 * the sitting. That it was made is written down, for each of them.
 */
export const packFor = async (ask: Ask, here: AtSitting, format: 'page' | 'pdf' | 'word'): Promise<Pack> => {
  const { sitting, worker } = here
  const { pack: words, kinds, one } = ask.w.panels
  const { partnership } = worker
  const items = await itemsOf(ask.tx, ask.house.keys, partnership, sitting.id)
  const subjects = items.map(({ subject_id }) => subject_id)
  const people = await whoTheyAre(ask.tx, ask.house.keys, partnership, subjects)
  const seats = await seatsOf(ask.tx, partnership, sitting.id)
  const codes = await codesOf(ask.tx, ask.place.id)
  const agency = (await agencyNames(ask.tx, [worker.agency])).get(worker.agency) ?? ''
  const made = fill(words.made, { name: worker.name, agency, when: moment(ask, here.now) })
  const title = fill(words.title, { kind: kinds[sitting.kind], reference: sitting.reference })
  const purpose = labelOf(codes, 'purpose', sitting.purpose)
  const lines = [
    line('H1', title),
    line('P', classification),
    line('P', made),
    line('P', fill(words.intro, { name: worker.name, purpose })),
    line('P', `${one.when}: ${moment(ask, sitting.starts_at)}\n${one.where}: ${sitting.place}`),
    line('H2', words.asked),
    line('P', seats.map(({ name }) => name).join('\n')),
  ]
  if (items.length === 0) lines.push(line('P', fill(words.nobody, { name: worker.name })))
  for (const item of items) lines.push(...(await partFor(ask, here, item, people.get(item.subject_id))))
  for (const subject of subjects)
    await record(ask.tx, worker, 'panel pack made', { kind: 'person', id: subject }, { panel: sitting.id, format })
  const foot = (page: string, pages: string): string => fill(words.foot, { classification, made, page, pages })
  return { title, lines, foot, subjects }
}

/** Everything of one person, place or group: why they are on, who is there, their own part, what was said and decided. */
const partFor = async (ask: Ask, { worker }: AtSitting, item: Item, who: Whom | undefined): Promise<Line[]> => {
  const { tx } = ask
  const { keys } = ask.house
  const { partnership } = worker
  const { minutes: words, whys, pack, one } = ask.w.panels
  const meeting = await meetingFor(tx, keys, partnership, { subject: item.subject_id, id: item.meeting_id })
  const called = await calledIn(ask, meeting)
  const there = meeting.attendees.filter(({ confidential_at, conflict_by }) => confidential_at && conflict_by === null)
  const standing = standingByField(await readWritten(tx, keys, partnership, meeting.id))
  const decisions = await decisionsOf(tx, keys, partnership, [meeting.id])
  const done = await doneOf(ask, partnership, { subject: item.subject_id, decisions })
  const part = await partOf(tx, keys, partnership, meeting.id)
  const heard = (await voicesOf(tx, keys, partnership, item.subject_id)).filter(({ stage }) => stage === 'meeting')
  const names = await namesFor(
    tx,
    done.actions.flatMap(({ owner_id }) => owner_id ?? []),
  )
  const isPerson = who?.kind === 'person'
  const reasons = [...item.why.map((why) => whys[why]), item.reason].filter(Boolean)
  const said = minuteQuestions.flatMap(({ name }) => {
    const text = textOf(standing.get(name)).trim()
    return text ? [line('H3', words.questions[name].label), line('P', text)] : []
  })
  return [
    line('H2', [who?.name, who?.reference].filter(Boolean).join(', ')),
    line('P', `${one.why}: ${reasons.join('; ')}`),
    ...(there.length
      ? [line('P', fill(pack.here, { names: there.map((each) => called.attendee(each)).join(', ') }))]
      : []),
    ...(isPerson ? [line('H3', words.part)] : []),
    ...(isPerson && part.length === 0 ? [line('P', words.partNone)] : []),
    ...part.map((step) => line('P', [partLine(ask, step), step.words].filter(Boolean).join('\n'))),
    ...heard.slice(0, 3).map((voice) => line('P', `“${voice.words}”`)),
    ...said,
    line('H3', words.decisions),
    ...(decisions.length ? [] : [line('P', words.decisionsNone)]),
    ...decisions.map((each) => line('P', decisionLines(ask, each, done, names).join('\n'))),
    ...(meeting.ended ? [line('P', meeting.ended.words)] : []),
  ]
}
