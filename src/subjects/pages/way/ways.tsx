import { localDate, NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  fill,
  Form,
  Link,
  NotificationBanner,
  page,
  redirect,
  Title,
  type Ask,
  type Answer,
  type Handler,
} from '../../../web/index.ts'
import { aboutPerson, enter, type Through } from '../../gate.ts'
import { endWay, waysOf, type Way } from '../../own/way.ts'
import { day } from '../said.tsx'

/** Through the gate, for whoever is in the circle: nobody else hands a person their way in. @throws {NotFound} */
export const inCircle = async (ask: Ask): Promise<Through | { kind: 'answer'; answer: Answer }> => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'open' && at.ties.closeness < 2) throw new NotFound()
  return at
}

/** The ways in that were handed over, each stopped in one step. */
export const waysPage: Handler = async (ask) => {
  const at = await inCircle(ask)
  if (at.kind === 'answer') return at.answer
  const ways = await waysOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const names = await namesFor(
    ask.tx,
    ways.map(({ made_by }) => made_by),
  )
  const words = ask.w.own.way
  const base = `/people/${at.subject.id}`
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        <div class="govuk-button-group">
          <Button href={ask.href(`${base}/way/new`)}>{words.make}</Button>
          <Link href={ask.href(`${base}/way/written`)}>{words.written.title}</Link>
        </div>
        {ways.length === 0 && <p class="govuk-body">{words.none}</p>}
        {ways.map((way) => (
          <OneWay ask={ask} at={at} way={way} name={names.get(way.made_by)?.name ?? ask.w.story.somebody} />
        ))}
      </>
    ),
  })
}

const OneWay = ({ ask, at, way, name }: { ask: Ask; at: Through; way: Way; name: string }) => {
  const words = ask.w.own.way
  const on = (moment: Date): string => day(localDate(moment, ask.place.zone))
  const holder = [words.holders[way.holder], way.name].filter(Boolean).join(': ')
  const isOpen = way.ended_at === null && way.expires_at > at.now
  return (
    <article class="trellis-story">
      <h2 class="govuk-heading-m">{holder}</h2>
      <p class="govuk-body">{fill(words.made, { name, day: on(way.made_at), until: on(way.expires_at) })}</p>
      {way.ground && <p class="govuk-body">{words.grounds[way.ground]}</p>}
      {way.sections.length > 0 && (
        <p class="govuk-body">
          {fill(words.reads, { sections: way.sections.map((section) => words.sectionNames[section]).join('; ') })}
        </p>
      )}
      {isOpen ? (
        <Form ask={ask} action={`/people/${at.subject.id}/way/${way.id}/end`}>
          <Button classes="govuk-button--warning">
            {words.end} <span class="govuk-visually-hidden">{fill(words.endOf, { holder, day: on(way.made_at) })}</span>
          </Button>
        </Form>
      ) : (
        <p class="govuk-body">
          {fill(way.ended_at ? words.ended : words.expired, { day: on(way.ended_at ?? way.expires_at) })}
        </p>
      )}
    </article>
  )
}

export const sendEndWay: Handler = async (ask) => {
  const at = await inCircle(ask)
  if (at.kind === 'answer') return at.answer
  await endWay(ask.tx, at.worker, at.subject.id, ask.params['way']!, at.now)
  return redirect(`/people/${at.subject.id}/way?done=ended`)
}
