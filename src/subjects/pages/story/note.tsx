import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { aboutPerson, enter, type Through } from '../../gate.ts'
import { addNote } from '../../story/add-note.ts'
import { cardsOf } from '../../story/queries.ts'
import { cardCalled, type Card } from '../../story/story.ts'
import { most_said } from './card.tsx'

/** What a professional adds beside a card that they read. */
export const notePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await cardRead(ask, at))
}

export const sendNote: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const card = await cardRead(ask, at)
  const words = ask.w.story
  const long = fill(words.write.long, { most: most_said.toLocaleString('en-GB') })
  const read = readForm(
    z.strictObject({
      words: z.string(words.note.wordsMissing).regex(/\S/, words.note.wordsMissing).max(most_said, long),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, card, read.errors)
  await addNote(ask.tx, ask.house.keys, at.worker, at.subject, { card: card.card, words: read.value.words }, at.now)
  return redirect(`/people/${at.subject.id}/story?done=noted`)
}

/** @throws {NotFound} for a card that this viewer does not read */
const cardRead = async (ask: Ask, at: Through): Promise<Card> => {
  const card = cardCalled(ask.params['card'])
  if (!card) throw new NotFound()
  const all = await cardsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id, { card })
  const standing = all.find(({ replaced_at }) => replaced_at === null)
  if (!standing) throw new NotFound()
  return standing
}

const view = (ask: Ask, at: Through, card: Card, errors: readonly FieldError[] = []) => {
  const words = ask.w.story.note
  const title = fill(words.title, { card: ask.w.story.cards[card.card] })
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/story`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {card.words}
        </blockquote>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <Textarea
            name="words"
            label={{ text: words.words, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
