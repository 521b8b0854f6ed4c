import { blocksOf, type Block, type ListBlock } from './prose.ts'

/** What somebody wrote in a box, as paragraphs and lists. */
export const Prose = ({ children }: { children: string }) => (
  <div class="trellis-prose" dir="auto">
    {blocksOf(children).map((block) => (
      <BlockShown block={block} />
    ))}
  </div>
)

const BlockShown = ({ block }: { block: Block }) =>
  block.kind === 'paragraph' ? <p class="govuk-body">{block.text}</p> : <List list={block} />

const List = ({ list: { ordered, items } }: { list: ListBlock }) => {
  const points = items.map(({ text, below }) => (
    <li>
      {text}
      {below.map((one) => (
        <List list={one} />
      ))}
    </li>
  ))
  return ordered ? (
    <ol class="govuk-list govuk-list--number">{points}</ol>
  ) : (
    <ul class="govuk-list govuk-list--bullet">{points}</ul>
  )
}
