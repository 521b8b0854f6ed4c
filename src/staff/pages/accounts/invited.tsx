import { Button, fill, page, SummaryList, Title, WarningText, type Ask, type Page } from '../../../web/index.ts'
import type { Invitation } from '../../invitation.ts'
import { when } from '../said.tsx'

/** The invitation, the only time its code is ever seen. */
export const invitedPage = (ask: Ask, invitation: Invitation, name: string): Page => {
  const words = ask.w.staff.invited
  return page({
    title: words.title,
    body: (
      <>
        <Title caption={name}>{words.title}</Title>
        <WarningText>{words.warning}</WarningText>
        <p class="govuk-body">{fill(words.text, { name })}</p>
        <SummaryList
          rows={[
            {
              key: words.link,
              value: <span class="trellis-words">{`${ask.house.config.publicUrl}/invitation/${invitation.id}`}</span>,
            },
            { key: words.code, value: <strong class="trellis-code">{invitation.code}</strong> },
          ]}
        />
        <p class="govuk-body">{fill(words.expires, { when: when(ask, invitation.expires) })}</p>
        <Button href={ask.href(`/accounts/${invitation.account}`)}>{words.done}</Button>
      </>
    ),
  })
}
