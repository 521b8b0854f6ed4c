import { NotFound, type StaffViewer } from '../../../platform/index.ts'
import { BackLink, Button, fill, Form, page, redirect, Title, type Ask, type Handler } from '../../../web/index.ts'
import { ownAccount } from '../../account.ts'
import { factorsOf, removeFactor } from '../../factors.ts'

export const removeFactorPage: Handler = async (ask) => {
  const { factors } = await factorsOf(ask.tx, await ownAccount(ask.tx, ask.viewer as StaffViewer))
  const factor = factors.find(({ id }) => id === ask.params['factor'])
  if (!factor) throw new NotFound()
  if (factors.length === 1) return onlyOne(ask)
  const words = ask.w.staff.removeFactor
  const title = fill(words.title, { label: factor.label })
  return page({
    title,
    body: (
      <>
        <BackLink href={ask.href('/account')}>{words.back}</BackLink>
        <Title>{title}</Title>
        <p class="govuk-body">{words.text}</p>
        <Form ask={ask}>
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.button}
          </Button>
        </Form>
      </>
    ),
  })
}

export const sendRemoveFactor: Handler = async (ask) => {
  const removed = await removeFactor(ask, ask.viewer as StaffViewer, ask.params['factor'] ?? '')
  if (removed === 'no such factor') throw new NotFound()
  return removed === 'only one' ? onlyOne(ask) : redirect('/account?said=removed')
}

const onlyOne = (ask: Ask) => {
  const words = ask.w.staff.removeFactor
  return page({
    title: words.onlyTitle,
    status: 409,
    body: (
      <>
        <Title>{words.onlyTitle}</Title>
        <p class="govuk-body">{words.only}</p>
        <Button href={ask.href('/account')}>{words.back}</Button>
      </>
    ),
  })
}
