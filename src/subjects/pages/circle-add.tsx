import { z } from 'zod'
import { NotFound } from '../../platform/index.ts'
import { involve } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  InsetText,
  keptPage,
  page,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { agenciesToAsk, mayChange, type MayChange } from '../may-change.ts'
import { tellable } from '../tellable.ts'
import {
  ChosenAgency,
  choiceOf,
  ContactAndWhy,
  WhichAgency,
  WhoFields,
  whoSchema,
  type Choice,
} from './circle-parts.tsx'

const roles = ['circle', 'panel', 'triage'] as const

/** Asks somebody into the circle around a person; for whoever is not in it, says that one works with them oneself. */
export const circleAddPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const may = await mayChange(ask, at)
  if (may.add) return view(ask, at, await choices(ask, at, may))
  if (may.claim) return claimView(ask, at)
  throw new NotFound()
}

export const sendCircleAdd: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const may = await mayChange(ask, at)
  if (may.add) return add(ask, at, await choices(ask, at, may))
  if (may.claim) return claim(ask, at)
  throw new NotFound()
}

const choices = async (ask: Ask, at: Through, may: MayChange): Promise<Choice> => {
  const choice = await choiceOf(ask, await agenciesToAsk(ask, at, may.add))
  return { ...choice, people: choice.people.filter(({ id }) => id !== at.worker.staff) }
}

const add = async (ask: Ask, at: Through, choice: Choice): Promise<Answer> => {
  const words = ask.w.subjects.circle
  const read = readForm(
    z.strictObject({ ...whoSchema(words, choice), role: z.enum(roles, words.roleMissing) }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, choice, read.errors)
  const { agency, staff, role, contact, why } = read.value
  const there = (await tellable(ask, at)).some((one) => one.staff_id === staff && one.role === role)
  if (there) return view(ask, at, choice, [{ field: 'staff', text: words.there }])
  await involve(
    ask.tx,
    at.worker,
    { subject: at.subject.id, agency, staff, role, contact, at: at.now },
    { said: { keys: ask.house.keys, why } },
  )
  return redirect(`/people/${at.subject.id}?done=added-to-circle`)
}

const claim = async (ask: Ask, at: Through): Promise<Answer> => {
  const words = ask.w.subjects.circle
  const { contact, why } = whoSchema(words, { agencies: [], agency: undefined, people: [] })
  const read = readForm(z.strictObject({ contact, why }), ask.form)
  if (!read.ok) return claimView(ask, at, read.errors)
  const { agency, staff } = at.worker
  await involve(
    ask.tx,
    at.worker,
    { subject: at.subject.id, agency, staff, role: 'circle', contact: read.value.contact, at: at.now },
    { said: { keys: ask.house.keys, why: read.value.why }, claimed: true },
  )
  return redirect(`/people/${at.subject.id}?done=claimed`)
}

const view = (ask: Ask, at: Through, choice: Choice, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.circle
  return page({
    title: words.addTitle,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/involved`)}>{ask.w.subjects.involved.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.addTitle}</Title>
        <p class="govuk-body">{words.addIntro}</p>
        {choice.agency ? (
          <Form ask={ask} once>
            <ChosenAgency ask={ask} choice={choice} />
            <Radios
              name="role"
              fieldset={{ legend: { text: words.role, classes: 'govuk-fieldset__legend--s' } }}
              errorMessage={errorFor(errors, 'role')}
              value={typed(ask.form, 'role') || 'circle'}
              items={roles.map((value) => ({ value, text: ask.w.subjects.roles[value], hint: words.roleHints[value] }))}
            />
            <WhoFields ask={ask} choice={choice} errors={errors} label={words.staff} />
            <Button preventDoubleClick>{words.addButton}</Button>
          </Form>
        ) : (
          <WhichAgency ask={ask} agencies={choice.agencies} />
        )}
      </>
    ),
  })
}

const claimView = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.circle
  return page({
    title: words.claimTitle,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/involved`)}>{ask.w.subjects.involved.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.claimTitle}</Title>
        <InsetText>{words.claimIntro}</InsetText>
        <Form ask={ask} once>
          <ContactAndWhy ask={ask} errors={errors} why={words.claimWhy} contact={ask.w.subjects.new.contact} />
          <Button preventDoubleClick>{words.claimButton}</Button>
        </Form>
      </>
    ),
  })
}
