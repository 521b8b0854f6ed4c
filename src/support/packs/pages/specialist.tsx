import { z } from 'zod'
import { day, type Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Input,
  InsetText,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, withPerson } from '../../plan/pages/frame.tsx'
import { mayPlan } from '../../plan/may.ts'
import { listOf } from '../at-pack.ts'
import { endPointer, pointersOf, pointTo, type Pointer } from '../point.ts'
import { NotFound } from '../../../platform/index.ts'

const most = 200

/** Whom to ask about a specialist process, and nothing else: there is no box for more. */
export const specialistPage = withPerson((ask, at) => view(ask, working(at)))

export const sendSpecialist = withPerson(async (ask, at) => {
  working(at)
  const words = ask.w.packs.specialist
  const asked = typed(ask.form, 'end')
  if (asked) {
    const read = readForm(z.strictObject({ end: z.uuid() }), ask.form)
    if (read.ok) await endPointer(ask.tx, at.worker, at.subject.id, read.value.end, at.now)
    return redirect(`${listOf(at)}?done=unpointed`)
  }
  const long = fill(ask.w.plan.review.long, { most })
  const contact = z.string(words.contactMissing).trim().min(1, words.contactMissing).max(most, long)
  const read = readForm(z.strictObject({ contact }), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  await pointTo(ask.tx, ask.house.keys, at.worker, at.subject, read.value.contact, at.now)
  return redirect(`${listOf(at)}?done=pointed`)
})

/** @throws {NotFound} for whoever does not work with the person */
const working = (at: Through): Through => {
  if (!mayPlan(at)) throw new NotFound()
  return at
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const { specialist: words, title } = ask.w.packs
  const pointers = await pointersOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: listOf(at), text: title },
    children: (
      <>
        <InsetText>{words.intro}</InsetText>
        <Form ask={ask} once>
          <Input
            name="contact"
            label={{ text: words.contact, classes: 'govuk-label--s' }}
            hint={words.contactHint}
            value={typed(ask.form, 'contact')}
            errorMessage={errorFor(errors, 'contact')}
            autocomplete="off"
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        <ul class="trellis-rows">
          {pointers.map((one) => (
            <Row ask={ask} one={one} />
          ))}
        </ul>
      </>
    ),
  })
}

const Row = ({ ask, one }: { ask: Ask; one: Pointer }) => {
  const { specialist: words, section } = ask.w.packs
  return (
    <li class="trellis-row">
      <div>
        {fill(section.specialist, { contact: one.contact })}
        {one.ended_at && <span class="trellis-row__more">{fill(words.ended, { day: day(ask, one.ended_at) })}</span>}
      </div>
      {!one.ended_at && (
        <Form ask={ask} once>
          <input type="hidden" name="end" value={one.id} />
          <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.end}</Button>
        </Form>
      )}
    </li>
  )
}
