import { blocksOf } from '../prose.ts'

/** What was asked for line by line, as points; what somebody wrote as prose or as a list stays as it is. */
export const asPoints = (text: string): string => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [first, ...rest] = blocksOf(text)
  return lines.length > 1 && rest.length === 0 && first?.kind === 'paragraph'
    ? lines.map((line) => `- ${line.trim()}`).join('\n')
    : text
}
