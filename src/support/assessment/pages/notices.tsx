import type { ComponentChildren } from 'preact'
import { day } from '../../../subjects/index.ts'
import { fill, InsetText, Link, NotificationBanner, Tag, type Ask } from '../../../web/index.ts'
import { Hints, hintsIn, type Written } from '../../writing/index.ts'
import { partsOf, unchecked, type Law } from '../assessment.ts'
import { birthdayMeanwhile, type AtAssessment } from '../at-assessment.ts'
import { dayOf } from './assessments.tsx'

export const partName = (ask: Ask, part: string): string =>
  (ask.w.assessment.parts as Record<string, string>)[part] ?? part

export const Done = ({ ask }: { ask: Ask }): ComponentChildren => {
  const said = (ask.w.assessment.done as Record<string, string>)[ask.query['done'] ?? '']
  return said ? (
    <NotificationBanner type="success" title={ask.w.common.saved}>
      {said}
    </NotificationBanner>
  ) : null
}

/** What whoever goes on writing has to know first: a birthday that passed meanwhile, or that it was finished before. */
export const Changed = ({ ask, here }: { ask: Ask; here: AtAssessment }): ComponentChildren => {
  const words = ask.w.assessment.one
  const birthday = birthdayMeanwhile(ask, here)
  const { finish } = here.assessment
  return (
    <>
      {birthday && (
        <div class="govuk-inset-text">
          <p class="govuk-body govuk-!-font-weight-bold">{fill(words.birthday, { day: dayOf(ask, birthday) })}</p>
          <p class="govuk-body">{words.birthdayWhat}</p>
          <ToCheck ask={ask} law={unchecked(['at 18'])} />
        </div>
      )}
      {finish && (
        <InsetText>
          {fill(words.finished, { day: day(ask, finish.finished_at) })} {words.finishedAgain}
        </InsetText>
      )}
    </>
  )
}

/** What a page says of the law and nobody has confirmed here yet. */
export const ToCheck = ({ ask, law }: { ask: Ask; law: readonly Law[] }): ComponentChildren => {
  const words = ask.w.assessment.law
  return law.length === 0 ? null : (
    <p class="govuk-body">
      <Tag classes="govuk-tag--yellow">{words.tag}</Tag> {law.map((code) => words.says[code]).join(' ')} {words.ask}
    </p>
  )
}

/** Without JavaScript what one could write instead is said on the next page. */
export const AidFrom = (props: { ask: Ask; here: AtAssessment; written: readonly Written[] }): ComponentChildren => {
  const { ask, here, written } = props
  const words = ask.w.assessment.part
  const from = partsOf(here.assessment.purpose).find(({ part }) => part === ask.query['from'])
  const names = new Set(from?.asks.map(({ name }) => name))
  const hints = written.filter(({ field }) => names.has(field)).flatMap((one) => hintsIn(one.words))
  if (!from || hints.length === 0) return null
  return (
    <aside class="trellis-aid trellis-aid--page" aria-labelledby="aid">
      <h2 class="govuk-heading-s" id="aid">
        {fill(words.words, { part: partName(ask, from.part) })}
      </h2>
      <Hints ask={ask} hints={hints} />
      <p class="govuk-body">
        {words.wordsIntro} <Link href={ask.href(`${here.base}/${from.part}`)}>{words.wordsBack}</Link>
      </p>
    </aside>
  )
}
