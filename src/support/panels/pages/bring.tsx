import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import { aboutPerson, enter, moment, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  Link,
  page,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addItem } from '../agenda.ts'
import { sittingsOf } from '../queries.ts'
import { keepsSitting, type Sitting } from '../sitting.ts'
import { ReasonAndHandling } from './answer.tsx'

const most = 2000

/** Brings somebody to a panel for a reason, though nothing of theirs is due. */
export const bringPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await keptBy(ask, at.worker))
}

export const sendBring: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.panels.bring
  const { answer } = ask.w.panels
  const sittings = await keptBy(ask, at.worker)
  const schema = z
    .strictObject({
      panel: z.string(words.whichMissing),
      reason: z.string().regex(/\S/, words.reasonMissing).max(most, fill(answer.long, { most })),
      handling: z.enum(['0', '1'], answer.handlingMissing),
    })
    .superRefine(({ panel, handling }, ctx) => {
      if (!sittings.some(({ id }) => id === panel))
        ctx.addIssue({ code: 'custom', message: words.whichMissing, path: ['panel'] })
      if (handling === '1' && at.ties.closeness < 2)
        ctx.addIssue({ code: 'custom', message: answer.notInCircle, path: ['handling'] })
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, sittings, read.errors)
  const { panel, reason, handling } = read.value
  const of = { sitting: sittings.find(({ id }) => id === panel)!, subject: at.subject }
  const adding = { why: [], reason, handling: handling === '1' ? 1 : 0 } as const
  const added = await addItem(ask.tx, ask.house.keys, at.worker, of, adding, at.now)
  if (added === 'on already') return view(ask, at, sittings, [{ field: 'panel', text: words.already }])
  return redirect(`/people/${at.subject.id}/meetings/${added.meeting}/minutes`)
}

/** The sittings to come that the viewer's agency keeps. */
const keptBy = async (ask: Ask, viewer: StaffViewer): Promise<Sitting[]> =>
  (await sittingsOf(ask.tx, viewer.partnership, { from: ask.house.now() })).filter((one) => keepsSitting(viewer, one))

const view = (ask: Ask, at: Through, sittings: readonly Sitting[], errors: readonly FieldError[] = []) => {
  const words = ask.w.panels.bring
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/meetings`)}>{ask.w.subjects.meetings.one.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        {sittings.length === 0 ? (
          <p class="govuk-body">
            {words.none} <Link href={ask.href('/meetings/new')}>{ask.w.panels.plan}</Link>
          </p>
        ) : (
          <Form ask={ask} once>
            <Radios
              name="panel"
              fieldset={{ legend: { text: words.which, classes: 'govuk-fieldset__legend--s' } }}
              value={typed(ask.form, 'panel')}
              errorMessage={errorFor(errors, 'panel')}
              items={sittings.map(({ id, kind, starts_at }) => ({
                value: id,
                text: fill(words.option, { kind: ask.w.panels.kinds[kind], when: moment(ask, starts_at) }),
              }))}
            />
            <ReasonAndHandling ask={ask} errors={errors} label={words.reason} />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
