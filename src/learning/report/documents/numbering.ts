import { bullet } from './pieces.ts'

/**
 * The lists of a Word file: numbers are Word's own. A list that begins, or whose number is not the one after the last, is
 * an instance that counts from there.
 */
export type Lists = { next: (sign: string, level: number) => number; end: () => string; xml: () => string }

const kinds = { bullets: 1, numbers: 2 } as const

export const listsOf = (): Lists => {
  const instances: { kind: number; level: number; from: number }[] = [{ kind: kinds.bullets, level: 0, from: 0 }]
  let open: ({ list: number; last: number } | undefined)[] = []
  return {
    next: (sign, level) => {
      open = open.slice(0, level + 1)
      const number = Number(/(\d+)\.?$/.exec(sign)?.[1] ?? Number.NaN)
      if (sign === bullet || Number.isNaN(number)) return 1
      const before = open[level]
      if (before && before.last + 1 === number) {
        before.last = number
        return before.list
      }
      // Below a number the same list goes on a level deeper, so that 2.1 knows of its 2.
      const above = level > 0 && /\./.test(sign.replace(/\.$/, '')) ? open[level - 1] : undefined
      if (above && number === 1) {
        open[level] = { list: above.list, last: 1 }
        return above.list
      }
      instances.push({ kind: kinds.numbers, level, from: number })
      open[level] = { list: instances.length, last: number }
      return instances.length
    },
    end: () => {
      open = []
      return ''
    },
    xml: () =>
      abstract(kinds.bullets, (level) => ['bullet', level === 0 ? '•' : '–']) +
      abstract(kinds.numbers, (level) => ['decimal', level === 0 ? '%1.' : '%1.%2']) +
      instances
        .map(
          ({ kind, level, from }, at) =>
            `<w:num w:numId="${at + 1}"><w:abstractNumId w:val="${kind}"/>${from ? `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${from}"/></w:lvlOverride>` : ''}</w:num>`,
        )
        .join(''),
  }
}

const abstract = (kind: number, levelOf: (level: number) => [form: string, text: string]): string => {
  const levels = [0, 1, 2, 3].map((level) => {
    const [form, text] = levelOf(Math.min(level, 1))
    const left = 425 + level * 500
    return `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${form}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${left + (level > 0 ? 100 : 0)}" w:hanging="${level > 0 ? 525 : 425}"/></w:pPr></w:lvl>`
  })
  return `<w:abstractNum w:abstractNumId="${kind}"><w:multiLevelType w:val="multilevel"/>${levels.join('')}</w:abstractNum>`
}
