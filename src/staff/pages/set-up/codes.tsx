import { Button, page, Title, WarningText, type Ask, type Cookie, type Page } from '../../../web/index.ts'

/** Recovery codes, the only time they are ever seen: the answer to a form, and nowhere to come back to. */
export const codesPage = (ask: Ask, codes: readonly string[], next: string, cookies: readonly Cookie[] = []): Page => {
  const words = ask.w.staff.codes
  return page({
    title: words.title,
    frame: 'staff',
    cookies,
    body: (
      <>
        <Title>{words.title}</Title>
        <WarningText>{words.warning}</WarningText>
        <p class="govuk-body">{words.text}</p>
        <h2 class="govuk-heading-m">{words.heading}</h2>
        <ol class="trellis-codes">
          {codes.map((code) => (
            <li class="trellis-code">{code}</li>
          ))}
        </ol>
        <Button href={ask.href(next)}>{words.left}</Button>
      </>
    ),
  })
}
