import { agencies } from '../../partnership/index.ts'
import { isId, roles, type Role } from '../../platform/index.ts'
import {
  Button,
  Input,
  Link,
  page,
  Pagination,
  redirect,
  Select,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { listAccounts, page_size, statuses, type Listed, type Status, type Wanted } from '../queries.ts'
import { counted } from './said.tsx'
import { StatusTag } from './status-tag.tsx'

/** Everybody with an account, as an administrator looks for one. The choices live in the address, so Back keeps them. */
export const accountsPage: Handler = async (ask) => {
  const wanted = read(ask)
  const { accounts, total } = await listAccounts(ask.tx, wanted)
  if (total === 0 && wanted.page > 1) return redirect(addressOf(wanted, 1))
  const words = ask.w.staff.accounts
  return page({
    title: words.title,
    wide: true,
    body: (
      <>
        <div class="trellis-title-row">
          <Title>{words.title}</Title>
          <Button href={ask.href('/accounts/new')}>{words.new}</Button>
        </div>
        <Choices ask={ask} wanted={wanted} all={await agencies(ask.tx, ask.place.id)} />
        <p class="govuk-body" role="status">
          {total === 0 ? words.none : counted(words.count, total)}
        </p>
        <ul class="trellis-rows">
          {accounts.map((account) => (
            <Row ask={ask} account={account} />
          ))}
        </ul>
        <Pages ask={ask} wanted={wanted} total={total} />
      </>
    ),
  })
}

const read = ({ query }: Ask): Wanted => ({
  agency: isId(query['agency'] ?? '') ? query['agency'] : undefined,
  role: roles.find((role) => role === query['role']),
  status: statuses.find((status) => status === query['status']),
  words: (query['words'] ?? '').trim().slice(0, 100),
  page: Math.min(10_000, Math.max(1, Math.floor(Number(query['page'])) || 1)),
})

const Choices = ({ ask, wanted, all }: { ask: Ask; wanted: Wanted; all: readonly { id: string; name: string }[] }) => {
  const words = ask.w.staff.accounts
  const any = { value: '', text: words.any }
  const named = <T extends Role | Status>(keys: readonly T[], names: Record<T, string>) => [
    any,
    ...keys.map((value) => ({ value, text: names[value] })),
  ]
  return (
    <form
      method="get"
      action={ask.href('/accounts')}
      class="trellis-choices-bar"
      role="search"
      aria-label={words.filterTitle}
    >
      <Input name="words" label={words.words} value={wanted.words} type="search" />
      <Select
        name="agency"
        label={words.agency}
        value={wanted.agency}
        items={[any, ...all.map(({ id, name }) => ({ value: id, text: name }))]}
      />
      <Select name="role" label={words.role} value={wanted.role} items={named(roles, ask.w.staff.roles)} />
      <Select name="status" label={words.status} value={wanted.status} items={named(statuses, ask.w.staff.statuses)} />
      <div class="trellis-choices-bar__act">
        <Button classes="govuk-button--secondary">{words.filter}</Button>
        <Link href={ask.href('/accounts')}>{words.clear}</Link>
      </div>
    </form>
  )
}

const Row = ({ ask, account }: { ask: Ask; account: Listed }) => (
  <li class="trellis-row">
    <div>
      <Link href={ask.href(`/accounts/${account.id}`)} classes="trellis-row__name">
        {account.name}
      </Link>
      <span class="trellis-row__more">
        {account.jobTitle && `${account.jobTitle}, `}
        {account.agency}
        <br />
        {account.email}
      </span>
    </div>
    <div class="trellis-row__tags">
      {account.roles.length === 0 && <Tag classes="govuk-tag--grey">{ask.w.staff.accounts.noRole}</Tag>}
      {account.roles.map((role) => (
        <Tag classes="govuk-tag--green">{ask.w.staff.roles[role]}</Tag>
      ))}
      {account.status !== 'active' && <StatusTag ask={ask} status={account.status} />}
    </div>
  </li>
)

const addressOf = ({ page: _, ...choices }: Wanted, number: number): string => {
  const kept = Object.entries(choices).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return `/accounts?${new URLSearchParams([...kept, ['page', String(number)]])}`
}

const Pages = ({ ask, wanted, total }: { ask: Ask; wanted: Wanted; total: number }) => {
  const last = Math.ceil(total / page_size)
  if (last < 2) return null
  const words = ask.w.staff.accounts
  const to = (number: number): string => ask.href(addressOf(wanted, number))
  return (
    <Pagination
      landmarkLabel={words.pages}
      previous={wanted.page > 1 ? { href: to(wanted.page - 1), text: words.previous } : undefined}
      next={wanted.page < last ? { href: to(wanted.page + 1), text: words.next } : undefined}
      items={Array.from({ length: last }, (_, i) => ({
        number: i + 1,
        href: to(i + 1),
        current: i + 1 === wanted.page,
      }))}
    />
  )
}
