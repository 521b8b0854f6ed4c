import { z } from 'zod'
import { agencies, dayInWords } from '../../../partnership/index.ts'
import { isId, localDate, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { agreementsInForce } from '../../../sharing/index.ts'
import {
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  readForm,
  redirect,
  Select,
  Tag,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { endPermit, permit, permits, type Permit } from '../permit.ts'

export const blindAgenciesPage: Handler = (ask) => view(ask, {})

export const sendBlindAgency: Handler = async (ask) => {
  const words = ask.w.blind.agencies
  const { agencies: there, agreements } = await choicesOf(ask)
  const schema = z.strictObject({
    agency: z.enum(
      there.map(({ id }) => id),
      words.wrongAgency,
    ),
    agreement: z.enum(
      agreements.map(({ id }) => id),
      words.wrongAgreement,
    ),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return view(ask, ask.form, given.errors)
  const outcome = await permit(ask.tx, ask.viewer as StaffViewer, given.value, ask.house.now())
  if (outcome === 'already') return view(ask, ask.form, [{ field: 'agency', text: words.already }])
  if (outcome === 'not signed') return view(ask, ask.form, [{ field: 'agreement', text: words.notSigned }])
  return redirect('/blind/agencies')
}

export const sendBlindEnd: Handler = async (ask) => {
  const id = ask.params['permit'] ?? ''
  const known = isId(id) && (await permits(ask.tx, ask.viewer as StaffViewer)).some((one) => one.id === id)
  if (!known) throw new NotFound()
  await endPermit(ask.tx, ask.viewer as StaffViewer, id, ask.house.now())
  return redirect('/blind/agencies')
}

const choicesOf = async (ask: Ask) => ({
  agencies: await agencies(ask.tx, ask.place.id, { on: localDate(ask.house.now(), ask.place.zone) }),
  agreements: await agreementsInForce(ask.tx, ask.place.id, ask.house.now()),
})

const view = async (ask: Ask, form: Ask['form'], errors: readonly FieldError[] = []): Promise<Page> => {
  const words = ask.w.blind.agencies
  const all = await permits(ask.tx, ask.viewer as StaffViewer)
  const choices = await choicesOf(ask)
  const select = (name: 'agency' | 'agreement', items: { text: string; value: string }[]) => (
    <Select
      name={name}
      label={words[name]}
      value={typed(form, name)}
      items={[{ text: words.choose, value: '' }, ...items]}
      errorMessage={errorFor(errors, name)}
    />
  )
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {all.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {all.map((one) => (
            <Row ask={ask} one={one} />
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.addTitle}</h2>
        <Form ask={ask}>
          {select(
            'agency',
            choices.agencies.map(({ id, name }) => ({ text: name, value: id })),
          )}
          {select(
            'agreement',
            choices.agreements.map(({ id, title }) => ({ text: title, value: id })),
          )}
          <Button preventDoubleClick>{words.add}</Button>
        </Form>
      </>
    ),
  })
}

const Row = ({ ask, one }: { ask: Ask; one: Permit }) => {
  const words = ask.w.blind.agencies
  const { id, agency, agreement, permitted_at, ended_at, checksum, asked } = one
  const when = dayInWords(localDate(permitted_at, ask.place.zone))
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name">{agency}</span>
        <span class="trellis-row__more">{fill(words.since, { when, agreement, asked: String(asked) })}</span>
      </div>
      <div class="trellis-row__tags">
        <Tag classes={ended_at ? 'govuk-tag--grey' : checksum ? 'govuk-tag--green' : 'govuk-tag--yellow'}>
          {ended_at ? words.ended : checksum ? words.ready : words.noSecret}
        </Tag>
        {!ended_at && (
          <Form ask={ask} action={`/blind/agencies/${id}/end`}>
            <Button classes="govuk-button--secondary" attributes={{ 'aria-label': fill(words.endOf, { agency }) }}>
              {words.end}
            </Button>
          </Form>
        )}
      </div>
    </li>
  )
}
