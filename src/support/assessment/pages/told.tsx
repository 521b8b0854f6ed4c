import type { ComponentChildren } from 'preact'
import { fromStory, type CardName, type Through } from '../../../subjects/index.ts'
import { fill, type Ask } from '../../../web/index.ts'
import { dayOf } from './assessments.tsx'

/** Which cards of the story answer which part. */
const answers: Record<string, readonly CardName[]> = {
  account: ['about me', 'want you to know', 'do not ask', 'hurts'],
  strengths: ['helps'],
  relationships: ['who I trust', 'reach me'],
}

type ToldBefore = { card: CardName; words: string; said_on: string }

/**
 * What the person has told already of what this part asks: shown, not copied, because they choose who reads each card and
 * may choose again.
 */
export const toldFor = async (ask: Ask, { worker, subject }: Through, part: string): Promise<ToldBefore[]> => {
  const cards = answers[part]
  if (!cards) return []
  const story = await fromStory(ask.tx, ask.house.keys, worker, subject.id)
  return cards.flatMap((card) => {
    const said = story.get(card)
    return said ? [{ card, ...said }] : []
  })
}

export const Told = ({ ask, told }: { ask: Ask; told: readonly ToldBefore[] }): ComponentChildren => {
  const words = ask.w.assessment.part
  return told.length === 0 ? null : (
    <section class="trellis-told-before" aria-labelledby="told">
      <h2 class="govuk-heading-s" id="told">
        {words.told}
      </h2>
      {told.map(({ card, words: said, said_on }) => (
        <>
          <blockquote class="govuk-inset-text trellis-words" dir="auto">
            {said}
          </blockquote>
          <p class="trellis-story__by">
            {fill(words.toldBy, { card: ask.w.story.cards[card], day: dayOf(ask, said_on) })}
          </p>
        </>
      ))}
    </section>
  )
}
