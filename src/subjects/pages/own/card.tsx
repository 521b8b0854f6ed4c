import { z } from 'zod'
import { agencyNames } from '../../../partnership/index.ts'
import { asProduct, localDate, NotFound } from '../../../platform/index.ts'
import { involvedWith } from '../../../sharing/index.ts'
import { Button, Form, readForm, redirect, typed, type Ask, type FieldError, type Handler } from '../../../web/index.ts'
import { subjectFacts } from '../../queries.ts'
import { cardsOf, readersOf } from '../../story/queries.ts'
import { cardCalled, type CardName } from '../../story/story.ts'
import { writeCard } from '../../story/write-card.ts'
import { ReadersFields, readersFields, readersForm, readersOfForm } from '../story/readers.tsx'
import { asThemself, Box, needWords, ownPage, type AtOwn } from './at-own.tsx'

/** Their own words, in their own hand: a new version, which says that they wrote it. */
export const ownCardPage: Handler = async (ask) => {
  const at = await asThemself(ask)
  if (at.kind === 'answer') return at.answer
  const card = cardIn(ask)
  const { partnership, subject } = at.viewer
  const all = await cardsOf(ask.tx, ask.house.keys, partnership, subject, { card })
  const standing = all.find(({ replaced_at }) => replaced_at === null)
  const chosen = (await asProduct(ask.tx, () => readersOf(ask.tx, partnership, subject))).get(card)
  const form = { words: standing?.words ?? '', ...(chosen && readersForm(chosen)) }
  return view({ ...ask, form }, at, card)
}

export const sendOwnCard: Handler = async (ask) => {
  const at = await asThemself(ask)
  if (at.kind === 'answer') return at.answer
  const card = cardIn(ask)
  const schema = z
    .strictObject({
      words: needWords(ask, ask.w.own.story.wordsMissing),
      ...readersFields(ask, await places(ask, at)),
    })
    .transform((value, ctx) => ({ words: value.words, ...readersOfForm(ask, value, ctx) }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, card, read.errors)
  const subject = (await subjectFacts(ask.tx, at.viewer.partnership, at.viewer.subject))!
  const said_on = localDate(at.now, ask.place.zone)
  await writeCard(ask.tx, ask.house.keys, at.viewer, subject, { card, how: 'wrote', said_on, ...read.value }, at.now)
  return redirect('/mine/open?done=story')
}

const cardIn = (ask: Ask): CardName => {
  const card = cardCalled(ask.params['card'])
  if (!card) throw new NotFound()
  return card
}

/** The places that help them, to choose among; and those they chose before, so that no choice is lost. */
const places = async (ask: Ask, { viewer, now }: AtOwn) => {
  const involved = await involvedWith(ask.tx, viewer.partnership, viewer.subject, now)
  const chosen = await asProduct(ask.tx, () => readersOf(ask.tx, viewer.partnership, viewer.subject))
  const ids = [
    ...involved
      .filter(({ role }) => role === 'lead' || role === 'trusted adult' || role === 'circle')
      .map(({ agency_id }) => agency_id),
    ...[...chosen.values()].flatMap(({ agencies }) => agencies),
  ]
  return [...(await agencyNames(ask.tx, ids))].map(([id, name]) => ({ id, name }))
}

const view = async (ask: Ask, at: AtOwn, card: CardName, errors: readonly FieldError[] = []) => {
  const words = ask.w.own.story
  return ownPage(ask, {
    title: ask.w.story.cards[card],
    errors,
    children: (
      <Form ask={ask}>
        <Box ask={ask} name="words" label={words.words} rows={6} errors={errors} />
        <ReadersFields
          ask={ask}
          agencies={await places(ask, at)}
          errors={errors}
          legend={words.who}
          hint={typed(ask.form, 'words') ? words.whoHint : ''}
          choices={words.whoChoices}
          places={words.whoChoices.agencies}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
