import { z } from 'zod'
import {
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  readForm,
  redirect,
  typed,
  withinBudget,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { endVisit, openWay } from '../../own/visit.ts'

/** A page's worth of tries a minute for everybody together: a code is far beyond guessing, hashing it is work. */
const tries_a_minute = 120

/** Where the code is typed. It is never in an address, where histories and logs would keep it. */
export const enterOwn: Handler = (ask) => show(ask, {})

export const tryOwn: Handler = async (ask) => {
  const words = ask.w.own.enter
  const read = readForm(
    z.strictObject({ code: z.string(words.empty).max(200, words.wrong).regex(/\S/, words.empty) }),
    ask.form,
  )
  if (!read.ok) return show(ask, ask.form, read.errors)
  const { house, tx, place } = ask
  if (!withinBudget(house, `own page ${place.id}`, tries_a_minute))
    return show(ask, ask.form, [{ field: 'code', text: words.busy }])
  const clock = { now: house.now(), zone: place.zone }
  const token = await openWay(tx, house.keys, place.id, read.value.code, clock)
  // Wrong, unknown, ended, expired or no code at all: one sentence for all of them.
  if (!token) return show(ask, ask.form, [{ field: 'code', text: words.wrong }])
  // Without an age the browser forgets it when it is closed.
  return redirect('/mine/open', [{ name: 'mine', value: token }])
}

const show = (ask: Ask, form: Ask['form'], errors: readonly FieldError[] = []): Page => {
  const words = ask.w.own.enter
  return page({
    title: ask.w.own.title,
    status: errors.length ? 422 : 200,
    frame: 'journey',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="govuk-body govuk-!-font-weight-bold">{words.danger}</p>
        <p class="govuk-body">{words.safe}</p>
        <Form ask={ask}>
          <Input
            name="code"
            label={{ text: words.label, classes: 'govuk-label--m' }}
            hint={words.hint}
            errorMessage={errorFor(errors, 'code')}
            value={typed(form, 'code')}
            classes="trellis-receipt__input"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            attributes={{ dir: 'ltr' }}
          />
          <Button preventDoubleClick>{words.open}</Button>
        </Form>
        <p class="govuk-body">{words.lost}</p>
      </>
    ),
  })
}

/** "I have finished": the browser forgets the visit, and so does the database. */
export const finishOwn: Handler = async (ask) => {
  const token = ask.cookies['mine']
  if (token) await endVisit(ask.tx, ask.house.keys, ask.place.id, token)
  return redirect('/mine/finished', [{ name: 'mine', value: '' }])
}

export const finishedOwn: Handler = (ask) => {
  const words = ask.w.own.finished
  return page({
    title: ask.w.own.title,
    frame: 'journey',
    body: (
      <>
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="govuk-body">{words.text}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href('/mine')}>
            {words.again}
          </a>
        </p>
      </>
    ),
  })
}
