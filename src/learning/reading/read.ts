import { emptyReport, oneLine, textFields, type ReportContent, type TextField } from '../report/content.ts'
import { dayIn, inWords } from './days.ts'
import { issuesOf, type Whose } from './issues.ts'
import { labelAt, type Section } from './labels.ts'
import type { FileKind, Line, Lines, Place } from './line.ts'
import { markerOf } from './markers.ts'
import { piecesOf, proseOf, type Piece } from './pieces.ts'
import { isSigned, signaturesOf, type Said } from './signed.ts'

export type Field = keyof ReportContent
/** A box of the form that was met, under which words of the file, and where its own words stand. */
export type Found = { field: Field; label: string; from: Place; to: Place }
/** Something that a person should look at. */
export type Doubt = Place & {
  about: 'consent' | 'no day' | 'no name' | 'date' | 'twice' | 'heading' | 'no numbers' | 'line'
  field: Field
  words: string
}
/** Words that stand under no label. */
export type Left = Place & { words: string }
export type Reading = {
  kind: FileKind
  pages: number
  title: string
  content: ReportContent
  found: Found[]
  left: Left[]
  doubts: Doubt[]
  /** Boxes of the form that the file says nothing for. */
  missing: Field[]
}

type Part = {
  section: Section
  label: string
  heading: number | undefined
  at: Place
  lines: (Line & { whose?: Whose })[]
}

/** The boxes whose emptiness is worth saying: the others are parts of them. */
const expected: readonly Field[] = [
  ...textFields.filter(
    (field) => !['issues_intro', 'care', 'boundaries', 'complexity', 'disruption_intro'].includes(field),
  ),
  'issues',
  'disruption',
  'consent',
  'signatures',
]

/** A report in the form's fields, out of the lines of a file: what was recognised, what was not, and what is in doubt. */
export const read = ({ kind, pages, lines }: Lines, fileName: string): Reading => {
  const reading: Reading = {
    kind,
    pages,
    title: '',
    content: emptyReport(),
    found: [],
    left: [],
    doubts: [],
    missing: [],
  }
  const { parts, loose } = partsOf(lines)
  const isLoose = kind === 'text' || kind === 'pdf'
  gatherDots(parts)
  for (const part of parts) fill(reading, part, isLoose)
  sign(reading, parts)
  reading.left.push(...piecesOf(loose, isLoose).map(({ words, page, line }) => ({ words, page, line })))
  // Its partnership's name alone is a title of it.
  reading.left = reading.left.filter(({ words }) => words !== reading.content.partnership_name)
  reading.left.sort((a, b) => a.page - b.page || a.line - b.line)
  const { content } = reading
  const met = new Set(reading.found.map(({ field }) => field))
  const dots = content.care !== '' || content.boundaries !== '' || content.complexity !== ''
  reading.missing = expected.filter(
    (field) => isEmpty(content[field]) && !(field === 'consent' && met.has('consent')) && !(field === 'dots' && dots),
  )
  reading.title = titleOf(reading, lines, fileName)
  return reading
}

const isEmpty = (value: ReportContent[Field]): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The file cut at its labels. `loose` lines stand under none. */
const partsOf = (lines: readonly Line[]): { parts: Part[]; loose: Line[] } => {
  const parts: Part[] = []
  const loose: Line[] = []
  let part: Part | undefined
  let whose: Whose = 'both'
  let columns = new Map<number, Whose>()
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const found = labelAt(lines, at, part?.section)
    if (!found) {
      // A heading as high as the form's own that is none of them: what follows is not in the form.
      if (part?.heading && line.heading && line.heading <= part.heading) part = undefined
      if (part) part.lines.push({ ...line, whose: (line.column !== undefined && columns.get(line.column)) || whose })
      else loose.push(line)
      continue
    }
    const { section, label, rest } = found
    at += found.lines - 1
    if (section === 'nothing') {
      part = undefined
      if (rest !== '') loose.push({ ...line, words: rest })
      continue
    }
    if (section === 'both' || section === 'local' || section === 'delivering') {
      if (line.column === undefined) whose = section
      else columns.set(line.column, section)
    } else {
      ;[whose, columns] = ['both', new Map()]
      // One of three reflections stands as high as what all of them are under.
      const under =
        section === 'care' || section === 'boundaries' || section === 'complexity' ? part?.heading : undefined
      part = { section, label, heading: line.heading ?? under, at: { page: line.page, line: line.line }, lines: [] }
      parts.push(part)
    }
    if (rest !== '') part!.lines.push({ ...line, words: rest, whose })
  }
  return { parts, loose }
}

