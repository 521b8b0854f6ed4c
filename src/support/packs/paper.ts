import { manyPages } from '../../guidance/index.ts'
import { fill } from '../../web/index.ts'

export type PackOnPaper = {
  title: string
  lines: readonly string[]
  parts: readonly { title: string; answers: readonly { label: string; said: string }[] }[]
  /** What stands at the bottom of a page: '{page} of {pages}'. */
  foot: string
}

/** The pack as whoever enters it outside reads it: each question with its answer, tagged for screen readers. */
export const packPaper = ({ title, lines, parts, foot }: PackOnPaper, made: Date): Promise<Buffer> => {
  const info = { title, author: '', lang: 'en-GB', made }
  return manyPages(
    info,
    (page, pages) => fill(foot, { page, pages }),
    (paper) => {
      paper.say('H1', title)
      for (const line of lines) paper.say('P', line)
      for (const part of parts) {
        paper.say('H2', part.title)
        for (const { label, said } of part.answers) {
          paper.say('H3', label)
          paper.say('P', said)
        }
      }
    },
  )
}
