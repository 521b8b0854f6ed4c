import { z } from 'zod'
import { NotFound, type StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { withdrawReport } from '../../report/publish.ts'
import { entryPath } from '../cite.ts'
import { entryAt, type EntryRead } from '../read.ts'
import { withdrawEntry } from '../withdraw.ts'
import { slugIn } from './entry.tsx'

/** /library/:slug/withdraw: whoever leads learning takes back what their own partnership published. */
export const withdrawing = async (ask: Ask): Promise<Answer> => show(ask, await ownEntry(ask), [])

export const withdraw = async (ask: Ask): Promise<Answer> => {
  const entry = await ownEntry(ask)
  const w = ask.w.library.withdraw
  const read = readForm(z.strictObject({ why: z.string().trim().min(1, w.error).max(1000, w.long) }), ask.form)
  if (!read.ok) return show(ask, entry, read.errors)
  const [viewer, { why }, at] = [ask.viewer as StaffViewer, read.value, ask.house.now()]
  // A report knows that it is published, and must know that it is not.
  const known = entry.draft !== null && (await withdrawReport(ask.tx, viewer, { report: entry.draft, why, at }))
  if (known !== 'withdrawn') await withdrawEntry(ask.tx, viewer, entry.id, why, at)
  return redirect(entryPath(entry))
}

const ownEntry = async (ask: Ask): Promise<EntryRead> => {
  const entry = await entryAt(ask.tx, slugIn(ask))
  if (!entry || entry.partnership !== ask.viewer.partnership) throw new NotFound()
  return entry
}

const show = (ask: Ask, entry: EntryRead, errors: FieldError[]): Answer => {
  const w = ask.w.library.withdraw
  const title = fill(w.title, { title: entry.title })
  return page({
    title,
    frame: 'staff',
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title caption={ask.w.library.title}>{title}</Title>
        <p class="govuk-body">{w.lead}</p>
        <Form ask={ask} once>
          <Textarea
            name="why"
            label={{ text: w.why, classes: 'govuk-label--s' }}
            rows={3}
            errorMessage={errorFor(errors, 'why')}
            value={`\n${typed(ask.form, 'why')}`}
          />
          <Button classes="govuk-button--warning">{w.button}</Button>
        </Form>
      </>
    ),
  })
}
