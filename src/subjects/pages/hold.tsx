import { z } from 'zod'
import { hasRole, localDate, NotFound, type StaffViewer } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Link,
  page,
  readForm,
  redirect,
  SummaryList,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { atHolder, type AtHolder } from '../access/right.ts'
import { holdAt, holdsLifted, holdsOn, liftHold, placeHold, whyHeld } from '../legal-hold.ts'
import { day, when } from './said.tsx'

const most = 1000
const reason = (ask: Ask, missing: string) =>
  z.strictObject({
    why: z.string(missing).trim().min(1, missing).max(most, fill(ask.w.rights.hold.long, { most })),
  })

/** Holding one record, whatever the rules say: what holds it now, and placing another. */
export const holdPage: Handler = async (ask) => view(ask, await atHolder(ask, ask.params['id']))

export const sendHold: Handler = async (ask) => {
  const at = await atHolder(ask, ask.params['id'])
  const { place } = ask.w.rights.hold
  const read = readForm(reason(ask, place.missing), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const own = (await holdsOn(ask.tx, ask.place.id, at.subject.id)).some((one) => one.agency_id === at.viewer.agency)
  if (own) return view(ask, at, [{ field: 'why', text: place.already }])
  await placeHold(ask.tx, ask.house.keys, at.viewer, { subject: at.subject.id, why: read.value.why, at: at.now })
  return redirect(`/people/${at.subject.id}/hold`)
}

const view = async (ask: Ask, at: AtHolder, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.hold
  const held = await holdsOn(ask.tx, ask.place.id, at.subject.id)
  const lifted = await holdsLifted(ask.tx, ask.house.keys, at.viewer, at.subject.id)
  const own = held.some((one) => one.agency_id === at.viewer.agency)
  const title = fill(words.title, { reference: at.subject.reference })
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: at.subject.id },
    body: (
      <>
        <BackLink href={ask.href('/retention')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {held.length === 0 && <p class="govuk-body">{words.none}</p>}
        {held.length > 0 && (
          <ul class="trellis-rows">
            {held.map(({ id, agency_id, agency, from_at }) => (
              <li class="trellis-row">
                <span>{fill(words.stands, { agency, day: day(localDate(from_at, ask.place.zone)) })}</span>
                {agency_id === at.viewer.agency && (
                  <Link href={ask.href(`/retention/holds/${id}`)}>{words.lift.button}</Link>
                )}
              </li>
            ))}
          </ul>
        )}
        {lifted.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.lifted.title}</h2>
            {lifted.map((one) => (
              <SummaryList
                rows={[
                  { key: words.lift.placed, value: <Words>{one.why}</Words> },
                  { key: words.lifted.why, value: <Words>{one.lifted_why}</Words> },
                  {
                    key: words.lifted.by,
                    value: fill(words.lifted.who, { name: one.name ?? '', when: when(ask, one.lifted_at) }),
                  },
                ]}
              />
            ))}
          </>
        )}
        {!own && (
          <Form ask={ask}>
            <Textarea
              name="why"
              label={{ text: words.place.why, classes: 'govuk-label--s' }}
              hint={words.place.hint}
              value={typed(ask.form, 'why')}
              errorMessage={errorFor(errors, 'why')}
            />
            <Button preventDoubleClick>{words.place.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}

const Words = ({ children }: { children: string }) => (
  <span class="trellis-words" dir="auto">
    {children}
  </span>
)

const viewerOf = ({ viewer }: Ask): StaffViewer => {
  if (!hasRole(viewer, 'manager', 'guardian')) throw new NotFound()
  return viewer
}

/** Letting go of a record that the viewer's agency holds, with the reason. */
export const liftHoldPage: Handler = (ask) => liftView(ask)

export const sendLiftHold: Handler = async (ask) => {
  const viewer = viewerOf(ask)
  const read = readForm(reason(ask, ask.w.rights.hold.lift.missing), ask.form)
  const hold = ask.params['hold'] ?? ''
  await holdAt(ask.tx, viewer, hold)
  if (!read.ok) return liftView(ask, read.errors)
  await liftHold(ask.tx, ask.house.keys, viewer, hold, { why: read.value.why, at: ask.house.now() })
  return redirect('/retention')
}

const liftView = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const viewer = viewerOf(ask)
  const words = ask.w.rights.hold
  const hold = ask.params['hold'] ?? ''
  const { reference, subject_id } = await holdAt(ask.tx, viewer, hold)
  const why = await whyHeld(ask.tx, ask.house.keys, viewer, hold)
  const title = fill(words.lift.title, { reference })
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: subject_id },
    body: (
      <>
        <BackLink href={ask.href('/retention')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <h2 class="govuk-heading-s">{words.lift.placed}</h2>
        <blockquote class="govuk-inset-text trellis-words">{why}</blockquote>
        <Form ask={ask}>
          <Textarea
            name="why"
            label={{ text: words.lift.why, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.lift.button}
          </Button>
        </Form>
      </>
    ),
  })
}
