import { z } from 'zod'
import { isId, NotFound, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { boundaries, labelIn, themes } from '../../codes.ts'
import { contentOf } from '../../report/read.ts'
import { addFinding, draftFindings, dropFinding } from '../draft-findings.ts'
import { StrengthRadios, strengthTyped, ThemeBoxes, themesTyped } from '../parts/finding-fields.tsx'
import { strengthOf } from '../parts/listed.tsx'
import { passagesOf, type Passage } from '../passages.ts'

/** /learning/reports/:id/findings?field=&paragraph=: pick a paragraph of a report, and say it as a finding. */
export const findings = async (ask: Ask): Promise<Answer> => {
  const passages = await passagesIn(ask)
  return show(ask, passages, chosenFrom(passages, ask.query['field'], ask.query['paragraph']), [])
}

export const pick = async (ask: Ask): Promise<Answer> => {
  const passages = await passagesIn(ask)
  const { field, paragraph, ...form } = ask.form
  const chosen = chosenFrom(passages, String(field), String(paragraph))
  if (!chosen) throw new NotFound()
  const { errors: say } = ask.w.library.draft
  const schema = z.strictObject({
    words: z.string().trim().min(1, say.words).max(600, say.long),
    themes: themesTyped(say.themes),
    boundary: z.enum(['none', ...boundaries.map(({ code }) => code)], say.boundary),
    strength: strengthTyped(say.strength),
  })
  const read = readForm(schema, form)
  if (!read.ok) return show(ask, passages, chosen, read.errors)
  const { boundary, ...told } = read.value
  await addFinding(
    ask.tx,
    ask.viewer as StaffViewer,
    reportIn(ask),
    {
      ...told,
      boundary: boundary === 'none' ? '' : boundary,
      source: { field: chosen.field, paragraph: chosen.paragraph },
      quoted: chosen.text,
    },
    ask.house.now(),
  )
  return redirect(`/learning/reports/${reportIn(ask)}/findings`)
}

export const drop = async (ask: Ask): Promise<Answer> => {
  await passagesIn(ask)
  const finding = ask.params['finding'] ?? ''
  if (!isId(finding)) throw new NotFound()
  if (!(await dropFinding(ask.tx, ask.viewer as StaffViewer, reportIn(ask), finding))) throw new NotFound()
  return redirect(`/learning/reports/${reportIn(ask)}/findings`)
}

const reportIn = ({ params }: Ask): string => params['id'] ?? ''

/** @throws {NotFound} for a report that is not the viewer's to read */
const passagesIn = async (ask: Ask): Promise<Passage[]> =>
  passagesOf({ report: await contentOf(ask.tx, ask.viewer, reportIn(ask)), prose: '' })

const chosenFrom = (passages: readonly Passage[], field?: string, paragraph?: string): Passage | undefined =>
  passages.find((one) => one.field === field && String(one.paragraph) === paragraph)

const show = async (
  ask: Ask,
  passages: readonly Passage[],
  chosen: Passage | undefined,
  errors: FieldError[],
): Promise<Answer> => {
  const w = ask.w.library.draft
  const report = await ask.tx
    .selectFrom('learning_report')
    .select('title')
    .where('partnership_id', '=', ask.viewer.partnership)
    .where('id', '=', reportIn(ask))
    .executeTakeFirstOrThrow()
  const title = fill(w.title, { title: report.title })
  return page({
    title,
    frame: 'staff',
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href(`/learning/reports/${reportIn(ask)}`)}>{w.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {!chosen && <p class="govuk-body">{w.lead}</p>}
        {chosen && <Say {...{ ask, chosen, errors }} />}
        <Picked
          ask={ask}
          passages={passages}
          picked={await draftFindings(ask.tx, ask.viewer.partnership, reportIn(ask))}
        />
        <Paragraphs ask={ask} passages={passages} />
      </>
    ),
  })
}

const Say = ({ ask, chosen, errors }: { ask: Ask; chosen: Passage; errors: FieldError[] }) => {
  const w = ask.w.library.draft
  return (
    <>
      <h2 class="govuk-heading-m">{w.chosen}</h2>
      <InsetText>{chosen.text}</InsetText>
      <Form ask={ask} once>
        <input type="hidden" name="field" value={chosen.field} />
        <input type="hidden" name="paragraph" value={chosen.paragraph} />
        <Textarea
          name="words"
          label={{ text: w.words, classes: 'govuk-label--s' }}
          hint={w.wordsHint}
          rows={3}
          errorMessage={errorFor(errors, 'words')}
          value={`\n${typed(ask.form, 'words')}`}
        />
        <ThemeBoxes ask={ask} errors={errors} label={w.themes} />
        <Radios
          name="boundary"
          classes="govuk-radios--small"
          fieldset={{ legend: { text: w.boundary, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'boundary')}
          errorMessage={errorFor(errors, 'boundary')}
          items={[
            ...boundaries.map(({ code, label }) => ({ value: code, text: label })),
            { value: 'none', text: w.noBoundary },
          ]}
        />
        <StrengthRadios ask={ask} errors={errors} label={w.strength} />
        <Button preventDoubleClick>{w.add}</Button>
      </Form>
    </>
  )
}

type PickedProps = { ask: Ask; passages: readonly Passage[]; picked: Awaited<ReturnType<typeof draftFindings>> }
const Picked = ({ ask, passages, picked }: PickedProps) => {
  const w = ask.w.library.draft
  const now = (field: string, paragraph: number) => chosenFrom(passages, field, String(paragraph))?.text
  return (
    <>
      <h2 class="govuk-heading-m">{w.picked}</h2>
      {picked.length === 0 && <p class="govuk-body">{w.none}</p>}
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {picked.map((one, at) => (
          <li>
            {one.words}
            <p class="trellis-found__text">
              {[
                strengthOf(one.strength),
                one.boundary && labelIn(boundaries, one.boundary),
                ...one.themes.map((code) => labelIn(themes, code)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {now(one.field, one.paragraph) !== one.quoted && (
              <p class="trellis-found__text">{fill(w.moved, { quoted: one.quoted })}</p>
            )}
            <Form ask={ask} action={`/learning/reports/${one.report_id}/findings/${one.id}/drop`} once>
              <button class="trellis-link-button">{fill(w.drop, { number: at + 1 })}</button>
            </Form>
          </li>
        ))}
      </ol>
    </>
  )
}

const Paragraphs = ({ ask, passages }: { ask: Ask; passages: readonly Passage[] }) => {
  const w = ask.w.library.draft
  const fields = ask.w.library.entry.fields
  return (
    <>
      <h2 class="govuk-heading-m">{w.paragraphs}</h2>
      {passages.length === 0 && <p class="govuk-body">{w.empty}</p>}
      {passages.map(({ field, paragraph, text }, at) => (
        <>
          {passages[at - 1]?.field !== field && <h3 class="govuk-heading-s">{fields[field as keyof typeof fields]}</h3>}
          <p class="govuk-body">
            {text}{' '}
            <a
              class="govuk-link trellis-from-here"
              href={`${ask.href(ask.path.replace(/\/$/, ''))}?${new URLSearchParams({ field, paragraph: String(paragraph) }).toString()}`}
            >
              {w.choose}
              <span class="govuk-visually-hidden">
                : {fields[field as keyof typeof fields]} {paragraph}
              </span>
            </a>
          </p>
        </>
      ))}
    </>
  )
}
