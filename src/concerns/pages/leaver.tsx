import { z } from 'zod'
import { hasRole, isFrontDoor, isId, NotFound, type StaffViewer } from '../../platform/index.ts'
import { peopleOf } from '../../sharing/index.ts'
import { mayHandOn as mayHandOnPeople } from '../../subjects/index.ts'
import { namesFor, standingOf, type Colleague, type Named } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  Link,
  NotificationBanner,
  page,
  Radios,
  readForm,
  redirect,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../web/index.ts'
import { deciders } from '../colleagues.ts'
import { checksAt, heldBy, openWork, type Held, type OpenWork, type Stranded } from '../open-work.ts'
import { manager, reassign, reasons } from '../reassign.ts'
import { counted, named, when } from './said.tsx'

/**
 * What somebody who leaves, or is away, leaves behind. A manager at the front door hands it on from here; an administrator
 * is told how much there is, for an administrator sees no concern.
 */
export const leaverPage: Handler = (ask) => view(ask)

export const sendReassign: Handler = async (ask) => {
  const worker = manager(ask.viewer)
  const words = ask.w.duty.leaver
  const from = ask.params['account'] ?? ''
  await leaverFor(ask, from)
  const people = await others(ask, worker, from)
  const schema = z.strictObject({
    concern: z.preprocess(
      (value) => [value ?? []].flat(),
      z.array(z.string().refine(isId, words.concernMissing)).min(1, words.concernMissing).max(500),
    ),
    to: z.string(words.toMissing).refine((id) => people.some((one) => one.id === id), words.toMissing),
    why: z.enum(reasons, words.whyMissing),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { concern: concerns, to, why } = read.value
  const { moved, elsewhere } = await reassign(ask.tx, worker, { from, to, concerns, why, at: ask.house.now() })
  return redirect(`/accounts/${from}/work?moved=${moved}&elsewhere=${elsewhere}`)
}

const leaverFor = async (ask: Ask, id: string): Promise<Named> => {
  const leaver = (await namesFor(ask.tx, [id])).get(id)
  if (!leaver) throw new NotFound()
  return leaver
}

const others = async (ask: Ask, worker: StaffViewer, from: string): Promise<Colleague[]> =>
  (await deciders(ask.tx, worker, ask.house.now())).filter(({ id }) => id !== from)

type Seen = { held: readonly Held[]; people: readonly Colleague[]; checks: readonly Stranded[] }

const view = async (ask: Ask, errors: readonly FieldError[] = []): Promise<Page> => {
  const { viewer } = ask
  const mayHandOn = isFrontDoor(viewer) && hasRole(viewer, 'manager')
  if (!mayHandOn && !hasRole(viewer, 'administrator')) throw new NotFound()
  const id = ask.params['account'] ?? ''
  const leaver = await leaverFor(ask, id)
  const standing = (await standingOf(ask.tx, [id], ask.house.now())).get(id)
  const much = await openWork(ask.tx, viewer.partnership, { account: id }, ask.house.now())
  const people = await peopleOf(ask.tx, viewer.partnership, { account: id }, ask.house.now())
  const handsOnPeople = await mayHandOnPeople(ask.tx, viewer, id, ask.house.now())
  const seen: Seen | undefined = mayHandOn
    ? {
        held: await heldBy(ask.tx, viewer, [id]),
        people: await others(ask, viewer, id),
        checks: much.checks > 0 && standing ? await checksAt(ask.tx, viewer, standing.agency) : [],
      }
    : undefined
  const words = ask.w.duty.leaver
  return page({
    title: fill(words.title, { name: leaver.name }),
    frame: 'staff',
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href(mayHandOn ? '/work' : `/accounts/${id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Moved ask={ask} />
        <Title caption={`${leaver.jobTitle}, ${leaver.agency}`}>{fill(words.title, { name: leaver.name })}</Title>
        {standing && !standing.isOpen && <InsetText>{fill(words.gone, { name: leaver.name })}</InsetText>}
        {seen ? <HandOn ask={ask} errors={errors} {...seen} /> : <HowMuch ask={ask} much={much} />}
        {people > 0 && (
          <p class="govuk-body">
            {counted(words.people, people)}{' '}
            {handsOnPeople && <Link href={ask.href(`/accounts/${id}/people`)}>{words.handOnPeople}</Link>}
          </p>
        )}
        {much.questions > 0 && <p class="govuk-body">{counted(words.questions, much.questions)}</p>}
        {much.drafts > 0 && <p class="govuk-body">{counted(words.drafts, much.drafts)}</p>}
      </>
    ),
  })
}

/** What the last press did, by its numbers in the address. */
const Moved = ({ ask }: { ask: Ask }) => {
  const number = (name: string): number => Math.min(500, Math.floor(Number(ask.query[name] ?? '0')) || 0)
  if (ask.query['moved'] === undefined) return null
  const words = ask.w.duty.leaver
  const elsewhere = number('elsewhere')
  return (
    <NotificationBanner type={elsewhere ? undefined : 'success'}>
      {counted(words.moved, number('moved'))} {elsewhere > 0 && counted(words.elsewhere, elsewhere)}
    </NotificationBanner>
  )
}

const HowMuch = ({ ask, much }: { ask: Ask; much: OpenWork }) => {
  const words = ask.w.duty.leaver
  return (
    <>
      <p class="govuk-body">{counted(words.holds, much.concerns)}</p>
      {much.checks > 0 && <p class="govuk-body">{counted(words.checks, much.checks)}</p>}
      {much.concerns + much.checks > 0 && <p class="govuk-body">{words.byManager}</p>}
    </>
  )
}

const HandOn = ({ ask, held, people, checks, errors }: Seen & { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.duty.leaver
  return (
    <>
      <h2 class="govuk-heading-m">{counted(words.holds, held.length)}</h2>
      {held.length > 0 && people.length === 0 && <p class="govuk-body">{words.nobody}</p>}
      {held.length > 0 && people.length > 0 && (
        <Form ask={ask}>
          <Checkboxes
            name="concern"
            idPrefix="concern"
            fieldset={{ legend: { text: words.which, classes: 'govuk-fieldset__legend--s' } }}
            values={errors.length ? ticked(ask.form, 'concern') : held.map(({ id }) => id)}
            errorMessage={errorFor(errors, 'concern')}
            items={held.map((one) => ({ value: one.id, text: one.reference, hint: aboutHeld(ask, one) }))}
          />
          <Radios
            name="to"
            fieldset={{ legend: { text: words.to, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'to')}
            errorMessage={errorFor(errors, 'to')}
            items={people.map(({ id, name, jobTitle }) => ({ value: id, text: name, hint: jobTitle || undefined }))}
          />
          <Radios
            name="why"
            fieldset={{ legend: { text: words.why, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
            items={reasons.map((why) => ({ value: why, text: words.reasons[why] }))}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      )}
      {checks.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{counted(words.checks, checks.length)}</h2>
          <p class="govuk-body">{words.checksText}</p>
          <CheckLinks ask={ask} checks={checks} />
        </>
      )}
      <p class="govuk-body">
        <Link href={ask.href('/without-a-worker')}>{words.all}</Link>
      </p>
    </>
  )
}

const aboutHeld = (ask: Ask, { level, received_at, due_at, fresh }: Held): string => {
  const words = ask.w.duty.leaver
  return [
    named(ask.w.duty.priorities, level ?? 'none'),
    fill(words.received, { when: when(ask, received_at) }),
    due_at ? fill(words.due, { when: when(ask, due_at) }) : '',
    fresh ? words.fresh : '',
  ]
    .filter(Boolean)
    .join('. ')
}

/** Checks by the concern they belong to, where they can be taken back or put to somebody else. */
export const CheckLinks = (props: { ask: Ask; checks: readonly Stranded[]; agencies?: Map<string, string> }) => {
  const { ask, checks, agencies } = props
  const words = ask.w.duty.leaver
  return (
    <ul class="trellis-rows">
      {checks.map(({ concern_id, reference, agency_id, asked_at }) => (
        <li class="trellis-row">
          <div>
            <Link href={ask.href(`/concerns/${concern_id}#checks`)} classes="trellis-row__name">
              {reference}
            </Link>
            <span class="trellis-row__more">
              {agencies && `${agencies.get(agency_id) ?? ''}. `}
              {fill(words.asked, { when: when(ask, asked_at) })}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}
