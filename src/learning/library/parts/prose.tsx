import type { ComponentChildren } from 'preact'
import { blocksOf, type Block, type ListBlock } from '../../prose.ts'

/** What a paragraph or point says after itself: the finding that comes from it. */
export type After = (paragraph: number) => ComponentChildren

/** A box of a report as paragraphs and lists, each with the address that a finding or search leads to. */
export const Prose = ({ text, field, after }: { text: string; field: string; after?: After }) => {
  const counted = { next: 1 }
  return (
    <>
      {blocksOf(text).map((block) => (
        <OneBlock {...{ block, field, counted, after }} />
      ))}
    </>
  )
}

type Counting = { field: string; counted: { next: number }; after?: After | undefined }

const OneBlock = ({ block, ...counting }: { block: Block } & Counting) => {
  if (block.kind === 'list') return <List list={block} {...counting} />
  const paragraph = counting.counted.next++
  return (
    <p class="govuk-body" id={`${counting.field}-${paragraph}`}>
      {block.text} {counting.after?.(paragraph)}
    </p>
  )
}

const List = ({ list, ...counting }: { list: ListBlock } & Counting) => {
  const Kind = list.ordered ? 'ol' : 'ul'
  return (
    <Kind class={`govuk-list govuk-list--${list.ordered ? 'number' : 'bullet'}`}>
      {list.items.map(({ text, below }) => {
        const paragraph = counting.counted.next++
        return (
          <li id={`${counting.field}-${paragraph}`}>
            {text} {counting.after?.(paragraph)}
            {below.map((block) => (
              <OneBlock block={block} {...counting} />
            ))}
          </li>
        )
      })}
    </Kind>
  )
}
