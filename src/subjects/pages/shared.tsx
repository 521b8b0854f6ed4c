import type { ComponentChildren } from 'preact'
import { agencyNames } from '../../partnership/index.ts'
import { codesOf, disclosuresOf, labelOf, recordWithheld, type Code, type Disclosed } from '../../sharing/index.ts'
import { namesFor, type Named } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  fill,
  NotificationBanner,
  page,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { enter } from '../gate.ts'
import { restrictedIn } from '../notice-look.ts'
import { frameOn } from '../subject.ts'
import { moment } from './moment.ts'
import { KeptBack } from './person-parts.tsx'
import { day } from './said.tsx'

/**
 * What the viewer's agency shared of a person and what it decided not to: with whom, when, under which clause, and why;
 * and how many of those decisions are not for this viewer.
 */
export const sharedPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const { subject, worker } = at
  const standing = { ...at, age: frameOn(subject.adult_from, at.today) }
  const { told: found, withheld } = await disclosuresOf(ask.tx, ask.house.keys, worker, subject.id, standing)
  await recordWithheld(ask.tx, worker, withheld)
  const shown = found.flatMap(({ classes, kept, decided_by }) =>
    classes.map((data_class) => ({ data_class, handling: kept, entered_by: decided_by })),
  )
  const restricted = restrictedIn(shown, worker, at.ties)
  const known: Known = {
    ask,
    today: at.today,
    codes: await codesOf(ask.tx, worker.partnership),
    agencies: await agencyNames(
      ask.tx,
      found.map(({ recipient_agency_id }) => recipient_agency_id),
    ),
    names: await namesFor(
      ask.tx,
      found.flatMap(({ decided_by, answered_by }) => [decided_by, ...(answered_by ? [answered_by] : [])]),
    ),
  }
  const words = ask.w.share.shared
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: words.title,
    frame: 'staff',
    about: {
      kind: 'person',
      id: subject.id,
      detail: { purpose: worker.stated.purpose, clause: at.cite, ...(restricted && { restricted }) },
    },
    body: (
      <>
        <BackLink href={ask.href(`/people/${subject.id}`)}>{ask.w.common.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{found.length + withheld.length > 0 ? words.intro : words.none}</p>
        <Button href={ask.href(`/people/${subject.id}/share`)}>{words.share}</Button>
        {found.map((one) => (
          <Disclosure known={known} one={one}>
            {one.kept === 2 && at.ties.named.has(one.id) && (
              <p class="govuk-body">
                <a class="govuk-link" href={ask.href(`/people/${subject.id}/entries/${one.id}/names`)}>
                  {ask.w.subjects.names.change}
                </a>
              </p>
            )}
            {one.answer === 'overturned' &&
              (one.settled ? (
                <p class="govuk-body">{words.settled}</p>
              ) : (
                <Button href={ask.href(`/people/${subject.id}/share?after=${one.id}`)}>{words.shareNow}</Button>
              ))}
          </Disclosure>
        ))}
        {withheld.length > 0 && <KeptBack ask={ask} withheld={withheld} />}
      </>
    ),
  })
}

export type Known = {
  ask: Ask
  today: string
  codes: readonly Code[]
  agencies: ReadonlyMap<string, string>
  names: ReadonlyMap<string, Named>
}

/** One decision with all that was said of it; the same for whoever shares, and for the second manager. */
export const Disclosure = (props: { known: Known; one: Disclosed; children?: ComponentChildren }) => {
  const { known, one } = props
  const { ask } = known
  const words = ask.w.share.shared
  const agency = known.agencies.get(one.recipient_agency_id) ?? ''
  return (
    <section class="govuk-summary-card" aria-labelledby={`disclosure-${one.id}`}>
      <div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title" id={`disclosure-${one.id}`}>
          {fill(one.outcome === 'shared' ? words.with : words.notWith, { agency })}
        </h2>
        <State known={known} one={one} />
      </div>
      <div class="govuk-summary-card__content">
        <SummaryList rows={rowsOf(known, one)} />
        {props.children}
      </div>
    </section>
  )
}

const State = ({ known: { ask, today }, one }: { known: Known; one: Disclosed }) => {
  const words = ask.w.share.shared
  if (one.answer) {
    const colour = one.answer === 'overturned' && !one.settled ? 'govuk-tag--red' : 'govuk-tag--grey'
    return <Tag classes={colour}>{words[one.answer]}</Tag>
  }
  if (one.second_due_at)
    return one.second_due_at < ask.house.now() ? (
      <Tag classes="govuk-tag--red">{words.late}</Tag>
    ) : (
      <Tag classes="govuk-tag--yellow">{words.waits}</Tag>
    )
  if (!one.expires_on) return null
  return one.expires_on < today ? (
    <Tag classes="govuk-tag--grey">{fill(words.ended, { day: day(one.expires_on) })}</Tag>
  ) : (
    <Tag>{fill(words.ends, { day: day(one.expires_on) })}</Tag>
  )
}

const rowsOf = ({ ask, codes, names }: Known, one: Disclosed) => {
  const { shared: words, share } = ask.w.share
  const who = (id: string, at: Date): string =>
    fill(words.by, { name: names.get(id)?.name ?? '', when: moment(ask, at) })
  const condition = one.condition && labelOf(codes, 'condition', one.condition)
  const second =
    one.answered_by && one.answered_at
      ? [who(one.answered_by, one.answered_at), one.answer && words[one.answer], one.second_words]
      : [one.second_due_at && fill(words.secondDue, { due: moment(ask, one.second_due_at) })]
  const told = one.person_told ? ask.w.common.yes : fill(words.toldNo, { why: one.why_not_told ?? '' })
  const said: [string, (string | null | undefined | false)[]][] = [
    [words.to, [one.recipient_name, one.recipient_role]],
    [words.what, [...one.classes.map((code) => labelOf(codes, 'class', code)), ask.w.subjects.handlings[one.kept]]],
    [words.purpose, [labelOf(codes, 'purpose', one.purpose)]],
    [words.basis, [labelOf(codes, 'basis', one.basis), condition]],
    [
      words.clause,
      one.answers.map((answer) => `${labelOf(codes, 'class', answer.class)}: ${answerInWords(ask, answer)}`),
    ],
    [words.outside, [one.outside]],
    [words.reason, [one.reason && share.not.reasons[one.reason]]],
    [words.why, [one.why]],
    [words.wishes, [one.wishes]],
    [words.consent, [one.consent && share.consents[one.consent]]],
    [words.method, [one.method && share.yes.methods[one.method]]],
    [words.told, [one.person_told !== null && told]],
    [words.when, [who(one.decided_by, one.decided_at)]],
    [words.secondBy, second],
  ]
  return said
    .map(([key, lines]) => ({ key, lines: lines.filter(Boolean) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ key, lines }) => ({
      key,
      value: lines.map((line) => (
        <div class="trellis-words" dir="auto">
          {line}
        </div>
      )),
    }))
}

const answerInWords = (ask: Ask, { refusal, cite, title }: Disclosed['answers'][number]): string => {
  const { answers: words } = ask.w.share.share
  const cited = { cite: cite ?? '', title: title ?? '' }
  if (refusal === null) return fill(words.clause, cited)
  const reasons: Record<string, string> = words.reasons
  return `${words.no}. ${fill(reasons[refusal] ?? words.other, cited)}`
}
