import { hasRole } from '../../platform/index.ts'
import { fill, Link, type Ask, type House } from '../../web/index.ts'
import { answeredOf } from './answered.ts'
import { openRound } from './round.ts'
import { shownThemes } from './voices.ts'

/** For everybody, that the chair is asking; and for the chair, how many themes wait for an answer. */
export const frontLineAtWork: House['atWork'] = async (ask) => {
  const { viewer } = ask
  if (viewer.kind !== 'staff') return null
  const isOpen = (await openRound(ask.tx, viewer.partnership)) !== undefined
  const waiting = hasRole(viewer, 'chair') ? await unanswered(ask) : 0
  if (!isOpen && waiting === 0) return null
  const words = ask.w.frontLine.work
  return (
    <section aria-labelledby="front-line-at-work">
      <h2 class="govuk-heading-m" id="front-line-at-work">
        {ask.w.frontLine.nav}
      </h2>
      {isOpen && (
        <p class="govuk-body">
          {words.asks} <Link href={ask.href('/front-line/say')}>{words.say}</Link>
        </p>
      )}
      {waiting > 0 && (
        <p class="govuk-body">
          {waiting === 1 ? words.waits.one : fill(words.waits.many, { count: waiting })}{' '}
          <Link href={ask.href('/front-line')}>{words.see}</Link>
        </p>
      )}
    </section>
  )
}

const unanswered = async (ask: Ask): Promise<number> => {
  const answered = (await answeredOf(ask.tx, ask.place.id)).flatMap(({ themes }) => themes)
  const isAnswered = (one: { round_id: string; theme: string }): boolean =>
    answered.some(({ round_id, theme }) => round_id === one.round_id && theme === one.theme)
  return (await shownThemes(ask.tx, ask.place.id)).filter((one) => !isAnswered(one)).length
}
