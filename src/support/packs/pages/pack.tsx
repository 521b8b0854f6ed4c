import {
  BackLink,
  Button,
  fill,
  InsetText,
  Link,
  page,
  Tag,
  TaskList,
  Title,
  WarningText,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { aboutPack, atPack, listOf, type AtPack } from '../at-pack.ts'
import { packClocks, type PackClock } from '../clocks.ts'
import { consentTo, isNearlyEighteen, type Became, type Consent, type Part } from '../nrm.ts'
import { becameOf } from '../queries.ts'
import { PackDone } from './packs.tsx'

/** One pack: which way it goes and why, its parts, what the person says to it and what became of it. */
export const packPage: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  const { at, pack, base, route, parts, answers, consents } = here
  const became = await becameOf(ask.tx, ask.house.keys, at.worker.partnership, pack.id)
  const of = { partnership: at.worker.partnership, adultFrom: at.subject.adult_from, today: at.today }
  const clocks = await packClocks(ask, of, { became, consents })
  const words = ask.w.packs
  const isBegun = ({ asks }: Part) => asks.some(({ name }) => (answers.get(name) ?? '').trim() !== '')
  return page({
    title: words.nrm,
    frame: 'staff',
    about: aboutPack(here),
    body: (
      <>
        <BackLink href={ask.href(listOf(at))}>{words.one.back}</BackLink>
        <PackDone ask={ask} />
        <Title caption={words.routeNames[route]}>{words.nrm}</Title>
        {route === 'ask first' ? (
          <WarningText>{words.routes[route]}</WarningText>
        ) : (
          <InsetText>{words.routes[route]}</InsetText>
        )}
        <Nearly ask={ask} here={here} />
        <Clocks ask={ask} clocks={clocks} />
        <h2 class="govuk-heading-m">{words.one.parts}</h2>
        <TaskList
          items={parts.map((part) => ({
            title: part.title,
            href: ask.href(`${base}/parts/${part.part}`),
            status: isBegun(part) ? words.one.begun : { text: <Tag classes="govuk-tag--grey">{words.one.none}</Tag> },
          }))}
        />
        <Button href={ask.href(`${base}/check`)}>{words.one.check}</Button>
        <Said ask={ask} base={base} consents={consents} />
        <BecameOf ask={ask} base={base} became={became} />
      </>
    ),
  })
}

/** Before the birthday they are asked whether they stay in it. */
const Nearly = ({ ask, here: { at, consents } }: { ask: Ask; here: AtPack }) => {
  const { nearly, nearlyDone, consent } = ask.w.packs
  const { adult_from } = at.subject
  const said = consentTo(consents, 'at 18')
  if (said) return <p class="govuk-body">{fill(nearlyDone, { answer: consent.answers[said.answer].toLowerCase() })}</p>
  if (!isNearlyEighteen(adult_from, at.today)) return null
  return <WarningText>{fill(nearly, { day: dayOf(ask, adult_from!) })}</WarningText>
}

const Clocks = ({ ask, clocks }: { ask: Ask; clocks: readonly PackClock[] }) => (
  <>
    {clocks
      .filter(({ what }) => what !== 'at 18')
      .map(({ what, on }) => (
        <p class="govuk-body">{fill(ask.w.packs.one.clocks[what], { day: dayOf(ask, on) })}</p>
      ))}
  </>
)

const Said = ({ ask, base, consents }: { ask: Ask; base: string; consents: readonly Consent[] }) => {
  const { one: words, consent } = ask.w.packs
  return (
    <section aria-labelledby="consent">
      <h2 class="govuk-heading-m" id="consent">
        {words.consent}
      </h2>
      {consents.length === 0 && <p class="govuk-body">{words.noConsent}</p>}
      <ul class="trellis-rows">
        {consents.map((one) => (
          <li class="trellis-row trellis-row--tall">
            <p class="govuk-body govuk-!-font-weight-bold">
              {fill(consent.line, {
                about: consent.abouts[one.about],
                answer: consent.answers[one.answer].toLowerCase(),
                day: dayOf(ask, one.asked_on),
              })}
            </p>
            <p class="govuk-body trellis-words" dir="auto">
              {one.words}
            </p>
            {one.wants_support && (
              <p class="govuk-body">{fill(consent.supportLine, { answer: consent.supports[one.wants_support] })}</p>
            )}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link href={ask.href(`${base}/consent`)}>{words.keepConsent}</Link>
      </p>
    </section>
  )
}

const BecameOf = ({ ask, base, became }: { ask: Ask; base: string; became: readonly Became[] }) => {
  const { one: words, outcome: said } = ask.w.packs
  return (
    <section aria-labelledby="outcome">
      <h2 class="govuk-heading-m" id="outcome">
        {words.outcome}
      </h2>
      {became.length === 0 && <p class="govuk-body">{words.noOutcome}</p>}
      <ul class="trellis-rows">
        {became.map(({ what, outcome, on_date, reference, words: more }) => (
          <li class="trellis-row">
            <div>
              {[said.whats[what], outcome && said.outcomes[outcome].toLowerCase()].filter(Boolean).join(': ')}
              <span class="trellis-row__more">
                {[dayOf(ask, on_date), reference, more].filter(Boolean).join(' · ')}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link href={ask.href(`${base}/outcome`)}>{words.keepOutcome}</Link>
      </p>
    </section>
  )
}
