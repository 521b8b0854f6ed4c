import type { ComponentChildren } from 'preact'
import { blocksOf, type Block, type ListBlock } from './prose.ts'

/** What a paragraph or point says after itself: the finding that comes from it. */
export type After = (paragraph: number) => ComponentChildren

/**
 * What somebody wrote in a box, as paragraphs and lists. With `field` each paragraph and point has an address, counted
 * from 1, to which a finding or a search leads.
 */
export const Prose = ({ children, field, after }: { children: string; field?: string; after?: After }) => {
  const counted = { next: 1 }
  return (
    <div class="trellis-prose" dir="auto">
      {blocksOf(children).map((block) => (
        <OneBlock {...{ block, field, counted, after }} />
      ))}
    </div>
  )
}

type Counting = { field: string | undefined; counted: { next: number }; after: After | undefined }

const OneBlock = ({ block, ...counting }: { block: Block } & Counting) => {
  if (block.kind === 'list') return <List list={block} {...counting} />
  const at = addressIn(counting)
  return (
    <p class="govuk-body" id={at.id}>
      {block.text} {at.after}
    </p>
  )
}

const List = ({ list: { ordered, items }, ...counting }: { list: ListBlock } & Counting) => {
  const Kind = ordered ? 'ol' : 'ul'
  return (
    <Kind class={`govuk-list govuk-list--${ordered ? 'number' : 'bullet'}`}>
      {items.map(({ text, below }) => {
        const at = addressIn(counting)
        return (
          <li id={at.id}>
            {text} {at.after}
            {below.map((block) => (
              <OneBlock block={block} {...counting} />
            ))}
          </li>
        )
      })}
    </Kind>
  )
}

const addressIn = ({ field, counted, after }: Counting) => {
  const paragraph = counted.next++
  return { id: field && `${field}-${paragraph}`, after: after?.(paragraph) }
}
