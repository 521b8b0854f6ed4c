import { z } from 'zod'
import { NotFound, type Role } from '../../platform/index.ts'
import {
  Button,
  fill,
  Form,
  page,
  readForm,
  redirect,
  Tag,
  Title,
  WarningText,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { demoAccounts, isDemo, signInToDemo, type DemoAccount } from '../demo.ts'
import { thenOf } from './said.tsx'

const schema = z.strictObject({ account: z.string(), then: z.string().optional() })

/** There is no such page unless the partnership is a demo and the server was started as one. */
export const demoSignInPage: Handler = async (ask) => {
  if (!isDemo(ask)) throw new NotFound()
  const words = ask.w.staff.demo
  const accounts = await demoAccounts(ask)
  return page({
    title: words.title,
    frame: 'staff',
    wide: true,
    body: (
      <>
        <Title>{words.title}</Title>
        <WarningText>{words.warning}</WarningText>
        {accounts.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-people">
          {accounts.map((account) => (
            <Card ask={ask} account={account} />
          ))}
        </ul>
      </>
    ),
  })
}

const Card = ({ ask, account }: { ask: Ask; account: DemoAccount }) => (
  <li class="trellis-person">
    <h2 class="govuk-heading-m trellis-person__name">{account.name}</h2>
    <p class="govuk-body trellis-person__job">
      {account.job_title}
      <span class="trellis-person__agency">{account.agency}</span>
    </p>
    {account.roles.map((role: Role) => (
      <>
        <Tag classes="govuk-tag--green">{ask.w.staff.roles[role]}</Tag>
        <p class="govuk-body">{ask.w.staff.demo.try[role]}</p>
      </>
    ))}
    <Form ask={ask} class="trellis-person__act">
      <input type="hidden" name="account" value={account.id} />
      <input type="hidden" name="then" value={thenOf(ask)} />
      <Button preventDoubleClick>{fill(ask.w.staff.demo.button, { name: account.name })}</Button>
    </Form>
  </li>
)

export const sendDemoSignIn: Handler = async (ask) => {
  const read = readForm(schema, ask.form)
  const token = read.ok && (await signInToDemo(ask, read.value.account))
  if (!token) throw new NotFound()
  return redirect(thenOf(ask), [{ name: 'session', value: token }])
}
