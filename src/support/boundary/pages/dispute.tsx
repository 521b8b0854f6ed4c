import { z } from 'zod'
import { agencyNames } from '../../../partnership/index.ts'
import { hasRole, isId, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { moment, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  NotificationBanner,
  page,
  Radios,
  readForm,
  redirect,
  SummaryList,
  Tag,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { ownersFor, type Owners } from '../../plan/owners.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { OwnerFields, readOwner } from '../../plan/pages/owner-fields.tsx'
import { personPage, withPerson } from '../../transition/pages/frame.tsx'
import { aboutLabel, type DisputeFacts, type DisputeWords } from '../dispute.ts'
import { disputesFor, disputesOf, wordsOf } from '../queries.ts'
import { sayOfDispute, type Saying } from '../raise.ts'
import { ownersAtDoor } from './new.tsx'

/** One dispute about a person, behind their gate: what each says, who holds them meanwhile, and how it is resolved. */
export const personDisputePage = withPerson(async (ask, at) => personView(ask, at, await ofPerson(ask, at)))

export const sendPersonDispute = withPerson(async (ask, at) => {
  const dispute = await ofPerson(ask, at)
  if (!mayAnswer(at)) throw new NotFound()
  const read = readForm(schemaOf(ask, await ownersFor(ask, at)), ask.form)
  if (!read.ok) return personView(ask, at, dispute, read.errors)
  const kept = await sayOfDispute(ask.tx, ask.house.keys, at.worker, { dispute: dispute.id, ...read.value }, at.now)
  if (kept !== 'kept') return personView(ask, at, dispute, [{ field: 'step', text: ask.w.gaps.disputes.before }])
  return redirect(`/people/${at.subject.id}/disputes/${dispute.id}?done=${read.value.step}`)
})

/** Whoever works with them, and a manager who comes through the gate. */
const mayAnswer = (at: Through): boolean => mayPlan(at) || hasRole(at.worker, 'manager')

/** @throws {NotFound} */
const ofPerson = async (ask: Ask, at: Through): Promise<DisputeFacts> => {
  const all = await disputesOf(ask.tx, at.worker.partnership, at.subject.id)
  const found = all.find(({ id }) => id === ask.params['dispute'])
  if (!found) throw new NotFound()
  return found
}

/**
 * The same without a person's gate: about a concern, for the front door; and for the guardian to whom the clock brought
 * it, who reads between whom it is and decides, and sees no case by it.
 */
export const disputePage: Handler = async (ask) => {
  const dispute = await withoutGate(ask)
  if (dispute.subject_id && !liesWithGuardian(ask, dispute))
    return redirect(`/people/${dispute.subject_id}/disputes/${dispute.id}`)
  return openView(ask, dispute)
}

export const sendDispute: Handler = async (ask) => {
  const dispute = await withoutGate(ask)
  if (dispute.subject_id && !liesWithGuardian(ask, dispute)) throw new NotFound()
  const viewer = ask.viewer as StaffViewer
  const read = readForm(schemaOf(ask, await mayBeGiven(ask, dispute)), ask.form)
  if (!read.ok) return openView(ask, dispute, read.errors)
  const saying = { dispute: dispute.id, ...read.value }
  const kept = await sayOfDispute(ask.tx, ask.house.keys, viewer, saying, ask.house.now())
  if (kept !== 'kept') return openView(ask, dispute, [{ field: 'step', text: ask.w.gaps.disputes.before }])
  return redirect(`/disputes/${dispute.id}?done=${read.value.step}`)
}

/** Whoever works with people goes through the gate of the person; the guardian to whom it came does not see them. */
const liesWithGuardian = (ask: Ask, { level }: DisputeFacts): boolean =>
  hasRole(ask.viewer, 'guardian') && level === 'to guardian'

/** @throws {NotFound} */
const withoutGate = async (ask: Ask): Promise<DisputeFacts> => {
  const id = ask.params['dispute']!
  const at = { now: ask.house.now(), zone: ask.place.zone, only: id }
  const [found] = isId(id) ? await disputesFor(ask.tx, ask.viewer as StaffViewer, at) : []
  if (!found) throw new NotFound()
  return found
}

/** At the front door a concern may be given to somebody else to hold; the guardian settles, and gives it to nobody. */
const mayBeGiven = async (ask: Ask, { concern_id }: DisputeFacts): Promise<Owners | undefined> =>
  concern_id ? ownersAtDoor(ask, ask.viewer as StaffViewer) : undefined

const steps = ['said', 'held', 'resolved'] as const
const schemaOf = (ask: Ask, owners: Owners | undefined) => {
  const { stepMissing, sayMissing } = ask.w.gaps.disputes
  return z
    .strictObject({
      step: z.enum(owners ? steps : (['said', 'resolved'] as const), stepMissing),
      words: z.string(sayMissing).regex(/\S/, sayMissing).max(most_words, tooLong(ask)),
      owner: z.string().default(''),
      name: z.string().trim().max(300).default(''),
      agency: z.string().default(''),
    })
    .transform((value, ctx): Saying => {
      const { step, words } = value
      if (step !== 'held') return { step, words }
      return { step, words, holder: readOwner(ask, owners!, value, ctx)! }
    })
}

const doneOf = (ask: Ask): string | undefined =>
  (ask.w.gaps.disputes.done as Record<string, string>)[ask.query['done'] ?? '']

const personView = async (ask: Ask, at: Through, dispute: DisputeFacts, errors: readonly FieldError[] = []) => {
  const owners = await ownersFor(ask, at)
  return personPage({
    ask,
    at,
    title: ask.w.gaps.disputes.one,
    back: { href: '', text: ask.w.common.back },
    done: doneOf(ask),
    errors,
    children: (
      <>
        <Dispute {...await shown(ask, dispute)} />
        {mayAnswer(at) && !dispute.resolved_at && <Say ask={ask} owners={owners} errors={errors} />}
      </>
    ),
  })
}

const openView = async (ask: Ask, dispute: DisputeFacts, errors: readonly FieldError[] = []) => {
  const words = ask.w.gaps.disputes
  const done = doneOf(ask)
  const { subject_id, concern_id } = dispute
  const owners = await mayBeGiven(ask, dispute)
  return page({
    title: words.one,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: subject_id ? { kind: 'person', id: subject_id } : { kind: 'concern', id: concern_id! },
    body: (
      <>
        <BackLink href={ask.href('/disputes')}>{words.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.one}</Title>
        <Dispute {...await shown(ask, dispute)} />
        {!dispute.resolved_at && <Say ask={ask} owners={owners} errors={errors} />}
      </>
    ),
  })
}

type Shown = {
  ask: Ask
  dispute: DisputeFacts
  told: DisputeWords | undefined
  agencyOf: (id: string) => string
  nameOf: (id: string | null) => string
}
const shown = async (ask: Ask, dispute: DisputeFacts): Promise<Shown> => {
  const told = await wordsOf(ask.tx, ask.house.keys, ask.viewer.partnership, dispute.id)
  const { agency_id, other_agency_id, holder_agency_id, holder_id, raised_by } = dispute
  const agencies = await agencyNames(ask.tx, [
    agency_id,
    other_agency_id,
    holder_agency_id,
    ...(told?.steps ?? []).flatMap(({ to_agency_id }) => to_agency_id ?? []),
  ])
  const taken = told?.steps ?? []
  const staff = [raised_by, holder_id, ...taken.flatMap((one) => [one.taken_by, one.from_holder_id, one.to_holder_id])]
  const names = await namesFor(
    ask.tx,
    staff.flatMap((id) => id ?? []),
  )
  return {
    ask,
    dispute,
    told,
    agencyOf: (id) => agencies.get(id) ?? '',
    nameOf: (id) => names.get(id ?? '')?.name ?? ask.w.plan.somebody,
  }
}

const Dispute = ({ ask, dispute, told, agencyOf, nameOf }: Shown) => {
  const words = ask.w.gaps.disputes
  const { level, resolved_at } = dispute
  const said = (text: string) => (
    <span class="trellis-words" dir="auto">
      {text}
    </span>
  )
  return (
    <>
      {!resolved_at && level && <WarningText>{words.levels[level]}</WarningText>}
      <SummaryList
        rows={[
          { key: words.rows.about, value: aboutLabel(dispute.about) },
          { key: words.rows.reference, value: dispute.reference },
          told && { key: fill(words.rows.says, { agency: agencyOf(dispute.agency_id) }), value: said(told.words) },
          told?.other_words
            ? {
                key: fill(words.rows.says, { agency: agencyOf(dispute.other_agency_id) }),
                value: said(told.other_words),
              }
            : { key: words.rows.with, value: agencyOf(dispute.other_agency_id) },
          {
            key: words.rows.holder,
            value: `${told?.holder_name || (dispute.holder_id ? nameOf(dispute.holder_id) : words.named)}, ${agencyOf(dispute.holder_agency_id)}`,
          },
          {
            key: words.rows.by,
            value: (
              <>
                {dayOf(ask, dispute.answer_by)} {resolved_at && <Tag classes="govuk-tag--green">{words.resolved}</Tag>}
              </>
            ),
          },
          { key: words.rows.raised, value: `${nameOf(dispute.raised_by)}, ${moment(ask, dispute.raised_at)}` },
        ]}
      />
      {told && told.steps.length > 0 && (
        <ul class="trellis-rows">
          {told.steps.map((step) => (
            <li class="trellis-row trellis-row--tall">
              <p class="govuk-body govuk-!-font-weight-bold">
                {step.to_agency_id
                  ? fill(words.steps.held, {
                      name: step.to_holder_id ? nameOf(step.to_holder_id) : words.named,
                      agency: agencyOf(step.to_agency_id),
                    })
                  : words.steps[step.step]}
              </p>
              {step.words && (
                <p class="govuk-body trellis-words" dir="auto">
                  {step.words}
                </p>
              )}
              <span class="trellis-row__more">
                {step.taken_by ? `${nameOf(step.taken_by)}, ` : ''}
                {moment(ask, step.taken_at)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type SayProps = { ask: Ask; owners: Owners | undefined; errors: readonly FieldError[] }
const Say = ({ ask, owners, errors }: SayProps) => {
  const words = ask.w.gaps.disputes
  const choice = (value: (typeof steps)[number]) => ({ value, text: words.choices[value], hint: words.hints[value] })
  const giving = owners && {
    ...choice('held'),
    conditional: <OwnerFields ask={ask} owners={owners} errors={errors} label={words.form.who} />,
  }
  return (
    <Form ask={ask} once>
      <Radios
        name="step"
        fieldset={{ legend: { text: words.step, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'step')}
        errorMessage={errorFor(errors, 'step')}
        items={[choice('said'), ...(giving ? [giving] : []), choice('resolved')]}
      />
      <WordsBox ask={ask} name="words" label={words.say} errors={errors} />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
