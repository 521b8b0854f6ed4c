import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { findAccount } from '../../queries.ts'

type WhyWords = { title: string; text: string; more?: string; why: string; whyHint: string; button: string }

/** Something hard to do to somebody: it asks why before it is done. */
export const whyPage = async (
  ask: Ask,
  words: WhyWords,
  errors: readonly FieldError[] = [],
  warning?: ComponentChildren,
) => {
  const account = await findAccount(ask.tx, ask.params['account'] ?? '')
  if (!account) throw new NotFound()
  const { name } = account
  const title = fill(words.title, { name })
  return page({
    title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href(`/accounts/${account.id}`)}>{ask.w.staff.back.account}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{fill(words.text, { name })}</p>
        {warning}
        {words.more && <p class="govuk-body">{words.more}</p>}
        <Form ask={ask}>
          <Textarea
            name="why"
            label={words.why}
            hint={words.whyHint}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
            rows={4}
          />
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.button}
          </Button>
        </Form>
      </>
    ),
  })
}

export const whySchema = ({ whyMissing, whyLong }: { whyMissing: string; whyLong: string }) =>
  z.strictObject({ why: z.string(whyMissing).trim().min(1, whyMissing).max(1000, whyLong) })
