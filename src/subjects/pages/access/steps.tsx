import { z } from 'zod'
import { localDate } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import type { ComponentChildren } from 'preact'
import { aboutRequest, addressOf, atRequest, type AtRequest } from '../../access/gather.ts'
import { checkIdentity, closeRequest, endings, extendRequest, identityWays } from '../../access/request.ts'

const most = 1000
const wordsOf = (ask: Ask, missing: string) =>
  z.string(missing).trim().min(1, missing).max(most, fill(ask.w.rights.access.steps.long, { most }))

/** How it was made sure who asks. */
export const identityPage: Handler = async (ask) => identityView(ask, await atRequest(ask, { open: true }))

export const sendIdentity: Handler = async (ask) => {
  const here = await atRequest(ask, { open: true })
  const words = ask.w.rights.access.steps.identity
  const today = localDate(here.at.now, ask.place.zone)
  const schema = z
    .strictObject({
      how: z.enum(identityWays, words.howMissing),
      note: wordsOf(ask, words.noteMissing),
      ...dateBoxes(ask, 'on'),
    })
    .transform((value, ctx) => {
      const on = needDate(ask, value, 'on', { today, missing: words.onMissing, ctx })
      return { ...value, on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return identityView(ask, here, read.errors)
  const { how, note, on } = read.value
  await checkIdentity(ask.tx, ask.house.keys, here.at, here.request, { how, note, on })
  return redirect(addressOf(here, '?done=identity'))
}

const identityView = (ask: Ask, here: AtRequest, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.access.steps.identity
  return step(
    ask,
    here,
    words,
    errors,
    <>
      <Radios
        name="how"
        fieldset={{ legend: { text: words.how, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'how')}
        errorMessage={errorFor(errors, 'how')}
        items={identityWays.map((value) => ({ value, text: ask.w.rights.access.request.how[value] }))}
      />
      <Textarea
        name="note"
        label={words.note}
        hint={words.noteHint}
        rows={3}
        value={typed(ask.form, 'note')}
        errorMessage={errorFor(errors, 'note')}
      />
      <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
    </>,
  )
}

/** Two months more, with the reason. */
export const extendPage: Handler = async (ask) => extendView(ask, await atRequest(ask, { open: true }))

export const sendExtend: Handler = async (ask) => {
  const here = await atRequest(ask, { open: true })
  const words = ask.w.rights.access.steps.extend
  const read = readForm(z.strictObject({ why: wordsOf(ask, words.whyMissing) }), ask.form)
  if (!read.ok) return extendView(ask, here, read.errors)
  const extended = await extendRequest(ask.tx, ask.house.keys, here.at, here.request, read.value.why)
  if (!extended) return extendView(ask, here, [{ field: 'why', text: words.already }])
  return redirect(addressOf(here, '?done=extended'))
}

const extendView = (ask: Ask, here: AtRequest, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.access.steps.extend
  return step(
    ask,
    here,
    words,
    errors,
    <Textarea
      name="why"
      label={words.why}
      hint={words.hint}
      value={typed(ask.form, 'why')}
      errorMessage={errorFor(errors, 'why')}
    />,
  )
}

/** How it ended. */
export const closePage: Handler = async (ask) => closeView(ask, await atRequest(ask, { open: true }))

export const sendClose: Handler = async (ask) => {
  const here = await atRequest(ask, { open: true })
  const words = ask.w.rights.access.steps.close
  const schema = z
    .strictObject({ outcome: z.enum(endings, words.outcomeMissing), words: wordsOf(ask, words.wordsMissing) })
    .refine(({ outcome }) => outcome !== 'answered' || here.standing === 'approved', {
      path: ['outcome'],
      message: words.notApproved,
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return closeView(ask, here, read.errors)
  await closeRequest(ask.tx, ask.house.keys, here.at, here.request, read.value)
  return redirect(addressOf(here, '?done=closed'))
}

const closeView = (ask: Ask, here: AtRequest, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.access.steps.close
  return step(
    ask,
    here,
    words,
    errors,
    <>
      <Radios
        name="outcome"
        fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'outcome')}
        errorMessage={errorFor(errors, 'outcome')}
        items={endings.map((value) => ({ value, text: words.outcomes[value] }))}
      />
      <Textarea
        name="words"
        label={words.words}
        value={typed(ask.form, 'words')}
        errorMessage={errorFor(errors, 'words')}
      />
    </>,
  )
}

const step = (
  ask: Ask,
  here: AtRequest,
  words: { title: string; button: string },
  errors: readonly FieldError[],
  fields: ComponentChildren,
) =>
  page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutRequest(here),
    body: (
      <>
        <BackLink href={ask.href(addressOf(here))}>{ask.w.rights.access.item.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask}>
          {fields}
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
