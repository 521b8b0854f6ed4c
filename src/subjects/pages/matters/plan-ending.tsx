import { z } from 'zod'
import { isId, NotFound, type StaffViewer } from '../../../platform/index.ts'
import type { Involved } from '../../../sharing/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  fill,
  Form,
  keptPage,
  needDate,
  NotificationBanner,
  Radios,
  readForm,
  redirect,
  ticked,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { isContext } from '../../contexts/context.ts'
import { enter, type Through } from '../../gate.ts'
import { mayEnd } from '../../may-change.ts'
import { referencesOf } from '../../queries.ts'
import { daysBefore, planEnding } from '../../relationships/ending.ts'
import { endingNotices, keepEndingsRead } from '../../relationships/notices.ts'
import { tellable } from '../../tellable.ts'
import { day } from '../said.tsx'
import { formPage } from '../voice/frame.tsx'

/** Says beforehand on which day somebody's part is going to end, so that those who stay are told in time. */
export const planEndingPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await partAt(ask, at))
}

export const sendPlanEnding: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const one = await partAt(ask, at)
  const words = ask.w.matters.ending
  const schema = z
    .strictObject({ known: z.enum(['yes', 'no'], words.knownMissing), ...dateBoxes(ask, 'ends_on') })
    .transform(({ known, ...value }, ctx) => {
      if (known === 'no') return null
      const on = needDate(ask, value, 'ends_on', { today: '9999-12-31', missing: words.onMissing, ctx })
      if (on !== '' && on < at.today) ctx.addIssue({ code: 'custom', message: words.onWrong, path: ['ends_on-day'] })
      return on
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, one, read.errors)
  await planEnding(ask.tx, at.worker, { subject: at.subject.id, one, ends_on: read.value }, at.now)
  return redirect(`/people/${at.subject.id}/who-matters?done=${read.value ? 'planned' : 'called-off'}`)
}

/** @throws {NotFound} for a part that is not theirs to end, and at a place, which loses nobody whom it trusts */
const partAt = async (ask: Ask, at: Through): Promise<Involved> => {
  const one = (await tellable(ask, at)).find(({ id }) => id === ask.params['involvement'])
  if (!one || !mayEnd(at, one) || isContext(at.subject)) throw new NotFound()
  return one
}

const view = async (ask: Ask, at: Through, one: Involved, errors: readonly FieldError[] = []) => {
  const words = ask.w.matters.ending
  const who = one.staff_id ? (await namesFor(ask.tx, [one.staff_id])).get(one.staff_id)?.name : undefined
  const days = await daysBefore(ask.tx, at.worker.partnership, at.now)
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/involved`,
    errors,
    children: (
      <>
        <p class="govuk-body">
          {fill(words.row, { who: who ?? ask.w.subjects.circle.noName, role: ask.w.subjects.roles[one.role] })}.{' '}
          {fill(words.intro, { days })}
        </p>
        <Form ask={ask} once>
          <Radios
            name="known"
            fieldset={{ legend: { text: words.known, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'known')}
            errorMessage={errorFor(errors, 'known')}
            items={[
              {
                value: 'yes',
                text: words.yes,
                conditional: <DateBoxes ask={ask} name="ends_on" legend={words.on} form={ask.form} errors={errors} />,
              },
              { value: 'no', text: words.no },
            ]}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

/** What a lead or a trusted adult was told and has not read: by reference, and nobody's name. */
export const waitingEndings = async (ask: Ask, worker: StaffViewer) => {
  const notices = await endingNotices(ask.tx, worker)
  const references = await referencesOf(ask.tx, worker, [...new Set(notices.map(({ subject_id }) => subject_id))])
  return notices.map((one) => ({ ...one, reference: references.get(one.subject_id) ?? '' }))
}

export const EndingsBanner = (props: { ask: Ask; waiting: Awaited<ReturnType<typeof waitingEndings>> }) => {
  const { ask, waiting } = props
  if (waiting.length === 0) return null
  const words = ask.w.matters.ending.notices
  return (
    <NotificationBanner title={words.title} titleId="endings">
      <ul class="govuk-list govuk-list--spaced">
        {waiting.map(({ subject_id, cause, ends_on, reference }) => (
          <li>
            <a class="govuk-notification-banner__link" href={ask.href(`/people/${subject_id}/who-matters`)}>
              {fill(words[cause], { reference, day: day(ends_on) })}
            </a>
          </li>
        ))}
      </ul>
      <Form ask={ask} action="/people/endings">
        {waiting.map(({ id }) => (
          <input type="hidden" name="read" value={id} />
        ))}
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.read}</Button>
      </Form>
    </NotificationBanner>
  )
}

export const sendEndingsRead: Handler = async (ask) => {
  const { viewer } = ask
  if (viewer.kind === 'staff')
    await keepEndingsRead(ask.tx, viewer, ticked(ask.form, 'read').filter(isId), ask.house.now())
  return redirect('/people')
}
