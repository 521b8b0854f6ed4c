import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  ticked,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { enterLibrary } from '../enter.ts'
import { StrengthRadios, strengthTyped, ThemeBoxes, themesTyped } from '../parts/finding-fields.tsx'

/** /library/new: a practice note or a tool, published at once by whoever leads learning. */
export const newEntry = (ask: Ask): Answer => show(ask, [])

export const addEntry = async (ask: Ask): Promise<Answer> => {
  const { errors: say } = ask.w.library.new
  const text = (missing: string, most: number) => z.string().trim().min(1, missing).max(most, say.long)
  const schema = z.strictObject({
    kind: z.enum(['practice-note', 'tool'], say.kind),
    title: text(say.title, 200),
    summary: text(say.summary, 600),
    prose: text(say.prose, 100_000),
    finding: z.string().trim().max(600, say.long),
    themes: themesTyped(say.themes),
    strength: strengthTyped(say.strength),
    region: text(say.region, 80),
    year: z.coerce.number(say.year).int(say.year).min(1900, say.year).max(2200, say.year),
    sure: z.literal('yes', say.sure),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return show(ask, read.errors)
  const { finding, themes: about, strength, sure: _, ...told } = read.value
  const words = finding === '' ? told.summary : finding
  const { slug } = await enterLibrary(
    ask.tx,
    ask.viewer as StaffViewer,
    {
      ...told,
      area: ask.place.place,
      size: '',
      methodology: '',
      areas: [],
      report: null,
      draft: null,
      findings: [{ words, themes: about, boundary: '', strength, source: { field: 'prose', paragraph: 0 } }],
    },
    ask.house.now(),
  )
  return redirect(`/library/${slug}`)
}

const show = (ask: Ask, errors: FieldError[]): Answer => {
  const w = ask.w.library.new
  const label = (text: string) => ({ text, classes: 'govuk-label--s' })
  const line = (name: 'title' | 'region' | 'year', text: string, value = typed(ask.form, name)) => (
    <Input
      name={name}
      label={label(text)}
      value={value}
      errorMessage={errorFor(errors, name)}
      {...(name === 'year' && { inputmode: 'numeric' as const, classes: 'govuk-input--width-4' })}
    />
  )
  const box = (name: 'summary' | 'prose' | 'finding', text: string, hint: string, rows: number) => (
    <Textarea
      name={name}
      label={label(text)}
      hint={hint}
      rows={rows}
      errorMessage={errorFor(errors, name)}
      value={`\n${typed(ask.form, name)}`}
    />
  )
  return page({
    title: w.title,
    frame: 'staff',
    status: errors.length > 0 ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{w.title}</Title>
        <p class="govuk-body">{w.lead}</p>
        <Form ask={ask} once>
          <Radios
            name="kind"
            fieldset={{ legend: { text: w.kind, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'kind')}
            errorMessage={errorFor(errors, 'kind')}
            items={Object.entries(w.kinds).map(([value, text]) => ({ value, text }))}
          />
          {line('title', w.name)}
          {box('summary', w.summary, w.summaryHint, 3)}
          {box('prose', w.prose, w.proseHint, 14)}
          {box('finding', w.finding, w.findingHint, 3)}
          <ThemeBoxes ask={ask} errors={errors} label={w.themes} />
          <StrengthRadios ask={ask} errors={errors} label={w.strength} />
          {line('region', w.region)}
          {line('year', w.year, typed(ask.form, 'year') || String(ask.house.now().getUTCFullYear()))}
          <Checkboxes
            name="sure"
            values={ticked(ask.form, 'sure')}
            errorMessage={errorFor(errors, 'sure')}
            items={[{ value: 'yes', text: w.sure }]}
          />
          <Button preventDoubleClick>{w.publish}</Button>
        </Form>
      </>
    ),
  })
}
