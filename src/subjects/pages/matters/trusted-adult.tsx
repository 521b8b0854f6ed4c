import { abreast, asProduct } from '../../../platform/index.ts'
import { involvedWith } from '../../../sharing/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { fill, Link, Tag, type Ask } from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import { standingChoice, type Choice } from '../../relationships/trusted.ts'
import { isInCircle, mayKnowTrusted } from '../../tellable.ts'
import { day } from '../said.tsx'

export type ShownTrusted = {
  /** Who it is: as the person chose, or as somebody is named in the circle. '' where nobody is shown. */
  who: string
  /** What they do and how to reach them safely, where it is a worker. */
  reach: string
  backup: string
  choice: Choice | undefined
  /** Somebody is named, and the agreement does not tell this viewer who. */
  isHidden: boolean
}

/** The trusted adult as this viewer may know them: everybody in the circle reads the same. */
export const trustedFor = async (ask: Ask, at: Through): Promise<ShownTrusted> => {
  const [choice, live] = await abreast(
    ask.tx,
    () => choiceFor(ask, at),
    () => involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now),
  )
  const named = live.filter(({ role, staff_id }) => role === 'trusted adult' && staff_id)
  const heard = named.filter(({ agency_id }) => mayKnowTrusted(at, agency_id))
  const names = await namesFor(
    ask.tx,
    [choice?.staff_id, choice?.backup_staff_id, ...heard.map(({ staff_id }) => staff_id)].filter(
      (id): id is string => typeof id === 'string',
    ),
  )
  const called = (id: string | null): string => names.get(id ?? '')?.name ?? ''
  // A worker whom they chose and whose part has ended since is not their trusted adult any more.
  const stands = choice && (choice.staff_id === null || live.some(({ staff_id }) => staff_id === choice.staff_id))
  const workers = stands ? live.filter(({ staff_id }) => staff_id !== null && staff_id === choice.staff_id) : heard
  const shown = [...new Map(workers.map((one) => [one.staff_id!, one])).values()]
  return {
    who: (stands && choice.name) || shown.map(({ staff_id }) => called(staff_id)).join(', '),
    reach: shown
      .filter(({ agency_id }) => mayKnowTrusted(at, agency_id))
      .map(({ staff_id, contact }) => {
        const { jobTitle, agency } = names.get(staff_id!) ?? {}
        return [jobTitle, agency, contact].filter(Boolean).join(', ')
      })
      .join('; '),
    backup: choice ? choice.backup_name || called(choice.backup_staff_id) : '',
    choice: stands ? choice : undefined,
    isHidden: named.length > heard.length,
  }
}

/** What stands as chosen: in the circle everybody knows whom, and how we know only whoever may read it. */
const choiceFor = async ({ tx, house }: Ask, at: Through): Promise<Choice | undefined> => {
  const of = [tx, house.keys, at.worker.partnership, at.subject.id] as const
  const seen = await standingChoice(...of)
  if (seen || !isInCircle(at)) return seen
  const kept = await asProduct(tx, () => standingChoice(...of))
  return kept && mayKnowTrusted(at, kept.agency_id) ? { ...kept, words: '' } : undefined
}

/** Who it is, how we know, who steps in and when they are asked again. */
export const TrustedAdult = ({ ask, at, trusted }: { ask: Ask; at: Through; trusted: ShownTrusted }) => {
  const words = ask.w.matters.trusted
  const { who, reach, backup, choice, isHidden } = trusted
  const late = choice !== undefined && choice.review_on < at.today
  return (
    <section aria-labelledby="trusted">
      <h2 class="govuk-heading-m" id="trusted">
        {words.title}
      </h2>
      <p class="govuk-body">
        <strong dir="auto">{who || (isHidden ? words.hidden : words.none)}</strong>
        {choice && `. ${words.hows[choice.how]}.`}
      </p>
      {reach && (
        <p class="govuk-body" dir="auto">
          {reach}
        </p>
      )}
      {choice?.words && (
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {choice.words}
        </blockquote>
      )}
      {choice && (
        <p class="govuk-body">
          {backup ? fill(words.backup, { name: backup }) : words.noBackup}.{' '}
          {fill(words.review, { day: day(choice.review_on) })}.{' '}
          {late && <Tag classes="govuk-tag--orange">{words.late}</Tag>}
        </p>
      )}
      <p class="govuk-body">
        <Link href={ask.href(`/people/${at.subject.id}/who-matters/trusted-adult`)}>
          {choice ? words.change : words.first}
        </Link>
      </p>
    </section>
  )
}
