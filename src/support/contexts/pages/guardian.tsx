import { z } from 'zod'
import { agencies, type AgencyItem } from '../../../partnership/index.ts'
import { homeOf, type Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  Form,
  Input,
  readForm,
  redirect,
  Select,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { endGuardian, nameGuardian } from '../guardians.ts'
import { contextPage, mayLine, mayWords, mustLine, of, workingIn } from './frame.tsx'

/** Somebody who looks after it, as a role with a desk: no person's name and no number of their own. */
export const guardianPage = workingIn((ask, at) => view(ask, at))

export const sendGuardian = workingIn(async (ask, at) => {
  const words = ask.w.contexts.guardian
  const all = await places(ask, at)
  const schema = z
    .strictObject({
      role: mustLine(ask, words.roleMissing),
      agency: z.enum(['', ...all.map(({ id }) => id)]).default(''),
      elsewhere: mayLine(ask),
      contact: mustLine(ask, words.contactMissing),
      does: mayWords(ask),
    })
    .transform((value, ctx) => {
      const { agency, elsewhere, ...said } = value
      if (!agency && !elsewhere) ctx.addIssue({ code: 'custom', message: words.agencyMissing, path: ['agency'] })
      return agency ? { ...said, agency } : { ...said, agency: null, elsewhere }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const [tx, keys, , subject] = of(ask, at)
  await nameGuardian(tx, keys, at.worker, subject, read.value, at.now)
  return redirect(`${homeOf(at.subject)}/plan?done=guardian`)
})

export const sendGuardianEnd = workingIn(async (ask, at) => {
  const of = { subject: at.subject.id, guardian: ask.params['guardian']! }
  await endGuardian(ask.tx, at.worker, of, at.now)
  return redirect(`${homeOf(at.subject)}/plan?done=ended`)
})

const places = (ask: Ask, at: Through): Promise<AgencyItem[]> => agencies(ask.tx, ask.place.id, { on: at.today })

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.guardian
  const all = await places(ask, at)
  const line = (name: 'role' | 'elsewhere' | 'contact', hint?: string) => (
    <Input
      name={name}
      label={{ text: words[name], classes: name === 'elsewhere' ? '' : 'govuk-label--s' }}
      hint={hint}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
    />
  )
  return contextPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <Form ask={ask} once>
        {line('role', words.roleHint)}
        <Select
          name="agency"
          label={{ text: words.agency, classes: 'govuk-label--s' }}
          hint={words.agencyHint}
          value={typed(ask.form, 'agency')}
          errorMessage={errorFor(errors, 'agency')}
          items={[{ value: '', text: '' }, ...all.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        {line('elsewhere')}
        {line('contact', words.contactHint)}
        <Textarea
          name="does"
          label={{ text: words.does, classes: 'govuk-label--s' }}
          rows={3}
          value={typed(ask.form, 'does')}
          errorMessage={errorFor(errors, 'does')}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
