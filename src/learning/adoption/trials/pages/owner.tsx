import { z } from 'zod'
import {
  Button,
  errorFor,
  Form,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../../web/index.ts'
import { onePage, workerOf } from '../../pages/frame.tsx'
import { nameTrialOwner } from '../adopt.ts'
import { ownersFor } from '../owners.ts'
import { firstLine } from './list.tsx'
import { trialHere } from './trial.tsx'

/** Somebody else owns a trial from now on. */
export const ownerPage: Handler = async (ask) => view({ ...ask, form: { owner: (await trialHere(ask)).owner } })

export const sendOwner: Handler = async (ask) => {
  const trial = await trialHere(ask)
  const owners = await ownersFor(ask.tx, workerOf(ask), ask.house.now())
  const codes = owners.map(({ value }) => value) as [string, ...string[]]
  const read = readForm(z.strictObject({ owner: z.enum(codes, ask.w.adoption.trials.new.ownerMissing) }), ask.form)
  if (!read.ok) return view(ask, read.errors)
  await nameTrialOwner(ask.tx, workerOf(ask), { trial: trial.id, owner: read.value.owner }, ask.house.now())
  return redirect(`/adoption/${trial.id}?done=owner`)
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const trial = await trialHere(ask)
  const words = ask.w.adoption.trials
  return onePage({
    ask,
    title: words.new.owner,
    caption: firstLine(trial.trying),
    back: { href: `/adoption/${trial.id}`, text: ask.w.common.back },
    errors,
    children: (
      <Form ask={ask} once>
        <Select
          name="owner"
          label={{ text: words.rows.owner, classes: 'govuk-label--s' }}
          hint={words.new.ownerHint}
          value={typed(ask.form, 'owner')}
          errorMessage={errorFor(errors, 'owner')}
          items={await ownersFor(ask.tx, workerOf(ask), ask.house.now())}
        />
        <Button preventDoubleClick>{words.ownerButton}</Button>
      </Form>
    ),
  })
}
