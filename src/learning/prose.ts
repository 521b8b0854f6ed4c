/** One line of a list, with what hangs below it. */
export type ListItem = { text: string; below: readonly ListBlock[] }
export type ListBlock = { kind: 'list'; ordered: boolean; items: readonly ListItem[] }
export type Block = { kind: 'paragraph'; text: string } | ListBlock

/**
 * What somebody wrote in a box, as paragraphs and lists. A blank line ends a paragraph, lines of one are joined; a line that
 * begins with '-', '*' or '•' is a point, one with '1.' or '1)' is numbered, two more spaces before it put it below the one
 * above. A line that begins with neither belongs to what stands above it.
 */
export const blocksOf = (prose: string): readonly Block[] => {
  const blocks: Block[] = []
  /** The lists that are open, from the outside in, each with how far its points stand in. */
  let open: { indent: number; list: Building }[] = []
  let paragraph: Extract<Block, { kind: 'paragraph' }> | undefined
  for (const line of prose.replace(/\r\n?/g, '\n').split('\n')) {
    if (line.trim() === '') {
      paragraph = undefined
      continue
    }
    const point = /^(\s*)(?:([-*•])|(\d{1,3})[.)])\s+(.*)$/.exec(line)
    if (!point) {
      const last = open.at(-1)?.list.items.at(-1)
      if (last && /^\s/.test(line)) last.text += ` ${line.trim()}`
      else if (paragraph) paragraph.text += ` ${line.trim()}`
      else {
        open = []
        blocks.push((paragraph = { kind: 'paragraph', text: line.trim() }))
      }
      continue
    }
    paragraph = undefined
    const indent = point[1]!.replace(/\t/g, '  ').length
    const ordered = point[3] !== undefined
    while (open.length > 0 && open.at(-1)!.indent > indent + 1) open.pop()
    const last = open.at(-1)
    if (!last || indent > last.indent + 1 || last.list.ordered !== ordered) {
      const list: Building = { kind: 'list', ordered, items: [] }
      if (last && indent > last.indent + 1) last.list.items.at(-1)!.below.push(list)
      else {
        if (last) open.pop()
        const above = open.at(-1)?.list.items.at(-1)
        if (above) above.below.push(list)
        else blocks.push(list)
      }
      open.push({ indent, list })
    }
    open.at(-1)!.list.items.push({ text: point[4]!.trim(), below: [] })
  }
  return blocks
}

type Building = { kind: 'list'; ordered: boolean; items: { text: string; below: Building[] }[] }
