import { NotFound } from '../../../platform/index.ts'
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
} from '../../../web/index.ts'
import type { Answer, Ask, FieldError } from '../../../web/index.ts'
import { z } from 'zod'
import { openPiece, type OpenPiece } from '../../piece.ts'
import { watchForNews } from '../../published.ts'
import { withdraw } from '../../publish.ts'
import { printable } from '../../typed.ts'

/** GET /guidance/sign/HO01/withdraw. Signs alone are taken down: a page that others lead to is changed instead. */
export const takeDown = async (ask: Ask): Promise<Answer> => show(ask, await openSign(ask), [])

export const takenDown = async (ask: Ask): Promise<Answer> => {
  const piece = await openSign(ask)
  const { errors: sentences } = ask.w.guidance.edit
  const schema = z.strictObject({
    why: z
      .string()
      .trim()
      .min(1, sentences.withdraw)
      .max(1000, fill(sentences.long, { field: ask.w.guidance.edit.withdrawWhy, most: 1000 })),
  })
  const read = readForm(schema, printable(ask.form))
  if (!read.ok) return show(ask, piece, read.errors)
  await withdraw(ask.tx, piece.viewer, piece.which, read.value.why)
  watchForNews(ask.house)
  return redirect(`/guidance?said=taken&kind=sign&code=${piece.which.code}`)
}

const openSign = async (ask: Ask): Promise<OpenPiece> => {
  const piece = await openPiece({ ...ask, params: { ...ask.params, kind: 'sign' } })
  if (piece.versions.length === 0) throw new NotFound()
  return piece
}

const show = (ask: Ask, piece: OpenPiece, errors: FieldError[]): Answer => {
  const w = ask.w.guidance.edit
  return page({
    title: fill(w.withdrawTitle, { name: piece.name }),
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title caption={`${w.kind.sign} ${piece.which.code}`}>{fill(w.withdrawTitle, { name: piece.name })}</Title>
        <p class="govuk-body">{w.withdrawLead}</p>
        <Form ask={ask}>
          <Textarea
            name="why"
            label={{ text: w.withdrawWhy, classes: 'govuk-label--s' }}
            rows={3}
            errorMessage={errorFor(errors, 'why')}
            value={`\n${typed(ask.form, 'why')}`}
          />
          <Button classes="govuk-button--warning">{w.withdrawButton}</Button>
        </Form>
      </>
    ),
  })
}
