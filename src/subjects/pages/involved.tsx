import { z } from 'zod'
import { agencyNames } from '../../partnership/index.ts'
import { keepAsked, type Involved } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  page,
  readForm,
  SummaryList,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { enter, type Through } from '../gate.ts'
import { tellable } from '../tellable.ts'
import { day } from './moment.ts'

/** Agency, role and safe contact of whoever works with a person: with a reason, live, and on record. */
export const involvedPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendInvolved: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
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
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        {shown ? (
          <Answer ask={ask} shown={shown} agencies={agencies} />
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
      </>
    ),
  })
}

const Answer = ({
  ask,
  shown,
  agencies,
}: {
  ask: Ask
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
            {ask.w.subjects.roles[one.role]}
            <br />
            {one.contact || words.noReach}
            <br />
            <span class="govuk-hint">
              {words.since} {day(ask, one.from_at)}
            </span>
          </>
        ),
      }))}
    />
  )
}
