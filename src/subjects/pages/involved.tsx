import { z } from 'zod'
import { agencyNames } from '../../partnership/index.ts'
import { keepAsked, type Involved } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  keptPage,
  Link,
  page,
  readForm,
  SummaryList,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { isContext } from '../contexts/context.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { mayChange, mayEnd, type MayChange } from '../may-change.ts'
import { tellable } from '../tellable.ts'
import { CircleHistory, pastOf } from './circle-history.tsx'
import { day } from './moment.ts'

/** Agency, role and safe contact of whoever works with a person: with a reason, live, and on record. */
export const involvedPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendInvolved: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.subjects.involved
  const read = readForm(
    z.strictObject({ why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(500, words.whyLong) }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const shown = await tellable(ask, at)
  await keepAsked(ask.tx, ask.house.keys, at.worker, {
    subject: at.subject.id,
    why: read.value.why,
    shown: shown.length,
    at: at.now,
  })
  return view(ask, at, [], shown)
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = [], shown?: readonly Involved[]) => {
  const words = ask.w.subjects.involved
  const agencies = await agencyNames(ask.tx, shown?.map(({ agency_id }) => agency_id) ?? [])
  const past = shown && (await pastOf(ask, at))
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        {shown ? (
          <Answer ask={ask} at={at} shown={shown} agencies={agencies} />
        ) : (
          <>
            <p class="govuk-body">{words.intro}</p>
            <Form ask={ask}>
              <Textarea
                name="why"
                label={words.why}
                rows={3}
                value={typed(ask.form, 'why')}
                errorMessage={errorFor(errors, 'why')}
              />
              <Button preventDoubleClick>{words.button}</Button>
            </Form>
          </>
        )}
        <Changes ask={ask} at={at} may={await mayChange(ask, at)} />
        {past && <CircleHistory ask={ask} past={past} />}
      </>
    ),
  })
}

/** What this viewer may change of it, if anything. */
const Changes = ({ ask, at, may }: { ask: Ask; at: Through; may: MayChange }) => {
  const words = ask.w.subjects.circle
  const here = `/people/${at.subject.id}/involved`
  const changes = [
    may.add && { href: `${here}/add`, text: words.addTitle },
    may.claim && { href: `${here}/add`, text: words.claimTitle },
    may.lead && { href: `${here}/lead`, text: words.nameTitle.lead },
    may.lead && !isContext(at.subject) && { href: `${here}/trusted-adult`, text: words.nameTitle['trusted adult'] },
  ].filter((one) => one !== false)
  if (changes.length === 0) return null
  return (
    <section aria-labelledby="change">
      <h2 class="govuk-heading-m" id="change">
        {words.change}
      </h2>
      <ul class="govuk-list govuk-list--spaced">
        {changes.map(({ href, text }) => (
          <li>
            <Link href={ask.href(href)}>{text}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Answer = ({
  ask,
  at,
  shown,
  agencies,
}: {
  ask: Ask
  at: Through
  shown: readonly Involved[]
  agencies: ReadonlyMap<string, string>
}) => {
  const words = ask.w.subjects.involved
  if (shown.length === 0) return <p class="govuk-body">{words.none}</p>
  return (
    <SummaryList
      rows={shown.map((one) => ({
        key: agencies.get(one.agency_id) ?? '',
        value: (
          <>
            {ask.w.subjects.roles[one.role]}{' '}
            {one.self_claimed && <Tag classes="govuk-tag--yellow">{words.claimed}</Tag>}
            <br />
            {one.contact || words.noReach}
            <br />
            <span class="govuk-hint">
              {words.since} {day(ask, one.from_at)}
            </span>
          </>
        ),
        actions: mayEnd(at, one)
          ? (isContext(at.subject) ? (['end'] as const) : (['ending', 'end'] as const)).map((end) => ({
              href: ask.href(`/people/${at.subject.id}/involved/${one.id}/${end}`),
              text: end === 'end' ? ask.w.subjects.circle.end : ask.w.matters.ending.link,
              visuallyHiddenText: `${ask.w.subjects.roles[one.role]}, ${agencies.get(one.agency_id) ?? ''}`,
            }))
          : [],
      }))}
    />
  )
}