/** The three reflections are often only named one after another, with one text for all of them below the last. */
const gatherDots = (parts: Part[]): void => {
  const [care, boundaries, complexity] = (['care', 'boundaries', 'complexity'] as const).map((name) =>
    parts.find(({ section }) => section === name),
  )
  if (!complexity || care?.lines.length || boundaries?.lines.length) return
  if (!care && !boundaries) return
  complexity.section = 'dots'
  const above = parts.find((part) => part !== complexity && part.section === 'dots' && part.lines.length === 0)
  if (above) [complexity.label, complexity.at] = [above.label, above.at]
}

const fill = (reading: Reading, part: Part, isLoose: boolean): void => {
  const { section, lines, at, label } = part
  if (section === 'consent') return consent(reading, part)
  if (section === 'date' || section === 'name' || section === 'role' || section === 'body' || isSigned(section)) return
  // A list for the local area ends where those who deliver begin.
  const pieces = runsOf(lines).flatMap((run) => piecesOf(run, isLoose))
  const to = lines.at(-1) ?? at
  const found = (field: Field): void =>
    void reading.found.push({ field, label, from: at, to: { page: to.page, line: to.line } })
  if (section === 'issues') {
    const side = new Map(lines.map((line) => [`${line.page} ${line.line} ${line.column}`, line.whose ?? 'both']))
    const { intro, issues } = issuesOf(
      pieces,
      (piece) => side.get(`${piece.page} ${piece.line} ${piece.column}`) ?? 'both',
    )
    put(reading, 'issues_intro', intro, at)
    reading.content.issues.push(...issues)
    if (issues.length === 0 && intro !== '') doubt(reading, 'no numbers', 'issues', '', at)
    return found('issues')
  }
  if (section === 'disruption') {
    disruption(reading, pieces, at)
    return found('disruption')
  }
  const field = section as TextField
  if (oneLine.includes(field)) line(reading, field, part)
  else {
    put(reading, field, proseOf(pieces), at)
    for (const piece of pieces) if (looksLikeHeading(piece)) doubt(reading, 'heading', field, piece.words, piece)
  }
  if (lines.length > 0) found(field)
}

/** Lines cut where it changes whose they are. */
const runsOf = (lines: Part['lines']): Part['lines'][] =>
  lines.reduce<Part['lines'][]>((runs, line) => {
    if (runs.at(-1)?.at(-1)?.whose === line.whose && runs.length) runs.at(-1)!.push(line)
    else runs.push([line])
    return runs
  }, [])

const looksLikeHeading = ({ level, heading, words }: Piece): boolean =>
  level === undefined && (heading || /^\p{Lu}[^.!?:]{2,60}:?$/u.test(words))

const put = ({ content, doubts }: Reading, field: TextField, words: string, { page, line }: Place): void => {
  if (words === '') return
  if (content[field] !== '') doubts.push({ about: 'twice', field, words: '', page, line })
  content[field] = [content[field], words].filter((one) => one !== '').join('\n\n')
}

const doubt = ({ doubts }: Reading, about: Doubt['about'], field: Field, words: string, { page, line }: Place): void =>
  void doubts.push({ about, field, words, page, line })

const longest_line = 300

/** What stands in a line of the form. A paragraph after it is somebody's note, and belongs to no box. */
const line = (reading: Reading, field: TextField, { lines, at }: Part): void => {
  const belongs = lines.findIndex((one, i) => i > 0 && one.apart && one.words.length > 120 && one.column === undefined)
  const mine = belongs < 0 ? lines : lines.slice(0, belongs)
  const words = inOneLine(mine, reading.kind)
  put(reading, field, field === 'commenced' ? inWords(words) : words, at)
  if (field === 'commenced' && words !== '' && !dayIn(words) && !/\b\d{4}\b/.test(words))
    doubt(reading, 'date', field, words, at)
  if (words.length > longest_line) doubt(reading, 'line', field, '', at)
  if (belongs >= 0)
    reading.left.push(...piecesOf(lines.slice(belongs), true).map(({ words, page, line }) => ({ words, page, line })))
}

