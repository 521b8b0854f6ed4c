import type { Flowing } from './many-pages.ts'
import type { Info } from './paper.ts'
import { wordFile, wordRun, type Foot } from './word-file.ts'

/** As many pages as the words take, with real headings, a language and a line at the foot of each. */
export const wordPages = (info: Info, foot: Foot, write: (paper: Flowing) => void): Buffer => {
  const body: string[] = []
  write({
    say: (role, words) => void body.push(paragraph(role, words)),
    next: () => void body.push('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'),
  })
  return wordFile({ info, foot, body: body.join('') })
}

const styleOf = { H1: 'Heading1', H2: 'Heading2', H3: 'Heading3', P: 'Normal' } as const
const paragraph = (role: keyof typeof styleOf, words: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${styleOf[role]}"/></w:pPr>${wordRun(words)}</w:p>`
