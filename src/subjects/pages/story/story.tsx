import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { BackLink, Button, fill, Form, NotificationBanner, page, Title } from '../../../web/index.ts'
import { redirect, type Ask, type Handler } from '../../../web/index.ts'
import { aboutPerson, enter, type Through } from '../../gate.ts'
import { cardCount, cardsOf, notesOf, questionsSpared, readersOf } from '../../story/queries.ts'
import { hasStoryUnread, keepStoryRead } from '../../story/read.ts'
import { cards, slugOf, type Card, type CardName, type Note, type Readers } from '../../story/story.ts'
import { counted, day } from '../said.tsx'
import { localDate } from '../../../platform/index.ts'

/** What the person said once, card by card, with what professionals wrote beside; the first page for whoever comes new. */
export const storyPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const { tx, house } = ask
  const { partnership } = at.worker
  const all = await cardsOf(tx, house.keys, partnership, at.subject.id)
  const notes = await notesOf(tx, house.keys, partnership, at.subject.id)
  const readers = await readersOf(tx, partnership, at.subject.id)
  const standing = all.filter(({ replaced_at }) => replaced_at === null)
  const unread = await hasStoryUnread(tx, at.worker, at.subject.id)
  const kept = (await cardCount(tx, partnership, at.subject.id)) - standing.length
  const spared = await questionsSpared(tx, partnership, at.subject.id)
  const people = [...all, ...notes].flatMap(({ entered_by }) => entered_by ?? [])
  const shown: Shown = {
    ask,
    at,
    all,
    notes,
    names: await namesFor(tx, people),
    agencies: await agencyNames(tx, [
      ...notes.map(({ agency_id }) => agency_id),
      ...[...readers.values()].flatMap((one) => one.agencies),
    ]),
  }
  const words = ask.w.story
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const base = `/people/${at.subject.id}`
  const left = kept > 0 ? [] : cards.filter((card) => !standing.some((one) => one.card === card))
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        {!unread && <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>}
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{unread ? words.first : words.intro}</p>
        {spared > 0 && <p class="govuk-body govuk-!-font-weight-bold">{counted(words.spared, spared)}</p>}
        {standing.length === 0 && kept === 0 && <p class="govuk-body">{words.none}</p>}
        {cards.flatMap((card) => {
          const now = standing.find((one) => one.card === card)
          return now ? [<OneCard shown={shown} card={now} readers={readers.get(card)} />] : []
        })}
        {kept > 0 && <p class="govuk-body">{counted(words.kept, kept)}</p>}
        {unread && (
          <Form ask={ask} action={`${base}/story/read`}>
            <Button preventDoubleClick>{words.read}</Button>
          </Form>
        )}
        {!unread && left.length > 0 && <NotSaid ask={ask} base={base} left={left} />}
      </>
    ),
  })
}

/** They have read it first, and go on to the person. */
export const sendStoryRead: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  await keepStoryRead(ask.tx, at.worker, at.subject.id, at.now)
  return redirect(`/people/${at.subject.id}`)
}

type Shown = {
  ask: Ask
  at: Through
  all: readonly Card[]
  notes: readonly Note[]
  names: Awaited<ReturnType<typeof namesFor>>
  agencies: ReadonlyMap<string, string>
}

const OneCard = ({ shown, card, readers }: { shown: Shown; card: Card; readers: Readers | undefined }) => {
  const { ask, at, all, agencies } = shown
  const words = ask.w.story
  const to = `/people/${at.subject.id}/story/${slugOf(card.card)}`
  const earlier = all.filter((one) => one.card === card.card && one.replaced_at !== null)
  const beside = shown.notes.filter((one) => one.card === card.card)
  const name = words.cards[card.card]
  const chosen = readers?.readers === 'agencies' ? readers.agencies.map((id) => agencies.get(id) ?? '').join(', ') : ''
  return (
    <section class="trellis-story" aria-labelledby={slugOf(card.card)}>
      <h2 class="govuk-heading-m" id={slugOf(card.card)}>
        {name}
      </h2>
      <Words card={card} />
      <p class="trellis-story__by">{by(shown, card)}</p>
      {readers && (
        <p class="trellis-story__by">
          {fill(words.readBy, { readers: words.readers[readers.readers] })}
          {chosen && `: ${chosen}`}
        </p>
      )}
      {beside.length > 0 && (
        <div class="trellis-story__beside">
          <h3 class="govuk-heading-s">{words.notesTitle}</h3>
          {beside.map((note) => (
            <>
              <p class="govuk-body trellis-words" dir="auto">
                {note.words}
              </p>
              <p class="trellis-story__by">{noteBy(shown, note)}</p>
            </>
          ))}
        </div>
      )}
      {earlier.length > 0 && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              {counted(words.earlier, earlier.length)}{' '}
              <span class="govuk-visually-hidden">{fill(words.changeOf, { card: name })}</span>
            </span>
          </summary>
          <div class="govuk-details__text">
            {earlier.map((one) => (
              <>
                <Words card={one} />
                <p class="trellis-story__by">
                  {by(shown, one)}.{' '}
                  {fill(words.earlierUntil, { day: day(localDate(one.replaced_at!, ask.place.zone)) })}
                </p>
              </>
            ))}
          </div>
        </details>
      )}
      <p class="govuk-body trellis-story__acts">
        <a class="govuk-link" href={ask.href(to)}>
          {words.change} <span class="govuk-visually-hidden">{fill(words.changeOf, { card: name })}</span>
        </a>
        <a class="govuk-link" href={ask.href(`${to}/note`)}>
          {words.addNote} <span class="govuk-visually-hidden">{fill(words.changeOf, { card: name })}</span>
        </a>
      </p>
    </section>
  )
}

const Words = ({ card }: { card: Pick<Card, 'words'> }) => (
  <blockquote class="govuk-inset-text trellis-words" dir="auto">
    {card.words}
  </blockquote>
)

const by = ({ ask, names }: Shown, { how, said_on, entered_by }: Card): string => {
  const words = ask.w.story
  const name = names.get(entered_by ?? '')?.name ?? words.somebody
  return fill(entered_by === null ? words.by.themself : words.by[how], { name, day: day(said_on) })
}

const noteBy = ({ ask, names, agencies }: Shown, { entered_by, agency_id, entered_at }: Note): string =>
  fill(ask.w.story.noteBy, {
    name: names.get(entered_by)?.name ?? ask.w.story.somebody,
    agency: agencies.get(agency_id) ?? '',
    day: day(localDate(entered_at, ask.place.zone)),
  })

/** The cards that nobody has filled: offered, never asked for. */
const NotSaid = ({ ask, base, left }: { ask: Ask; base: string; left: readonly CardName[] }) => {
  const words = ask.w.story
  return (
    <section aria-labelledby="not-said">
      <h2 class="govuk-heading-m" id="not-said">
        {words.missing}
      </h2>
      <p class="govuk-body">{words.missingIntro}</p>
      <ul class="govuk-list govuk-list--spaced">
        {left.map((card) => (
          <li>
            <a class="govuk-link" href={ask.href(`${base}/story/${slugOf(card)}`)}>
              {words.cards[card]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