/** Several lines are one: as they were wrapped, or a list of partners with one in each. */
const inOneLine = (lines: readonly Line[], kind: FileKind): string =>
  lines.reduce((said, one) => {
    const words = markerOf(one.words)?.words ?? one.words
    if (said === '') return words
    const wrapped =
      one.column !== undefined || kind !== 'text' ? !one.apart : said.length > 60 || !/^\p{Lu}/u.test(words)
    const open = /(?:\b(?:and|of|the|plus|with|&)|[,;:(/–-]|\d)$/.test(said)
    return said.replace(/;$/, ',') + (wrapped || open ? ' ' : ', ') + words
  }, '')

/** Each point is a change; without points each paragraph is one, but for what only leads to them. */
const disruption = (reading: Reading, pieces: readonly Piece[], at: Place): void => {
  const pointed = pieces.some(({ level }) => level !== undefined)
  const intro: Piece[] = []
  const changes: Piece[][] = []
  for (const [i, piece] of pieces.entries()) {
    const leads = i === 0 && pieces.length > 1 && (/:$/.test(piece.words) || piece.words.length < 240)
    const begins = pointed ? piece.level === 0 : !leads
    if (begins) changes.push([{ ...piece, level: undefined } as Piece])
    else if (piece.level !== undefined) changes.at(-1)?.push({ ...piece, level: piece.level - 1 })
    else intro.push(piece)
  }
  put(reading, 'disruption_intro', proseOf(intro), at)
  reading.content.disruption.push(...changes.map((change) => ({ words: proseOf(change) })))
}

/** Whether the box was ticked. Most files do not keep that: then a person says it. */
const consent = (reading: Reading, { label, lines, at }: Part): void => {
  const words = `${label} ${lines.map(({ words }) => words).join(' ')}`
  const said = lines.map(({ words }) => words).join(' ')
  if (/[☑☒✓✔\uf0fe]|\[x\]/i.test(words) || /^\s*(?:yes|y|x|agreed)\b/i.test(said) || /^both sides agree/i.test(label))
    reading.content.consent = true
  else if (/[☐\uf0a8]|\[ ?\]/.test(words) || /^\s*no\b/i.test(said)) reading.content.consent = false
  else if (!reading.doubts.some(({ about }) => about === 'consent')) doubt(reading, 'consent', 'consent', '', at)
  reading.found.push({ field: 'consent', label, from: at, to: at })
}

const sign = (reading: Reading, parts: readonly Part[]): void => {
  const end = parts.filter(({ section }) => isSigned(section) || ['date', 'name', 'role', 'body'].includes(section))
  const said: Said[] = end.map(({ section, lines }) => ({
    section,
    words: lines.map(({ words }) => words).join('\n'),
    column: lines[0]?.column,
  }))
  const signatures = signaturesOf(said)
  reading.content.signatures.push(...signatures)
  const signed = end.filter(({ section }) => isSigned(section))
  for (const [i, { name, signed_on }] of signatures.entries()) {
    const { at, label } = signed[i]!
    reading.found.push({ field: 'signatures', label, from: at, to: at })
    if (name === '' || name.startsWith('[')) doubt(reading, 'no name', 'signatures', name, at)
    if (signed_on === '') doubt(reading, 'no day', 'signatures', '', at)
  }
}

/** What the report is called: by its partnership, or by what stands first in the file. */
const titleOf = ({ content, left }: Reading, lines: readonly Line[], fileName: string): string => {
  if (content.partnership_name !== '') return `${content.partnership_name}: project learning report`
  const heading = lines.find(({ heading }) => heading)?.words ?? left[0]?.words ?? ''
  return heading !== '' && heading.length <= 120 ? heading.replace(/[.:]$/, '') : fileName.replace(/\.\w+$/, '')
}
