import { abreast } from '../../platform/index.ts'
import type { ComponentChildren } from 'preact'
import { involvedWith } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import { fill, Link, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { identitiesOf } from '../queries.ts'
import type { Identity } from '../sealed.ts'
import { ageToday, frameOn } from '../subject.ts'
import { isInCircle, mayHearOf } from '../tellable.ts'
import { warningsOf, type Warning } from '../warning.ts'
import { trustedFor, type ShownTrusted } from './matters/trusted-adult.tsx'
import { day } from './said.tsx'

/**
 * Whom a page is about: the gate puts it above every page of a person. The name is the page's heading on their own page
 * alone.
 */
export const identityBar = async (ask: Ask, at: Through, heading: 'h1' | 'p' = 'p'): Promise<ComponentChildren> => {
  const { partnership } = at.worker
  const [identities, everybody, warnings, trusted] = await abreast(
    ask.tx,
    () => identitiesOf(ask.tx, ask.house.keys, partnership, [at.subject.id]),
    () => involvedWith(ask.tx, partnership, at.subject.id, at.now),
    () => warningsOf(ask.tx, ask.house.keys, partnership, at.subject.id),
    () => trustedFor(ask, at),
  )
  const involved = everybody.filter(({ agency_id }) => mayHearOf(at, agency_id))
  const names = await namesFor(
    ask.tx,
    involved.flatMap(({ staff_id }) => staff_id ?? []),
  )
  const called = (role: string): string =>
    involved
      .filter((one) => one.role === role)
      .flatMap(({ staff_id }) => names.get(staff_id ?? '')?.name ?? [])
      .join(', ')
  return (
    <Bar
      {...{ ask, at, heading, identities, warnings, trusted }}
      frame={frameWords(ask, at)}
      isWhole={isInCircle(at) || involved.length === everybody.length}
      lead={called('lead')}
    />
  )
}

/** Which law counts today, from the eighteenth birthday alone; where no birthday is known it says so. */
const frameWords = (ask: Ask, { subject, today }: Through): string => {
  const words = ask.w.subjects.bar.frames
  const frame = frameOn(subject.adult_from, today)
  return frame === 'child' ? fill(words.child, { day: day(subject.adult_from!) }) : words[frame]
}

type Shown = {
  ask: Ask
  at: Through
  heading: 'h1' | 'p'
  identities: readonly Identity[]
  warnings: readonly Warning[]
  frame: string
  trusted: ShownTrusted
  lead: string
  /** Whether the viewer would be told of whoever it is: only then is it true that nobody was chosen. */
  isWhole: boolean
}

const Bar = ({ ask, at, heading: Heading, identities, warnings, frame, trusted, lead, isWhole }: Shown) => {
  const words = ask.w.subjects.bar
  const [who] = identities
  const age = ageToday(who?.born_on ?? null, at.today)
  const called = [who?.known_as && fill(words.knownAs, { name: who.known_as }), who?.pronouns].filter(Boolean)
  const births = new Set(identities.flatMap(({ born_on }) => born_on ?? []))
  return (
    <section class="trellis-identity" aria-label={words.about}>
      <div class="govuk-width-container trellis-wide trellis-identity__row">
        <div class="trellis-identity__name">
          <Heading class="trellis-identity__title" dir="auto">
            {who?.name ?? at.subject.reference}
          </Heading>
          {called.length > 0 && (
            <p class="trellis-identity__more" dir="auto">
              {called.join(' · ')}
            </p>
          )}
        </div>
        <dl class="trellis-identity__parts">
          <Part name={words.age}>{age === undefined ? words.noBirthday : fill(ask.w.subjects.age, { age })}</Part>
          <Part name={words.frame}>
            {frame}
            {births.size > 1 && <span class="trellis-identity__note">{words.births}</span>}
          </Part>
          <Part name={words.trusted} wide>
            {trusted.who ? (
              <TrustedPart ask={ask} at={at} trusted={trusted} />
            ) : isWhole ? (
              <NotChosen ask={ask} at={at} />
            ) : (
              ask.w.subjects.person.nobody
            )}
          </Part>
          <Part name={words.lead}>{lead || ask.w.subjects.person.nobody}</Part>
          <Part name={words.reference}>{at.subject.reference}</Part>
        </dl>
      </div>
      <Warnings {...{ ask, at, warnings }} />
    </section>
  )
}

/** What has to be known before anybody rings or goes there; each with the day by which it is looked at again. */
export const Warnings = ({ ask, at, warnings }: Pick<Shown, 'ask' | 'at' | 'warnings'>) => {
  const words = ask.w.subjects.warnings
  if (warnings.length === 0) return null
  return (
    <div class="trellis-identity__warnings">
      <ul class="govuk-width-container trellis-wide" aria-label={words.all}>
        {warnings.map((warning) => (
          <li>
            <strong class="trellis-words" dir="auto">
              {warning.words}
            </strong>{' '}
            <Link href={ask.href(`/people/${at.subject.id}/warnings`)}>
              {fill(warning.review_on < at.today ? words.shortLate : words.short, { day: day(warning.review_on) })}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

export const Part = (props: { name: string; wide?: boolean; children: ComponentChildren }) => (
  <div class={props.wide ? 'trellis-identity__wide' : undefined}>
    <dt>{props.name}</dt>
    <dd dir="auto">{props.children}</dd>
  </div>
)

/** Who it is, how to reach them, whether the person chose them, who steps in, and until when that holds. */
const TrustedPart = ({ ask, at, trusted }: { ask: Ask; at: Through; trusted: ShownTrusted }) => {
  const words = ask.w.matters.trusted.bar
  const { who, reach, backup, choice } = trusted
  const more = choice && [
    words.how[choice.how],
    backup && fill(words.backup, { name: backup }),
    choice.review_on < at.today ? words.late : fill(words.review, { day: day(choice.review_on) }),
  ]
  return (
    <>
      {who}
      {reach && <span class="trellis-identity__note">{reach}</span>}
      {more && <span class="trellis-identity__note">{more.filter(Boolean).join(', ')}</span>}
    </>
  )
}

/** Whoever may name one is led to where that is done. */
const NotChosen = ({ ask, at }: { ask: Ask; at: Through }) => {
  const { notChosen } = ask.w.subjects.bar
  if (at.ties.closeness < 3) return <>{notChosen}</>
  return <Link href={ask.href(`/people/${at.subject.id}/involved/trusted-adult`)}>{notChosen}</Link>
}
