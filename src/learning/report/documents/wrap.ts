/** Words broken into lines no wider than `width`, by what `measure` says of them. A word wider than a line is cut. */
export const wrapped = (words: string, width: number, measure: (words: string) => number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of words
    .trim()
    .split(/\s+/)
    .flatMap((one) => cut(one, width, measure))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && measure(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

const cut = (word: string, width: number, measure: (words: string) => number): string[] => {
  if (measure(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part !== '' && measure(part + letter) > width) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}
