import { agencyNames } from '../../../partnership/index.ts'
import { isId, NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { BackLink, fill, Link, type Handler } from '../../../web/index.ts'
import { labelIn } from '../../codes.ts'
import { groupLabel, themes } from '../codes.ts'
import { roundsOf } from '../round.ts'
import { shownThemes, voicesOf } from '../voices.ts'
import { frontLinePage } from './frame.tsx'

/** What was said on one theme of a round, for the chair alone. */
export const themePage: Handler = async (ask) => {
  const { round: id, theme } = ask.params as { round: string; theme: string }
  if (!isId(id)) throw new NotFound()
  const round = (await roundsOf(ask.tx, ask.place.id)).find((one) => one.id === id)
  const shown = (await shownThemes(ask.tx, ask.place.id)).find((one) => one.round_id === id && one.theme === theme)
  if (!round || !shown) throw new NotFound()
  const voices = await voicesOf(ask.tx, ask.house.keys, ask.place.id, { round: id, theme })
  const names = await namesFor(
    ask.tx,
    voices.flatMap(({ account_id }) => account_id ?? []),
  )
  const agencies = await agencyNames(
    ask.tx,
    voices.flatMap(({ agency_id }) => agency_id ?? []),
  )
  const words = ask.w.frontLine.theme
  const by = (account: string | null, agency: string | null): string => {
    const name = account && names.get(account)?.name
    if (!name) return words.unnamed
    return agency ? fill(words.by, { name, agency: agencies.get(agency) ?? '' }) : name
  }
  return frontLinePage({
    ask,
    title: labelIn(themes, theme),
    above: <BackLink href={ask.href('/front-line')}>{words.back}</BackLink>,
    about: { kind: 'front line round', id, detail: { theme } },
    children: (
      <>
        <p class="govuk-body">
          {fill(words.intro, {
            round: fill(ask.w.frontLine.themes.round, { number: round.number }),
            count: voices.length,
          })}{' '}
          <Link href={ask.href('/front-line/answers/new')}>{ask.w.frontLine.themes.answer}</Link>
        </p>
        <ul class="trellis-rows">
          {voices.map(({ words: said, account_id, agency_id, level }) => (
            <li class="trellis-row trellis-row--tall">
              <p class="govuk-body trellis-words" dir="auto">
                {said}
              </p>
              <span class="trellis-row__more">
                {by(account_id, agency_id)}
                {/* While it is open nobody knows yet whether eight spoke from that level. */}
                {round.closed_at && level && `. ${fill(words.group, { group: groupLabel(level) })}`}
              </span>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
