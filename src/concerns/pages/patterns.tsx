import { guidanceFor } from '../../guidance/index.ts'
import { agencyNames } from '../../partnership/index.ts'
import { hasRole } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { BackLink, fill, NotificationBanner, page, Tag, Title, type Ask, type Handler } from '../../web/index.ts'
import { frontDoor } from '../front-door.ts'
import { patternsWaiting, type Pattern } from '../patterns/pattern.ts'
import { changesOf, patternRules, type PatternRule } from '../patterns/rule.ts'
import { factsIn, PatternConcerns, sentenceOf } from './patterns/parts.tsx'
import { Moment, soon } from './said.tsx'

/** What the standing rules found and nobody has looked at, and the rules themselves. */
export const patterns: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const { tx, house } = ask
  const words = ask.w.patterns
  const waiting = await patternsWaiting(tx, house.keys, worker)
  const rules = await patternRules(tx, worker.partnership)
  const changes = new Map<string, Awaited<ReturnType<typeof changesOf>>[number]>()
  for (const { code } of rules) {
    const [newest] = await changesOf(tx, house.keys, worker.partnership, code)
    if (newest) changes.set(code, newest)
  }
  const agencies = await agencyNames(
    tx,
    waiting.flatMap(({ concerns }) => concerns.map(({ agency_id }) => agency_id)),
  )
  const people = await namesFor(
    tx,
    [...changes.values()].map(({ changed_by }) => changed_by),
  )
  const { signs } = await guidanceFor(ask)
  const done = ask.query['done'] === 'rule' ? words.rule.done : ask.query['done'] === 'answer' ? words.answer.done : ''
  return page({
    title: words.title,
    wide: true,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/queue')}>{ask.w.duty.concern.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <h2 class="govuk-heading-m">{words.waiting}</h2>
        {waiting.length === 0 && <p class="govuk-body">{words.none}</p>}
        {waiting.map((pattern) => (
          <Waiting ask={ask} pattern={pattern} agencies={agencies} />
        ))}
        <h2 class="govuk-heading-m">{words.rules}</h2>
        <ul class="trellis-patterns">
          {rules.map((rule) => {
            const change = changes.get(rule.code)
            return (
              <li class="trellis-pattern">
                <h3 class="govuk-heading-s">
                  {words.names[rule.code]} <OnOff ask={ask} on={rule.on} />
                </h3>
                <p class="govuk-body">{sentenceOf(ask, rule)}</p>
                {rule.signs.length > 0 && (
                  <p class="govuk-body-s">{fill(words.signs, { signs: inWords(signs, rule) })}</p>
                )}
                <p class="govuk-body-s">
                  {change ? (
                    <>
                      {fill(words.changed, {
                        who: people.get(change.changed_by)?.name ?? ask.w.duty.someone,
                        when: soon(ask, change.changed_at),
                      })}{' '}
                      <bdi>{change.why}</bdi>
                    </>
                  ) : (
                    words.shipped
                  )}{' '}
                  <a
                    class="govuk-link govuk-link--no-visited-state trellis-screen-only"
                    href={ask.href(`/patterns/rules/${rule.code}`)}
                  >
                    {hasRole(worker, 'manager') ? words.change : words.rule.history}
                    <span class="govuk-visually-hidden">: {words.names[rule.code]}</span>
                  </a>
                </p>
              </li>
            )
          })}
        </ul>
      </>
    ),
  })
}

const inWords = (signs: readonly { code: string; text: string }[], rule: PatternRule): string =>
  rule.signs.map((code) => signs.find((sign) => sign.code === code)?.text ?? code).join('; ')

export const OnOff = ({ ask, on }: { ask: Ask; on: boolean }) => (
  <Tag classes={on ? 'govuk-tag--green' : 'govuk-tag--grey'}>{on ? ask.w.patterns.on : ask.w.patterns.off}</Tag>
)

const Waiting = (props: { ask: Ask; pattern: Pattern; agencies: ReadonlyMap<string, string> }) => {
  const { ask, pattern } = props
  const words = ask.w.patterns
  return (
    <section class="trellis-pattern trellis-pattern--waiting" aria-labelledby={`pattern-${pattern.id}`}>
      <h3 class="govuk-heading-s" id={`pattern-${pattern.id}`}>
        <bdi>{factsIn(ask, pattern)}</bdi>
      </h3>
      <p class="govuk-body-s">
        {sentenceOf(ask, pattern)} <span class="govuk-hint trellis-inline">{soon(ask, pattern.found_at)}</span>
      </p>
      <PatternConcerns {...props} />
      <p class="govuk-body trellis-network__doors trellis-screen-only">
        <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/patterns/${pattern.id}`)}>
          {words.open}
          <span class="govuk-visually-hidden">: {pattern.said}</span>
        </a>
        <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/network/${pattern.detail}`)}>
          {words.network}
          <span class="govuk-visually-hidden">: {pattern.said}</span>
        </a>
      </p>
    </section>
  )
}

/** What a concern is part of, on its own page. */
export const PatternsOf = ({ ask, patterns: found }: { ask: Ask; patterns: readonly Pattern[] }) =>
  found.length === 0 ? null : (
    <div class="govuk-inset-text trellis-pattern__inset">
      <h2 class="govuk-heading-s">{ask.w.patterns.inPattern}</h2>
      <ul class="govuk-list">
        {found.map((pattern) => (
          <li>
            <a class="govuk-link" href={ask.href(`/patterns/${pattern.id}`)}>
              <bdi>{factsIn(ask, pattern)}</bdi>
            </a>{' '}
            <span class="govuk-hint trellis-inline">
              <Moment ask={ask} at={pattern.found_at} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
