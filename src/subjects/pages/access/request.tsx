import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  fill,
  InsetText,
  Link,
  NotificationBanner,
  page,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { whyNotSecond, type Answer, type Standing } from '../../access/approve.ts'
import { aboutRequest, addressOf, atRequest, type AtRequest } from '../../access/gather.ts'
import type { Reviewed } from '../../access/review.ts'
import { day, when } from '../said.tsx'
import { Late } from './list.tsx'

/** One request: its clock, who asked, and every item with what was decided about it. */
export const accessRequestPage: Handler = async (ask) => {
  const here = await atRequest(ask)
  const { at, request, items, answers, standing } = here
  const words = ask.w.rights.access.request
  const title = fill(words.title, { reference: at.subject.reference })
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const own = (one: Reviewed): boolean => one.kind !== 'supplier'
  const held = items.filter(own)
  const others = items.filter((one) => !own(one))
  const names = await namesFor(ask.tx, [
    ...answers.map(({ answered_by }) => answered_by),
    ...(request.closed_by ? [request.closed_by] : []),
  ])
  const refused = await whyNotSecond(ask.tx, at, request, items)
  return page({
    title,
    frame: 'staff',
    about: aboutRequest(here),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/access`)}>{words.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{title}</Title>
        <InsetText>
          {fill(words.states[standing], { left: items.filter(({ decision }) => !decision).length })}
        </InsetText>
        <Facts ask={ask} here={here} names={names} />
        <Sent ask={ask} answers={answers} names={names} />
        <Next ask={ask} here={here} standing={standing} ownWork={refused === 'own work'} />
        <h2 class="govuk-heading-m">{words.items}</h2>
        <p class="govuk-body">{held.length === 0 ? words.noItems : words.itemsIntro}</p>
        <Rows ask={ask} here={here} items={held} />
        {others.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.others}</h2>
            <p class="govuk-body">{words.othersIntro}</p>
            <Rows ask={ask} here={here} items={others} />
          </>
        )}
      </>
    ),
  })
}

type Names = Awaited<ReturnType<typeof namesFor>>

const Facts = ({ ask, here, names }: { ask: Ask; here: AtRequest; names: Names }) => {
  const { request } = here
  const words = ask.w.rights.access.request
  const { how } = words
  const to = (end: string, text: string) => (request.closed ? [] : [{ href: ask.href(addressOf(here, end)), text }])
  return (
    <SummaryList
      rows={[
        {
          key: words.who,
          value: (
            <span class="trellis-words">
              {request.asker}
              {'\n'}
              {ask.w.rights.access.capacities[request.capacity]}
            </span>
          ),
        },
        { key: words.asked, value: `${day(request.asked_on)}, ${request.agency}` },
        {
          key: words.due,
          value: (
            <>
              {day(request.due_on)} <Late ask={ask} request={request} />
              {request.extended_why && (
                <p class="govuk-body govuk-!-margin-bottom-0 trellis-words">
                  {words.extended}: {request.extended_why}
                </p>
              )}
            </>
          ),
          actions: request.extended_why === null ? to('/extend', words.extend) : [],
        },
        {
          key: words.identity,
          value:
            request.identity_how && request.identity_on
              ? `${how[request.identity_how]}, ${request.identity_note}, ${day(request.identity_on)}`
              : words.notYet,
          actions: to('/identity', request.identity_how ? words.change : words.check),
        },
        ...(request.closed && request.closed_at
          ? [
              {
                key: words.ended[request.closed],
                value: (
                  <span class="trellis-words">
                    {request.closed_words}
                    {'\n'}
                    {fill(words.answered, {
                      name: names.get(request.closed_by ?? '')?.name ?? '',
                      when: when(ask, request.closed_at),
                    })}
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** What second people said, while it is of use: the words of one who sent it back. */
const Sent = ({ ask, answers, names }: { ask: Ask; answers: readonly Answer[]; names: Names }) => {
  const last = answers.at(-1)
  if (!last?.words) return null
  const words = ask.w.rights.access.request
  return (
    <>
      <h2 class="govuk-heading-s">{words.said}</h2>
      <blockquote class="govuk-inset-text trellis-words">
        {last.words}
        {'\n'}
        {fill(words.answered, { name: names.get(last.answered_by)?.name ?? '', when: when(ask, last.answered_at) })}
      </blockquote>
    </>
  )
}

const Next = (props: { ask: Ask; here: AtRequest; standing: Standing; ownWork: boolean }) => {
  const { ask, here, standing, ownWork } = props
  const words = ask.w.rights.access.request
  const href = (end: string): string => ask.href(addressOf(here, end))
  return (
    <>
      {(standing === 'waits for a second' || standing === 'changed') && ownWork && (
        <p class="govuk-body">{words.ownWork}</p>
      )}
      <div class="govuk-button-group">
        {(standing === 'waits for a second' || standing === 'changed') && !ownWork && !here.request.closed && (
          <Button href={href('/approve')}>{words.second}</Button>
        )}
        {standing === 'approved' && (
          <>
            <Button href={href('/pack.pdf')}>{words.pdf}</Button>
            <Button href={href('/pack.json')} classes="govuk-button--secondary">
              {words.json}
            </Button>
          </>
        )}
        {!here.request.closed && <Link href={href('/close')}>{words.end}</Link>}
      </div>
    </>
  )
}

const Rows = ({ ask, here, items }: { ask: Ask; here: AtRequest; items: readonly Reviewed[] }) => (
  <ul class="trellis-rows">
    {items.map((item) => (
      <li class="trellis-row">
        <div>
          {here.request.closed ? (
            <span class="trellis-row__name">{item.title}</span>
          ) : (
            <Link href={ask.href(addressOf(here, `/items/${item.id}`))} classes="trellis-row__name">
              {item.title}
            </Link>
          )}
          {item.at && <span class="trellis-row__more">{when(ask, item.at)}</span>}
        </div>
        <div class="trellis-row__tags">
          <Decided ask={ask} item={item} />
        </div>
      </li>
    ))}
  </ul>
)

const Decided = ({ ask, item: { decision, hidden } }: { ask: Ask; item: Reviewed }) => {
  const words = ask.w.rights.access.request
  const count = decision?.spans.filter(({ hide }) => hide).length ?? 0
  return (
    <>
      {hidden && <Tag classes="govuk-tag--purple">{words.sealed}</Tag>}
      {!decision && <Tag classes="govuk-tag--yellow">{words.open}</Tag>}
      {decision?.outcome === 'release' && (
        <Tag classes="govuk-tag--green">{count === 0 ? words.release : fill(words.releaseHidden, { count })}</Tag>
      )}
      {decision?.outcome === 'withhold' && <Tag classes="govuk-tag--grey">{words.withhold}</Tag>}
    </>
  )
}
