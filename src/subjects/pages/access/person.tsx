import { z } from 'zod'
import { localDate } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  Link,
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { capacities, recordRequest, requestsFor } from '../../access/request.ts'
import { atHolder, byRight, type AtHolder } from '../../access/right.ts'
import { day, WhichHolder } from '../said.tsx'
import { Late } from './list.tsx'

/** Who has asked for what is held about one person, and the form to write down that somebody asks. */
export const accessOfPerson: Handler = async (ask) => view(ask, await atHolder(ask, ask.params['id']))

export const sendAccessOfPerson: Handler = async (ask) => {
  const at = await atHolder(ask, ask.params['id'])
  const words = ask.w.rights.access.person
  const today = localDate(at.now, ask.place.zone)
  const agencies = at.holders.map(({ id }) => id)
  const schema = z
    .strictObject({
      agency: z.enum(agencies, words.agencyMissing).default(agencies.length === 1 ? agencies[0]! : ''),
      asker: z
        .string(words.askerMissing)
        .trim()
        .min(1, words.askerMissing)
        .max(1000, fill(words.long, { most: 1000 })),
      capacity: z.enum(capacities, words.capacityMissing),
      ...dateBoxes(ask, 'asked_on'),
    })
    .transform((value, ctx) => {
      const asked_on = needDate(ask, value, 'asked_on', { today, missing: words.onMissing, ctx })
      if (!value.agency) ctx.addIssue({ code: 'custom', message: words.agencyMissing, path: ['agency'] })
      return { ...value, asked_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { agency, asker, capacity, asked_on } = read.value
  const id = await recordRequest(ask.tx, ask.house.keys, at, { agency, asker, capacity, asked_on })
  return redirect(`/people/${at.subject.id}/access/${id}?done=recorded`)
}

const view = async (ask: Ask, at: AtHolder, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.access.person
  const requests = await requestsFor(ask.tx, ask.house.keys, at.viewer, { subject: at.subject.id })
  const title = fill(words.title, { reference: at.subject.reference })
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: at.subject.id, detail: byRight },
    body: (
      <>
        <BackLink href={ask.href('/access')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {requests.length === 0 && <p class="govuk-body">{words.none}</p>}
        {requests.length > 0 && (
          <ul class="trellis-rows">
            {requests.map((request) => (
              <li class="trellis-row">
                <div>
                  <Link href={ask.href(`/people/${at.subject.id}/access/${request.id}`)} classes="trellis-row__name">
                    {fill(words.row, {
                      capacity: ask.w.rights.access.capacities[request.capacity],
                      day: day(request.asked_on),
                    })}
                  </Link>
                  <span class="trellis-row__more">{request.agency}</span>
                </div>
                <div class="trellis-row__tags">
                  <Late ask={ask} request={request} />
                  {request.closed && <Tag classes="govuk-tag--grey">{words.state[request.closed]}</Tag>}
                </div>
              </li>
            ))}
          </ul>
        )}
        <h2 class="govuk-heading-m">{words.new}</h2>
        <p class="govuk-body">{words.newHint}</p>
        <Form ask={ask} once>
          <WhichHolder ask={ask} holders={at.holders} legend={words.agency} errors={errors} />
          <Textarea
            name="asker"
            label={{ text: words.asker, classes: 'govuk-label--s' }}
            hint={words.askerHint}
            rows={3}
            value={typed(ask.form, 'asker')}
            errorMessage={errorFor(errors, 'asker')}
          />
          <Radios
            name="capacity"
            fieldset={{ legend: { text: words.capacity, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'capacity')}
            errorMessage={errorFor(errors, 'capacity')}
            items={capacities.map((value) => ({ value, text: ask.w.rights.access.capacities[value] }))}
          />
          <DateBoxes ask={ask} name="asked_on" legend={words.on} form={ask.form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
