import { fill, type Words } from '../../../web/index.ts'
import { labelIn, scales } from '../../codes.ts'
import { blocksOf, type ListBlock } from '../../prose.ts'
import { oneLine, type ReportContent, type TextField } from '../content.ts'

/** One line of a list, with the number or bullet that stands before it. */
export type Item = { sign: string; words: string; below: readonly Item[] }
/** What a paper is made of: both the Word file and the PDF are drawn from these. */
export type Piece =
  | { kind: 'heading'; level: 1 | 2 | 3; words: string }
  | { kind: 'paragraph'; words: string; soft?: boolean }
  | { kind: 'list'; items: readonly Item[] }
  | { kind: 'facts'; rows: readonly (readonly [label: string, words: string])[] }
  /** A table with one row below its heads: a single cell goes across the page. */
  | { kind: 'cells'; heads: readonly string[]; cells: readonly (readonly Piece[])[] }
export type PaperWords = Words['learningReading']['paper']
export type Cover = {
  title: string
  name: string
  lead: string
  facts: readonly (readonly [string, string])[]
  note: string
}
export type ReportPaper = { cover: Cover; pieces: readonly Piece[] }

export const bullet = '•'

/** A report as it is handed round: a cover with what the project was, then the form's boxes in its order. */
export const paperOf = (w: PaperWords, title: string, content: ReportContent): ReportPaper => {
  const { fields } = w
  const facts = oneLine
    .filter((field) => content[field] !== '')
    .map((field) => [fields[field], content[field]] as const)
  const box = (field: TextField, level: 1 | 2 = 1): Piece[] =>
    content[field].trim() === '' ? [] : [{ kind: 'heading', level, words: fields[field] }, ...prose(content[field])]
  const dots = (['dots', 'care', 'boundaries', 'complexity'] as const).filter((field) => content[field].trim() !== '')
  return {
    cover: {
      title: w.title,
      name: content.partnership_name || title,
      // What it is called, where that says more than its partnership's name.
      lead: content.partnership_name === '' || title.startsWith(content.partnership_name) ? '' : title,
      facts,
      note: content.consent === true ? w.shared : w.notShared,
    },
    pieces: [
      ...box('reasons'),
      ...box('aims'),
      ...box('methods'),
      ...issues(w, content),
      ...(dots.length > 0 ? [{ kind: 'heading', level: 1, words: fields.dots } as const] : []),
      ...(dots.length === 1 && dots[0] === 'dots' ? [reminder(w)] : []),
      ...dots.flatMap((field): Piece[] => (field === 'dots' ? prose(content.dots) : box(field, 2))),
      ...box('learning'),
      ...changes(w, content),
      ...box('reflections'),
      ...signatures(w, content),
    ],
  }
}

const prose = (words: string): Piece[] =>
  blocksOf(words).map((block) =>
    block.kind === 'paragraph'
      ? { kind: 'paragraph', words: block.text }
      : ({ kind: 'list', items: itemsOf(block) } satisfies Piece),
  )

const itemsOf = (list: ListBlock): Item[] =>
  list.items.map(({ text, below }, at) => ({
    sign: list.ordered ? `${at + 1}.` : bullet,
    words: text,
    below: below.flatMap(itemsOf),
  }))

const reminder = ({ fields }: PaperWords): Piece => ({
  kind: 'list',
  items: [fields.care, fields.boundaries, fields.complexity].map((words, at) => ({
    sign: `${at + 1}.`,
    words,
    below: [],
  })),
})

/** The two columns of the form. What is for both stands once, across them, and not twice beside itself. */
const issues = (w: PaperWords, content: ReportContent): Piece[] => {
  const said = content.issues_intro.trim() === '' ? [] : prose(content.issues_intro)
  if (content.issues.length === 0 && said.length === 0) return []
  const of = (whose: string) => pointsOf(content.issues.filter((one) => one.whose === whose))
  const [both, local, delivering] = [of('both'), of('local'), of('delivering')]
  const tables: Piece[] = []
  if (both.length) tables.push({ kind: 'cells', heads: [w.both], cells: [both] })
  if (local.length || delivering.length)
    tables.push({ kind: 'cells', heads: [w.local, w.delivering], cells: [local, delivering] })
  return [{ kind: 'heading', level: 1, words: w.fields.issues }, ...said, ...tables]
}

const pointsOf = (issues: ReportContent['issues']): Piece[] => {
  const pieces: Piece[] = []
  for (const [at, { heading, number, words, below }] of issues.entries()) {
    if (heading !== '' && heading !== issues[at - 1]?.heading)
      pieces.push({ kind: 'heading', level: 3, words: heading })
    const [first = '', ...more] = words.split('\n\n')
    const points = below.map((one) => ({ sign: signOf(one.number), words: one.words, below: [] }))
    const item = { sign: signOf(number), words: first, below: points }
    const last = pieces.at(-1)
    if (last?.kind === 'list') pieces[pieces.length - 1] = { kind: 'list', items: [...last.items, item] }
    else pieces.push({ kind: 'list', items: [item] })
    pieces.push(...more.map((words): Piece => ({ kind: 'paragraph', words })))
  }
  return pieces
}

const signOf = (number: string): string => (number === '' ? bullet : /^\d+$/.test(number) ? `${number}.` : number)

/** Each change with how far it reaches, what shows it and who says so. */
const changes = (w: PaperWords, { disruption_intro, disruption }: ReportContent): Piece[] => {
  const said = disruption_intro.trim() === '' ? [] : prose(disruption_intro)
  if (disruption.length === 0 && said.length === 0) return []
  const items = disruption.map(({ words, scale, evidence, says }, at) => {
    const [first = '', ...more] = words.split('\n')
    const below = [
      ...more.map((line) => line.replace(/^\s*(?:-|\d+\.)\s*/, '')).filter((line) => line !== ''),
      ...(scale ? [fill(w.reaches, { scale: labelIn(scales, scale) })] : []),
      ...(evidence ? [fill(w.evidence, { evidence })] : []),
      ...(says ? [fill(w.says, { says })] : []),
    ]
    return { sign: `${at + 1}.`, words: first, below: below.map((words) => ({ sign: bullet, words, below: [] })) }
  })
  return [{ kind: 'heading', level: 1, words: w.fields.disruption }, ...said, { kind: 'list', items }]
}

const signatures = (w: PaperWords, { signatures, consent }: ReportContent): Piece[] => {
  const of = (side: 'local' | 'programme'): Piece[] => {
    const signed = signatures.filter((one) => one.side === side)
    if (signed.length === 0) return [{ kind: 'paragraph', words: w.unsigned, soft: true }]
    return signed.map(({ name, role, body, signed_on }) => ({
      kind: 'facts',
      rows: [
        [w.name, name],
        [w.role, role],
        [w.body, body],
        [w.day, signed_on && dayOf(signed_on)],
      ],
    }))
  }
  return [
    { kind: 'heading', level: 1, words: w.signed },
    { kind: 'paragraph', words: consent === true ? w.shared : w.notShared },
    { kind: 'heading', level: 2, words: w.signedLocal },
    ...of('local'),
    { kind: 'heading', level: 2, words: w.signedProgramme },
    ...of('programme'),
  ]
}

const dayOf = (iso: string): string =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
