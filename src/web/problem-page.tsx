import type { Ask, Page } from './ask.ts'
import { page } from './ask.ts'
import { Form } from './form.tsx'
import { Title } from './layout.tsx'

type Said = { title: string; text: string[] }

/** A page for when something is wrong: what happened and what to do. Nothing that was asked for is repeated. */
export const problemPage = (ask: Ask, status: NonNullable<Page['status']>, said: Said): Page =>
  page({
    title: said.title,
    status,
    body: (
      <>
        <Title>{said.title}</Title>
        {said.text.map((line) => (
          <p class="govuk-body">{line}</p>
        ))}
      </>
    ),
  })

// What opens a door is typed again rather than written into a page.
const secrets = new Set([
  'password',
  'current-password',
  'new-password',
  'one-time-code',
  'recovery-code',
  'invitation-code',
  'passkey',
])

/**
 * The same, for a form that could not be taken just now: everything that was typed stays in the page, to read and to
 * send again with one press where that could help.
 */
export const keptPage = (
  ask: Ask,
  status: 403 | 404 | 409 | 500 | 503,
  said: Said,
  { again = true, signIn = false }: { again?: boolean; signIn?: boolean } = {},
): Page => {
  const fields = Object.entries(ask.form)
    .filter(([name]) => !secrets.has(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))
  return page({
    title: said.title,
    status,
    body: (
      <>
        <Title>{said.title}</Title>
        {said.text.map((line) => (
          <p class="govuk-body">{line}</p>
        ))}
        {signIn && (
          <p class="govuk-body">
            <a class="govuk-link" href={ask.href('/sign-in')} target="_blank" rel="noopener">
              {ask.w.common.signInInTab}
            </a>
          </p>
        )}
        {(ask.uploads.length > 0 || ask.arriving) && <p class="govuk-body">{ask.w.common.filesAgain}</p>}
        {again && (
          <Form ask={ask}>
            {fields.map(({ name, value }) => (
              <textarea class="trellis-kept" name={name} readOnly hidden>
                {`\n${value}`}
              </textarea>
            ))}
            <button class="govuk-button">{ask.w.common.again}</button>
          </Form>
        )}
        {fields.some(({ value }) => value.length > 0) && (
          <>
            <h2 class="govuk-heading-m">{ask.w.common.whatYouTyped}</h2>
            {fields
              .filter(({ value }) => value.trim().length > 0)
              .map(({ value }) => (
                <p class="govuk-body trellis-words">{value}</p>
              ))}
          </>
        )}
      </>
    ),
  })
}
