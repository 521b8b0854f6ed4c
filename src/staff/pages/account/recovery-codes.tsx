import type { StaffViewer } from '../../../platform/index.ts'
import { BackLink, Button, Form, page, Title, type Handler } from '../../../web/index.ts'
import { newRecoveryCodes } from '../../factors.ts'
import { codesPage } from '../set-up/codes.tsx'

export const recoveryCodesPage: Handler = (ask) => {
  const words = ask.w.staff.newCodes
  return page({
    title: words.title,
    body: (
      <>
        <BackLink href={ask.href('/account')}>{ask.w.staff.back.own}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.text}</p>
        <Form ask={ask}>
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

export const sendRecoveryCodes: Handler = async (ask) =>
  codesPage(ask, await newRecoveryCodes(ask, ask.viewer as StaffViewer), '/account')
