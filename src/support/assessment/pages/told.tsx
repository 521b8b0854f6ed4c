import type { ComponentChildren } from 'preact'
import { fromStory, voicesOf, whoMatters, worded, type CardName, type Through } from '../../../subjects/index.ts'
import { localDate } from '../../../platform/index.ts'
import { fill, type Ask } from '../../../web/index.ts'
import { dayOf } from './assessments.tsx'

/** Which cards of the story answer which part. */
const answers: Record<string, readonly CardName[]> = {
  account: ['about me', 'want you to know', 'do not ask', 'hurts'],
  strengths: ['helps'],
  relationships: ['who I trust', 'reach me'],
}

type ToldBefore = { words: string; from: string }

/**
 * What the person has told already of what this part asks: shown, not copied, because they choose who reads each card and
 * may choose again.
 */
export const toldFor = async (ask: Ask, at: Through, part: string): Promise<ToldBefore[]> => {
  const { worker, subject } = at
  const cards = answers[part]
  if (!cards) return []
  const { toldBy, heardAt } = ask.w.assessment.part
  const story = await fromStory(ask.tx, ask.house.keys, worker, subject.id)
  const fromCards = cards.flatMap((card) => {
    const said = story.get(card)
    if (!said) return []
    return [{ words: said.words, from: fill(toldBy, { card: ask.w.story.cards[card], day: dayOf(ask, said.said_on) }) }]
  })
  const heard = part === 'account' ? await voicesOf(ask.tx, ask.house.keys, worker.partnership, subject.id) : []
  const fromVoice = heard.map(({ words, stage, heard_on }) => {
    const when = { stage: ask.w.voice.stages[stage].toLowerCase(), day: dayOf(ask, heard_on) }
    return { words, from: fill(heardAt, when) }
  })
  return [...fromCards, ...fromVoice, ...(part === 'relationships' ? await toldOfTies(ask, at) : [])]
}

/** Who matters to them is written down once, on a page of its own. */
const toldOfTies = async (ask: Ask, at: Through): Promise<ToldBefore[]> => {
  const { kinds, effects, title } = ask.w.matters
  const standing = (await whoMatters(ask, at)).filter(({ ended_at }) => ended_at === null)
  return standing.map(({ called, kind, effect, words, entered_at }) => ({
    words: [`${called}, ${worded(kinds, kind).toLowerCase()}: ${effects[effect].toLowerCase()}`, words && `“${words}”`]
      .filter(Boolean)
      .join('\n'),
    from: fill(ask.w.assessment.part.toldBy, { card: title, day: dayOf(ask, localDate(entered_at, ask.place.zone)) }),
  }))
}

export const Told = ({ ask, told }: { ask: Ask; told: readonly ToldBefore[] }): ComponentChildren => {
  const words = ask.w.assessment.part
  return told.length === 0 ? null : (
    <section class="trellis-told-before" aria-labelledby="told">
      <h2 class="govuk-heading-s" id="told">
        {words.told}
      </h2>
      {told.map(({ words: said, from }) => (
        <>
          <blockquote class="govuk-inset-text trellis-words" dir="auto">
            {said}
          </blockquote>
          <p class="trellis-story__by">{from}</p>
        </>
      ))}
    </section>
  )
}
