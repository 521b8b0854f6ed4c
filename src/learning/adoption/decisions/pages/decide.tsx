import { z } from 'zod'
import { localDate, NotFound } from '../../../../platform/index.ts'
import {
  Checkboxes,
  DateBoxes,
  dateBoxes,
  Details,
  errorFor,
  needDate,
  Radios,
  readForm,
  redirect,
  ticked,
  typed,
  type Ask,
  type FieldError,
} from '../../../../web/index.ts'
import { labelIn, strengths } from '../../../codes.ts'
import { evidenceOf } from '../../evidence/queries.ts'
import { trialsOf } from '../../trials/queries.ts'
import { Line, mustLine, mustWords, onePage, Said, someOf, WordsBox, workerOf } from '../../pages/frame.tsx'
import { begins, Keeps, keeps } from '../../pages/keeps.tsx'
import { decideProgramme } from '../decide.ts'
import { outcomes, prompts, type Cited, type DecisionSaid } from '../decision.ts'
import { programmeWith } from '../queries.ts'

/** What is decided of a programme: by which evidence, what else was thought of, why, who decided, and when to look again. */
export const decidePage = begins(async (ask) => view(ask, await around(ask)))

export const sendDecide = keeps(async (ask) => {
  const there = await around(ask)
  const read = readDecision(ask, there)
  if (!read.ok) return view(ask, there, read.errors)
  await decideProgramme(ask.tx, workerOf(ask), there.programme.id, read.value, ask.house.now())
  return redirect(`/decisions/${there.programme.id}?done=decided`)
})

/** @throws {NotFound} */
export const programmeHere = async (ask: Ask) => {
  const found = await programmeWith(ask.tx, ask.viewer.partnership, ask.params['id']!)
  if (!found) throw new NotFound()
  return found
}

/** The programme, and what there is to cite. */
const around = async (ask: Ask) => {
  const programme = await programmeHere(ask)
  const evidence = (await evidenceOf(ask.tx, ask.viewer.partnership)).map(({ id, title, source, year, strength }) => ({
    value: id,
    text: title,
    hint: `${source}, ${year}. ${labelIn(strengths, strength)}`,
  }))
  const findings = (await trialsOf(ask.tx, ask.viewer.partnership)).flatMap(({ id, finding }) =>
    finding ? [{ value: id, text: finding.words, hint: finding.area }] : [],
  )
  return { programme, evidence, findings }
}
type Around = Awaited<ReturnType<typeof around>>

const readDecision = (ask: Ask, { evidence, findings }: Around) => {
  const words = ask.w.adoption.decisions.decide
  const today = localDate(ask.house.now(), ask.place.zone)
  return readForm(
    z
      .strictObject({
        evidence: someOf(ask, evidence),
        findings: someOf(ask, findings),
        alternatives: mustWords(ask, words.alternativesMissing),
        outcome: z.enum(outcomes, words.outcomeMissing),
        why: mustWords(ask, words.whyMissing),
        care: mustWords(ask, words.promptMissing),
        boundary: mustWords(ask, words.promptMissing),
        curiosity: mustWords(ask, words.promptMissing),
        decided_by: mustLine(ask, words.byMissing),
        ...dateBoxes(ask, 'decided'),
        ...dateBoxes(ask, 'review'),
      })
      .transform((value, ctx): { said: DecisionSaid; cited: Cited } => {
        const decided_on = needDate(ask, value, 'decided', { today, missing: words.decidedMissing, ctx })
        const review_on = needDate(ask, value, 'review', { today: '9999-12-31', missing: words.reviewMissing, ctx })
        if (decided_on && review_on && review_on <= decided_on)
          ctx.addIssue({ code: 'custom', message: words.reviewAfter, path: ['review-day'] })
        const { outcome, alternatives, why, decided_by, care, boundary, curiosity } = value
        return {
          said: { outcome, alternatives, why, decided_by, care, boundary, curiosity, decided_on, review_on },
          cited: { evidence: value.evidence, findings: value.findings },
        }
      }),
    ask.form,
  )
}

const view = (ask: Ask, { programme, evidence, findings }: Around, errors: readonly FieldError[] = []) => {
  const { decide: words, outcomes: labels } = ask.w.adoption.decisions
  const box = { ask, errors }
  const legend = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } })
  return onePage({
    ask,
    title: words.title,
    caption: programme.name,
    back: { href: `/decisions/${programme.id}`, text: programme.name },
    errors,
    script: 'keep',
    children: (
      <>
        <Details summary={words.aboutIt}>
          <Said>{programme.about}</Said>
        </Details>
        <Keeps ask={ask} button={words.button}>
          {evidence.length === 0 ? (
            <p class="govuk-body">{words.noEvidence}</p>
          ) : (
            <Checkboxes
              name="evidence"
              fieldset={legend(words.evidence)}
              hint={words.evidenceHint}
              values={ticked(ask.form, 'evidence')}
              errorMessage={errorFor(errors, 'evidence')}
              items={evidence}
            />
          )}
          {findings.length > 0 && (
            <Checkboxes
              name="findings"
              fieldset={legend(words.findings)}
              hint={words.findingsHint}
              values={ticked(ask.form, 'findings')}
              errorMessage={errorFor(errors, 'findings')}
              items={findings}
            />
          )}
          <WordsBox {...box} name="alternatives" label={words.alternatives} hint={words.alternativesHint} />
          <Radios
            name="outcome"
            fieldset={legend(words.outcome)}
            value={typed(ask.form, 'outcome')}
            errorMessage={errorFor(errors, 'outcome')}
            items={outcomes.map((value) => ({ value, text: labels[value], hint: words.hints[value] }))}
          />
          <WordsBox {...box} name="why" label={words.why} />
          <h2 class="govuk-heading-m">{words.dots}</h2>
          <p class="govuk-body">{words.dotsIntro}</p>
          {prompts.map((prompt) => (
            <WordsBox {...box} name={prompt} label={words.prompts[prompt].label} hint={words.prompts[prompt].asks} />
          ))}
          <Line {...box} name="decided_by" label={words.by} hint={words.byHint} />
          <DateBoxes ask={ask} name="decided" legend={words.decided} form={ask.form} errors={errors} />
          <DateBoxes
            ask={ask}
            name="review"
            legend={words.review}
            hint={words.reviewHint}
            form={ask.form}
            errors={errors}
          />
        </Keeps>
      </>
    ),
  })
}
