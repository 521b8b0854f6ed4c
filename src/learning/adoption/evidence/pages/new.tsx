import { z } from 'zod'
import { localDate, NotFound } from '../../../../platform/index.ts'
import {
  errorFor,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Read,
} from '../../../../web/index.ts'
import { strengths } from '../../../codes.ts'
import { begins, Keeps, keeps } from '../../pages/keeps.tsx'
import { Line, mayLine, mustLine, mustWords, onePage, WordsBox, workerOf } from '../../pages/frame.tsx'
import { evidenceKinds, type EvidenceSaid } from '../evidence.ts'
import { addEvidence, correctEvidence } from '../keep.ts'
import { evidenceWith } from '../queries.ts'

/** A piece of evidence is written down. */
export const newEvidencePage = begins((ask) => view(ask))

export const sendNewEvidence = keeps(async (ask) => {
  const read = readEvidence(ask)
  if (!read.ok) return view(ask, read.errors)
  const id = await addEvidence(ask.tx, workerOf(ask), read.value, ask.house.now())
  return redirect(`/evidence/${id}?done=evidence-added`)
})

/** And put right. */
export const changeEvidencePage = begins(async (ask) => {
  const { id: _, added_by: __, added_at: ___, year, ...said } = await here(ask)
  return view('begun' in ask.form ? ask : { ...ask, form: { ...said, year: String(year) } })
})

export const sendChangeEvidence = keeps(async (ask) => {
  const { id } = await here(ask)
  const read = readEvidence(ask)
  if (!read.ok) return view(ask, read.errors)
  await correctEvidence(ask.tx, workerOf(ask), id, read.value)
  return redirect(`/evidence/${id}?done=evidence-corrected`)
})

/** @throws {NotFound} */
export const here = async (ask: Ask) => {
  const found = await evidenceWith(ask.tx, ask.viewer.partnership, ask.params['id']!)
  if (!found) throw new NotFound()
  return found
}

const readEvidence = (ask: Ask): Read<EvidenceSaid> => {
  const words = ask.w.adoption.evidence.new
  const thisYear = Number(localDate(ask.house.now(), ask.place.zone).slice(0, 4))
  return readForm(
    z.strictObject({
      kind: z.enum(evidenceKinds, words.kindMissing),
      title: mustLine(ask, words.titleMissing),
      source: mustLine(ask, words.sourceMissing),
      link: mayLine(ask).refine((said) => said === '' || isAddress(said), words.linkWrong),
      year: z
        .string(words.yearWrong)
        .trim()
        .regex(/^\d{4}$/, words.yearWrong)
        .transform(Number)
        .refine((year) => year >= 1900 && year <= thisYear, words.yearWrong),
      summary: mustWords(ask, words.summaryMissing),
      strength: z.enum(strengths.map(({ code }) => code) as [string, ...string[]], words.strengthMissing),
    }),
    ask.form,
  )
}

/** A page on the web, and nothing that runs. */
const isAddress = (said: string): boolean => /^https?:\/\//i.test(said) && URL.canParse(said)

const view: (ask: Ask, errors?: readonly FieldError[]) => ReturnType<Handler> = (ask, errors = []) => {
  const { new: words, kinds } = ask.w.adoption.evidence
  const isNew = !ask.params['id']
  const box = { ask, errors }
  const legend = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } })
  return onePage({
    ask,
    title: isNew ? words.title : words.changeTitle,
    back: isNew
      ? { href: '/evidence', text: ask.w.adoption.evidence.title }
      : { href: `/evidence/${ask.params['id']}`, text: ask.w.common.back },
    errors,
    script: 'keep',
    children: (
      <Keeps ask={ask} button={isNew ? words.button : words.changeButton}>
        <Radios
          name="kind"
          fieldset={legend(words.kind)}
          value={typed(ask.form, 'kind')}
          errorMessage={errorFor(errors, 'kind')}
          items={evidenceKinds.map((value) => ({ value, text: kinds[value], hint: words.kindHints[value] }))}
        />
        <Line {...box} name="title" label={words.name} />
        <Line {...box} name="source" label={words.source} hint={words.sourceHint} />
        <Line {...box} name="link" label={words.link} hint={words.linkHint} inputmode="url" />
        <Line {...box} name="year" label={words.year} classes="govuk-input--width-4" inputmode="numeric" />
        <WordsBox {...box} name="summary" label={words.summary} hint={words.summaryHint} rows={6} />
        <Radios
          name="strength"
          fieldset={legend(words.strength)}
          value={typed(ask.form, 'strength')}
          errorMessage={errorFor(errors, 'strength')}
          items={strengths.map(({ code, label, means }) => ({ value: code, text: label, hint: means }))}
        />
      </Keeps>
    ),
  })
}
