import { z } from 'zod'
import { hasRole, localDate, NotFound, type StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  Link,
  page,
  readForm,
  redirect,
  Tag,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { requestsFor, type AccessRequest } from '../../access/request.ts'
import { disputesToAnswer } from '../../dispute.ts'
import { subjectCalled } from '../../access/right.ts'
import { day } from '../said.tsx'

/** Every open request to an agency that the viewer answers for, and the way to write down another. */
export const accessList: Handler = (ask) => view(ask)

export const sendAccessList: Handler = async (ask) => {
  const words = ask.w.rights.access.list
  const read = readForm(
    z.strictObject({ reference: z.string(words.missing).trim().min(1, words.missing).max(40, words.unknown) }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const subject = await subjectCalled(ask, read.value.reference.toUpperCase())
  return subject ? redirect(`/people/${subject}/access`) : view(ask, [{ field: 'reference', text: words.unknown }])
}

const viewerOf = ({ viewer }: Ask): StaffViewer => {
  if (!hasRole(viewer, 'manager', 'guardian')) throw new NotFound()
  return viewer
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const requests = await requestsFor(ask.tx, ask.house.keys, viewerOf(ask))
  const answers = hasRole(ask.viewer, 'manager')
  const at = { now: ask.house.now(), zone: ask.place.zone }
  const disputes = answers ? await disputesToAnswer(ask.tx, viewerOf(ask), at) : []
  const words = ask.w.rights.access.list
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{requests.length === 0 ? words.none : words.intro}</p>
        {requests.length > 0 && (
          <ul class="trellis-rows">
            {requests.map((request) => (
              <Row ask={ask} request={request} />
            ))}
          </ul>
        )}
        <Form ask={ask} once>
          <Input
            name="reference"
            label={{ text: words.reference, classes: 'govuk-label--m' }}
            hint={words.findHint}
            classes="govuk-input--width-20"
            autocomplete="off"
            value={typed(ask.form, 'reference')}
            errorMessage={errorFor(errors, 'reference')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        {answers && (
          <>
            <h2 class="govuk-heading-m">{words.disputes}</h2>
            <p class="govuk-body">{disputes.length === 0 ? words.noDisputes : words.disputesIntro}</p>
          </>
        )}
        {disputes.length > 0 && (
          <ul class="trellis-rows">
            {disputes.map((one) => (
              <li class="trellis-row">
                <div>
                  <Link href={ask.href(`/people/${one.subject_id}`)} classes="trellis-row__name">
                    {one.reference}
                  </Link>
                  <span class="trellis-row__more">{fill(words.due, { day: day(one.due_on) })}</span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  })
}

const Row = ({ ask, request }: { ask: Ask; request: AccessRequest }) => {
  const words = ask.w.rights.access.list
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/people/${request.subject_id}/access/${request.id}`)} classes="trellis-row__name">
          {request.reference}
        </Link>
        <span class="trellis-row__more">
          {request.agency}
          <br />
          {fill(words.due, { day: day(request.due_on) })}
        </span>
      </div>
      <div class="trellis-row__tags">
        <Late ask={ask} request={request} />
        {!request.identity_how && <Tag classes="govuk-tag--yellow">{words.identity}</Tag>}
      </div>
    </li>
  )
}

const week = 7 * 86_400_000

/** Whether a request is late, or will be in a week. */
export const Late = ({ ask, request }: { ask: Ask; request: AccessRequest }) => {
  const words = ask.w.rights.access.list
  if (request.closed) return null
  const now = ask.house.now()
  if (request.due_on < localDate(now, ask.place.zone)) return <Tag classes="govuk-tag--red">{words.late}</Tag>
  const soon = request.due_on <= localDate(new Date(now.getTime() + week), ask.place.zone)
  return soon ? <Tag classes="govuk-tag--orange">{words.soon}</Tag> : null
}
