import { ageOn, localDate } from '../../../../platform/index.ts'
import { namesFor } from '../../../../staff/index.ts'
import type { Ask, FieldError } from '../../../../web/index.ts'
import { frameOn, frames, type About, type Frame } from '../../../concern.ts'
import { concernFor, frontDoor } from '../../../front-door.ts'
import { decidingOn, lastNews } from '../../../opened.ts'
import { openDecisionDraft, type Answers } from './draft.ts'

/** Everything that the pages of deciding need to know of the concern and of what was typed so far. */
export const decideFacts = async (ask: Ask) => {
  const worker = frontDoor(ask.viewer)
  const concern = await concernFor(ask.tx, worker, ask.params['id']!)
  const { people, standing } = await decidingOn(ask.tx, ask.house.keys, worker, concern)
  const today = localDate(ask.house.now(), ask.place.zone)
  const draft = (await openDecisionDraft(ask, concern.id))?.answers
  const who = standing && (await namesFor(ask.tx, [standing.decided_by])).get(standing.decided_by)?.name
  const about = concern.about as About
  const derived = frameOn(about, people, today)
  const then = concern.happened_on ? frameOn(about, people, concern.happened_on) : derived
  return {
    worker,
    concern: { ...concern, about },
    people: people.map((person, i) => ({
      called: person.name || person.nickname || `${ask.w.duty.concern.person.replace('{number}', String(i + 1))}`,
      part: person.part,
      born_on: person.born_on,
      age: person.born_on ? ageOn(person.born_on, today) : undefined,
      group: person.age_group ?? 'not known',
    })),
    today,
    derived,
    then,
    standing: standing && { ...standing, who: who ?? ask.w.duty.someone },
    news: await lastNews(ask.tx, worker, concern.id),
    answers: draft?.answers ?? ({} as Answers),
    /** What stood and what had been said when the writer began. */
    began: draft
      ? { standing: draft.standing, seen: draft.seen }
      : { standing: standing?.id ?? null, seen: (await lastNews(ask.tx, worker, concern.id))?.seq ?? 0 },
  }
}
export type Facts = Awaited<ReturnType<typeof decideFacts>>
/** What every step of deciding is drawn from. */
export type StepProps = { ask: Ask; facts: Facts; errors: readonly FieldError[] }

/** The frame to decide by: what was chosen, or what the ages say when they say one thing. */
export const frameChosen = ({
  answers,
  derived,
  then,
}: Pick<Facts, 'answers' | 'derived' | 'then'>): Frame | undefined =>
  frames.find((frame) => frame === answers['frame']) ??
  (derived !== 'not known' && (then === derived || then === 'not known') ? derived : undefined)
