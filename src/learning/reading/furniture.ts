import type { Line } from './line.ts'

/** Without what stands at the head or the foot of every page: the number of the page, the name of the report. */
export const withoutFurniture = (lines: readonly Line[]): Line[] => {
  const pages = Map.groupBy(lines, ({ page }) => page)
  const edges = [...pages.values()].flatMap((page) => [...new Set([...page.slice(0, 2), ...page.slice(-2)])])
  const times = new Map<string, number>()
  for (const line of edges) times.set(shape(line), (times.get(shape(line)) ?? 0) + 1)
  // On two pages the same words may be chance; with the page's number in them they are not.
  const leastOf = ({ words }: Line): number => Math.max(/\d/.test(words) ? 2 : 3, pages.size * 0.6)
  const isFurniture = (line: Line): boolean =>
    /^(?:page\s*)?\d{1,3}(?:\s*(?:of|\/)\s*\d{1,3})?$/i.test(line.words) ||
    (line.words.length < 120 && times.get(shape(line))! >= leastOf(line))
  const gone = new Set(edges.filter(isFurniture))
  return lines.filter((line) => !gone.has(line))
}

/** The same on every page but for its numbers. */
const shape = ({ words }: Line): string => words.replace(/\d+/g, '0').toLowerCase()
