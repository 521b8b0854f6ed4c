import { dateShown, fill, type Ask } from '../../../web/index.ts'
import type { WritingQuestion as Question, WritingSaid as Said } from '../../../support/index.ts'
import { scales } from '../../codes.ts'
import { oneLine, type TextField } from '../content.ts'
import type { Part } from '../parts.ts'
import type { ChangeRow, IssueRow } from '../read.ts'

/** A question of one page, how it is put, and what stands in its boxes where that is no text. */
export type Asked = { question: Question; said: Said; shown?: Record<string, string>; row?: string; first?: boolean }

const whoses = ['both', 'local', 'delivering'] as const

/** Everything that a page of the form asks: its fields, and each point or change with its parts. */
export const asksOf = (ask: Ask, part: Part, rows: { issues: readonly IssueRow[]; changes: readonly ChangeRow[] }) => {
  const fields = part.fields.map((name): Asked => fieldAsked(ask, name))
  if (!('list' in part)) return fields
  return [...fields, ...(part.list === 'issues' ? issuesAsked(ask, rows.issues) : changesAsked(ask, rows.changes))]
}

/** What a page of the form may send, of rows that somebody moved or took out meanwhile as well. */
export const mayCome = (
  part: Part,
  ever: readonly { id: string; list: 'issues' | 'disruption' }[],
): readonly Question[] => [
  ...part.fields.map((name): Question => ({ name, kind: 'words' })),
  ...ever
    .filter(({ list }) => 'list' in part && part.list === list)
    .flatMap(({ id, list }) => (list === 'issues' ? issueQuestions(id) : changeQuestions(id))),
]
const words = (...names: string[]): Question[] => names.map((name) => ({ name, kind: 'words' }))
const issueQuestions = (id: string): Question[] => [
  ...words(`heading-${id}`, `issue-${id}`),
  { name: `whose-${id}`, kind: 'one', codes: whoses },
]
const changeQuestions = (id: string): Question[] => [
  ...words(`change-${id}`, `evidence-${id}`, `says-${id}`),
  { name: `scale-${id}`, kind: 'one', codes: scales.map(({ code }) => code) },
  { name: `seen-${id}`, kind: 'date' },
]

const fieldAsked = (ask: Ask, name: TextField): Asked => ({
  question: { name, kind: 'words', rows: oneLine.includes(name) ? 2 : 12 },
  said: (ask.w.learningReport.form.fields as Record<TextField, Said>)[name],
})

const issuesAsked = (ask: Ask, issues: readonly IssueRow[]): Asked[] => {
  const words = ask.w.learningReport.form.issues
  const top = issues.filter(({ parent_id }) => parent_id === null)
  return top.flatMap(({ id, whose }, i) => {
    const point = String(i + 1)
    const below = issues.filter(({ parent_id }) => parent_id === id)
    return [
      {
        question: { name: `heading-${id}`, kind: 'words', rows: 1 },
        said: { label: fill(words.heading, { point }), hint: i === 0 ? words.headingHint : undefined },
        row: id,
        first: true,
      },
      {
        question: { name: `issue-${id}`, kind: 'words', rows: 3 },
        said: { label: fill(words.point, { point }) },
        row: id,
      },
      {
        question: { name: `whose-${id}`, kind: 'one', codes: whoses },
        said: { label: fill(words.whose, { point }), codes: words.whoses },
        shown: { [`whose-${id}`]: whose },
        row: id,
      },
      ...below.map((one, j): Asked => ({
        question: { name: `issue-${one.id}`, kind: 'words', rows: 2 },
        said: { label: fill(words.point, { point: `${point}.${j + 1}` }) },
        row: one.id,
        first: true,
      })),
    ] satisfies Asked[]
  })
}

const changesAsked = (ask: Ask, changes: readonly ChangeRow[]): Asked[] => {
  const words = ask.w.learningReport.form.changes
  return changes.flatMap(({ id, scale, seen_on }, i) => {
    const change = i + 1
    const asked = (name: 'change' | 'evidence' | 'says', rows: number): Asked => ({
      question: { name: `${name}-${id}`, kind: 'words', rows },
      said: { label: fill(words[name], { change }), hint: words.hints[name] },
      row: id,
      first: name === 'change',
    })
    return [
      asked('change', 4),
      {
        question: { name: `scale-${id}`, kind: 'one', codes: scales.map(({ code }) => code) },
        said: {
          label: fill(words.scale, { change }),
          codes: Object.fromEntries(scales.map(({ code, label }) => [code, label])),
        },
        shown: { [`scale-${id}`]: scale },
        row: id,
      },
      asked('evidence', 3),
      asked('says', 1),
      {
        question: { name: `seen-${id}`, kind: 'date' },
        said: { label: fill(words.seen, { change }), hint: words.hints.seen },
        shown: dateShown(`seen-${id}`, seen_on),
        row: id,
      },
    ]
  })
}
