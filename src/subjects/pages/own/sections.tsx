import type { ComponentChildren } from 'preact'
import { agencyNames } from '../../../partnership/index.ts'
import { asProduct } from '../../../platform/index.ts'
import { codesOf, involvedWith } from '../../../sharing/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import { looksForPerson } from '../../looks.ts'
import { messagesOf } from '../../own/messages.ts'
import type { OwnSection } from '../../own/section.ts'
import { whoHolds, writtenFor } from '../../own/written.ts'
import { cardsOf, notesOf, readersOf } from '../../story/queries.ts'
import { cards, slugOf } from '../../story/story.ts'
import { voicesOf } from '../../voice/queries.ts'
import { LooksList } from '../looked-for-the-person.tsx'
import { day, when } from '../said.tsx'
import { Quote } from './at-own.tsx'
import { Written } from './written.tsx'

const title = (name: OwnSection['name']) => (ask: Ask) => ask.w.own.sections[name]

/** What waits for an answer, what was answered, and what the parts of rooms above say is to come. */
export const nextOf = (more: readonly OwnSection[]): OwnSection => ({
  name: 'next',
  title: title('next'),
  // An answer, or that one is still to come, is seen without opening anything.
  isNew: async (ask, viewer) =>
    viewer.as === 'themself' &&
    (await messagesOf(ask.tx, ask.house.keys, viewer.partnership, viewer.subject)).length > 0,
  show: async (ask, viewer) => {
    const { tx, house } = ask
    const words = ask.w.own.next
    const said = viewer.as === 'themself' ? await messagesOf(tx, house.keys, viewer.partnership, viewer.subject) : []
    const { entries, disputes } = await writtenFor(tx, house.keys, viewer)
    const agencies = await agencyNames(
      tx,
      entries.map(({ agency_id }) => agency_id),
    )
    const open = disputes.filter(({ outcome }) => outcome === null)
    const ahead: ComponentChildren[] = []
    for (const one of more) if (viewer.sections.includes(one.name)) ahead.push((await one.next?.(ask, viewer)) ?? null)
    const isEmpty = said.length + open.length === 0 && ahead.every((one) => one === null)
    if (isEmpty) return <p class="govuk-body">{words.none}</p>
    return (
      <>
        {ahead}
        {said.map(({ kind, said_at, due_at, answer, answered_at, escalated_at }) =>
          answered_at ? (
            <>
              <p class="govuk-body">
                {fill(kind === 'not safe' ? words.unsafeSaid : words.stopSaid, { when: when(ask, said_at) })}
              </p>
              <h3 class="govuk-heading-s">{fill(words.answered, { when: when(ask, answered_at) })}</h3>
              <Quote>{answer}</Quote>
            </>
          ) : (
            <p class="govuk-body">
              {fill(kind === 'not safe' ? words.unsafe : words.stop, { when: when(ask, due_at) })}{' '}
              {escalated_at && fill(words.unsafeLate, { when: when(ask, escalated_at) })}
            </p>
          ),
        )}
        {open.map(({ agency_id, due_on }) => (
          <p class="govuk-body">{fill(words.dispute, { agency: agencies.get(agency_id) ?? '', day: day(due_on) })}</p>
        ))}
      </>
    )
  },
})

