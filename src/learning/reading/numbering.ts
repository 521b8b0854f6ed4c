import { stepsOf } from './xml.ts'

type Level = { form: string; text: string; start: number }
/** Which list a style or a paragraph belongs to, and how deep. */
export type InList = { list: string; level: number }

/** How a Word file numbers its lists: what stands before a point is not in its words, but follows from here. */
export const numberingOf = (xml: string): ((at: InList) => string) => {
  const kinds = new Map<string, Map<number, Level>>()
  const lists = new Map<string, string>()
  /** Where a list begins to count anew, though others of its kind came before it. */
  const anew = new Map<string, number>()
  let kind = ''
  let list = ''
  let level: Level | undefined
  for (const step of stepsOf(xml)) {
    if (step.is !== 'open') continue
    const value = step.attribute('w:val') ?? ''
    if (step.name === 'w:abstractNum') kinds.set((kind = step.attribute('w:abstractNumId') ?? ''), new Map())
    else if (step.name === 'w:num') list = step.attribute('w:numId') ?? ''
    else if (step.name === 'w:abstractNumId') lists.set(list, value)
    else if (step.name === 'w:startOverride') anew.set(list, Number(value))
    else if (step.name === 'w:lvl' && list === '')
      kinds.get(kind)?.set(Number(step.attribute('w:ilvl')), (level = { form: 'decimal', text: '', start: 1 }))
    else if (step.name === 'w:numFmt' && level && list === '') level.form = value
    else if (step.name === 'w:lvlText' && level && list === '') level.text = value
    else if (step.name === 'w:start' && level && list === '') level.start = Number(value)
  }
  const counts = new Map<string, number[]>()
  return ({ list, level }) => {
    const kind = lists.get(list) ?? list
    const levels = kinds.get(kind)
    const one = levels?.get(level)
    if (!one || one.form === 'bullet' || one.form === 'none') return '- '
    const count = (counts.get(kind) ?? []).slice(0, level + 1)
    counts.set(kind, count)
    const from = anew.get(list)
    anew.delete(list)
    for (let above = 0; above < level; above++) count[above] ??= levels!.get(above)?.start ?? 1
    count[level] = from ?? (count[level] === undefined ? one.start : count[level] + 1)
    const sign = one.text.replace(/%(\d)/g, (_, which: string) => {
      const of = Number(which) - 1
      return written(count[of] ?? 1, levels!.get(of)?.form ?? 'decimal')
    })
    return `${sign.replace(/[.):\s]+$/, '')}) `
  }
}

const written = (number: number, form: string): string => {
  if (form === 'lowerLetter' || form === 'upperLetter') return String.fromCharCode(96 + number)
  if (form === 'lowerRoman' || form === 'upperRoman')
    return ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'][number - 1] ?? String(number)
  return String(number)
}

/** 'Heading 2' is 2, a title 1, what is no heading 0. */
const heightOf = (style: string): number => {
  const found = /^(?:heading ?(\d)|title)/i.exec(style)
  return found ? Number(found[1] ?? 1) : 0
}

/** What styles say of their paragraphs: whether one is a heading, and which list it is a point of. */
export const stylesOf = (xml: string): Map<string, { heading: number; inList: InList | undefined }> => {
  const styles = new Map<string, { heading: number; inList: InList | undefined }>()
  let style = ''
  let level = 0
  for (const step of stepsOf(xml)) {
    if (step.is !== 'open') continue
    const value = step.attribute('w:val') ?? ''
    if (step.name === 'w:style') {
      style = step.attribute('w:styleId') ?? ''
      level = 0
      styles.set(style, { heading: heightOf(style), inList: undefined })
    } else if (step.name === 'w:name' && styles.has(style)) styles.get(style)!.heading ||= heightOf(value)
    else if (step.name === 'w:ilvl') level = Number(value)
    else if (step.name === 'w:numId' && styles.has(style)) styles.get(style)!.inList = { list: value, level }
  }
  return styles
}
