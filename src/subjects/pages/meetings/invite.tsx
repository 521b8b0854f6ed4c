import { z } from 'zod'
import { agencies, type AgencyItem } from '../../../partnership/index.ts'
import { NotFound } from '../../../platform/index.ts'
import { accountsOfAgency, type Colleague } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  keptPage,
  page,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addAttendee } from '../../meetings/call.ts'
import { mayKeep } from '../../meetings/meeting.ts'
import { aboutMeeting, atMeeting, type AtMeeting } from './at-meeting.ts'

const most = 200
const none = 'none'

/** Adds somebody to a meeting: first where they are from, then who. */
export const invitePage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  return there.kind === 'answer' ? there.answer : view(ask, there, ask.query['agency'])
}

export const sendInvite: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.subjects.meetings.invite
  const schema = z
    .strictObject({
      agency: z.string().default(''),
      staff: z.string().default(''),
      name: z.string().trim().max(most, fill(ask.w.subjects.meetings.new.long, { most })).default(''),
    })
    .superRefine(({ staff, name }, ctx) => {
      if (!staff && !name) ctx.addIssue({ code: 'custom', message: words.missing, path: ['name'] })
      if (staff && name) ctx.addIssue({ code: 'custom', message: words.both, path: ['name'] })
    })
  const read = readForm(schema, ask.form)
  const from = await chosen(ask, typed(ask.form, 'agency'))
  if (!from) return view(ask, there, undefined, [{ field: 'agency', text: words.agencyMissing }])
  if (!read.ok) return view(ask, there, typed(ask.form, 'agency'), read.errors)
  const { staff, name } = read.value
  if (staff && !from.colleagues.some(({ id }) => id === staff))
    return view(ask, there, read.value.agency, [{ field: 'staff', text: words.missing }])
  const coming = staff ? { staff } : { name, agency: from.agency?.id ?? null }
  const added = await addAttendee(ask.tx, ask.house.keys, there.at.worker, there.meeting, coming, there.at.now)
  return redirect(`${there.base}?done=${added === 'added' ? 'added' : 'there'}`)
}

type Chosen = { agency: AgencyItem | undefined; colleagues: Colleague[] }

/** The agency that was chosen, with who could come from there; undefined where nothing of this partnership was. */
const chosen = async (ask: Ask, code: string | undefined): Promise<Chosen | undefined> => {
  if (code === none) return { agency: undefined, colleagues: [] }
  const agency = (await agencies(ask.tx, ask.place.id)).find((one) => one.code === code)
  return agency && { agency, colleagues: await accountsOfAgency(ask.tx, agency.id) }
}

const view = async (ask: Ask, there: AtMeeting, code: string | undefined, errors: readonly FieldError[] = []) => {
  if (!mayKeep(there.at.worker, there.meeting)) throw new NotFound()
  const words = ask.w.subjects.meetings.invite
  const from = await chosen(ask, code)
  const wrong: readonly FieldError[] =
    code !== undefined && !from && errors.length === 0 ? [{ field: 'agency', text: words.agencyMissing }] : errors
  return page({
    title: words.title,
    status: wrong.length ? 422 : 200,
    frame: 'staff',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(from ? `${there.base}/add` : there.base)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={wrong} />
        <Title>{words.title}</Title>
        {from ? (
          <Who ask={ask} from={from} code={code!} errors={wrong} />
        ) : (
          <form method="get" action={ask.href(`${there.base}/add`)} novalidate>
            <p class="govuk-body">{words.intro}</p>
            <Select
              name="agency"
              label={words.agency}
              errorMessage={errorFor(wrong, 'agency')}
              items={[
                { value: '', text: '' },
                ...(await agencies(ask.tx, ask.place.id, { on: there.at.today })).map(
                  ({ code: value, name: text }) => ({
                    value,
                    text,
                  }),
                ),
                { value: none, text: words.noAgency },
              ]}
            />
            <Button>{words.continue}</Button>
          </form>
        )}
      </>
    ),
  })
}

const Who = (props: { ask: Ask; from: Chosen; code: string; errors: readonly FieldError[] }) => {
  const { ask, from, code, errors } = props
  const words = ask.w.subjects.meetings.invite
  const { agency, colleagues } = from
  return (
    <Form ask={ask} once>
      <input type="hidden" name="agency" value={code} />
      {agency && <p class="govuk-body">{fill(words.from, { agency: agency.name })}</p>}
      {colleagues.length > 0 && (
        <Select
          name="staff"
          label={words.staff}
          value={typed(ask.form, 'staff')}
          errorMessage={errorFor(errors, 'staff')}
          items={[
            { value: '', text: '' },
            ...colleagues.map(({ id, name, jobTitle }) => ({
              value: id,
              text: [name, jobTitle].filter(Boolean).join(', '),
            })),
          ]}
        />
      )}
      <Input
        name="name"
        label={colleagues.length > 0 ? words.name : words.nameOnly}
        hint={words.nameHint}
        value={typed(ask.form, 'name')}
        errorMessage={errorFor(errors, 'name')}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