/** What they said once, which they change here, and who reads it. */
const story: OwnSection = {
  name: 'story',
  title: title('story'),
  show: async (ask, viewer) => {
    const { tx, house } = ask
    const words = ask.w.own.story
    const isThem = viewer.as === 'themself'
    const all = await cardsOf(tx, house.keys, viewer.partnership, viewer.subject)
    const standing = all.filter(({ replaced_at }) => replaced_at === null)
    const notes = await notesOf(tx, house.keys, viewer.partnership, viewer.subject)
    const readers = await asProduct(tx, () => readersOf(tx, viewer.partnership, viewer.subject))
    const left = cards.filter((card) => !standing.some((one) => one.card === card))
    return (
      <>
        <p class="govuk-body">{standing.length === 0 ? words.none : words.intro}</p>
        {cards.flatMap((name) => {
          const card = standing.find((one) => one.card === name)
          const chosen = readers.get(name)
          if (!card) return []
          return [
            <>
              <h3 class="govuk-heading-s">{ask.w.story.cards[name]}</h3>
              <Quote>{card.words}</Quote>
              <p class="trellis-story__by">
                {fill(words.by[card.how], { day: day(card.said_on) })}.{' '}
                {chosen && `${fill(words.readBy, { readers: words.readers[chosen.readers] })}.`}
              </p>
              {notes
                .filter((note) => note.card === name)
                .map((note) => (
                  <div class="trellis-story__beside">
                    <h4 class="govuk-heading-s">{words.notes}</h4>
                    <p class="govuk-body trellis-words" dir="auto">
                      {note.words}
                    </p>
                  </div>
                ))}
              {isThem && (
                <p class="govuk-body">
                  <Link href={ask.href(`/mine/story/${slugOf(name)}`)}>
                    {words.change} <span class="govuk-visually-hidden">{ask.w.story.cards[name]}</span>
                  </Link>
                </p>
              )}
            </>,
          ]
        })}
        {isThem && left.length > 0 && (
          <>
            <p class="govuk-body">{words.add}</p>
            <ul class="govuk-list govuk-list--spaced">
              {left.map((name) => (
                <li>
                  <Link href={ask.href(`/mine/story/${slugOf(name)}`)}>{ask.w.story.cards[name]}</Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    )
  },
}

const written: OwnSection = {
  name: 'written',
  title: title('written'),
  show: async (ask, viewer) => {
    const { entries, disputes } = await writtenFor(ask.tx, ask.house.keys, viewer)
    const agencies = await agencyNames(
      ask.tx,
      entries.map(({ agency_id }) => agency_id),
    )
    return <Written {...{ ask, entries, disputes, agencies, maySay: viewer.as === 'themself' }} />
  },
}

const voice: OwnSection = {
  name: 'voice',
  title: title('voice'),
  show: async (ask, viewer) => {
    const words = ask.w.own.voice
    const all = await voicesOf(ask.tx, ask.house.keys, viewer.partnership, viewer.subject)
    if (all.length === 0) return <p class="govuk-body">{words.none}</p>
    return (
      <>
        {all.map((one) => (
          <>
            <h3 class="govuk-heading-s">
              {fill(words.line, { stage: ask.w.voice.stages[one.stage], day: day(one.heard_on) })}
            </h3>
            <Quote>{one.words}</Quote>
            {one.wanted && (
              <p class="govuk-body" dir="auto">
                <strong>{words.wanted}</strong>: {one.wanted}
              </p>
            )}
            {one.replies.map(({ did }) => (
              <p class="govuk-body" dir="auto">
                <strong>{words.did}</strong>: {did}
              </p>
            ))}
          </>
        ))}
      </>
    )
  },
}

/** Who works with them: by name only their own lead and trusted adult, as in the list of who has looked. */
const circle: OwnSection = {
  name: 'circle',
  title: title('circle'),
  show: async (ask, viewer) => {
    const words = ask.w.own.circle
    const all = (await involvedWith(ask.tx, viewer.partnership, viewer.subject, ask.house.now())).filter(
      ({ role }) => role === 'lead' || role === 'trusted adult' || role === 'circle',
    )
    const known = all.flatMap(({ role, staff_id }) => (role === 'circle' ? [] : (staff_id ?? [])))
    const names = await asProduct(ask.tx, () => namesFor(ask.tx, known))
    const agencies = await agencyNames(
      ask.tx,
      all.map(({ agency_id }) => agency_id),
    )
    if (all.length === 0) return <p class="govuk-body">{words.none}</p>
    const line = (role: string) =>
      role === 'lead' ? words.lead : role === 'trusted adult' ? words.trusted : words.worker
    return (
      <ul class="govuk-list govuk-list--bullet">
        {all.map(({ role, staff_id, agency_id, contact }) => {
          const name = names.get(staff_id ?? '')?.name
          const agency = agencies.get(agency_id) ?? ''
          return (
            <li>
              {fill(name ? line(role) : words.worker, { name: name ?? '', agency })}{' '}
              {role !== 'circle' && contact && fill(words.contact, { contact })}
            </li>
          )
        })}
      </ul>
    )
  },
}

const most_looks = 30
/** Who holds something, and who has looked: what the law lets them be told, in plain words. */
const looked: OwnSection = {
  name: 'looked',
  title: title('looked'),
  show: async (ask, viewer) => {
    const { looked: words } = ask.w.own
    const paper = ask.w.rights.forPerson
    const holds = await whoHolds(ask.tx, viewer)
    const { told } = await looksForPerson(ask.tx, viewer.partnership, viewer.subject, {
      kinds: Object.keys(paper.kinds),
      zone: ask.place.zone,
      now: ask.house.now(),
    })
    return (
      <>
        {holds.length > 0 && (
          <>
            <p class="govuk-body">{words.holds}</p>
            <ul class="govuk-list govuk-list--bullet">
              {holds.map(({ name }) => (
                <li>{name}</li>
              ))}
            </ul>
          </>
        )}
        <h3 class="govuk-heading-s">{words.list}</h3>
        {told.length === 0 ? (
          <p class="govuk-body">{paper.none}</p>
        ) : (
          <LooksList ask={ask} told={told.slice(0, most_looks)} codes={await codesOf(ask.tx, viewer.partnership)} />
        )}
        {told.length > most_looks && <p class="govuk-body">{fill(words.most, { count: most_looks })}</p>}
        <p class="govuk-body">{paper.left}</p>
      </>
    )
  },
}

/** The page of somebody's own, from the top down. */
export const ownSections: readonly OwnSection[] = [story, written, voice, circle, looked]
