import { z } from 'zod'
import { agencies } from '../../../partnership/index.ts'
import { localDate, roles } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  readForm,
  Select,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { invite } from '../../invitation.ts'
import { invitedPage } from './invited.tsx'

const schema = ({ w }: Ask, agencyIds: readonly string[]) => {
  const words = w.staff.invite
  return z.strictObject({
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(100, words.nameLong),
    email: z
      .string(words.emailMissing)
      .trim()
      .min(1, words.emailMissing)
      .max(254, words.emailWrong)
      .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, words.emailWrong),
    job: z.string(words.jobMissing).trim().min(1, words.jobMissing).max(100, words.jobLong),
    agency: z.enum(agencyIds as [string, ...string[]], words.agencyMissing),
    roles: z
      .preprocess((value) => [value ?? []].flat(), z.array(z.enum(roles)))
      .refine((chosen) => chosen.length > 0, words.rolesMissing),
  })
}

/** The agencies there are today. */
const standing = ({ tx, place, house }: Ask) => agencies(tx, place.id, { on: localDate(house.now(), place.zone) })

export const newAccountPage: Handler = (ask) => view(ask)

export const sendNewAccount: Handler = async (ask) => {
  const ids = (await standing(ask)).map(({ id }) => id)
  const read = readForm(schema(ask, ids), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { job: jobTitle, ...input } = read.value
  const made = await invite(ask.tx, ask.house, ask.viewer, { ...input, jobTitle })
  if (made === 'email taken') return view(ask, [{ field: 'email', text: ask.w.staff.invite.emailTaken }])
  return invitedPage(ask, made, input.name)
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.staff.invite
  const all = await standing(ask)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href('/accounts')}>{ask.w.staff.back.accounts}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.text}</p>
        <Form ask={ask}>
          <Input
            name="name"
            label={words.name}
            value={typed(ask.form, 'name')}
            errorMessage={errorFor(errors, 'name')}
            autocomplete="off"
          />
          <Input
            name="email"
            type="email"
            label={words.email}
            hint={words.emailHint}
            value={typed(ask.form, 'email')}
            errorMessage={errorFor(errors, 'email')}
            autocomplete="off"
            spellcheck={false}
          />
          <Input name="job" label={words.job} value={typed(ask.form, 'job')} errorMessage={errorFor(errors, 'job')} />
          <Select
            name="agency"
            label={words.agency}
            value={typed(ask.form, 'agency')}
            errorMessage={errorFor(errors, 'agency')}
            items={[{ value: '', text: words.agencyChoose }, ...all.map(({ id, name }) => ({ value: id, text: name }))]}
          />
          <Checkboxes
            name="roles"
            fieldset={{ legend: { text: words.roles, classes: 'govuk-fieldset__legend--s' } }}
            values={ticked(ask.form, 'roles')}
            errorMessage={errorFor(errors, 'roles')}
            items={roles.map((role) => ({
              value: role,
              text: ask.w.staff.roles[role],
              hint: ask.w.staff.roleHints[role],
            }))}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
