import { beside_each, most_shown, nameInWords, waterfall, type Side } from '../../../joining/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { Details as Disclosure, fill, SummaryCard, Tag, type Ask } from '../../../web/index.ts'
import { isFromAgency } from '../../concern.ts'
import type { Join, Referred } from '../../joins.ts'
import { when, Written } from '../said.tsx'
import type { Props } from './facts.ts'
import { Section } from './said.tsx'

/** Names of people and agencies by id, asked once for the page. */
export type Names = { named: (id: string | null) => string; agency: (id: string | null) => string }

/** The names that cards of proposals need. */
export const namesIn = async (ask: Ask, joins: readonly Join[], besides: readonly string[] = []): Promise<Names> => {
  const staff = joins.flatMap(({ decisions }) =>
    decisions.flatMap(({ staff_id, undone_by }) => [staff_id, ...(undone_by ? [undone_by] : [])]),
  )
  const people = await namesFor(ask.tx, [...staff, ...besides])
  const agencies = await agencyNames(
    ask.tx,
    joins
      .flatMap(({ here, there }) => [here, there])
      .flatMap(({ agency, contacts }) => [...(agency ? [agency] : []), ...contacts.map((one) => one.agency)]),
  )
  return {
    named: (id) => (id ? (people.get(id)?.name ?? ask.w.duty.someone) : ask.w.duty.system),
    agency: (id) => (id ? (agencies.get(id) ?? '') : ''),
  }
}

/** What may be the same elsewhere, the likeliest of each person and thing, the open ones first. */
export const Joins = ({ ask, facts }: Props) => {
  const { panel } = ask.w.joining
  const { concern, joins } = facts
  const ofEach = Map.groupBy(joins, ({ here }) => here.record)
  return (
    <Section id="joins" title={ask.w.duty.concern.sections.joins}>
      <p class="govuk-body">{joins.length === 0 ? panel.none : panel.intro}</p>
      <JoinCards ask={ask} concern={concern.id} joins={joins} names={facts} />
      {[...ofEach.values()].some(({ length }) => length === beside_each) && (
        <p class="govuk-body trellis-screen-only">
          <a class="govuk-link" href={ask.href(`/concerns/${concern.id}/joins`)}>
            {panel.all}
          </a>
        </p>
      )}
    </Section>
  )
}

/** Each as a card with its reasons, and the way to its answer. */
export const JoinCards = ({
  ask,
  concern,
  joins,
  names,
  headingLevel = 3,
}: {
  ask: Ask
  concern: string
  joins: readonly Join[]
  names: Names
  headingLevel?: 2 | 3
}) => {
  const { panel } = ask.w.joining
  return (
    <>
      {joins.map((join) => (
        <JoinCard ask={ask} join={join} names={names} headingLevel={headingLevel}>
          <p class="govuk-body govuk-!-margin-bottom-0 trellis-screen-only">
            <a class="govuk-link" href={ask.href(`/concerns/${concern}/joins/${join.id}`)}>
              {join.standing ? panel.undo : panel.answer}
              <span class="govuk-visually-hidden">: {titleOf(ask, join)}</span>
            </a>
          </p>
        </JoinCard>
      ))}
      {joins.length === most_shown && <p class="govuk-body">{fill(panel.more, { count: most_shown })}</p>}
    </>
  )
}

/** "Person: Kit Oyelaran". */
export const titleOf = (ask: Ask, { kind, here }: Join): string =>
  `${ask.w.joining.kinds[kind]}: ${here.standard ? nameInWords(here.standard) : ask.w.joining.panel[here.concern ? 'erased' : 'ofAnother']}`

