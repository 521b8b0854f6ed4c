import { sql } from 'kysely'
import { z } from 'zod'
import { agencies, agencyNames } from '../../partnership/index.ts'
import { isId, localDate, NotFound, type Tx } from '../../platform/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  InsetText,
  Link,
  page,
  readForm,
  redirect,
  Select,
  SummaryList,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Page,
} from '../../web/index.ts'
import { addApiClient, closeApiClient, rotateKey } from '../api-client.ts'

type System = {
  id: string
  name: string
  agency_id: string
  made_at: Date
  closed_at: Date | null
  used_at: Date | null
}

const systems = async (tx: Tx, partnership: string, id?: string): Promise<System[]> =>
  (
    await sql<System>`
      select c.id, c.name, c.agency_id, c.made_at, c.closed_at,
        (select max(k.used_at) from api_key k where k.partnership_id = c.partnership_id and k.client_id = c.id) as used_at
      from api_client c where c.partnership_id = ${partnership} ${id ? sql`and c.id = ${id}` : sql``}
      order by c.closed_at is not null, c.made_at desc limit 200`.execute(tx)
  ).rows

/** Every system that uses the API, and a form to add one. */
export const list = (ask: Ask) => listing(ask, [])

const listing = async (ask: Ask, errors: FieldError[]): Promise<Page> => {
  const s = ask.w.systems
  const all = await systems(ask.tx, ask.place.id)
  const names = await agencyNames(
    ask.tx,
    all.map(({ agency_id }) => agency_id),
  )
  const choices = await agencies(ask.tx, ask.place.id, { on: localDate(ask.house.now(), ask.place.zone) })
  const day = (at: Date) => localDate(at, ask.place.zone)
  return page({
    title: s.title,
    status: errors.length ? 422 : 200,
    wide: true,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{s.title}</Title>
        <p class="govuk-body trellis-reading">
          {s.intro} <Link href="/api/openapi.json">{s.document}</Link>
        </p>
        {all.length === 0 ? (
          <p class="govuk-body">{s.none}</p>
        ) : (
          all.map((one) => (
            <SummaryList
              card={{
                title: one.name,
                actions: [{ href: `/systems/${one.id}`, text: s.open, visuallyHiddenText: one.name }],
              }}
              rows={[
                { key: s.agency, value: names.get(one.agency_id) ?? '' },
                { key: s.since, value: day(one.made_at) },
                { key: s.used, value: one.used_at ? day(one.used_at) : s.never },
                { key: s.state, value: one.closed_at ? fill(s.closed, { when: day(one.closed_at) }) : s.working },
              ]}
            />
          ))
        )}
        <Form ask={ask} action="/systems">
          <h2 class="govuk-heading-m">{s.add.title}</h2>
          <Input
            name="name"
            label={s.add.name}
            hint={s.add.nameHint}
            value={typed(ask.form, 'name')}
            errorMessage={errorFor(errors, 'name')}
            classes="govuk-input--width-20"
          />
          <Select
            name="agency"
            label={s.add.agency}
            value={typed(ask.form, 'agency')}
            errorMessage={errorFor(errors, 'agency')}
            items={[{ value: '', text: s.add.choose }, ...choices.map(({ id, name }) => ({ value: id, text: name }))]}
          />
          <Button>{s.add.button}</Button>
        </Form>
      </>
    ),
  })
}

export const add = async (ask: Ask) => {
  const s = ask.w.systems.add
  const schema = z.strictObject({
    name: z.string().trim().min(1, s.nameMissing).max(100, s.nameLong),
    agency: z.string().refine(isId, s.agencyMissing),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return listing(ask, read.errors)
  const known = await agencyNames(ask.tx, [read.value.agency])
  if (!known.has(read.value.agency)) return listing(ask, [{ field: 'agency', text: s.agencyMissing }])
  const { key } = await addApiClient(ask.tx, ask.house.keys, ask.viewer, read.value, ask.house.now())
  return keyShown(ask, key)
}

/** Shown as the answer to the form itself, never at an address of its own: a reload cannot bring it back. */
const keyShown = (ask: Ask, key: string): Page => {
  const s = ask.w.systems.key
  return page({
    title: s.title,
    body: (
      <>
        <Title>{s.title}</Title>
        <InsetText>{s.once}</InsetText>
        <p class="govuk-body">
          <code class="trellis-words">{key}</code>
        </p>
        <p class="govuk-body">
          <Link href="/systems">{s.back}</Link>
        </p>
      </>
    ),
  })
}

const find = async (ask: Ask): Promise<System> => {
  const id = ask.params['id'] ?? ''
  const found = isId(id) ? (await systems(ask.tx, ask.place.id, id))[0] : undefined
  if (!found) throw new NotFound()
  return found
}

export const show = async (ask: Ask): Promise<Page> => {
  const s = ask.w.systems.one
  const system = await find(ask)
  const agency = (await agencyNames(ask.tx, [system.agency_id])).get(system.agency_id)
  return page({
    title: system.name,
    body: (
      <>
        <Title caption={agency}>{system.name}</Title>
        {system.closed_at ? (
          <p class="govuk-body">{fill(ask.w.systems.closed, { when: localDate(system.closed_at, ask.place.zone) })}</p>
        ) : (
          <>
            <Form ask={ask} action={`/systems/${system.id}/key`}>
              <h2 class="govuk-heading-m">{s.rotate}</h2>
              <p class="govuk-body">{s.rotateHint}</p>
              <Checkboxes name="leaked" items={[{ value: 'yes', text: s.leaked }]} />
              <Button>{s.rotateButton}</Button>
            </Form>
            <Form ask={ask} action={`/systems/${system.id}/close`}>
              <h2 class="govuk-heading-m">{s.close}</h2>
              <p class="govuk-body">{s.closeHint}</p>
              <Button classes="govuk-button--warning">{s.closeButton}</Button>
            </Form>
          </>
        )}
      </>
    ),
  })
}

export const rotate = async (ask: Ask) => {
  const system = await find(ask)
  const leaked = typed(ask.form, 'leaked') === 'yes'
  return keyShown(
    ask,
    await rotateKey(ask.tx, ask.house.keys, ask.viewer, system.id, leaked ? 'now' : 'in a day', ask.house.now()),
  )
}

export const close = async (ask: Ask) => {
  const system = await find(ask)
  await closeApiClient(ask.tx, ask.viewer, system.id, ask.house.now())
  return redirect(`/systems/${system.id}`)
}
