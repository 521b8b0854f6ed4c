import { agencyNames } from '../../partnership/index.ts'
import { isId, NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Link,
  NotificationBanner,
  page,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { namesFor, suspensionsOfAgency, whoEnters, type AgencySuspension, type Named } from '../queries.ts'
import { liftAgency, suspendAgency } from '../suspend-agency.ts'
import { whySchema } from './accounts/why.tsx'
import { counted, when } from './said.tsx'

/** May the people and systems of an agency come in? For administrators, who can close it at once and open it again. */
export const agencyAccessPage: Handler = (ask) => view(ask)

export const sendSuspendAgency: Handler = async (ask) => {
  const words = ask.w.staff.agency
  const read = readForm(whySchema(words), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const agency = ask.params['agency'] ?? ''
  const suspended = await suspendAgency(ask.tx, ask.house, ask.viewer, { agency, why: read.value.why })
  if (suspended === 'suspended') return redirect(`/partners/${agency}/access?said=suspended`)
  const refusals = { 'already suspended': words.already, 'your own': words.own, 'last administrator': words.last }
  return view(ask, [{ field: 'why', text: refusals[suspended] }])
}

export const sendLiftAgency: Handler = async (ask) => {
  const agency = ask.params['agency'] ?? ''
  const lifted = await liftAgency(ask.tx, ask.house, ask.viewer, agency)
  return redirect(`/partners/${agency}/access${lifted === 'lifted' ? '?said=lifted' : ''}`)
}

type Seen = { ask: Ask; kept: readonly AgencySuspension[]; names: Map<string, Named> }

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const id = ask.params['agency'] ?? ''
  const name = isId(id) && (await agencyNames(ask.tx, [id])).get(id)
  if (!name) throw new NotFound()
  const words = ask.w.staff.agency
  const kept = await suspensionsOfAgency(ask.tx, ask.house.keys, ask.place.id, id)
  const people = kept.flatMap(({ suspended_by, lifted_by }) => [suspended_by, lifted_by]).filter((one) => one !== null)
  const names = await namesFor(ask.tx, people)
  const enter = await whoEnters(ask.tx, id)
  const left = await ask.house.openWork(ask.tx, ask.viewer.partnership, { agency: id })
  const done = words.said[ask.query['said'] as keyof typeof words.said]
  const standing = kept.find(({ lifted_at }) => !lifted_at)
  return page({
    title: words.title,
    frame: 'staff',
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href(`/partners/${id}`)}>{name}</BackLink>
        {done && <NotificationBanner type="success">{done}</NotificationBanner>}
        <Errors ask={ask} errors={errors} />
        <Title caption={name}>{words.title}</Title>
        {standing && <WarningText>{words.closed}</WarningText>}
        <p class="govuk-body">
          {counted(words.people, enter.people)} {counted(words.systems, enter.systems)}{' '}
          <Link href={ask.href(`/accounts?agency=${id}`)}>{words.accounts}</Link>
        </p>
        {left > 0 && <p class="govuk-body">{counted(words.left, left)}</p>}
        {standing ? (
          <Form ask={ask} action={`/partners/${id}/access/lift`}>
            <p class="govuk-body">{words.liftText}</p>
            <Button preventDoubleClick>{words.lift}</Button>
          </Form>
        ) : (
          <Form ask={ask}>
            <h2 class="govuk-heading-m">{fill(words.suspend, { name })}</h2>
            <p class="govuk-body">{words.text}</p>
            <Textarea
              name="why"
              label={words.why}
              hint={words.whyHint}
              value={typed(ask.form, 'why')}
              errorMessage={errorFor(errors, 'why')}
              rows={4}
            />
            <Button classes="govuk-button--warning" preventDoubleClick>
              {words.button}
            </Button>
          </Form>
        )}
        <Before ask={ask} kept={kept} names={names} />
      </>
    ),
  })
}

const Before = ({ ask, kept, names }: Seen) => {
  const words = ask.w.staff.agency
  if (kept.length === 0) return null
  const by = (sentence: string, at: Date, who: string | null): string =>
    fill(sentence, { when: when(ask, at), who: names.get(who ?? '')?.name ?? ask.w.staff.show.system })
  return (
    <>
      <h2 class="govuk-heading-m">{words.before}</h2>
      <ul class="trellis-rows">
        {kept.map((one) => (
          <li class="trellis-row trellis-row--tall">
            <p class="govuk-body trellis-words">{one.why}</p>
            <span class="trellis-row__more">
              {by(words.since, one.suspended_at, one.suspended_by)}{' '}
              {one.lifted_at && by(words.lifted, one.lifted_at, one.lifted_by)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
