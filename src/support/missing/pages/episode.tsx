import { aboutPerson } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  fill,
  InsetText,
  NotificationBanner,
  page,
  SummaryList,
  Title,
  WarningText,
  type Ask,
} from '../../../web/index.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { hoursMissing, isMissing, turnedEighteen, type Episode } from '../missing.ts'
import { wholeOf, type Whole } from '../queries.ts'
import { Conversation } from './conversation.tsx'
import { episodePath, reasonsSaid, talkDue, withEpisode } from './frame.tsx'
import { hoursSaid, whenSaid } from './when.tsx'

/** One time they were missing: what was reported, what the police say, who it may have to do with, and what came after. */
export const episodePage = withEpisode(async (ask, at, episode) => {
  const whole = await wholeOf(ask.tx, ask.house.keys, at.worker.partnership, episode.id)
  const reasons = await reasonsSaid(ask, at, episode)
  const due = await talkDue(ask, at, episode)
  const words = ask.w.missing
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const base = episodePath(at, episode)
  const { started_at, ended_at } = episode
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/missing`)}>{words.title}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>
          {ended_at
            ? fill(words.one.between, { from: whenSaid(ask, started_at), to: whenSaid(ask, ended_at) })
            : fill(words.one.since, { when: whenSaid(ask, started_at) })}
        </Title>
        <p class="govuk-body-l">{fill(words.one.how, { span: hoursSaid(ask, hoursMissing(episode, at.now)) })}</p>
        {isMissing(episode) && <WarningText>{words.danger}</WarningText>}
        {turnedEighteen(episode, at.subject.adult_from, at.now, ask.place.zone) && (
          <InsetText>{fill(words.one.eighteen, { day: dayOf(ask, at.subject.adult_from!) })}</InsetText>
        )}
        <div class="govuk-button-group">
          {isMissing(episode) && <Button href={ask.href(`${base}/back`)}>{words.one.addBack}</Button>}
          <Button classes="govuk-button--secondary" href={ask.href(`${base}/news`)}>
            {words.one.addNews}
          </Button>
        </div>
        <Reasons ask={ask} reasons={reasons} />
        {ended_at && <Conversation ask={ask} at={at} episode={episode} whole={whole} due={due} />}
        <Report ask={ask} episode={episode} />
        <Police ask={ask} whole={whole} />
        <Links ask={ask} whole={whole} />
        <Found ask={ask} whole={whole} />
      </>
    ),
  })
})

/** Each rule that holds, as a sentence. */
const Reasons = ({ ask, reasons }: { ask: Ask; reasons: readonly string[] }) => {
  const words = ask.w.missing.one
  if (reasons.length === 0) return null
  return (
    <section aria-labelledby="why">
      <h2 class="govuk-heading-m" id="why">
        {words.why}
      </h2>
      <p class="govuk-body">{words.whyIntro}</p>
      <ul class="govuk-list govuk-list--bullet">
        {reasons.map((reason) => (
          <li>{reason}</li>
        ))}
      </ul>
    </section>
  )
}

const Report = ({ ask, episode }: { ask: Ask; episode: Episode }) => {
  const { one: words, knowns, absences } = ask.w.missing
  const { looked_after, absence, seen_at } = episode
  const said = [
    [words.started, whenSaid(ask, episode.started_at)],
    [words.place, episode.place],
    [words.reported, fill(words.reportedBy, { name: episode.reported_by, when: whenSaid(ask, episode.reported_at) })],
    [words.what, episode.what],
    [words.seen, seen_at ? whenSaid(ask, seen_at) : ''],
    [words.seenBy, episode.seen_by],
    [words.seenWhere, episode.seen_where],
    [words.clothing, episode.clothing],
    [words.lookedAfter, [knowns[looked_after], absence && absences[absence]].filter(Boolean).join('. ')],
    [words.outOfCounty, knowns[episode.out_of_county]],
    [words.exploitation, knowns[episode.exploitation]],
  ] as const
  return <Facts title={words.report} said={said} />
}

/** A list of what was said under a heading; what was not said is left out. */
const Facts = ({ title, said }: { title: string; said: readonly (readonly [string, string])[] }) => (
  <section>
    <h2 class="govuk-heading-m">{title}</h2>
    <SummaryList rows={said.filter(([, value]) => value).map(([key, value]) => ({ key, value }))} />
  </section>
)

const Police = ({ ask, whole: { grades } }: { ask: Ask; whole: Whole }) => {
  const { one: words, grades: names } = ask.w.missing
  return (
    <section>
      <h2 class="govuk-heading-m">{words.police}</h2>
      {grades.length === 0 && <p class="govuk-body">{words.noPolice}</p>}
      <ul class="trellis-rows">
        {grades.map(({ grade, reference, why, entered_at }) => (
          <li class="trellis-row">
            <div>
              {fill(words.gradeLine, { grade: names[grade], when: whenSaid(ask, entered_at) })}
              <span class="trellis-row__more">
                {[reference && fill(words.reference, { reference }), why].filter(Boolean).join('. ')}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Links = ({ ask, whole: { links } }: { ask: Ask; whole: Whole }) => {
  const { one: words, linkKinds } = ask.w.missing
  return (
    <section>
      <h2 class="govuk-heading-m">{words.links}</h2>
      {links.length === 0 ? (
        <p class="govuk-body">{words.noLinks}</p>
      ) : (
        <SummaryList rows={links.map(({ kind, words: said }) => ({ key: linkKinds[kind], value: said }))} />
      )}
    </section>
  )
}

const Found = ({ ask, whole: { back } }: { ask: Ask; whole: Whole }) => {
  const { one: words, knowns } = ask.w.missing
  if (!back) return null
  const said = [
    [words.found, back.where],
    [words.by, back.by],
    [words.howFound, back.how],
    [words.prevention, knowns[back.prevention]],
    [words.well, [knowns[back.well], back.well_words].filter(Boolean).join('. ')],
  ] as const
  return <Facts title={words.back} said={said} />
}
