import { z } from 'zod'
import { frameOn, type Through } from '../../../subjects/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  Form,
  Input,
  InsetText,
  readForm,
  redirect,
  ticked,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { holdTalk } from '../back.ts'
import type { Episode } from '../missing.ts'
import { episodePath, withEpisode } from './frame.tsx'
import { returned, WhoSpoke } from './offer.tsx'
import { readWhen, WhenBoxes, whenBoxes, whenShown } from './when.tsx'

/** The conversation after they are back: their words first. With an adult only by consent. */
export const talkPage = withEpisode((ask, at, episode) =>
  view({ ...ask, form: { ...whenShown(ask, 'held', at.now), by: at.worker.name } }, at, returned(episode)),
)

export const sendTalk = withEpisode(async (ask, at, episode) => {
  const { ended_at } = returned(episode)
  const words = ask.w.missing.talk
  const spare = z.string().trim().max(most_words, tooLong(ask)).default('')
  const need = (missing: string) => z.string(missing).trim().min(1, missing).max(most_words, tooLong(ask))
  const schema = z
    .strictObject({
      agreed: z.string().default(''),
      said: need(words.saidMissing),
      push: spare,
      pull: spare,
      harm: spare,
      others: spare,
      actions: need(words.actionsMissing),
      shared: spare,
      ...whenBoxes(ask, 'held'),
      by: need(words.byMissing),
      independent: z.enum(['yes', 'no'], ask.w.missing.offer.independentMissing),
      where: need(words.whereMissing),
    })
    .transform((value, ctx) => {
      const held_at = readWhen(ask, value, 'held', { now: at.now, missing: words.heldMissing, ctx })
      if (held_at && held_at < ended_at) ctx.addIssue({ code: 'custom', message: words.early, path: ['held-day'] })
      if (isGrown(at) && value.agreed !== 'yes')
        ctx.addIssue({ code: 'custom', message: words.agreedMissing, path: ['agreed'] })
      const { by, independent, where, said, push, pull, harm, others, actions, shared } = value
      const parts = { where, said, push, pull, harm, others, actions, shared }
      return { held_at: held_at!, held_by: by, independent: independent === 'yes', ...parts }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, episode, read.errors)
  const of = { keys: ask.house.keys, subject: at.subject, episode: episode.id }
  await holdTalk(ask.tx, at.worker, of, read.value, at.now)
  return redirect(`${episodePath(at, episode)}?done=talked`)
})

/** Whether they are an adult on the day of the conversation: then it takes their consent, whenever they went missing. */
const isGrown = ({ subject, today }: Through): boolean => frameOn(subject.adult_from, today) === 'adult'

const view = (ask: Ask, at: Through, episode: Episode, errors: readonly FieldError[] = []) => {
  const { missing } = ask.w
  const words = missing.talk
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: episodePath(at, episode), text: missing.title },
    children: (
      <>
        <InsetText>{words.intro}</InsetText>
        <Form ask={ask} once>
          {isGrown(at) && (
            <Checkboxes
              name="agreed"
              fieldset={{ legend: { text: words.agreed, classes: 'govuk-fieldset__legend--s' } }}
              values={ticked(ask.form, 'agreed')}
              errorMessage={errorFor(errors, 'agreed')}
              items={[{ value: 'yes', text: words.agreedBox }]}
            />
          )}
          <WordsBox ask={ask} name="said" label={words.said} rows={8} errors={errors} />
          <WordsBox ask={ask} name="push" label={words.push} hint={words.pushHint} errors={errors} />
          <WordsBox ask={ask} name="pull" label={words.pull} hint={words.pullHint} errors={errors} />
          <WordsBox ask={ask} name="harm" label={words.harm} errors={errors} />
          <WordsBox ask={ask} name="others" label={words.others} errors={errors} />
          <WordsBox ask={ask} name="actions" label={words.actions} hint={words.actionsHint} errors={errors} />
          <WordsBox ask={ask} name="shared" label={words.shared} hint={words.sharedHint} errors={errors} />
          <WhenBoxes ask={ask} name="held" legend={words.held} errors={errors} />
          <WhoSpoke ask={ask} label={words.by} errors={errors} />
          <Input
            name="where"
            label={{ text: words.where, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'where')}
            errorMessage={errorFor(errors, 'where')}
            autocomplete="off"
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
