import { type StaffViewer } from '../../../platform/index.ts'
import { BackLink, Button, fill, Form, InsetText, page, Title, WarningText, type Handler } from '../../../web/index.ts'
import { checksumOf, secretText } from '../encodings.ts'
import { makeSecret } from '../permit.ts'
import { permitOf } from './ask.tsx'

export const secretPage: Handler = async (ask) => {
  const permit = await permitOf(ask)
  const words = ask.w.blind.secret
  return page({
    title: words.title,
    body: (
      <>
        <BackLink href={ask.href('/blind')}>{ask.w.common.back}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.why}</p>
        {permit.checksum && <WarningText>{words.has}</WarningText>}
        <Form ask={ask}>
          <Button preventDoubleClick classes={permit.checksum ? 'govuk-button--warning' : ''}>
            {permit.checksum ? words.makeNew : words.make}
          </Button>
        </Form>
      </>
    ),
  })
}

/** Shown in the answer itself, once: nothing in an address, a session or a file could show it again. */
export const sendSecret: Handler = async (ask) => {
  const permit = await permitOf(ask)
  const secret = await makeSecret(ask.tx, ask.house.keys, ask.viewer as StaffViewer, permit.id, ask.house.now())
  const words = ask.w.blind.secret
  return page({
    title: words.madeTitle,
    body: (
      <>
        <Title>{words.madeTitle}</Title>
        <WarningText>{words.once}</WarningText>
        <InsetText>
          <code class="trellis-code" dir="ltr">
            {secretText(secret)}
          </code>
        </InsetText>
        <p class="govuk-body">{fill(words.checksum, { checksum: checksumOf(secret) })}</p>
        <Button href={ask.href('/blind')}>{words.done}</Button>
      </>
    ),
  })
}
