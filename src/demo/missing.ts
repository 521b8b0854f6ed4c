import { z } from 'zod'
import { instant, localDate, type Tx } from '../platform/index.ts'
import type { SubjectFacts } from '../subjects/index.ts'
import {
  comeBack,
  gradeMissing,
  holdTalk,
  knowns,
  linkKinds,
  linkMissing,
  missingGrades,
  offerTalk,
  reportMissing,
} from '../support/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const words = z.string().default('')
/** A time of day, so many days ago: nights are nights whenever the demo is made. */
const moment = z.strictObject({ daysAgo: z.int(), time: z.string().regex(/^\d\d:\d\d$/) })
type Moment = z.output<typeof moment>

/** One time somebody was missing, from the report to the conversation afterwards. */
export const missingStory = z.strictObject({
  by,
  started: moment,
  reported: moment,
  reportedBy: z.string(),
  seenBy: words,
  seenWhere: words,
  clothing: words,
  place: z.string(),
  what: words,
  lookedAfter: z.enum(knowns),
  outOfCounty: z.enum(knowns),
  exploitation: z.enum(knowns),
  grades: z.array(z.strictObject({ by, at: moment, grade: z.enum(missingGrades), reference: words, why: words })),
  links: z.array(z.strictObject({ by, at: moment, kind: z.enum(linkKinds), words: z.string() })),
  back: z.strictObject({
    by,
    at: moment,
    where: z.string(),
    by_whom: z.string(),
    how: words,
    prevention: z.enum(knowns),
    well: z.enum(knowns),
    well_words: words,
  }),
  offer: z.strictObject({ by, at: moment, offered_by: z.string(), independent: z.boolean() }),
  talk: z.strictObject({
    by,
    at: moment,
    held_by: z.string(),
    independent: z.boolean(),
    where: z.string(),
    said: z.string(),
    push: words,
    pull: words,
    harm: words,
    others: words,
    actions: z.string(),
    shared: words,
  }),
})

export const playMissing = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  story: z.output<typeof missingStory>,
): Promise<void> => {
  const { keys, now, zone, called } = stage
  const then = ({ daysAgo, time }: Moment): Date => {
    const [hours, minutes] = time.split(':').map(Number) as [number, number]
    return instant(localDate(new Date(now.getTime() - daysAgo * 86_400_000), zone), hours * 60 + minutes, zone)
  }
  const act = async (who: string, at: Date) => {
    await stage.turnTo(tx, called(who), at)
    return called(who)
  }
  const { back, offer, talk } = story
  const reported_at = then(story.reported)
  const started_at = then(story.started)
  const said = {
    started_at,
    reported_at,
    reported_by: story.reportedBy,
    seen_at: started_at,
    seen_by: story.seenBy,
    seen_where: story.seenWhere,
    clothing: story.clothing,
    place: story.place,
    what: story.what,
    looked_after: story.lookedAfter,
    absence: null,
    out_of_county: story.outOfCounty,
    exploitation: story.exploitation,
  }
  const reporter = await act(story.by, reported_at)
  const episode = (await reportMissing(tx, keys, reporter, subject, said, reported_at))!
  const of = { keys, subject, episode }
  for (const { by: who, at, ...grade } of story.grades)
    await gradeMissing(tx, await act(who, then(at)), of, grade, then(at))
  for (const { by: who, at, ...link } of story.links)
    await linkMissing(tx, await act(who, then(at)), of, link, then(at))
  const { by: finder, at: ended, by_whom, ...found } = back
  const ended_at = then(ended)
  await comeBack(tx, await act(finder, ended_at), of, { ...found, by: by_whom, ended_at }, ended_at)
  const { by: offering, at: asked, ...offered } = offer
  const offered_at = then(asked)
  await offerTalk(tx, await act(offering, offered_at), of, { ...offered, offered_at, answer: 'accepted' }, offered_at)
  const { by: teller, at: held, ...told } = talk
  await holdTalk(tx, await act(teller, then(held)), of, { ...told, held_at: then(held) }, then(held))
}
