import { codesOf, labelOf } from '../../../sharing/index.ts'
import { BackLink, Button, fill, Form, Link, page, Title, type Ask } from '../../../web/index.ts'
import type { Sitting } from '../sitting.ts'
import { factsOf } from './facts.tsx'

/** What stands before an agenda: what somebody is here for, said by themself, and that what they hear stays. */
export const declarationPage = async (ask: Ask, sitting: Sitting) => {
  const words = ask.w.panels.declaration
  const codes = await codesOf(ask.tx, ask.place.id)
  const title = ask.w.panels.kinds[sitting.kind]
  return page({
    title,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/meetings')}>{ask.w.panels.one.back}</BackLink>
        <Title caption={sitting.reference}>{title}</Title>
        {await factsOf(ask, sitting)}
        <p class="govuk-body">
          <Link href={ask.href(`/meetings/${sitting.id}/calendar.ics`)}>{ask.w.panels.one.calendar}</Link>.{' '}
          {ask.w.panels.one.calendarHint}
        </p>
        <h2 class="govuk-heading-m">{words.before}</h2>
        <p class="govuk-inset-text">{fill(words.what, { purpose: labelOf(codes, 'purpose', sitting.purpose) })}</p>
        <p class="govuk-body">{words.how}</p>
        <p class="govuk-hint">{words.unchecked}</p>
        <Form ask={ask} action={`/meetings/${sitting.id}/declare`}>
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
