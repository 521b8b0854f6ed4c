import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  needDate,
  page,
  Radios,
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
import { cardsOf, hasCard, readersOf } from '../../story/queries.ts'
import { keepStoryRead } from '../../story/read.ts'
import { cardCalled, hows, type CardName } from '../../story/story.ts'
import { writeCard } from '../../story/write-card.ts'
import { mayRead, ReadersFields, readersFields, readersForm, readersOfForm } from './readers.tsx'

export const most_said = 10_000

/** A new version of one card, begun with the words that stand. */
export const cardPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const there = await standing(ask, at)
  const { said, readers } = there
  const begun = {
    words: said?.words ?? '',
    ...dateShown('said_on', at.today),
    ...(readers && readersForm(readers)),
  }
  return view({ ...ask, form: { ...begun, ...ask.form } }, at, there)
}

export const sendCard: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const there = await standing(ask, at)
  if (there.shut) return view(ask, at, there)
  const words = ask.w.story.write
  const agencies = await mayRead(ask, at)
  const schema = z
    .strictObject({
      words: z
        .string(words.wordsMissing)
        .regex(/\S/, words.wordsMissing)
        .max(most_said, fill(words.long, { most: most_said.toLocaleString('en-GB') })),
      how: z.enum(hows, words.howMissing),
      ...dateBoxes(ask, 'said_on'),
      ...readersFields(ask, agencies),
    })
    .transform((value, ctx) => {
      const said_on = needDate(ask, value, 'said_on', { today: at.today, missing: words.onMissing, ctx })
      return { ...value, said_on, chosen: readersOfForm(ask, value, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, there, read.errors)
  const { how, words: said, said_on, chosen } = read.value
  await writeCard(
    ask.tx,
    ask.house.keys,
    at.worker,
    at.subject,
    { card: there.card, how, words: said, said_on, ...chosen },
    at.now,
  )
  // Whoever wrote it down has heard it.
  await keepStoryRead(ask.tx, at.worker, at.subject.id, at.now)
  return redirect(`/people/${at.subject.id}/story?done=written`)
}

/** The card as this viewer reads it; `shut` where it stands and they do not. @throws {NotFound} for no card at all */
const standing = async (ask: Ask, at: Through) => {
  const card = cardCalled(ask.params['card'])
  if (!card) throw new NotFound()
  const { partnership } = at.worker
  const all = await cardsOf(ask.tx, ask.house.keys, partnership, at.subject.id, { card })
  const said = all.find(({ replaced_at }) => replaced_at === null)
  const shut = !said && (await hasCard(ask.tx, partnership, at.subject.id, card))
  return { card, said, shut, readers: (await readersOf(ask.tx, partnership, at.subject.id)).get(card) }
}

const view = async (
  ask: Ask,
  at: Through,
  { card, shut }: { card: CardName; shut: boolean },
  errors: readonly FieldError[] = [],
) => {
  const words = ask.w.story.write
  const title = ask.w.story.cards[card]
  return page({
    title,
    status: errors.length ? 422 : shut && Object.keys(ask.form).length ? 409 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/story`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        {shut ? (
          <p class="govuk-body">{words.shut}</p>
        ) : (
          <>
            <p class="govuk-body">{words.intro}</p>
            <Form ask={ask} once>
              <Textarea
                name="words"
                label={{ text: words.words, classes: 'govuk-label--s' }}
                rows={8}
                value={typed(ask.form, 'words')}
                errorMessage={errorFor(errors, 'words')}
              />
              <Radios
                name="how"
                fieldset={{ legend: { text: words.how, classes: 'govuk-fieldset__legend--s' } }}
                value={typed(ask.form, 'how')}
                errorMessage={errorFor(errors, 'how')}
                items={hows.map((value) => ({ value, text: ask.w.story.hows[value] }))}
              />
              <DateBoxes ask={ask} name="said_on" legend={words.on} form={ask.form} errors={errors} />
              <ReadersFields ask={ask} agencies={await mayRead(ask, at)} errors={errors} />
              <Button preventDoubleClick>{words.button}</Button>
            </Form>
          </>
        )}
      </>
    ),
  })
}