export const JoinCard = ({
  ask,
  join,
  names,
  headingLevel = 3,
  isBeside = false,
  children,
}: {
  ask: Ask
  join: Join
  names: Names
  headingLevel?: 2 | 3
  /** Both sides stand beside each other on the page: what is said of them there is not said again. */
  isBeside?: boolean
  children?: preact.ComponentChildren
}) => {
  const { panel, bands } = ask.w.joining
  const { sentence, lines } = waterfall(
    join.steps,
    { here: join.here.standard, there: join.there.standard },
    ask.w.joining,
  )
  return (
    <SummaryCard
      title={{ text: isBeside ? panel.reasons : <bdi>{titleOf(ask, join)}</bdi>, headingLevel }}
      classes="trellis-join"
    >
      <p class="govuk-body">
        <Tag classes={join.band === 'strong' ? 'govuk-tag--purple' : 'govuk-tag--grey'}>{bands[join.band]}</Tag>
      </p>
      {!isBeside && <Sides ask={ask} join={join} names={names} />}
      <p class="govuk-body">
        <bdi>{sentence}</bdi>
      </p>
      <Disclosure summary={panel.steps} classes="govuk-!-margin-bottom-3">
        <ol class="govuk-list trellis-join__steps">
          {lines.map(({ text, side, weight }) => (
            <li>
              <span class={`trellis-join__weight trellis-join__weight--${side}`}>
                {weight > 0 ? '+' : '−'}
                {Math.abs(weight).toFixed(1)}
              </span>{' '}
              <bdi>{text}</bdi>
            </li>
          ))}
        </ol>
      </Disclosure>
      {join.joined && !join.standing && <p class="govuk-body">{panel.through}</p>}
      <Answers ask={ask} join={join} names={names} />
      {children}
    </SummaryCard>
  )
}

const Sides = ({ ask, join, names }: { ask: Ask; join: Join; names: Names }) => {
  const { panel } = ask.w.joining
  return (
    <dl class="trellis-join__sides">
      <div>
        <dt>{panel.here}</dt>
        <dd>
          {join.here.concern ? (
            <bdi>{join.here.standard ? nameInWords(join.here.standard) : panel.erased}</bdi>
          ) : (
            <Whose ask={ask} side={join.here} reference={join.hereReference} names={names} />
          )}
        </dd>
      </div>
      <div>
        <dt>{panel.there}</dt>
        <dd>
          <Whose ask={ask} side={join.there} reference={join.reference} names={names} />
        </dd>
      </div>
    </dl>
  )
}

/** What a side is, and whose. */
export const Whose = ({
  ask,
  side,
  reference,
  names,
}: {
  ask: Ask
  side: Side
  reference: Referred | undefined
  names: Names
}) => {
  const { panel } = ask.w.joining
  const what = side.standard && nameInWords(side.standard)
  return (
    <>
      {what && (
        <>
          <bdi>{what}</bdi>
          <br />
        </>
      )}
      {side.concern && reference ? (
        <a class="govuk-link" href={ask.href(`/concerns/${side.concern}`)}>
          {fill(isFromAgency(reference.channel) ? panel.inConcern : panel.inPublicConcern, {
            reference: reference.reference,
            agency: names.agency(side.agency),
          })}
        </a>
      ) : side.agency ? (
        fill(panel.ofPerson, { agency: names.agency(side.agency) })
      ) : side.subject ? (
        // They may ask there, at the gate of that record, with a purpose.
        <a class="govuk-link" href={ask.href(`/people/${side.subject}`)}>
          {panel.ofAnother}
        </a>
      ) : (
        panel.ofAnother
      )}
      {side.contacts.map(({ agency, contact, since }) => (
        <>
          <br />
          {fill(contact ? panel.ask : panel.askAgency, {
            agency: names.agency(agency),
            contact,
            since: when(ask, since).split(',')[0]!,
          })}
        </>
      ))}
    </>
  )
}

/** All that was answered, the newest first: what was taken back stays readable. */
const Answers = ({ ask, join, names }: { ask: Ask; join: Join; names: Names }) => {
  const { panel, answers } = ask.w.joining
  return (
    <>
      {join.decisions.map((said) => {
        const sentence = said.contradicts_id ? panel.questioned : panel.said
        const at = when(ask, said.at)
        return (
          <div class="trellis-join__answer">
            <p class="govuk-body govuk-!-margin-bottom-1">
              <strong>
                {fill(sentence, { name: names.named(said.staff_id), when: at, answer: answers[said.answer] })}
              </strong>
            </p>
            {said.why && <Written>{said.why}</Written>}
            {said.undone_at && (
              <p class="govuk-body-s">
                {fill(panel.undone, { name: names.named(said.undone_by), when: when(ask, said.undone_at) })}
                {said.undone_why && `: ${said.undone_why}`}
              </p>
            )}
          </div>
        )
      })}
    </>
  )
}
