import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Details,
  dropDraft,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  InsetText,
  page,
  Radios,
  readForm,
  redirect,
  SummaryList,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { beginReport } from '../../report/begin.ts'
import { readingIn, type Begun } from '../begun.ts'
import { placed, places, type PlaceFor } from '../place.ts'
import type { Field, Reading } from '../read.ts'
import { doubtOf, outcomeOf, whereOf } from '../said.ts'
import { Leftover } from './leftover.tsx'

/** What was read in a file: each box with where it came from, what stands in none, and what to look at. */
export const confirmPage: Handler = async (ask) => view(ask, (await readingIn(ask)).answers)

const formOf = (ask: Ask) =>
  z.object({
    title: z
      .string()
      .trim()
      .min(1, ask.w.learningReading.confirm.noTitle)
      .max(200, ask.w.learningReading.confirm.longTitle),
    consent: z.enum(['yes', 'no', 'unsaid']).optional(),
    rest: z.string().optional(),
  })

export const sendConfirm: Handler = async (ask) => {
  const draft = await readingIn(ask)
  const { name, reading } = draft.answers
  if (typed(ask.form, 'do') === 'drop') {
    await dropDraft(ask, draft)
    return redirect(ask.href('/learning/reports/read'))
  }
  const read = readForm(formOf(ask), ask.form)
  if (!read.ok) return view(ask, draft.answers, read.errors)
  const { title, consent, rest = '' } = read.value
  const to = reading.left.map((_, at) => placeOf(typed(ask.form, `place-${at}`)) ?? placeOf(rest))
  const content = placed(reading.content, reading.left, to)
  if (consent !== undefined) content.consent = consent === 'unsaid' ? null : consent === 'yes'
  const report = { project: null, title, content, source: name }
  const id = await beginReport(ask.tx, ask.viewer as StaffViewer, report, ask.house.now())
  await dropDraft(ask, draft)
  return redirect(ask.href(`/learning/reports/${id}`))
}

const placeOf = (typed: string): PlaceFor | undefined => places.find((place) => place === typed)

const view = (ask: Ask, { name, reading }: Begun, errors: readonly FieldError[] = []) => {
  const w = ask.w.learningReading
  const words = w.confirm
  const { content, doubts, found, left, missing, title } = reading
  const isForm = found.length > 0
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/learning/reports/read')}>{w.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={name}>{words.title}</Title>
        <InsetText>
          {isForm ? fill(words.recognised, { found: fieldsOf(reading).length, left: left.length }) : words.noForm}
        </InsetText>
        <Form ask={ask}>
          <Input
            name="title"
            label={{ text: words.called, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'title') || (errors.length ? '' : title)}
            errorMessage={errorFor(errors, 'title')}
          />
          {doubts.length > 0 && (
            <>
              <h2 class="govuk-heading-m">{words.check}</h2>
              <ul class="govuk-list govuk-list--bullet">
                {doubts.map((doubt) => (
                  <li>
                    {doubtOf(w, doubt)} <span class="govuk-hint">({whereOf(w, reading.pages, doubt)})</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {content.consent === null && isForm && (
            <Radios
              name="consent"
              fieldset={{ legend: { text: words.consent, classes: 'govuk-fieldset__legend--s' } }}
              value={typed(ask.form, 'consent') || 'unsaid'}
              items={(['yes', 'no', 'unsaid'] as const).map((value) => ({ value, text: words.consents[value] }))}
            />
          )}
          {isForm && (
            <>
              <h2 class="govuk-heading-m">{words.found}</h2>
              <SummaryList
                rows={fieldsOf(reading).map((field) => ({
                  key: w.fields[field],
                  value: <Box ask={ask} reading={reading} field={field} />,
                }))}
              />
            </>
          )}
          {missing.length > 0 && isForm && (
            <p class="govuk-body">
              {fill(words.missing, { fields: missing.map((field) => w.fields[field]).join('; ') })}
            </p>
          )}
          <Leftover ask={ask} reading={reading} />
          <div class="govuk-button-group">
            <Button preventDoubleClick>{words.make}</Button>
            <Button name="do" value="drop" classes="govuk-button--secondary">
              {words.drop}
            </Button>
          </div>
        </Form>
      </>
    ),
  })
}

const fieldsOf = ({ found }: Reading): Field[] => [...new Set(found.map(({ field }) => field))]

/** As much as fits on a line; the rest is opened. */
const shown_most = 160

const Box = ({ ask, reading, field }: { ask: Ask; reading: Reading; field: Field }) => {
  const w = ask.w.learningReading
  const said = outcomeOf(w, reading, field)
  const from = reading.found.filter((one) => one.field === field)
  return (
    <>
      {said.length <= shown_most ? (
        <p class="govuk-body govuk-!-margin-bottom-1">{said || w.confirm.empty}</p>
      ) : (
        <Details summary={`${said.slice(0, shown_most).replace(/\s+\S*$/, '')}…`}>{paragraphs(said)}</Details>
      )}
      {field === 'issues' && reading.content.issues.length > 0 && (
        <Details summary={w.confirm.open}>{paragraphs(issuesSaid(reading))}</Details>
      )}
      {field === 'disruption' && reading.content.disruption.length > 0 && (
        <Details summary={w.confirm.open}>
          {paragraphs(reading.content.disruption.map(({ words }) => words).join('\n\n'))}
        </Details>
      )}
      <p class="govuk-hint govuk-!-margin-bottom-0">
        {fill(w.confirm.from, {
          where: from.map(({ from, to }) => whereOf(w, reading.pages, from, to)).join('; '),
          label: from[0]!.label,
        })}
      </p>
    </>
  )
}

const issuesSaid = ({ content }: Reading): string =>
  content.issues
    .map(({ heading, number, words, below }, at) => {
      const head = heading !== '' && heading !== content.issues[at - 1]?.heading ? `${heading}\n\n` : ''
      return head + [`${number} ${words}`, ...below.map((one) => `${one.number || '–'} ${one.words}`)].join('\n')
    })
    .join('\n\n')

const paragraphs = (prose: string) =>
  prose.split('\n\n').map((paragraph) => (
    <p class="govuk-body">
      {paragraph.split('\n').map((line, at) => (
        <>
          {at > 0 && <br />}
          {line}
        </>
      ))}
    </p>
  ))
