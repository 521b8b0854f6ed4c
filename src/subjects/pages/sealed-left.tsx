import { z } from 'zod'
import { isId, NotFound, type StaffViewer } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  Form,
  NotificationBanner,
  page,
  readForm,
  redirect,
  Select,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { workersOf } from '../may-be-named.ts'
import { nameForStranded, sealedLeftBehind } from '../sealed-left-behind.ts'
import { counted } from './said.tsx'

/** Sealed entries that nobody is left to read, and naming somebody who does. The manager sees how many, never what. */
export const sealedLeftPage: Handler = async (ask) => view(ask)

export const sendSealedLeft: Handler = async (ask) => {
  const worker = ask.viewer as StaffViewer
  const words = ask.w.subjects.sealedLeft
  const others = await candidates(ask, worker)
  const read = readForm(
    z.strictObject({
      person: z.preprocess(
        (value) => [value ?? []].flat(),
        z.array(z.string().refine(isId, words.personMissing)).min(1, words.personMissing).max(500),
      ),
      staff: z.string(words.staffMissing).refine((id) => others.some((one) => one.id === id), words.staffMissing),
      why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(500, ask.w.subjects.circle.whyLong),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const { person, staff, why } = read.value
  const named = await nameForStranded(ask.tx, ask.house.keys, worker, {
    subjects: person,
    staff,
    why,
    now: ask.house.now(),
    zone: ask.place.zone,
  })
  return redirect(`/people/sealed?named=${named}`)
}

/** Never oneself: who shares out sealed entries does not come to read them by it. */
const candidates = async (ask: Ask, worker: StaffViewer) =>
  (await workersOf(ask, worker.agency)).filter(({ id }) => id !== worker.staff)

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const { viewer: worker } = ask
  if (worker.kind !== 'staff') throw new NotFound()
  const words = ask.w.subjects.sealedLeft
  const left = await sealedLeftBehind(ask.tx, worker, { now: ask.house.now(), zone: ask.place.zone })
  const others = await candidates(ask, worker)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {ask.query['named'] !== undefined && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {counted(words.done, Math.min(500, Math.floor(Number(ask.query['named'])) || 0))}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{left.length === 0 ? words.none : words.intro}</p>
        {left.length > 0 && (
          <Form ask={ask}>
            <Checkboxes
              name="person"
              idPrefix="person"
              fieldset={{ legend: { text: words.which, classes: 'govuk-fieldset__legend--s' } }}
              values={ticked(ask.form, 'person')}
              errorMessage={errorFor(errors, 'person')}
              items={left.map(({ subject, reference, entries }) => ({
                value: subject,
                text: reference,
                hint: counted(words.entries, entries.length),
              }))}
            />
            <Select
              name="staff"
              label={words.staff}
              hint={words.staffHint}
              value={typed(ask.form, 'staff')}
              errorMessage={errorFor(errors, 'staff')}
              items={[{ value: '', text: '' }, ...others.map(({ id, text }) => ({ value: id, text }))]}
            />
            <Textarea
              name="why"
              label={words.why}
              hint={ask.w.subjects.circle.whyHint}
              rows={3}
              value={typed(ask.form, 'why')}
              errorMessage={errorFor(errors, 'why')}
            />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
