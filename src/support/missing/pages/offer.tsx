import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { frameOn, type Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  errorFor,
  Form,
  Input,
  InsetText,
  needDate,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { offerTalk } from '../back.ts'
import { answers, type Episode } from '../missing.ts'
import { episodePath, withEpisode } from './frame.tsx'
import { readWhen, WhenBoxes, whenBoxes, whenShown } from './when.tsx'

/** A conversation was offered, and what they answered. */
export const offerPage = withEpisode((ask, at, episode) =>
  view({ ...ask, form: { ...whenShown(ask, 'offered', at.now), by: at.worker.name } }, at, returned(episode)),
)

export const sendOffer = withEpisode(async (ask, at, episode) => {
  const { ended_at } = returned(episode)
  const words = ask.w.missing.offer
  const spare = z.string().trim().max(most_words, tooLong(ask)).default('')
  const schema = z
    .strictObject({
      ...whenBoxes(ask, 'offered'),
      by: z.string(words.byMissing).trim().min(1, words.byMissing).max(most_words, tooLong(ask)),
      independent: z.enum(['yes', 'no'], words.independentMissing),
      answer: z.enum(answers, words.answerMissing),
      spoke: spare,
      carer: spare,
      why: spare,
      ...dateBoxes(ask, 'again'),
    })
    .transform((value, ctx) => {
      const wrong = (field: string, message: string) => ctx.addIssue({ code: 'custom', message, path: [field] })
      const offered_at = readWhen(ask, value, 'offered', { now: at.now, missing: words.offeredMissing, ctx })
      if (offered_at && offered_at < ended_at) wrong('offered-day', words.early)
      const { answer, by, spoke, carer, why } = value
      const common = { offered_at: offered_at!, offered_by: by, independent: value.independent === 'yes' }
      if (answer === 'accepted') return { ...common, answer }
      if (!spoke) wrong('spoke', words.spokeMissing)
      const again_on = needDate(ask, value, 'again', { today: '9999-12-31', missing: words.againMissing, ctx })
      if (again_on && again_on < at.today) wrong('again-day', words.againPast)
      return { ...common, answer, spoke, carer, why, again_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, episode, read.errors)
  const of = { keys: ask.house.keys, subject: at.subject, episode: episode.id }
  await offerTalk(ask.tx, at.worker, of, read.value, at.now)
  return redirect(`${episodePath(at, episode)}?done=offered`)
})

/** Nobody is offered anything while they are missing. @throws {NotFound} */
export const returned = (episode: Episode): Episode & { ended_at: Date } => {
  const { ended_at } = episode
  if (!ended_at) throw new NotFound()
  return { ...episode, ended_at }
}

const view = (ask: Ask, at: Through, episode: Episode, errors: readonly FieldError[] = []) => {
  const { missing } = ask.w
  const words = missing.offer
  const adult = frameOn(at.subject.adult_from, at.today) === 'adult'
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: episodePath(at, episode), text: missing.title },
    children: (
      <>
        <InsetText>{adult ? words.introAdult : words.intro}</InsetText>
        <Form ask={ask} once>
          <WhenBoxes ask={ask} name="offered" legend={words.offered} errors={errors} />
          <WhoSpoke ask={ask} label={words.by} errors={errors} />
          <Radios
            name="answer"
            fieldset={{ legend: { text: words.answer, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'answer')}
            errorMessage={errorFor(errors, 'answer')}
            items={answers.map((value) => ({ value, text: missing.answers[value] }))}
          />
          <h2 class="govuk-heading-m">{words.not}</h2>
          <WordsBox ask={ask} name="spoke" label={words.spoke} errors={errors} />
          <WordsBox ask={ask} name="carer" label={words.carer} errors={errors} />
          <WordsBox ask={ask} name="why" label={words.why} errors={errors} />
          <DateBoxes ask={ask} name="again" legend={words.again} form={ask.form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

/** Who it was, and whether they are independent of those who look after the person. */
export const WhoSpoke = ({ ask, label, errors }: { ask: Ask; label: string; errors: readonly FieldError[] }) => {
  const words = ask.w.missing.offer
  return (
    <>
      <Input
        name="by"
        label={{ text: label, classes: 'govuk-label--s' }}
        value={typed(ask.form, 'by')}
        errorMessage={errorFor(errors, 'by')}
        autocomplete="off"
      />
      <Radios
        name="independent"
        fieldset={{ legend: { text: words.independent, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'independent')}
        errorMessage={errorFor(errors, 'independent')}
        items={(['yes', 'no'] as const).map((value) => ({ value, text: words[value] }))}
      />
    </>
  )
}
