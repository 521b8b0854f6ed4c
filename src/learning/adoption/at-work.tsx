import { hasRole, localDate } from '../../platform/index.ts'
import { fill, Link, type House } from '../../web/index.ts'
import { isOverdue } from './decisions/decision.ts'
import { programmesOf } from './decisions/queries.ts'

/** For a learning lead: how many decisions are past the day on which somebody promised to look again. */
export const atWork: House['atWork'] = async (ask) => {
  if (!hasRole(ask.viewer, 'learning')) return null
  const today = localDate(ask.house.now(), ask.place.zone)
  const late = (await programmesOf(ask.tx, ask.viewer.partnership)).filter((one) => isOverdue(one, today)).length
  if (late === 0) return null
  const { work: words } = ask.w.adoption
  return (
    <section aria-labelledby="learning-at-work">
      <h2 class="govuk-heading-m" id="learning-at-work">
        {words.title}
      </h2>
      <p class="govuk-body">
        {late === 1 ? words.overdue.one : fill(words.overdue.many, { count: late })}{' '}
        <Link href={ask.href('/decisions')}>{words.see}</Link>
      </p>
    </section>
  )
}
