import { z } from 'zod'
import { record } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  keptPage,
  page,
  readForm,
  redirect,
  typed,
  type Ask,
  type Cookie,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { words } from '../report/fields.ts'
import { becomeReporter, endVisit, openReceipt, startVisit, visit_minutes } from '../../receipt.ts'

/** Where a receipt is typed. It is never in an address, where histories and logs would keep it. */
export const enterReceipt: Handler = (ask) => show(ask, {})

export const tryReceipt: Handler = async (ask) => {
  const w = ask.w.receipt.enter
  const read = readForm(
    z.strictObject({ receipt: words(ask, 200).refine((typed) => /\S/.test(typed), w.empty) }),
    ask.form,
  )
  if (!read.ok) return show(ask, ask.form, read.errors)
  const { house, tx, place } = ask
  const opened = await openReceipt(tx, house.keys, place.id, read.value.receipt, house.now())
  // Wrong, unknown, expired or no receipt at all: one sentence for all of them.
  if (!opened) return show(ask, ask.form, [{ field: 'receipt', text: w.wrong }])
  const token = await startVisit(tx, house.keys, place.id, opened.concern, opened.agency, house.now())
  const reporter = { kind: 'reporter', partnership: place.id, concern: opened.concern } as const
  await record(tx, reporter, 'receipt opened', { kind: 'concern', id: opened.concern })
  return redirect('/receipt/open', [visitCookie(token)])
}

const visitCookie = (value: string): Cookie => ({ name: 'visit', value, seconds: visit_minutes * 60 })

const show = (ask: Ask, form: Ask['form'], errors: readonly FieldError[] = []): Page => {
  const w = ask.w.receipt.enter
  return page({
    title: w.title,
    status: errors.length ? 422 : 200,
    frame: 'public',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Form ask={ask}>
          <Input
            name="receipt"
            label={{ text: w.title, classes: 'govuk-label--l', isPageHeading: true }}
            hint={w.hint}
            errorMessage={errorFor(errors, 'receipt')}
            value={typed(form, 'receipt')}
            classes="trellis-receipt__input"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            attributes={{ dir: 'ltr' }}
          />
          <Button preventDoubleClick>{w.open}</Button>
        </Form>
        <p class="govuk-body">{w.lost}</p>
      </>
    ),
  })
}

/** Who is at a page of one concern: whoever opened its receipt, or the member of staff who sent it. */
export type Caller = { viewer: Ask['viewer']; concern: string; base: string; cookies: Cookie[] }

/** @returns what to answer instead, when nobody may be there */
export const callerOf = async (ask: Ask): Promise<Caller | ReturnType<Handler>> => {
  const { house, tx, place, viewer } = ask
  const id = ask.params['id']
  if (id !== undefined) return { viewer, concern: id, base: `/sent/${id}`, cookies: [] }
  const token = ask.cookies['visit']
  const reporter = await becomeReporter(tx, house.keys, place.id, token, house.now())
  if (reporter) return { viewer: reporter, concern: reporter.concern, base: '/receipt', cookies: [visitCookie(token!)] }
  return Object.keys(ask.form).length ? keptPage(ask, 403, ask.w.receipt.over) : redirect('/receipt')
}
export const isCaller = (one: unknown): one is Caller => typeof one === 'object' && one !== null && 'base' in one

/** "I have finished": the browser forgets the visit, and so does the database. */
export const finish: Handler = async (ask) => {
  const token = ask.cookies['visit']
  if (token) await endVisit(ask.tx, ask.house.keys, ask.place.id, token)
  return redirect('/receipt/finished', [{ name: 'visit', value: '' }])
}

export const finished: Handler = (ask) => {
  const w = ask.w.receipt.finished
  return page({
    title: w.title,
    frame: 'public',
    body: (
      <>
        <h1 class="govuk-heading-l">{w.title}</h1>
        <p class="govuk-body">{w.text}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href('/receipt')}>
            {w.again}
          </a>
        </p>
      </>
    ),
  })
}
