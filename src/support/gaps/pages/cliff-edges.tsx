import { hideSmall } from '../../../concerns/index.ts'
import { SummaryList, type Ask } from '../../../web/index.ts'
import type { CliffEdges as Edges } from '../cliff-edges.ts'

/** How many fell off an edge around 18, as far as a number points at nobody. */
export const CliffEdges = ({ ask, edges }: { ask: Ask; edges: Edges }) => {
  const words = ask.w.gaps.edges
  const { few, hidden } = ask.w.gaps.counts
  /** One part of a whole: the rest of it must not give it away either. */
  const part = (count: number, whole: number): string => {
    const [shown] = hideSmall([count, whole - count]).shown
    return shown === 'few' ? few : shown === 'hidden' ? hidden : String(shown)
  }
  const alone = (count: number): string => (hideSmall([count]).shown[0] === 'few' ? few : String(count))
  return (
    <section class="trellis-told" aria-labelledby="edges">
      <h2 class="govuk-heading-m trellis-told__title" id="edges">
        {words.title}
      </h2>
      <p class="govuk-body">{words.intro}</p>
      <SummaryList
        rows={[
          { key: words.turned, value: alone(edges.turned) },
          { key: words.silent, value: part(edges.silent, edges.turned) },
          { key: words.closed, value: alone(edges.closed) },
          { key: words.near, value: alone(edges.near) },
          { key: words.unowned, value: part(edges.unowned, edges.near) },
        ]}
      />
    </section>
  )
}
