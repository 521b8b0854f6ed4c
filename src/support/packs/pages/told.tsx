import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { day, fromStory } from '../../../subjects/index.ts'
import { Details, fill, InsetText, type Ask } from '../../../web/index.ts'
import { assessmentsOf } from '../../assessment/queries.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { readWritten } from '../../writing/index.ts'
import type { AtPack } from '../at-pack.ts'
import type { Part } from '../nrm.ts'

type Told = {
  /** What the viewer's own agency wrote, which is theirs to write from. */
  own: { by: string; words: string }[]
  /** Which others wrote of it, as far as this viewer may see: what of it may go on is theirs to say. */
  others: string[]
  /** How the person said that they can be reached safely. */
  reach: { words: string; said_on: string } | undefined
}

/** What Trellis holds of what a part asks: to write from, never put into the form by itself. */
export const toldAlready = async (ask: Ask, { at }: AtPack, part: Part): Promise<Told> => {
  const { tx, house } = ask
  const { partnership } = at.worker
  const isSafe = part.asks.some(({ safe }) => safe)
  const cards = isSafe ? await fromStory(tx, house.keys, at.worker, at.subject.id) : undefined
  const fields = [...new Set(part.asks.flatMap(({ about }) => about ?? []))]
  const all = fields.length ? await assessmentsOf(tx, partnership, at.subject.id) : []
  const last = all.find(({ finish, purpose }) => finish !== null && purpose !== 'capacity')
  const written = last ? await readWritten(tx, house.keys, partnership, last.id, { fields }) : []
  const said = written.filter(({ words }) => words.trim() !== '')
  const names = await namesFor(
    tx,
    said.map(({ written_by }) => written_by),
  )
  const isOwn = ({ agency_id }: { agency_id: string }) => agency_id === at.worker.agency
  const others = [...new Set(said.filter((one) => !isOwn(one)).map(({ agency_id }) => agency_id))]
  const agencies = await agencyNames(tx, others)
  const { part: words } = ask.w.packs
  return {
    own: said.filter(isOwn).map(({ written_by, written_at, words: text }) => {
      const name = names.get(written_by)?.name ?? ask.w.story.somebody
      return { by: fill(words.aboutOwn, { name, day: day(ask, written_at) }), words: text }
    }),
    others: others.map((id) => agencies.get(id) ?? ''),
    reach: cards?.get('reach me'),
  }
}

export const TellsAlready = ({ ask, told: { own, others, reach } }: { ask: Ask; told: Told }) => {
  const { part: words } = ask.w.packs
  return (
    <>
      {reach && (
        <InsetText>
          <p class="govuk-body govuk-!-font-weight-bold">{words.reach}</p>
          <p class="govuk-body trellis-words" dir="auto">
            {fill(words.reachLine, { words: reach.words, day: dayOf(ask, reach.said_on) })}
          </p>
        </InsetText>
      )}
      {own.length + others.length > 0 && (
        <Details summary={words.about}>
          <p class="govuk-body">{words.aboutIntro}</p>
          {own.map((one) => (
            <>
              <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">{one.by}</p>
              <p class="govuk-body trellis-words" dir="auto">
                {one.words}
              </p>
            </>
          ))}
          {others.map((agency) => (
            <p class="govuk-body">{fill(words.aboutOther, { agency })}</p>
          ))}
        </Details>
      )}
    </>
  )
}
