import { z } from 'zod'
import { ageOn } from '../../../platform/index.ts'
import { aboutPerson, enter, identitiesOf, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  keptPage,
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
import { capacityFrom, purposes, unchecked } from '../assessment.ts'
import { listOf, mayWrite } from '../at-assessment.ts'
import { startAssessment } from '../start.ts'
import { ToCheck } from './notices.tsx'

export const newPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendNew: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  if (!mayWrite(at)) return view(ask, at)
  const words = ask.w.assessment.new
  const read = readForm(z.strictObject({ purpose: z.enum(purposes, words.missing) }), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { purpose } = read.value
  const age = await ageHere(ask, at)
  if (purpose === 'capacity' && age !== undefined && age < capacityFrom)
    return view(ask, at, [{ field: 'purpose', text: fill(words.tooYoung, { age: capacityFrom }) }])
  const id = await startAssessment(ask.tx, ask.house.keys, at.worker, at.subject, purpose, at.now)
  return redirect(`${listOf(at)}/${id}?done=started`)
}

/** Whole years today, by the newest birthday that this viewer may read. */
const ageHere = async (ask: Ask, at: Through): Promise<number | undefined> => {
  const known = await identitiesOf(ask.tx, ask.house.keys, at.worker.partnership, [at.subject.id])
  const born = known.find(({ born_on }) => born_on !== null)?.born_on
  return born ? ageOn(born, at.today) : undefined
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.assessment
  return page({
    title: words.new.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(listOf(at))}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.new.title}</Title>
        {mayWrite(at) ? (
          <Form ask={ask} once>
            <Radios
              name="purpose"
              fieldset={{ legend: { text: words.new.purpose, classes: 'govuk-fieldset__legend--m' } }}
              value={typed(ask.form, 'purpose')}
              errorMessage={errorFor(errors, 'purpose')}
              items={purposes.map((value) => ({
                value,
                text: words.purposes[value],
                hint: words.purposeHints[value],
              }))}
            />
            <p class="govuk-body">{words.new.carried}</p>
            {(await ageHere(ask, at)) === undefined && <p class="govuk-body">{words.new.ageUnknown}</p>}
            <ToCheck ask={ask} law={unchecked(['capacity'])} />
            <Button preventDoubleClick>{words.new.button}</Button>
          </Form>
        ) : (
          <InsetText>{words.new.shut}</InsetText>
        )}
      </>
    ),
  })
}
