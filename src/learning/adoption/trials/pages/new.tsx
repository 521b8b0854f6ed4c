import { z } from 'zod'
import { localDate, NotFound } from '../../../../platform/index.ts'
import {
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  InsetText,
  Link,
  needDate,
  Radios,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../../web/index.ts'
import { labelIn, strengths } from '../../../codes.ts'
import { mustWords, onePage, WordsBox, workerOf } from '../../pages/frame.tsx'
import { begins, Keeps, keeps } from '../../pages/keeps.tsx'
import { adopt } from '../adopt.ts'
import { ownersFor } from '../owners.ts'
import { findingHref, findingWith } from '../queries.ts'

/** Takes up a finding of the library: what will be tried, what somebody thinks will happen, and who owns it here. */
export const newTrialPage = begins(async (ask) => {
  const there = await around(ask)
  const today = localDate(ask.house.now(), ask.place.zone)
  return view(
    'begun' in ask.form ? ask : { ...ask, form: { owner: workerOf(ask).staff, ...dateShown('starts', today) } },
    there,
  )
})

export const sendNewTrial = keeps(async (ask) => {
  const there = await around(ask)
  const words = ask.w.adoption.trials.new
  const read = readForm(
    z
      .strictObject({
        trying: mustWords(ask, words.tryingMissing),
        hypothesis: mustWords(ask, words.hypothesisMissing),
        ...dateBoxes(ask, 'starts'),
        owner: z.enum(there.owners.map(({ value }) => value) as [string, ...string[]], words.ownerMissing),
        named: z.enum(['yes', 'no'], words.namedMissing),
      })
      .transform((value, ctx) => ({
        trying: value.trying,
        hypothesis: value.hypothesis,
        owner: value.owner,
        named: value.named === 'yes',
        starts_on: needDate(ask, value, 'starts', { today: '9999-12-31', missing: words.startsMissing, ctx }),
      })),
    ask.form,
  )
  if (!read.ok) return view(ask, there, read.errors)
  const id = await adopt(ask.tx, workerOf(ask), there.finding, read.value, ask.house.now())
  return redirect(`/adoption/${id}?done=adopted`)
})

const around = async (ask: Ask) => {
  const finding = await findingWith(ask.tx, ask.params['finding']!)
  if (!finding) throw new NotFound()
  return { finding, owners: await ownersFor(ask.tx, workerOf(ask), ask.house.now()) }
}
type Around = Awaited<ReturnType<typeof around>>

const view = (ask: Ask, { finding, owners }: Around, errors: readonly FieldError[] = []) => {
  const words = ask.w.adoption.trials.new
  const box = { ask, errors }
  return onePage({
    ask,
    title: words.title,
    back: { href: findingHref(finding), text: finding.title },
    errors,
    script: 'keep',
    children: (
      <>
        <InsetText>
          <p class="govuk-body govuk-!-font-weight-bold">{finding.words}</p>
          <Link href={ask.href(findingHref(finding))}>{finding.title}</Link>
          <span class="trellis-row__more">
            {finding.area}. {labelIn(strengths, finding.strength)}
          </span>
        </InsetText>
        <Keeps ask={ask} button={words.button}>
          <WordsBox {...box} name="trying" label={words.trying} hint={words.tryingHint} />
          <WordsBox {...box} name="hypothesis" label={words.hypothesis} hint={words.hypothesisHint} />
          <DateBoxes ask={ask} name="starts" legend={words.starts} form={ask.form} errors={errors} />
          <Select
            name="owner"
            label={{ text: words.owner, classes: 'govuk-label--s' }}
            hint={words.ownerHint}
            value={typed(ask.form, 'owner')}
            errorMessage={errorFor(errors, 'owner')}
            items={owners}
          />
          <Radios
            name="named"
            fieldset={{ legend: { text: words.named, classes: 'govuk-fieldset__legend--s' } }}
            hint={words.namedHint}
            value={typed(ask.form, 'named')}
            errorMessage={errorFor(errors, 'named')}
            items={(['yes', 'no'] as const).map((value) => ({ value, text: words.namedAnswers[value] }))}
          />
        </Keeps>
      </>
    ),
  })
}
