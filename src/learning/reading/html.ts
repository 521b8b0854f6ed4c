import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { most_characters, tidy, Unreadable, type Line, type Lines } from './line.ts'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const block = new Set(
  'address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
const unseen = new Set(['script', 'style', 'head', 'template', 'noscript', 'nav', 'svg', 'title', 'button', 'select'])

export const readHtml = (text: string): Lines => {
  const lines = linesOfHtml(parse(text))
  if (lines.reduce((sum, { words }) => sum + words.length, 0) > most_characters) throw new Unreadable('too long')
  return { kind: 'html', pages: 1, lines: lines.map((line, at) => ({ ...line, page: 1, line: at + 1 })) }
}

/** Every paragraph, point and cell of a page as a line of its own. Lists become the bullets and numbers they show. */
export const linesOfHtml = (root: Node): Line[] => {
  const lines: Line[] = []
  let words = ''
  let state = { indent: 0, column: undefined as number | undefined, heading: 0 }
  /** Of a point whose words have not been met yet. */
  let bullet = ''
  const end = (): void => {
    const said = tidy(words)
    words = ''
    if (said === '') return
    const { indent, column, heading } = state
    lines.push({
      words: bullet + said,
      page: 1,
      line: 1,
      apart: true,
      indent,
      ...(column !== undefined && { column }),
      ...(heading > 0 && { heading }),
    })
    bullet = ''
  }
  const within = (change: Partial<typeof state>, walk: () => void): void => {
    end()
    const outside = state
    state = { ...state, ...change }
    walk()
    end()
    state = outside
  }
  const walkAll = (node: Node): void => {
    if ('childNodes' in node) for (const child of node.childNodes) walk(child)
  }
  const walk = (node: Node): void => {
    if (node.nodeName === '#text') words += (node as DefaultTreeAdapterTypes.TextNode).value
    if (!('tagName' in node)) return
    const name = node.tagName
    if (unseen.has(name)) return
    if (name === 'br') return end()
    if (name === 'input' && attribute(node, 'type') === 'checkbox')
      words += attribute(node, 'checked') === undefined ? ' ☐ ' : ' ☒ '
    if (name === 'ol' || name === 'ul') return list(node)
    if (name === 'td' || name === 'th') return within({ column: columnOf(node), indent: 0 }, () => walkAll(node))
    if (/^h[1-6]$/.test(name)) return within({ heading: Number(name[1]) }, () => walkAll(node))
    if (block.has(name)) return within({}, () => walkAll(node))
    walkAll(node)
  }
  const list = (node: Element): void => {
    let number = Number(attribute(node, 'start') ?? 1)
    const letters = attribute(node, 'type') === 'a'
    end()
    for (const child of node.childNodes) {
      const item = 'tagName' in child && child.tagName === 'li'
      const sign = letters ? String.fromCharCode(96 + number) : String(number)
      // A list right inside a list belongs below the point before it.
      const below = 'tagName' in child && !item ? 2 : 0
      if (item) number++
      within({ indent: state.indent + (isInList(node) || below ? 2 : 0) }, () => {
        if (!item) return walk(child)
        bullet = node.tagName === 'ul' ? '- ' : `${sign}) `
        walkAll(child)
      })
      bullet = ''
    }
  }
  walkAll(root)
  end()
  return lines
}

const attribute = (node: Element, name: string): string | undefined =>
  node.attrs.find((one) => one.name === name)?.value

/** A table of one column is there for the looks of it. */
const columnOf = (cell: Element): number | undefined => {
  const row = cell.parentNode as Element
  const cells = row.childNodes.filter((node) => 'tagName' in node)
  return cells.length > 1 ? cells.indexOf(cell) : undefined
}

const isInList = (node: Element): boolean => {
  for (let up = node.parentNode; up && 'tagName' in up; up = up.parentNode) {
    if (up.tagName === 'li') return true
    if (up.tagName === 'td' || up.tagName === 'th') return false
  }
  return false
}
