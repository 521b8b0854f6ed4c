import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { codesOf } from '../../../sharing/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { endMeeting } from '../../meetings/end.ts'
import { mayKeep } from '../../meetings/meeting.ts'
import { aboutMeeting, atMeeting, calledIn, disclosed, ownDisclosures, type AtMeeting } from './at-meeting.ts'

const most = 20_000

/** What became of a meeting: held or called off, what came of it, and what was shared in it. */
export const endPage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return there.answer
  if (!mayKeep(there.at.worker, there.meeting)) throw new NotFound()
  return view(ask, there)
}

export const sendEnd: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { at, meeting, base } = there
  const words = ask.w.subjects.meetings.end
  const schema = z
    .strictObject({
      outcome: z.enum(['held', 'called off'], words.outcomeMissing),
      words: z
        .string(words.wordsMissing)
        .regex(/\S/, words.wordsMissing)
        .max(most, fill(words.long, { most: most.toLocaleString('en-GB') })),
      disclosures: z.union([z.string(), z.array(z.string())]).default([]),
    })
    .superRefine(({ outcome }, ctx) => {
      if (outcome === 'held' && meeting.starts_at > at.now)
        ctx.addIssue({ code: 'custom', message: words.tooSoon, path: ['outcome'] })
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, there, read.errors)
  const known = new Set((await ownDisclosures(ask, there)).map(({ id }) => id))
  const ended = await endMeeting(
    ask.tx,
    ask.house.keys,
    at.worker,
    { subject: at.subject, meeting },
    {
      outcome: read.value.outcome,
      words: read.value.words,
      disclosures: [read.value.disclosures].flat().filter((id) => known.has(id)),
      entry: await entryOf(ask, there),
    },
    at.now,
  )
  if (ended === 'already') return view(ask, there, [{ field: 'words', text: words.already }])
  return redirect(`${base}?done=ended`)
}

/** What the chronology says of it: who was there by agency, by name nobody. */
const entryOf = async (ask: Ask, { meeting }: AtMeeting): Promise<string> => {
  const { end, kinds } = ask.w.subjects.meetings
  const called = await calledIn(ask, meeting)
  const there = meeting.attendees.filter(({ conflict_by }) => conflict_by === null)
  const present = new Set(there.map(({ of_agency_id }) => (of_agency_id ? called.agency(of_agency_id) : end.others)))
  return fill(end.entry, {
    kind: kinds[meeting.kind],
    agency: called.agency(meeting.agency_id),
    present: [...present].join(', '),
  })
}

const view = async (ask: Ask, there: AtMeeting, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.meetings.end
  const told = await ownDisclosures(ask, there)
  const called = await calledIn(ask, there.meeting, told)
  const codes = await codesOf(ask.tx, ask.place.id)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(there.base)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask} once>
          <Radios
            name="outcome"
            fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--m' } }}
            value={typed(ask.form, 'outcome')}
            errorMessage={errorFor(errors, 'outcome')}
            items={(['held', 'called off'] as const).map((value) => ({ value, text: words.outcomes[value] }))}
          />
          <Textarea
            name="words"
            label={words.words}
            hint={words.wordsHint}
            rows={8}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          {told.length > 0 && (
            <Checkboxes
              name="disclosures"
              fieldset={{ legend: { text: words.disclosures, classes: 'govuk-fieldset__legend--m' } }}
              hint={words.disclosuresHint}
              values={ticked(ask.form, 'disclosures')}
              items={told.map((one) => ({ value: one.id, text: disclosed(ask, codes, called, one) }))}
            />
          )}
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
