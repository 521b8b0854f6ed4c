import { fill, Link, type Ask } from '../../../web/index.ts'
import { partOf } from '../parts.ts'
import type { Standing } from '../ready.ts'
import { sides } from '../sides.ts'
import type { At } from './frame.tsx'

/** What is missing until a report may be published, each with the way to it. */
export const MissingList = ({ ask, at, standing }: { ask: Ask; at: At; standing: Standing }) => {
  const words = ask.w.learningReport.form
  const { empty, two, signed, signedBefore, consents, unconfirmed } = standing
  const lines = [
    ...empty.map((field) => ({
      to: `/write/${partOf(field)}`,
      text: fill(words.missing.empty, { field: words.places[field] }),
    })),
    ...(two.length ? [{ to: `/write/${partOfText(two[0]!)}`, text: words.missing.two }] : []),
    ...sides
      .filter((side) => !signed.includes(side))
      .map((side) => {
        const before = signedBefore.find((one) => one.side === side)
        const named = { side: words.sides[side], version: standing.version, before: before?.version ?? 0 }
        return { to: '/sign', text: fill(before ? words.missing.signAgain : words.missing.sign, named) }
      }),
    ...sides
      .filter((side) => !consents.some((one) => one.side === side))
      .map((side) => ({ to: '/sign', text: fill(words.missing.consent, { side: words.sides[side] }) })),
    ...(unconfirmed
      ? [
          {
            to: '/check',
            text: fill(unconfirmed === 1 ? words.missing.hit : words.missing.hits, { count: unconfirmed }),
          },
        ]
      : []),
  ]
  return (
    <>
      <p class="govuk-body">{words.missing.intro}</p>
      <ul class="govuk-list govuk-list--bullet">
        {lines.map(({ to, text }) => (
          <li>
            <Link href={ask.href(`${at.base}${to}`)}>{text}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The page of a field as texts name it: of a point or change, its list. */
const partOfText = (field: string): string =>
  partOf(field.includes('-') ? (/^(?:issue|heading)-/.test(field) ? 'issues' : 'disruption') : field)
