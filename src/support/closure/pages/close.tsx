import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  errorFor,
  Form,
  InsetText,
  needDate,
  readForm,
  redirect,
  Select,
  typed,
  WarningText,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { ownersFor, type Owners } from '../../plan/owners.ts'
import { counted } from '../../plan/pages/dates.ts'
import { formPage, most_words, tooLong, withPlan, WordsBox } from '../../plan/pages/frame.tsx'
import { HeardFields, heardBoxes, readHeard } from '../../plan/pages/heard.tsx'
import { isOpen } from '../../plan/plan.ts'
import { actionsOf } from '../../plan/queries.ts'
import { closePlan } from '../close.ts'
import { isNearEighteen } from '../closure.ts'
import { saidBeforeClosing } from '../said-before.ts'

/** Closing with watch: who keeps it and until when, who stays, what they say, what would show that it comes back. */
export const closePage = withPlan(async (ask, at) =>
  view({ ...ask, form: await saidBeforeClosing(ask, at) }, at, await there(ask, at)),
)

export const sendClose = withPlan(async (ask, at) => {
  const shown = await there(ask, at)
  const words = ask.w.plan.close
  const box = (missing: string) => z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask))
  const { people } = shown.owners
  const schema = z
    .strictObject({
      keeper: z.string(words.keeperMissing).refine((id) => people.some((one) => one.id === id), words.keeperMissing),
      ...dateBoxes(ask, 'until'),
      stays: box(words.staysMissing),
      ...heardBoxes(ask),
      signs: box(words.signsMissing),
      instead: box(words.insteadMissing),
    })
    .transform((value, ctx) => {
      const until_on = needDate(ask, value, 'until', { today: '9999-12-31', missing: words.untilMissing, ctx })
      if (until_on && until_on <= at.today)
        ctx.addIssue({ code: 'custom', message: words.untilPast, path: ['until-day'] })
      const { keeper, stays, signs, instead } = value
      return { keeper, until_on, stays, signs, instead, person: readHeard(ask, value, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, shown, read.errors)
  const closed = await closePlan(ask.tx, ask.house.keys, at.worker, at.subject, read.value, {
    at: at.now,
    today: at.today,
  })
  return redirect(`/people/${at.subject.id}/plan?done=${closed === 'closed' ? 'closed' : 'waits'}`)
})

type There = { owners: Owners; open: number }
const there = async (ask: Ask, at: Through): Promise<There> => {
  const actions = await actionsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  return { owners: await ownersFor(ask, at), open: actions.filter(isOpen).length }
}

const view = (ask: Ask, at: Through, { owners, open }: There, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.close
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <>
        <InsetText>{words.intro}</InsetText>
        {isNearEighteen(at.subject.adult_from, at.today) && <WarningText>{words.near}</WarningText>}
        {open > 0 && <p class="govuk-body">{counted(words.open, open)}</p>}
        {errors.length === 0 && typed(ask.form, 'stays') && <p class="govuk-body">{ask.w.plan.ladder.carried}</p>}
        <Form ask={ask} once>
          <Select
            name="keeper"
            label={{ text: words.keeper, classes: 'govuk-label--s' }}
            hint={words.keeperHint}
            value={typed(ask.form, 'keeper')}
            errorMessage={errorFor(errors, 'keeper')}
            items={[
              { value: '', text: '' },
              ...owners.people.map(({ id, name, agency }) => ({ value: id, text: `${name}, ${agency}` })),
            ]}
          />
          <DateBoxes
            ask={ask}
            name="until"
            legend={words.until}
            hint={words.untilHint}
            form={ask.form}
            errors={errors}
          />
          <WordsBox ask={ask} name="stays" label={words.stays} hint={words.staysHint} errors={errors} />
          <HeardFields ask={ask} errors={errors} />
          <WordsBox ask={ask} name="signs" label={words.signs} hint={words.signsHint} errors={errors} />
          <WordsBox ask={ask} name="instead" label={words.instead} hint={words.insteadHint} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
