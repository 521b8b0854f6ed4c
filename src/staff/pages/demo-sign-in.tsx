import { z } from 'zod'
import { dayInWords } from '../../partnership/index.ts'
import { localDate, NotFound, type Role } from '../../platform/index.ts'
import {
  Button,
  dateBoxes,
  DateBoxes,
  Details,
  Errors,
  fill,
  Form,
  needDate,
  page,
  readForm,
  redirect,
  Tag,
  Title,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { demoAccounts, isDemo, signInToDemo, type DemoAccount } from '../demo.ts'
import { moveToday } from '../demo-clock.ts'
import { thenOf } from './said.tsx'

const schema = z.strictObject({ account: z.string(), then: z.string().optional() })

/** There is no such page unless the partnership is a demo and the server was started as one. */
export const demoSignInPage: Handler = (ask) => view(ask)

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  if (!isDemo(ask)) throw new NotFound()
  const words = ask.w.staff.demo
  const accounts = await demoAccounts(ask)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    wide: true,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <WarningText>{words.warning}</WarningText>
        {accounts.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-people">
          {accounts.map((account) => (
            <Card ask={ask} account={account} />
          ))}
        </ul>
        <Today ask={ask} errors={errors} />
      </>
    ),
  })
}

/** A demo's clock can be moved on, so that a birthday can be walked through. */
const Today = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.staff.demo.today
  const now = localDate(ask.house.now(), ask.place.zone)
  const day = dayInWords(now)
  return (
    <Details summary={fill(words.summary, { day })} open={errors.length > 0 || ask.query['moved'] !== undefined}>
      <p class="govuk-body">{words.intro}</p>
      <Form ask={ask} action="/demo-sign-in/today">
        <DateBoxes ask={ask} name="to" legend={words.to} hint={words.hint} form={ask.form} errors={errors} />
        <Button classes="govuk-button--secondary" preventDoubleClick>
          {words.button}
        </Button>
      </Form>
    </Details>
  )
}

export const sendToday: Handler = async (ask) => {
  const words = ask.w.staff.demo.today
  const boxes = z.strictObject(dateBoxes(ask, 'to')).transform((value, ctx) => ({
    to: needDate(ask, value, 'to', { today: '9999-12-31', missing: words.missing, ctx }),
  }))
  const read = readForm(boxes, ask.form)
  if (!read.ok) return view(ask, read.errors)
  if ((await moveToday(ask, read.value.to)) === 'out of reach')
    return view(ask, [{ field: 'to-day', text: words.outOfReach }])
  return redirect('/demo-sign-in?moved=')
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
